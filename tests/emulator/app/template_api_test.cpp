#include "tests/emulator/app/summary.hpp"
#include "tests/emulator/app/template_apis.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace understudy::app::template_api_test {
namespace {

TEST(SamApi, AnEventWithoutAnApiMakesTheImplicitOneWithTheStageProd) {
    EXPECT_EQ(read_apis(with_events("A: {Type: Api, Properties: {Path: /a/, Method: get}}, "
                                    "B: {Type: Api, Properties: {Path: '/{proxy+}', Method: AnY}}")),
              "rest ServerlessRestApi xshdb6zhw3 edge\n"
              "  stage Prod\n"
              "  route GET /a -> F\n"
              "  route ANY /{proxy+} -> F\n");
    EXPECT_EQ(read_apis(with_events("A: {Type: HttpApi}, B: {Type: HttpApi, Properties: {Path: /b, Method: post}}")),
              "http ServerlessHttpApi 12ho7sxyah\n"
              "  stage $default\n"
              "  route $default -> F v2\n"
              "  route POST /b -> F v2\n");
}

TEST(SamApi, CorsAddsTheMockRoutesThatSamGenerates) {
    EXPECT_EQ(read_apis("Globals: {Api: {Cors: \"'*'\", EndpointConfiguration: REGIONAL}}\n" +
                        with_events("A: {Type: Api, Properties: {Path: /a, Method: get}}, "
                                    "B: {Type: Api, Properties: {Path: /a, Method: delete}}, "
                                    "C: {Type: Api, Properties: {Path: /c, Method: any}}, "
                                    "D: {Type: Api, Properties: {Path: /d, Method: options}}")),
              "rest ServerlessRestApi xshdb6zhw3 regional\n"
              "  stage Prod\n"
              "  route GET /a -> F\n"
              "  route DELETE /a -> F\n"
              "  route ANY /c -> F\n"
              "  route OPTIONS /d -> F\n"
              "  route OPTIONS /a -> mock 200 Access-Control-Allow-Origin=* "
              "Access-Control-Allow-Methods=DELETE,GET,OPTIONS body\n"
              "  route OPTIONS /c -> mock 200 Access-Control-Allow-Origin=* "
              "Access-Control-Allow-Methods=DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT body\n");
}

TEST(SamApi, TheDefaultAuthorizerGuardsPreflightsUnlessSaidOtherwise) {
    const std::string events =
        "A: {Type: Api, Properties: {Path: /a, Method: get}}, "
        "B: {Type: Api, Properties: {Path: /b, Method: get, Auth: {Authorizer: NONE}}}";
    const std::string globals = "Globals: {Api: {Cors: \"'*'\", Auth: {DefaultAuthorizer: AWS_IAM%}}}\n";
    const auto routes = [&](const std::string& more) {
        std::string text = globals;
        text.replace(text.find('%'), 1, more);
        const std::string read = read_apis(text + with_events(events));
        return read.find("OPTIONS body iam") != std::string::npos ? "guarded" : "open";
    };
    EXPECT_EQ(routes(""), std::string("guarded"));
    EXPECT_EQ(routes(", AddDefaultAuthorizerToCorsPreflight: false"), std::string("open"));
}

TEST(SamApi, WhatSamRefusesOfApisIsAProblemWithItsPlace) {
    struct Case {
        std::string yaml;
        std::string_view expected;
    };
    const std::string api = "  A: {Type: AWS::Serverless::Api, Properties: {StageName: s";
    for (const auto& [yaml, expected] : {
             Case{with_events("E: {Type: Apii}"), "2:72: unknown event type 'Apii' (did you mean 'Api'?)"},
             Case{with_events("E: {Type: Api, Properties: {Path: /a, Metod: get}}"),
                  "2:100: unknown property 'Metod' in the event 'E' of Function 'F' (did you mean 'Method'?)"},
             Case{with_events("E: {Type: Api, Properties: {Path: a, Method: get}}"),
                  "2:96: the event 'E' of Function 'F' has no Path that begins with '/'"},
             Case{with_events("E: {Type: HttpApi, Properties: {Path: '/a{x', Method: get}}"),
                  "2:62: AWS takes no path '/a{x': a parameter is a whole segment, {name}, or at the end {name+}"},
             Case{with_events("E: {Type: Api, Properties: {Path: '/{p+}/x', Method: get}}"),
                  "2:62: AWS takes no path '/{p+}/x': a parameter is a whole segment, {name}, or at the end {name+}"},
             Case{with_events("E: {Type: HttpApi, Properties: {Path: '/{+}', Method: get}}"),
                  "2:62: AWS takes no path '/{+}': a parameter is a whole segment, {name}, or at the end {name+}"},
             Case{with_events("E: {Type: Api, Properties: {Path: /a, Method: got}}"),
                  "2:108: the event 'E' of Function 'F' has no Method that is one"},
             Case{with_events("E: {Type: Api, Properties: {Path: /a, Method: get}}, "
                              "G: {Type: Api, Properties: {Path: /a, Method: GET}}"),
                  "2:115: the route 'GET /a' is defined twice in 'ServerlessRestApi'"},
             Case{with_events("E: {Type: Api, Properties: {Path: /a, Method: get, RestApiId: !Ref H}}",
                              "  H: {Type: AWS::Serverless::HttpApi}\n"),
                  "2:124: RestApiId is a reference to an AWS::Serverless::Api of this template"},
             Case{with_events(
                      "E: {Type: Api, Properties: {Path: /a, Method: get, RestApiId: !Ref A, Auth: {Authorizer: Gat}}}",
                      api + ", Auth: {Authorizers: {Gate: {FunctionArn: !GetAtt F.Arn}}}}}\n"),
                  "2:151: 'A' has no authorizer 'Gat' (did you mean 'Gate'?)"},
             Case{with_events("E: {Type: Api, Properties: {Path: /a, Method: get, Auth: {Authorizer: NONE}}}"),
                  "2:132: the Authorizer NONE is for APIs with a DefaultAuthorizer"},
             Case{with_events("", api + ", Auth: {DefaultAuthorizer: Nope}}}\n"),
                  "3:88: the DefaultAuthorizer 'Nope' is not in Authorizers"},
             Case{with_events("", "  A: {Type: AWS::Serverless::Api, Properties: {}}\n"),
                  "3:3: the Api 'A' has no StageName"},
             Case{with_events("", api + ", Cors: {AllowCredentials: true}}}\n"),
                  "3:68: AllowCredentials cannot be true where AllowOrigin is \"'*'\" or not set"},
             Case{with_events("", api + ", DefinitionUri: x.yaml}}\n"),
                  "3:77: cannot read /app/x.yaml: no files can be read here"},
             Case{with_events("", api + ", DefinitionUri: s3://a/b, Cors: \"'*'\"}}\n"),
                  "3:87: 'Cors' works only with an inline DefinitionBody"},
             Case{with_events("", api + ", DefinitionBody: {paths: {}}}}\n"),
                  "3:78: no OpenAPI document: it has neither `openapi: 3…` nor `swagger: '2.0'`"},
             Case{with_events("", api + ", EndpointConfiguration: {Type: NEAR}}}\n"),
                  "3:92: an endpoint's type is EDGE, REGIONAL or PRIVATE"},
             Case{with_events("", api + ", Auth: {UsagePlan: {CreateUsagePlan: ALL}}}}\n"),
                  "3:98: CreateUsagePlan is PER_API, SHARED or NONE"},
             Case{with_events(
                      "", "  W: {Type: AWS::Serverless::WebSocketApi, Properties: {RouteSelectionExpression: x}}\n"),
                  "3:3: the WebSocket API 'W' has no Routes"},
         }) {
        EXPECT_EQ(read_apis(yaml), expected) << yaml;
    }
}

TEST(RestApi, ParametersOfItsImportChooseEndpointAndBasePath) {
    const auto read = [](const std::string& parameters, const std::string& base) {
        const std::string text = read_apis(
            "Resources:\n  F: {Type: AWS::Lambda::Function}\n  A: {Type: AWS::ApiGateway::RestApi, Properties: "
            "{Parameters: {" +
            parameters + "}, Body: {" + base +
            ", paths: {/a: {get: {x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, credentials: r, "
            "uri: " +
            kInvocationUri +
            "}}}}}}}\n  S: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: !Ref A, StageName: "
            "s}}\n");
        return text.substr(0, text.find(" -> "));
    };
    const std::string swagger = "swagger: '2.0', basePath: /base/more";
    EXPECT_EQ(read("endpointConfigurationTypes: REGIONAL, basepath: prepend", swagger),
              "rest A vzvfcs040k regional\n  stage s\n  route GET /base/more/a");
    EXPECT_EQ(read("basepath: split", swagger), "rest A vzvfcs040k edge\n  stage s\n  route GET /more/a");
    EXPECT_EQ(read("basepath: ignore", swagger), "rest A vzvfcs040k edge\n  stage s\n  route GET /a");
    EXPECT_EQ(read("basepath: prepend", "openapi: 3.0.1, servers: [{url: 'https://a.example/v1/'}]"),
              "rest A vzvfcs040k edge\n  stage s\n  route GET /v1/a");
    EXPECT_EQ(read("basepath: prepend",
                   "openapi: 3.0.1, servers: [{url: 'https://a.example/{basePath}', variables: "
                   "{basePath: {default: v2}}}]"),
              "rest A vzvfcs040k edge\n  stage s\n  route GET /v2/a");
    EXPECT_EQ(read("basepath: prepend", "openapi: 3.0.1, servers: [{url: 'https://a.example'}]"),
              "rest A vzvfcs040k edge\n  stage s\n  route GET /a");
}

TEST(LambdaUri, NamesTheFunctionItsAliasAndStageVariables) {
    struct Case {
        std::string_view uri;
        std::string_view expected;
    };
    for (const auto& [uri, expected] : {
             Case{"!GetAtt F.Arn", "F v1"},
             Case{"!Sub '${F.Arn}:live'", "F:live v1"},
             Case{"!Sub "
                  "'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/"
                  "invocations'",
                  "F v1"},
             Case{
                 "'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:"
                 "function:${stageVariables.fn}:${stageVariables.alias}/invocations'",
                 "${stageVariables.fn}:${stageVariables.alias} v1"},
             Case{
                 "'arn:aws:apigateway:us-east-1:lambda:path/2021-11-15/functions/arn:aws:lambda:us-east-1:123456789012:"
                 "function:F/response-streaming-invocations'",
                 "F v1 stream"},
             Case{"'arn:aws:apigateway:us-east-1:sqs:path/queue'", "unsupported AWS_PROXY"},
         }) {
        const std::string read = read_apis(
            "Resources:\n"
            "  F: {Type: AWS::Serverless::Function}\n"
            "  A: {Type: AWS::ApiGatewayV2::Api, Properties: {ProtocolType: HTTP}}\n"
            "  I: {Type: AWS::ApiGatewayV2::Integration, Properties: {ApiId: !Ref A, IntegrationType: AWS_PROXY, "
            "IntegrationUri: " +
            std::string(uri) +
            "}}\n"
            "  R: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref A, RouteKey: GET /a, Target: !Sub "
            "'integrations/${I}'}}\n"
            "  S: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: !Ref A, StageName: $default}}\n");
        EXPECT_NE(read.find("  route GET /a -> " + std::string(expected) + '\n'), std::string::npos) << uri << '\n'
                                                                                                     << read;
    }
}

TEST(LambdaUri, WhatApiGatewayRefusesIsAProblem) {
    const auto read = [](const std::string& kind, const std::string& uri) {
        const bool rest = kind == "rest";
        const std::string text = read_summary(
            std::string("Resources:\n  F: {Type: AWS::Lambda::Function}\n  A: {Type: AWS::") +
            (rest ? "ApiGateway::RestApi" : "ApiGatewayV2::Api") +
            ", Properties: {Body: {openapi: 3.0.1, paths: {/a: {get: {x-amazon-apigateway-integration: {type: "
            "aws_proxy, httpMethod: POST, uri: " +
            uri + "}}}}}}}\n");
        const std::size_t problem = text.find(": ");
        return text.starts_with("3:") ? text.substr(problem + 2, text.find('\n') - problem - 2) : "taken";
    };
    const std::string bare = "arn:aws:lambda:us-east-1:123456789012:function:F";
    for (const char* kind : {"rest", "http"}) {
        EXPECT_EQ(read(kind, "function:F:live"),
                  "'function:F:live' is no ARN, by which an integration names its function");
        EXPECT_EQ(read(kind, "!Ref F"), "'F' is no ARN, by which an integration names its function");
        EXPECT_EQ(read(kind, kInvocationUri), "taken");
        EXPECT_EQ(read(kind, "!ImportValue x"), "taken") << "only AWS knows it";
    }
    EXPECT_EQ(read("http", bare), "taken");
    EXPECT_EQ(read("rest", bare),
              "an integration of a REST API names its function by an ARN of API Gateway, with a path or an action: "
              "arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/" +
                  bare + "/invocations");
}

TEST(SamWebSocketApi, ARouteRepliesWithARouteResponseOfTheTemplatesOwn) {
    const std::string chat =
        "Resources:\n"
        "  F: {Type: AWS::Serverless::Function}\n"
        "  Chat: {Type: AWS::Serverless::WebSocketApi, Properties: {StageName: s, RouteSelectionExpression: x, Routes: "
        "{sayAll: {FunctionArn: !GetAtt F.Arn, RouteResponseSelectionExpression: $default}}}}\n";
    const std::string without = read_apis(chat);
    EXPECT_EQ(without.find("replies"), std::string::npos) << without;
    EXPECT_EQ(without.substr(without.find("note ")),
              "note 3: SAM makes no route response: on AWS, and so here, no reply of sayAll of 'Chat' reaches a client "
              "without an AWS::ApiGatewayV2::RouteResponse with the RouteResponseKey $default and the RouteId !Ref "
              "ChatSayallRoute\n");
    const std::string with = read_apis(chat +
                                       "  R: {Type: AWS::ApiGatewayV2::RouteResponse, Properties: {ApiId: !Ref Chat, "
                                       "RouteId: !Ref ChatSayallRoute, RouteResponseKey: $default}}\n");
    EXPECT_NE(with.find("route sayAll -> F replies\n"), std::string::npos) << with;
    EXPECT_EQ(with.find("note "), std::string::npos) << with;
}

TEST(WebSocketResources, ARouteResponseOfNoRouteIsNoted) {
    const auto read = [](const std::string& route) {
        const std::string told = read_apis(
            "Resources:\n"
            "  A: {Type: AWS::ApiGatewayV2::Api, Properties: {ProtocolType: WEBSOCKET, RouteSelectionExpression: x}}\n"
            "  N: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref A, RouteKey: n, Target: !Sub "
            "'integrations/${I}'}}\n"
            "  I: {Type: AWS::ApiGatewayV2::Integration, Properties: {ApiId: !Ref A, IntegrationType: MOCK}}\n"
            "  R: {Type: AWS::ApiGatewayV2::RouteResponse, Properties: {ApiId: !Ref A, RouteId: " +
            route + ", RouteResponseKey: $default}}\n");
        const auto note = told.find("note 5: ");
        return note == std::string::npos ? std::string() : told.substr(note, told.find('\n', note) - note);
    };
    EXPECT_EQ(read("!Ref N"), "");
    for (const auto* other : {"abc123", "!Ref I"})
        EXPECT_EQ(read(other),
                  "note 5: the RouteId of RouteResponse 'R' names no route of the template: no reply reaches a client "
                  "because of it");
}

/// The API A of a template, as CloudFormation has it and as SAM does: properties of the API, and of its route.
std::array<std::string, 2> read_socket(const std::string& api, const std::string& key, const std::string& route) {
    return {read_apis("Resources:\n"
                      "  F: {Type: AWS::Serverless::Function}\n"
                      "  A: {Type: AWS::ApiGatewayV2::Api, Properties: {ProtocolType: WEBSOCKET, " +
                      api +
                      "}}\n"
                      "  S: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: !Ref A, StageName: s}}\n"
                      "  N: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref A, Target: !Sub "
                      "'integrations/${I}', RouteKey: " +
                      key + route +
                      "}}\n"
                      "  I: {Type: AWS::ApiGatewayV2::Integration, Properties: {ApiId: !Ref A, IntegrationType: "
                      "MOCK}}\n"),
            read_apis("Resources:\n"
                      "  F: {Type: AWS::Serverless::Function}\n"
                      "  A: {Type: AWS::Serverless::WebSocketApi, Properties: {StageName: s, " +
                      api + ", Routes: {" + key + ": {FunctionArn: !GetAtt F.Arn" + route + "}}}}\n")};
}

TEST(WebSocketApis, SelectionExpressionsThatAwsDoesNotDocumentAreNamed) {
    for (const std::string& read :
         read_socket("RouteSelectionExpression: '${request.body.a}-${context.x}\\$request.header.x$request.header.y'",
                     "say", ", RouteResponseSelectionExpression: $integration.response.x")) {
        EXPECT_NE(read.find(": $context.x and $request.header.y in a RouteSelectionExpression"), std::string::npos)
            << read;
        EXPECT_NE(read.find("AWS takes $default alone as a RouteResponseSelectionExpression"), std::string::npos)
            << read;
    }
    for (const std::string& read : read_socket("RouteSelectionExpression: $request.body.a.b", "say",
                                               ", RouteResponseSelectionExpression: \\$default")) {
        EXPECT_EQ(read.find("in a RouteSelectionExpression"), std::string::npos) << read;
        EXPECT_EQ(read.find("AWS takes"), std::string::npos) << read;
    }
}

TEST(WebSocketApis, AConnectMayAskForAnApiKey) {
    const std::string api = "RouteSelectionExpression: x";
    const std::string odd = "ApiKeySelectionExpression, $request.header.x-api-key", other = "ApiKeyRequired of another";
    struct Row {
        std::string api, key, route;
        bool asks, by_authorizer, told;
    };
    const Row rows[] = {
        {"", "$connect", ", ApiKeyRequired: true", true, false, false},
        {", ApiKeySelectionExpression: $request.header.x-api-key", "$connect", "", false, false, false},
        {", ApiKeySelectionExpression: '${context.authorizer.usageIdentifierKey}'", "$connect", "", false, true, false},
        {", ApiKeySelectionExpression: $request.header.key", "say", ", ApiKeyRequired: true", false, false, true},
    };
    for (const Row& row : rows) {
        for (const std::string& read : read_socket(api + row.api, row.key, row.route)) {
            const auto holds = [&read](const std::string& text) { return read.find(text) != std::string::npos; };
            EXPECT_EQ(holds(" key\n"), row.asks) << read;
            EXPECT_EQ(holds("key-from-authorizer"), row.by_authorizer) << read;
            EXPECT_EQ(holds(odd), row.told) << read;
            EXPECT_EQ(holds(other), row.told) << read;
        }
    }
}

TEST(SamHttpApi, TheDefaultRouteMayBeWrittenAsAPath) {
    const std::string read = read_apis(with_events("E: {Type: HttpApi, Properties: {Path: /$default, Method: ANY}}"));
    EXPECT_NE(read.find("  route $default -> F v2\n"), std::string::npos) << read;
}

TEST(SamApi, AnApisOwnAuthReplacesTheSecurityOfTheWholeDefinition) {
    const auto route = [](const std::string& auth) {
        const std::string read = read_apis(
            "Resources:\n"
            "  F: {Type: AWS::Serverless::Function}\n"
            "  A:\n"
            "    Type: AWS::Serverless::Api\n"
            "    Properties:\n"
            "      StageName: s\n" +
            auth +
            "      DefinitionBody:\n"
            "        openapi: 3.0.1\n"
            "        components: {securitySchemes: {iam: {type: apiKey, x-amazon-apigateway-authtype: awsSigv4}, key: "
            "{type: "
            "apiKey, name: x-api-key, in: header}}}\n"
            "        security: [{iam: []}]\n"
            "        paths: {/a: {get: {x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: " +
            kInvocationUri + "}}}}\n");
        const std::size_t begin = read.find("  route ");
        return read.substr(begin, read.find('\n', begin) - begin);
    };
    EXPECT_EQ(route(""), "  route GET /a -> F iam");
    EXPECT_EQ(route("      Auth: {DefaultAuthorizer: L, Authorizers: {L: {FunctionArn: !GetAtt F.Arn}}}\n"),
              "  route GET /a -> F auth=L");
    EXPECT_EQ(route("      Auth: {ApiKeyRequired: true}\n"), "  route GET /a -> F key");
}

TEST(SamHttpApi, AnEventAddsNoRouteToADefinitionOfAnotherFile) {
    const std::string read =
        read_apis(with_events("E: {Type: HttpApi, Properties: {ApiId: !Ref H, Path: /a, Method: get}}",
                              "  H: {Type: AWS::Serverless::HttpApi, Properties: {DefinitionUri: 's3://b/k'}}\n"));
    EXPECT_EQ(read.find("  route "), std::string::npos) << read;
    EXPECT_NE(read.find("adds no route: SAM does not look into the DefinitionUri of 'H'"), std::string::npos) << read;
}

TEST(Authorizers, AreAskedByTheAliasOrVersionThatIsNamed) {
    const auto asked = [](const std::string& resources) {
        const std::string yaml =
            "Resources:\n"
            "  F: {Type: AWS::Lambda::Function, Properties: {Code: {S3Bucket: b, S3Key: k}}}\n"
            "  V: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref F}}\n"
            "  N: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref F, FunctionVersion: '1', Name: live}}\n"
            "  R: {Type: AWS::ApiGateway::RestApi}\n"
            "  H: {Type: AWS::ApiGatewayV2::Api}\n" +
            resources;
        const auto read = read_template(source::parse_document(yaml, "t.yaml").value(), {.folder = "/app"});
        if (!read) return source::to_string(read.error().front());
        std::string names;
        for (const Api& api : read->application.apis) {
            for (const Authorizer& a : api.authorizers) names += a.function + ':' + a.qualifier + '\n';
        }
        return names;
    };
    const std::string path = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/";
    EXPECT_EQ(asked("  L: {Type: AWS::ApiGateway::Authorizer, Properties: {RestApiId: !Ref R, Type: TOKEN, Name: l, "
                    "AuthorizerUri: !Sub '" +
                    path + "${N}/invocations'}}\n"),
              "F:live\n");
    EXPECT_EQ(asked("  L: {Type: AWS::ApiGatewayV2::Authorizer, Properties: {ApiId: !Ref H, AuthorizerType: REQUEST, "
                    "AuthorizerUri: !Sub '" +
                    path + "${V}/invocations'}}\n"),
              "F:1\n");
    EXPECT_EQ(asked("  S: {Type: AWS::Serverless::Api, Properties: {StageName: s, Auth: {Authorizers: {L: "
                    "{FunctionArn: !Ref N}}}}}\n"),
              "F:live\n");
    EXPECT_EQ(asked("  S: {Type: AWS::Serverless::HttpApi, Properties: {Auth: {Authorizers: {L: {FunctionArn: !Ref N, "
                    "AuthorizerPayloadFormatVersion: '2.0'}}}}}\n"),
              "F:live\n");
}

TEST(LoadBalancers, EachRuleHasTheArnTheHeadersAndTheCheckOfItsTargetGroup) {
    const std::string group = ": {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {TargetType: lambda, ";
    const std::string rule = ": {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !Ref L, ";
    EXPECT_EQ(
        read_apis(with_events(
            "", "  One" + group +
                    "Targets: [{Id: !GetAtt F.Arn}], HealthCheckEnabled: true, HealthCheckPath: /one}}\n" + "  Two" +
                    group + "Targets: [{Id: !GetAtt F.Arn}], HealthCheckEnabled: true, HealthCheckPath: /two, " +
                    "TargetGroupAttributes: [{Key: lambda.multi_value_headers.enabled, Value: true}]}}\n" +
                    "  L: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {DefaultActions: [{Type: forward, "
                    "TargetGroupArn: !Ref Two}]}}\n  R" +
                    rule +
                    "Priority: 1, Conditions: [{Field: path-pattern, Values: [/1]}], Actions: [{Type: forward, "
                    "TargetGroupArn: !Ref One}]}}\n  S" +
                    rule +
                    "Priority: 2, Conditions: [{Field: path-pattern, Values: [/2]}], Actions: [{Type: forward, "
                    "TargetGroupArn: !Ref Two}]}}\n"
                    "  P: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref F, Action: "
                    "lambda:InvokeFunction, Principal: elasticloadbalancing.amazonaws.com}}\n")),
        "alb L q1r42vz11g arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/One/3swgaao6htn6n5he\n"
        "  check F /one 35s/30s 5/2 200 targetgroup/One/3swgaao6htn6n5he\n"
        "  check F /two 35s/30s 5/2 200 targetgroup/Two/r7yhyumlqdkdgmhr multi-value\n"
        "  stage $default\n"
        "  route #1 [path /1] -> F in targetgroup/One/3swgaao6htn6n5he\n"
        "  route #2 [path /2] -> F in targetgroup/Two/r7yhyumlqdkdgmhr multi-value\n"
        "  route #2147483647 -> F in targetgroup/Two/r7yhyumlqdkdgmhr multi-value\n");
}

/// A listener whose action is `action`, and the target groups One and Two.
std::string balanced_by(const std::string& action) {
    const std::string group =
        ": {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {TargetType: lambda, Targets: [{Id: !GetAtt "
        "F.Arn}]}}\n";
    return with_events("", "  One" + group + "  Two" + group +
                               "  P: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref F, Action: "
                               "lambda:InvokeFunction, Principal: elasticloadbalancing.amazonaws.com}}\n"
                               "  L: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {DefaultActions: "
                               "[{Type: forward, " +
                               action + "}]}}\n");
}

TEST(LoadBalancers, TargetGroupsOfAnActionHaveTheirWeights) {
    const auto route = [](const std::string& action) {
        const std::string text = read_apis(balanced_by(action));
        return text.substr(std::min(text.find("  route #"), text.size()));
    };
    const std::string one = "F in targetgroup/One/3swgaao6htn6n5he", two = "F in targetgroup/Two/r7yhyumlqdkdgmhr";
    EXPECT_EQ(route("ForwardConfig: {TargetGroups: [{TargetGroupArn: !Ref One, Weight: 9}, {TargetGroupArn: !Ref Two, "
                    "Weight: '0'}, {TargetGroupArn: !Ref Two}]}"),
              "  route #2147483647 -> " + one + " *9 or " + two + " *0 or " + two + " *1\n");
    EXPECT_EQ(route("ForwardConfig: {TargetGroups: [{TargetGroupArn: !Ref Two, Weight: 0}]}"),
              "  route #2147483647 -> " + two + "\n");
    EXPECT_EQ(route("TargetGroupArn: !Ref One, ForwardConfig: {TargetGroups: [{TargetGroupArn: !Ref One}]}"),
              "  route #2147483647 -> " + one + "\n");
    EXPECT_EQ(route("ForwardConfig: {TargetGroups: [{TargetGroupArn: !Ref One}, {TargetGroupArn: !Ref Two}], "
                    "TargetGroupStickinessConfig: {Enabled: true, DurationSeconds: 60}}"),
              "  route #2147483647 -> " + one + " *1 or " + two +
                  " *1\nnote 6: TargetGroupStickinessConfig is not emulated: each request of a client is spread "
                  "anew\n");
}

TEST(LoadBalancers, AListenerHasItsProtocolAndItsPort) {
    const auto listener = [](const std::string& properties) {
        const std::string text =
            read_apis("Resources:\n  L: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {" + properties +
                      "DefaultActions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: '404'}}]}}\n");
        return text.substr(0, text.find('\n'));
    };
    EXPECT_EQ(listener("Port: 8080, Protocol: HTTP, "), "alb L q1r42vz11g http:8080");
    EXPECT_EQ(listener("Port: '443', Protocol: HTTPS, "), "alb L q1r42vz11g https:443");
    EXPECT_EQ(listener("Port: 443, "), "alb L q1r42vz11g");
}

TEST(LoadBalancers, WhatAwsRefusesInAForwardActionIsAProblem) {
    EXPECT_EQ(
        read_problems(balanced_by("TargetGroupArn: !Ref One, ForwardConfig: {TargetGroups: [{TargetGroupArn: !Ref "
                                  "Two}]}")),
        "6:114: beside a ForwardConfig TargetGroupArn may only name its one target group again\n");
    std::string six;
    for (int i = 0; i < 6; ++i) six += std::string(six.empty() ? "" : ", ") + "{TargetGroupArn: !Ref One}";
    EXPECT_EQ(read_problems(balanced_by("ForwardConfig: {TargetGroups: [" + six + "]}")),
              "6:128: a forward action has at most 5 target groups\n");
}

/// An API of this type beside an event that names it.
std::string refer_to(std::string_view type, std::string_view event, std::string_view reference) {
    return read_apis(with_events("E: {Type: " + std::string(event) + ", Properties: {Path: /a, Method: get, " +
                                     std::string(reference) + ": !Ref A}}",
                                 "  A: {Type: " + std::string(type) + ", Properties: {StageName: s}}\n"));
}

TEST(SamApi, AnEventOfAnApiOfAnotherKindAddsNoRoute) {
    const auto told = [](std::string_view type) {
        return "note 2: the event 'E' of Function 'F' adds no route: SAM adds none to 'A', an " + std::string(type) +
               ", and only lets it invoke the function\n";
    };
    for (const auto& [type, event, reference] : {
             std::array<std::string_view, 3>{"AWS::ApiGateway::RestApi", "Api", "RestApiId"},
             std::array<std::string_view, 3>{"AWS::Serverless::Api", "HttpApi", "ApiId"},
             std::array<std::string_view, 3>{"AWS::ApiGatewayV2::Api", "HttpApi", "ApiId"},
         }) {
        const std::string read = refer_to(type, event, reference);
        EXPECT_NE(read.find(told(type)), std::string::npos) << read;
        EXPECT_EQ(read.find("  route "), std::string::npos) << read;
        EXPECT_EQ(read.find("ServerlessRestApi"), std::string::npos) << read;
    }
}

TEST(SamApi, AnEventOfAStateMachineWithAnApiOfAnotherKindIsSaidToStartExecutions) {
    const std::string read = read_apis(
        "Resources:\n"
        "  A: {Type: AWS::ApiGateway::RestApi, Properties: {Name: a}}\n"
        "  M:\n"
        "    Type: AWS::Serverless::StateMachine\n"
        "    Properties:\n"
        "      Events: {E: {Type: Api, Properties: {Path: /a, Method: get, RestApiId: !Ref A}}}\n");
    EXPECT_NE(read.find("note 6: the event 'E' of StateMachine 'M' adds no route: SAM adds none to 'A', an "
                        "AWS::ApiGateway::RestApi, and only lets it start executions\n"),
              std::string::npos)
        << read;
}

TEST(SamHttpApi, AnEventWithTheMethodDefaultAddsNoRoute) {
    EXPECT_EQ(notes_of(with_events("E: {Type: HttpApi, Properties: {Path: /a, Method: DEFAULT}}")),
              "note 2: the event 'E' of Function 'F' adds no route: 'DEFAULT' is no method, and for all of them it is "
              "ANY\n");
}

/// The routes of an API whose document is another file.
std::string read_included(std::string_view body, const std::string& others) {
    const TemplateInputs inputs{
        .folder = "/app", .read_text = [](const std::string&) -> source::Result<std::string> {
            return std::string(
                "openapi: 3.0.1\npaths: {/a: {get: {x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: "
                "POST, uri: 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                "arn:aws:lambda:us-east-1:123456789012:function:F/invocations'}}}}\n");
        }};
    return read_summary(
        "Conditions: {Yes: !Equals [a, a]}\n"
        "Resources: {F: {Type: AWS::Serverless::Function}, A: {Type: AWS::Serverless::Api, "
        "Properties: {StageName: s, " +
            others + ", DefinitionBody: " + std::string(body) + "}}}",
        inputs);
}

TEST(SamApi, WhatIsLaidOverADefinitionCountsForAnIncludedOne) {
    for (const std::string_view body : {"{Fn::Transform: {Name: AWS::Include, Parameters: {Location: api.yaml}}}",
                                        "!Transform {Name: AWS::Include, Parameters: {Location: api.yaml}}"}) {
        const std::string read = read_included(body, R"(Cors: "'*'", Auth: {DefaultAuthorizer: AWS_IAM})");
        EXPECT_NE(read.find("  route GET /a -> F iam\n"), std::string::npos) << read;
        EXPECT_NE(read.find("  route OPTIONS /a -> "), std::string::npos) << read;
    }
    EXPECT_NE(read_included("!If [Yes, {openapi: 3.0.1, paths: {}}, {}]", R"(Cors: "'*'")")
                  .find("'Cors' works only with an inline DefinitionBody"),
              std::string::npos);
}

TEST(SamApi, TheRoutesOfAStateMachineAreThereAndNotEmulated) {
    EXPECT_EQ(
        read_apis("Resources:\n"
                  "  M:\n"
                  "    Type: AWS::Serverless::StateMachine\n"
                  "    Properties:\n"
                  "      DefinitionUri: !Nope machine.json\n"
                  "      Events:\n"
                  "        A: {Type: Api, Properties: {Path: /echo, Method: post, UnescapeMappingTemplate: true}}\n"
                  "        B: {Type: Schedule, Properties: {Schedule: rate(1 day)}}\n"),
        "rest ServerlessRestApi xshdb6zhw3 edge\n"
        "  stage Prod\n"
        "  route POST /echo -> unsupported AWS\n"
        "note 2: 'M', an AWS::Serverless::StateMachine, is not emulated\n"
        "note 7: the event 'A' of StateMachine 'M' starts an execution, which is not emulated: its route says "
        "so\n");
}

}  // namespace
}  // namespace understudy::app::template_api_test
