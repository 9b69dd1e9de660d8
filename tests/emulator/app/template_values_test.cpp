#include "emulator/app/template/properties.hpp"
#include "emulator/app/template/value_rules.hpp"
#include "tests/emulator/app/summary.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace understudy::app {
namespace {

struct ValueCase {
    std::string yaml;
    std::string_view expected;
};

/// What is said of a template, without what it is read as.
std::string read_verdict(const std::string& yaml) {
    const std::string text = read_summary(yaml);
    if (text[0] >= '0' && text[0] <= '9') return text;
    const std::size_t note = text.find("note ");
    return note == std::string::npos ? "" : text.substr(note, text.size() - note - 1);
}

std::string replace(std::string text, std::string_view part, std::string_view by) {
    const std::size_t at = text.find(part);
    return at == std::string::npos ? text : text.replace(at, part.size(), by);
}

constexpr std::string_view kPermission =
    "  P: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref F, Action: lambda:InvokeFunction, Principal: "
    "apigateway.amazonaws.com}}\n";

std::string function(std::string_view properties) {
    return "Resources:\n  F: {Type: AWS::Serverless::Function, Properties: {" + std::string(properties) + "}}\n";
}

std::string event(std::string_view properties) {
    return function("Events: {E: {Type: Api, Properties: {Path: /a, Method: get, " + std::string(properties) + "}}}");
}

std::string http_event(std::string_view properties) {
    return function("Events: {E: {Type: HttpApi, Properties: {Path: /a, Method: get, " + std::string(properties) +
                    "}}}");
}

std::string api(std::string_view properties) {
    return "Resources:\n  A: {Type: AWS::Serverless::Api, Properties: {StageName: s, " + std::string(properties) +
           "}}\n  F: {Type: AWS::Serverless::Function}\n";
}

std::string rule(std::string_view priority, std::string_view condition) {
    return "Resources:\n  L: {Type: AWS::ElasticLoadBalancingV2::Listener}\n  R: {Type: "
           "AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !Ref L, Priority: " +
           std::string(priority) + ", Conditions: [" + std::string(condition) +
           "], Actions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: 200}}]}}\n";
}

std::string default_action(std::string_view action) {
    return "Resources:\n  L: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {DefaultActions: [" +
           std::string(action) + "]}}\n";
}

TEST(TemplateValues, WhatAwsRefusesOfAFunctionIsAProblemWithItsPlace) {
    for (const auto& [yaml, expected] : {
             ValueCase{function("Environment: [AA, BB]"), "2:66: AWS takes a map here"},
             ValueCase{function("Events: []"), "2:61: AWS takes a map here"},
             ValueCase{"Resources:\n  F: {Type: AWS::Lambda::Function, Properties: {Code: ../fn}}\n", ""},
             ValueCase{function("Architectures: [mips]"), "2:69: AWS takes x86_64 or arm64 here"},
             ValueCase{function("FunctionUrlConfig: {AuthType: NONE, InvokeMode: RESPONSE_STREAMING}"),
                       "2:101: AWS takes BUFFERED or RESPONSE_STREAM here (did you mean 'RESPONSE_STREAM'?)"},
             ValueCase{function("FunctionUrlConfig: {AuthType: NONE, Cors: {AllowMethods: GET}}"),
                       "2:110: AWS takes a list here"},
             ValueCase{function("FunctionUrlConfig: {AuthType: NONE, Cors: {MaxAge: 86401}}"),
                       "2:104: AWS takes 0 to 86400 here"},
         }) {
        EXPECT_EQ(read_verdict(yaml), expected) << yaml;
    }
}

TEST(TemplateValues, WhatAwsRefusesOfRoutesIsAProblemWithItsPlace) {
    for (const auto& [yaml, expected] : {
             ValueCase{event("ResponseTransferMode: STREAMING"),
                       "2:135: AWS takes BUFFERED, STREAM or RESPONSE_STREAM here (did you mean 'STREAM'?)"},
             ValueCase{event("TimeoutInMillis: 10"), "2:130: AWS takes 50 to 300000 here"},
             ValueCase{http_event("TimeoutInMillis: 60000"), "2:134: AWS takes 50 to 30000 here"},
             ValueCase{http_event("PayloadFormatVersion: '3.0'"), "2:139: AWS takes 1.0, 2.0, 1 or 2 here"},
             ValueCase{function("Events: {E: {Type: Api, Properties: {Path: '/x/{a}/{a}', Method: get}}}"),
                       "2:62: AWS takes no path '/x/{a}/{a}': it has two parameters 'a'"},
             ValueCase{function("Events: {E: {Type: Api, Properties: {Path: '/x/{a}', Method: get}}, "
                                "G: {Type: Api, Properties: {Path: '/x/{b}/c', Method: get}}}"),
                       "2:121: AWS takes no path '/x/{b}/c': a sibling of that resource is '{a}' in '/x/{a}', and "
                       "only one may be a parameter"},
             ValueCase{function("Events: {E: {Type: Api, Properties: {Path: '/x/{a}', Method: get}}, "
                                "G: {Type: Api, Properties: {Path: '/x/{a}/c', Method: get}}, "
                                "H: {Type: Api, Properties: {Path: '/x/b/{c}', Method: get}}}"),
                       ""},
             ValueCase{function("Events: {E: {Type: HttpApi, Properties: {Path: '/x/{a}', Method: get}}, "
                                "G: {Type: HttpApi, Properties: {Path: '/x/{b}/c', Method: get}}}"),
                       ""},
             ValueCase{event("TimeoutInMillis: 29000"), ""},
             ValueCase{event("TimeoutInMillis: 30000"),
                       "note 2: more than 29000 ms needs a raised quota on AWS, and an API that is regional or "
                       "private"},
         }) {
        EXPECT_EQ(read_verdict(yaml), expected) << yaml;
    }
}

TEST(TemplateValues, WhatAwsRefusesOfRestApisIsAProblemWithItsPlace) {
    for (const auto& [yaml, expected] : {
             ValueCase{"Resources:\n  A: {Type: AWS::Serverless::Api, Properties: {StageName: my stage}}\n",
                       "2:59: AWS takes a name of letters, digits, '-' and '_' here"},
             ValueCase{"Resources:\n  A: {Type: AWS::Serverless::Api, DependsOn: Nope, Properties: {StageName: s}}\n",
                       "2:46: DependsOn names no resource of the template: 'Nope'"},
             ValueCase{api("MinimumCompressionSize: -5"), "2:86: AWS takes 0 to 10485760 here"},
             ValueCase{api("GatewayResponses: {UNAUTHORIZED: {StatusCode: 1000}}"), "2:108: AWS takes 100 to 599 here"},
             ValueCase{api("GatewayResponses: {MISSING_AUTH_TOKEN: {StatusCode: 404}}"),
                       "2:81: AWS knows no 'MISSING_AUTH_TOKEN' here"},
             ValueCase{api("Cors: [a]"),
                       "2:69: AWS takes a text in single quotes inside the value (\"'*'\") or a map here: without the "
                       "quotes API Gateway takes it for a mapping expression, and refuses it"},
             ValueCase{api("Cors: {AllowOrigin: '*'}"),
                       "2:82: AWS takes a text in single quotes inside the value (\"'*'\") here: without the quotes "
                       "API Gateway takes it for a mapping expression, and refuses it"},
             ValueCase{api("Cors: '*'"),
                       "2:68: AWS takes a text in single quotes inside the value (\"'*'\") or a map here: without the "
                       "quotes API Gateway takes it for a mapping expression, and refuses it"},
             ValueCase{api("GatewayResponses: {UNAUTHORIZED: {ResponseParameters: {Headers: {X: abc}}}}"),
                       "2:130: AWS takes a text in single quotes inside the value (\"'*'\") here: without the quotes "
                       "API Gateway takes it for a mapping expression, and refuses it"},
             ValueCase{api("GatewayResponses: {UNAUTHORIZED: {ResponseParameters: {Headers: {X: \"'abc'\", Y: "
                           "context.requestId}}}}"),
                       ""},
             ValueCase{
                 api("Auth: {Authorizers: {T: {FunctionArn: !GetAtt F.Arn, Identity: {ReauthorizeEvery: 3601}}}}"),
                 "2:144: AWS takes 0 to 3600 here"},
         }) {
        EXPECT_EQ(read_verdict(yaml), expected) << yaml;
    }
}

TEST(TemplateValues, WhatAwsRefusesOfLoadBalancersIsAProblemWithItsPlace) {
    for (const auto& [yaml, expected] : {
             ValueCase{default_action("{Type: fixed-response, FixedResponseConfig: {StatusCode: '1234'}}"),
                       "2:139: AWS takes 200 to 299 or 400 to 599 here"},
             ValueCase{
                 default_action("{Type: fixed-response, FixedResponseConfig: {StatusCode: 200, ContentType: a/b}}"),
                 "2:157: AWS takes text/plain, text/css, text/html, application/javascript or application/json here"},
             ValueCase{default_action("{Type: redirect, RedirectConfig: {StatusCode: HTTP_307}}"),
                       "2:128: AWS takes HTTP_301 or HTTP_302 here (did you mean 'HTTP_301'?)"},
             ValueCase{default_action("{Type: redirect, RedirectConfig: {StatusCode: HTTP_301, Port: 99999}}"),
                       "2:144: AWS takes 1 to 65535 or #{port} here"},
             ValueCase{default_action("{Type: redirect, RedirectConfig: {StatusCode: HTTP_301, Host: \"a\\r\\nb\"}}"),
                       "2:144: AWS takes a text without blanks and control characters here"},
             ValueCase{rule("0", "{Field: path-pattern, Values: [/a]}"), "3:100: AWS takes 1 to 50000 here"},
             ValueCase{rule("1", "{Field: source-ip, SourceIpConfig: {Values: [300.1.1.1/8]}}"),
                       "3:161: AWS takes a block of addresses (10.0.0.0/8) here"},
             ValueCase{rule("1", "{Field: source-ip, SourceIpConfig: {Values: ['1::2::3/8']}}"),
                       "3:161: AWS takes a block of addresses (10.0.0.0/8) here"},
             ValueCase{rule("1", "{Field: source-ip, SourceIpConfig: {Values: [10.0.0.0/33]}}"),
                       "3:161: AWS takes a block of addresses (10.0.0.0/8) here"},
             ValueCase{rule("1", "{Field: source-ip, SourceIpConfig: {Values: [10.0.0.0/8, 2001:db8::/32]}}"), ""},
             ValueCase{rule("1", "{Field: http-header, HttpHeaderConfig: {Values: [x]}}"),
                       "3:116: a condition of the field http-header has an HttpHeaderName"},
         }) {
        EXPECT_EQ(read_verdict(yaml), expected) << yaml;
    }
}

TEST(TemplateValues, WhatAwsRefusesOfRulesIsAProblemWithItsPlace) {
    const std::string ok = "{Field: path-pattern, Values: [/a]}";
    const std::string second =
        "  S: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !Ref L, Conditions: [" + ok +
        "], Actions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: 200}}], Priority: ";
    const std::string other = "  M: {Type: AWS::ElasticLoadBalancingV2::Listener}\n";
    for (const auto& [yaml, expected] : {
             ValueCase{rule("7", ok) + second + "7}}\n",
                       "4:226: the priority 7 is that of ListenerRule 'R', and a listener has one rule of each"},
             ValueCase{rule("7", ok) + second + "8}}\n", ""},
             ValueCase{rule("7", ok) + other + replace(second, "!Ref L", "!Ref M") + "7}}\n", ""},
             ValueCase{rule("1", ""), "3:115: a rule has at least one condition"},
             ValueCase{replace(rule("1", ""), "Conditions: [], ", ""), "3:3: a rule has at least one condition"},
             ValueCase{
                 rule("1", "{Field: path-pattern, Values: [/a, /b, /c]}, {Field: host-header, Values: [a, b, c]}"),
                 "3:115: the conditions of a rule have at most 5 values together, and these have 6"},
             ValueCase{rule("1", "{Field: path-pattern, Values: [/a, /b, /c]}, {Field: host-header, Values: [a, b]}"),
                       ""},
             ValueCase{rule("1",
                            "{Field: path-pattern, Values: ['/*/*/*', '/?/?']}, {Field: host-header, Values: "
                            "['*.*']}"),
                       "3:115: the conditions of a rule have at most 6 wildcards together, and these have 7"},
             ValueCase{rule("1",
                            "{Field: path-pattern, Values: ['/*/*/*', '/?/?']}, {Field: host-header, Values: "
                            "['*.a']}"),
                       "note 3: many AWS accounts take at most 5 wildcards in the conditions of a rule: these have 6"},
             ValueCase{rule("1",
                            "{Field: path-pattern, Values: ['/*/*/*', '/?/?']}, {Field: query-string, "
                            "QueryStringConfig: {Values: [{Key: a, Value: '\\*\\?'}]}}"),
                       ""},
         }) {
        EXPECT_EQ(read_verdict(yaml), expected) << yaml;
    }
}

TEST(TemplateValues, ATargetGroupHasOneFunction) {
    const auto group = [](std::string_view type, std::string_view targets) {
        return "Resources:\n  F: {Type: AWS::Serverless::Function}\n  G: {Type: AWS::Serverless::Function}\n  T: "
               "{Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {TargetType: " +
               std::string(type) + ", Targets: [" + std::string(targets) + "]}}\n";
    };
    EXPECT_EQ(read_verdict(group("lambda", "{Id: !GetAtt F.Arn}, {Id: !GetAtt G.Arn}")),
              "4:124: a target group of type lambda has one function");
    EXPECT_EQ(read_verdict(group("lambda", "{Id: !GetAtt F.Arn}")), "");
    EXPECT_EQ(read_verdict(group("ip", "{Id: 10.0.0.1}, {Id: 10.0.0.2}")), "");
}

TEST(TemplateValues, WhatAwsRefusesOfAFunctionsSizesIsAProblemWithItsPlace) {
    const std::string longest(64, 'a');
    const auto variables = [](std::string_view value) {
        return "Parameters: {P: {Type: String, Default: " + std::string(200, 'p') + "}}\n" +
               function("Environment: {Variables: {NAME: " + std::string(value) + ", OTHER: !Ref P}}");
    };
    const auto layers = [](int count) {
        std::string all;
        for (int i = 0; i < count; ++i) all += (i == 0 ? "" : ", ") + std::string("!Ref L") + std::to_string(i);
        std::string yaml = function("Layers: [" + all + "]");
        for (int i = 0; i < count; ++i) {
            yaml +=
                "  L" + std::to_string(i) + ": {Type: AWS::Serverless::LayerVersion, Properties: {ContentUri: l}}\n";
        }
        return yaml;
    };
    constexpr std::string_view kName = "AWS takes a name of at most 64 letters, digits, '-' and '_' here";
    for (const auto& [yaml, expected] : {
             ValueCase{function("FunctionName: " + longest), ""},
             ValueCase{function("FunctionName: a-b_9"), ""},
             ValueCase{function("FunctionName: " + longest + "a"), "2:67: @"},
             ValueCase{function("FunctionName: a b"), "2:67: @"},
             ValueCase{function("FunctionName: a.b"), "2:67: @"},
             ValueCase{function("FunctionName: !Sub '${AWS::StackName}-" + longest + "'"), ""},
             ValueCase{function("FunctionName: '{{resolve:ssm:/name}}'"),
                       "note 2: there is no Parameter Store here: '{{resolve:ssm:/name}}' is the text as it stands"},
             ValueCase{variables(std::string(4096 - 4 - 5, 'x')), ""},
             ValueCase{variables(std::string(4096 - 4 - 4, 'x')),
                       "3:78: AWS takes at most 4096 bytes here, and there are 4097: names and values together"},
             ValueCase{layers(5), ""},
             ValueCase{layers(6),
                       "2:61: AWS takes at most 5 items here, and there are 6: a function has no more layers"},
             ValueCase{replace(layers(3), "!Ref L2", "!Ref L0"), "2:80: AWS takes a layer of a function once"},
         }) {
        EXPECT_EQ(read_verdict(yaml), replace(std::string(expected), "@", kName)) << yaml;
    }
}

TEST(TemplateValues, WhatAwsRefusesOfKeysAndDomainsIsAProblemWithItsPlace) {
    const auto key = [](std::string_view value) {
        return "Resources:\n  K: {Type: AWS::ApiGateway::ApiKey, Properties: {Value: " + std::string(value) + "}}\n";
    };
    const auto domains = [](std::string_view one, std::string_view two) {
        return "Resources:\n  A: {Type: AWS::Serverless::Api, Properties: {StageName: s, Domain: {DomainName: " +
               std::string(one) +
               "}}}\n  B: {Type: AWS::Serverless::HttpApi, Properties: {Domain: {DomainName: " + std::string(two) +
               "}}}\n";
    };
    const auto mapping = [](std::string_view path) {
        return "Resources:\n  A: {Type: AWS::Serverless::Api, Properties: {StageName: s, Domain: {DomainName: a.b, "
               "BasePath: [x, y]}}}\n  M: {Type: AWS::ApiGateway::BasePathMapping, Properties: {DomainName: a.b, "
               "RestApiId: !Ref A, Stage: s, BasePath: " +
               std::string(path) + "}}\n";
    };
    for (const auto& [yaml, expected] : {
             ValueCase{key("0123456789abcdefghi"), "2:58: AWS takes a key of at least 20 characters here"},
             ValueCase{key("0123456789abcdefghij"), ""},
             ValueCase{key("!Sub '${AWS::StackName}'"), ""},
             ValueCase{domains("a.b", "a.b"), "3:60: the domain 'a.b' has a mapping of no base path already"},
             ValueCase{domains("a.b", "c.b"), ""},
             ValueCase{domains("a.b", "a.b, BasePath: [x]"), ""},
             ValueCase{domains("a.b, EndpointConfiguration: PRIVATE", "a.b"), ""},
             ValueCase{mapping("y"), "3:116: the domain 'a.b' has a mapping of the base path 'y' already"},
             ValueCase{mapping("z"), ""},
         }) {
        EXPECT_EQ(read_verdict(yaml), expected) << yaml;
    }
}

TEST(TemplateValues, WhatAwsRefusesOfHttpApisIsAProblemWithItsPlace) {
    const auto cors = [](std::string_view origin) {
        return "Resources:\n  A: {Type: AWS::ApiGatewayV2::Api, Properties: {Target: !GetAtt F.Arn, CorsConfiguration: "
               "{AllowOrigins: [" +
               std::string(origin) + "]}}}\n  F: {Type: AWS::Serverless::Function}\n" + std::string(kPermission);
    };
    const auto route = [](std::string_view route_key, std::string_view parameters) {
        return "Resources:\n  A: {Type: AWS::ApiGatewayV2::Api, Properties: {ProtocolType: HTTP}}\n  S: {Type: "
               "AWS::ApiGatewayV2::Stage, Properties: {ApiId: !Ref A, StageName: s}}\n  R: {Type: "
               "AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref A, Target: !Sub 'integrations/${I}', RouteKey: " +
               std::string(route_key) +
               "}}\n  I: {Type: AWS::ApiGatewayV2::Integration, Properties: {ApiId: !Ref A, IntegrationType: "
               "AWS_PROXY, "
               "PayloadFormatVersion: '2.0', IntegrationUri: !GetAtt F.Arn, " +
               std::string(parameters) + "}}\n  F: {Type: AWS::Serverless::Function}\n" + std::string(kPermission);
    };
    constexpr std::string_view kReserved = "AWS takes no mapping of a header that API Gateway keeps to itself here";
    for (const auto& [yaml, expected] : {
             ValueCase{cors("a.example"), "2:108: AWS takes '*' or an origin with http:// or https:// here"},
             ValueCase{cors("'capacitor://localhost'"),
                       "2:108: AWS takes '*' or an origin with http:// or https:// here"},
             ValueCase{cors("'*'"), ""},
             ValueCase{cors("'https://*', 'http://localhost:3000'"), ""},
             ValueCase{cors("!ImportValue Origin"),
                       "note 2: there are no other stacks here: the import 'Origin' is its own name"},
             ValueCase{route("GET /u/", ""), "4:111: AWS takes no route key that ends in '/', but for the root's"},
             ValueCase{route("GET /", ""), ""},
             ValueCase{route("GET /u", "RequestParameters: {'append:header.Authorization': x}"), "5:181: @"},
             ValueCase{route("GET /u", "RequestParameters: {'remove:header.X-Amz-Date': x}"), "5:181: @"},
             ValueCase{route("GET /u",
                             "RequestParameters: {'append:header.Authorizer': x, "
                             "'overwrite:querystring.via': x}"),
                       ""},
             ValueCase{route("GET /u",
                             "ResponseParameters: {'200': {ResponseParameters: [{Destination: "
                             "'overwrite:header.Via', Source: x}]}}"),
                       "5:225: @"},
             ValueCase{route("GET /u",
                             "ResponseParameters: {'200': {ResponseParameters: [{Destination: "
                             "'overwrite:header.Vi', Source: x}]}}"),
                       ""},
         }) {
        EXPECT_EQ(read_verdict(yaml), replace(std::string(expected), "@", kReserved)) << yaml;
    }
}

TEST(TemplateValues, WhatAwsLeavesOutOfADefinitionIsNoted) {
    EXPECT_EQ(read_verdict(function("Events: {E: {Type: HttpApi, Properties: {Path: /u/, Method: get}}}")),
              "note 2: AWS makes no route of '/u/' in 'ServerlessHttpApi', and says nothing: an HTTP API has none that "
              "ends in '/', but for the root's");
    EXPECT_EQ(read_verdict(function("Events: {E: {Type: HttpApi, Properties: {Path: /, Method: get}}}")), "");
    EXPECT_EQ(read_verdict(function("Events: {E: {Type: Api, Properties: {Path: /u/, Method: get}}}")), "");
    const auto document = [](std::string_view parameters) {
        return "Resources:\n  F: {Type: AWS::Serverless::Function}\n  A:\n    Type: AWS::Serverless::HttpApi\n    "
               "Properties:\n      DefinitionBody:\n        openapi: 3.0.1\n        paths: {/a: {get: "
               "{x-amazon-apigateway-integration: {type: aws_proxy, payloadFormatVersion: '2.0', uri: !GetAtt "
               "F.Arn,\n" +
               std::string(parameters) + "}}}}\n" + std::string(kPermission);
    };
    constexpr std::string_view kNote =
        "note 9: API Gateway keeps this header to itself: AWS deploys no such mapping, and here it does nothing";
    EXPECT_EQ(read_verdict(document(" requestParameters: {'append:header.Origin': x}")), kNote);
    EXPECT_EQ(read_verdict(document(" responseParameters: {'200': {'append:header.TE': x}}")), kNote);
    EXPECT_EQ(read_verdict(document(" responseParameters: {'200': {'append:header.TEA': x}}")), "");
}

TEST(TemplateValues, EachRuleIsOfAPropertyThatTheReaderKnows) {
    for (const templates::ValueRule& rule : templates::value_rules()) {
        const std::size_t dot = rule.property.rfind('.');
        if (rule.property == "SourceIpConfig.Values") continue;       // one of several conditions with one shape
        if (rule.property == "ReplyParameter.Destination") continue;  // in a list below a status
        const templates::Shape* shape = templates::find_shape(rule.property.substr(0, dot));
        ASSERT_NE(shape, nullptr) << rule.property;
        EXPECT_NE(shape->find(rule.property.substr(dot + 1)), nullptr) << rule.property;
    }
}

TEST(Template, WhatIsNoDynamicReferenceIsNamedAsThat) {
    const auto verdict = [](const std::string& reference) {
        return read_verdict(function("Environment: {Variables: {AA: '" + reference + "'}}"));
    };
    const std::string no_service =
        "' is no service of dynamic references, which are ssm, ssm-secure and secretsmanager: '";
    EXPECT_EQ(verdict("{{resolve:nope:/a}}"),
              "note 2: 'nope" + no_service + "{{resolve:nope:/a}}' is the text as it stands");
    EXPECT_EQ(verdict("{{resolve:SSM:/a}}"),
              "note 2: 'SSM" + no_service + "{{resolve:SSM:/a}}' is the text as it stands");
    const std::string form = "note 2: a dynamic reference has the form {{resolve:SERVICE:KEY}}, and this one no ";
    for (const std::string reference : {"{{resolve:}}", "{{resolve::/a}}"}) {
        EXPECT_EQ(verdict(reference), form + "service: '" + reference + "' is the text as it stands");
    }
    for (const std::string reference : {"{{resolve:ssm}}", "{{resolve:ssm-secure:}}", "{{resolve:secretsmanager:}}"}) {
        EXPECT_EQ(verdict(reference), form + "key: '" + reference + "' is the text as it stands");
    }
}

TEST(Template, DynamicReferencesAreNamed) {
    const auto variables = [](const std::string& map) { return function("Environment: {Variables: {" + map + "}}"); };
    EXPECT_EQ(read_verdict(variables("AA: '{{resolve:ssm:/a:1}}', BB: '{{resolve:ssm:/a:1}}', CC: '{{resolve}}'")),
              "note 2: there is no Parameter Store here: '{{resolve:ssm:/a:1}}' is the text as it stands")
        << "once";
    EXPECT_EQ(read_verdict(variables("AA: !Sub 'x{{resolve:secretsmanager:${AWS::StackName}}}-'")),
              "note 2: there is no Secrets Manager here: '{{resolve:secretsmanager:local}}' is the text as it "
              "stands")
        << "as the text is made";
    EXPECT_EQ(read_verdict("Parameters: {P: {Type: String, Default: '{{resolve:ssm:/p}}'}}\n" +
                           variables("AA: !Ref P, BB: !Join ['', ['{{resolve:ssm', ':/q}}']]")),
              "note 3: there is no Parameter Store here: '{{resolve:ssm:/p}}' is the text as it stands"
              "\nnote 3: there is no Parameter Store here: '{{resolve:ssm:/q}}' is the text as it stands");
}

}  // namespace
}  // namespace understudy::app
