#include "tests/emulator/app/summary.hpp"
#include "tests/emulator/app/template_apis.hpp"

#include <gtest/gtest.h>

#include <string>

namespace understudy::app::template_api_test {
namespace {

/// A plain function behind a route of a REST API and a function URL, and what else there is.
std::string plain_function(const std::string& others, const std::string& method = "POST") {
    return "Resources:\n"
           "  F: {Type: AWS::Lambda::Function}\n"
           "  A: {Type: AWS::ApiGateway::RestApi}\n"
           "  M: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: !Ref A, ResourceId: !GetAtt A.RootResourceId, "
           "HttpMethod: GET, Integration: {Type: AWS_PROXY, Uri: " +
           kInvocationUri + ", IntegrationHttpMethod: " + method +
           "}}}\n"
           "  S: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: !Ref A, StageName: s}}\n"
           "  U: {Type: AWS::Lambda::Url, Properties: {TargetFunctionArn: !Ref F, AuthType: NONE}}\n" +
           others;
}

TEST(Notices, AFunctionThatNothingLetsBeInvokedIsNamed) {
    EXPECT_EQ(notes_of(plain_function("")),
              "note 2: nothing here lets API Gateway invoke Function 'F': on AWS GET / of 'A' answers 500 without an "
              "AWS::Lambda::Permission with the Principal apigateway.amazonaws.com\n"
              "note 6: nothing here lets everybody call Url 'U': on AWS it answers 403 without an "
              "AWS::Lambda::Permission with the Action lambda:InvokeFunctionUrl, the Principal '*' and the "
              "FunctionUrlAuthType NONE\n");
    EXPECT_EQ(notes_of(plain_function("  P: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !GetAtt F.Arn, "
                                      "Action: lambda:InvokeFunction, Principal: apigateway.amazonaws.com}}\n"
                                      "  Q: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref F, Action: "
                                      "lambda:InvokeFunctionUrl, Principal: '*', FunctionUrlAuthType: NONE}}\n")),
              "");
    EXPECT_EQ(notes_of(with_events("E: {Type: Api, Properties: {Path: /a, Method: get}}")), "");
}

TEST(Notices, APermissionForAFunctionIsNoneForItsAlias) {
    const std::string resources =
        "Resources:\n"
        "  F: {Type: AWS::Lambda::Function}\n"
        "  L: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref F, FunctionVersion: '1', Name: live}}\n"
        "  A: {Type: AWS::ApiGatewayV2::Api, Properties: {Target: !Ref L}}\n"
        "  P: {Type: AWS::Lambda::Permission, Properties: {Action: lambda:InvokeFunction, Principal: "
        "apigateway.amazonaws.com, FunctionName: ";
    EXPECT_EQ(notes_of(resources + "!Ref F}}\n"),
              "note 2: nothing here lets API Gateway invoke 'live' of Function 'F': on AWS $default of 'A' answers 500 "
              "without an AWS::Lambda::Permission with the Principal apigateway.amazonaws.com\n");
    EXPECT_EQ(notes_of(resources + "!Ref L}}\n"), "");
    EXPECT_EQ(notes_of(resources + "!Sub '${F}:live'}}\n"), "");
}

/// An API whose authorizer is a plain function, and what else there is.
std::string guarded_by(const std::string& resources) {
    return "Resources:\n"
           "  F: {Type: AWS::Lambda::Function}\n" +
           resources;
}

const std::string kUnpermitted =
    "note 2: nothing here lets API Gateway invoke Function 'F': on AWS every route behind the authorizer 'L' of 'A' "
    "answers 500 without an AWS::Lambda::Permission with the Principal apigateway.amazonaws.com\n";

TEST(Notices, AnAuthorizerThatNothingLetsInvokeItsFunctionIsNamed) {
    const std::string rest =
        "  A: {Type: AWS::ApiGateway::RestApi}\n"
        "  S: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: !Ref A, StageName: s}}\n"
        "  L: {Type: AWS::ApiGateway::Authorizer, Properties: {RestApiId: !Ref A, Type: TOKEN, "
        "IdentitySource: method.request.header.X, AuthorizerUri: !GetAtt F.Arn";
    const std::string http =
        "  A: {Type: AWS::ApiGatewayV2::Api}\n"
        "  S: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: !Ref A, StageName: s}}\n"
        "  L: {Type: AWS::ApiGatewayV2::Authorizer, Properties: {ApiId: !Ref A, AuthorizerType: "
        "REQUEST, AuthorizerUri: !GetAtt F.Arn";
    EXPECT_EQ(notes_of(guarded_by(rest + "}}\n")), kUnpermitted);
    EXPECT_EQ(notes_of(guarded_by(rest + ", AuthorizerCredentials: arn}}\n")), "");
    EXPECT_EQ(notes_of(guarded_by(http + "}}\n")), kUnpermitted);
    EXPECT_EQ(notes_of(guarded_by(http + ", AuthorizerCredentialsArn: arn}}\n")), "");
    EXPECT_EQ(notes_of(guarded_by(rest + "}}\n  P: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref F, "
                                         "Action: lambda:InvokeFunction, Principal: apigateway.amazonaws.com}}\n")),
              "");
}

TEST(Notices, APermissionForAnAuthorizersFunctionIsNoneForItsAlias) {
    const std::string resources = guarded_by(
        "  V: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref F, FunctionVersion: '1', Name: live}}\n"
        "  A: {Type: AWS::ApiGatewayV2::Api}\n"
        "  S: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: !Ref A, StageName: s}}\n"
        "  L: {Type: AWS::ApiGatewayV2::Authorizer, Properties: {ApiId: !Ref A, AuthorizerType: REQUEST, "
        "AuthorizerUri: !Ref V}}\n"
        "  P: {Type: AWS::Lambda::Permission, Properties: {Action: lambda:InvokeFunction, Principal: "
        "apigateway.amazonaws.com, FunctionName: ");
    EXPECT_EQ(notes_of(resources + "!Ref F}}\n"),
              "note 2: nothing here lets API Gateway invoke 'live' of Function 'F': on AWS every route behind the "
              "authorizer 'L' of 'A' answers 500 without an AWS::Lambda::Permission with the Principal "
              "apigateway.amazonaws.com\n");
    EXPECT_EQ(notes_of(resources + "!Ref V}}\n"), "");
}

TEST(Notices, WhatSamGrantsAnAuthorizerIsKnown) {
    const auto rest = [](const std::string& authorizer) {
        return notes_of(
            guarded_by("  A: {Type: AWS::Serverless::Api, Properties: {StageName: s, Auth: {Authorizers: {L: "
                       "{FunctionArn: !GetAtt F.Arn" +
                       authorizer + "}}}}}\n"));
    };
    const auto http = [](const std::string& authorizer) {
        return notes_of(
            guarded_by("  A: {Type: AWS::Serverless::HttpApi, Properties: {Auth: {Authorizers: {L: {FunctionArn: "
                       "!GetAtt F.Arn, AuthorizerPayloadFormatVersion: '2.0'" +
                       authorizer + "}}}}}\n"));
    };
    EXPECT_EQ(rest(""), "");
    EXPECT_EQ(rest(", DisableFunctionDefaultPermissions: true"), kUnpermitted);
    EXPECT_EQ(rest(", DisableFunctionDefaultPermissions: true, FunctionInvokeRole: arn"), "");
    EXPECT_EQ(http(""), kUnpermitted);
    EXPECT_EQ(http(", FunctionInvokeRole: NONE"), kUnpermitted);
    EXPECT_EQ(http(", FunctionInvokeRole: arn"), "");
    EXPECT_EQ(http(", EnableFunctionDefaultPermissions: true"), "");
}

TEST(Notices, ATargetGroupWhoseFunctionLoadBalancersMayNotInvokeIsNamed) {
    const std::string balanced =
        "  T: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {TargetType: lambda, Targets: [{Id: !GetAtt "
        "F.Arn}]}}\n"
        "  L: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {DefaultActions: [{Type: forward, "
        "TargetGroupArn: !Ref T}]}}\n";
    EXPECT_EQ(notes_of(guarded_by(balanced)),
              "note 3: nothing here lets load balancers invoke Function 'F': AWS makes no TargetGroup 'T' with that "
              "target without an AWS::Lambda::Permission with the Principal elasticloadbalancing.amazonaws.com\n");
    EXPECT_EQ(notes_of(guarded_by(balanced + "  P: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref F, "
                                             "Action: lambda:InvokeFunction, Principal: "
                                             "elasticloadbalancing.amazonaws.com}}\n")),
              "");
}

TEST(Notices, AnIntegrationThatIsNotByPostIsNamed) {
    const std::string named =
        "note 4: API Gateway invokes Lambda by POST only: on AWS, and so here, a route with GET answers 500; write "
        "POST, whatever the route's own method\n";
    EXPECT_NE(notes_of(plain_function("", "GET")).find(named), std::string::npos);
    EXPECT_EQ(notes_of(plain_function("")).find("by POST only"), std::string::npos);
}

TEST(Notices, RulesAndHooksOfATemplateAreNamed) {
    EXPECT_EQ(read_apis("Rules: {R: {Assertions: []}}\nHooks: {H: {Type: x}}\nResources: {}\n"),
              "note 1: the section Rules is not emulated: no rule checks the parameters\n"
              "note 2: the section Hooks is not emulated: no hook is called\n");
}

TEST(Notices, WhatIsNotEmulatedIsNamedOnceWithItsLine) {
    EXPECT_EQ(
        read_apis(
            "Globals:\n"
            "  Function:\n"
            "    VpcConfig: {}\n"
            "Resources:\n"
            "  F: {Type: AWS::Serverless::Function, Properties: {Events: {T: {Type: Schedule}}}}\n"
            "  G: {Type: AWS::Serverless::Function, Properties: {Tracing: Active}}\n"
            "  T: {Type: AWS::DynamoDB::Table}\n"
            "  X: {Type: AWS::Serverless::Function, Properties: {Architectures: [arm64]}}\n"
            "  A: {Type: AWS::Serverless::Api, Properties: {StageName: s, TracingEnabled: true, AccessLogSetting: "
            "{}}}\n"
            "  R: {Type: AWS::IAM::Role}\n"
            "  M: {Type: AWS::Lambda::Alias, Properties: {FunctionName: F, Name: a, FunctionVersion: '1', Nam: x}}\n"
            "Transform: [AWS::Serverless-2016-10-31, MyMacro]\n"),
        "rest A vzvfcs040k edge\n  stage s\n"
        "note 3: 'VpcConfig' of Function 'F' is not emulated\n"
        "note 5: the event 'T' of Function 'F' is not emulated: nothing sends events of the type Schedule\n"
        "note 6: 'Tracing' of Function 'G' is not emulated\n"
        "note 7: 'T', an AWS::DynamoDB::Table, is not emulated\n"
        "note 8: the architecture 'arm64' of Function 'X' is not emulated: its code must run on this machine's "
        "processor\n"
        "note 9: 'TracingEnabled' of Api 'A' is not emulated\n"
        "note 9: 'AccessLogSetting' of Api 'A' is not emulated\n"
        "note 11: unknown property 'Nam' in Alias 'M'\n"
        "note 12: the transform 'MyMacro' is not emulated\n");
}

TEST(Notices, AKeyThatIsGivenAgainIsNamedAndTheLastCounts) {
    const std::string yaml =
        "Resources:\n"
        "  F:\n"
        "    Type: AWS::Serverless::Function\n"
        "    Properties: {CodeUri: fn, Timeout: 5, FunctionName: first, FunctionName: last}\n";
    EXPECT_EQ(notes_of(yaml), "note 4: the key 'FunctionName' is given again at t.yaml:4:64, and AWS takes the last\n");
    EXPECT_NE(read_summary(yaml).find("last"), std::string::npos);
    EXPECT_EQ(read_summary(yaml).find("first"), std::string::npos);
}

TEST(Notices, AKeyThatIsGivenAgainInAnIncludedFileIsNamedThere) {
    const TemplateInputs inputs{.folder = "/app", .read_text = [](const std::string&) -> source::Result<std::string> {
                                    return std::string("openapi: 3.0.1\npaths: {}\npaths: {}\n");
                                }};
    const std::string yaml =
        "Resources: {A: {Type: AWS::Serverless::Api, Properties: {StageName: s, DefinitionUri: api.yaml}}}";
    EXPECT_NE(read_summary(yaml, inputs).find("note 2: the key 'paths' is given again at /app/api.yaml:3:1"),
              std::string::npos)
        << read_summary(yaml, inputs);
}

TEST(Notices, WhatStandsBesideTheTypeOfSamsResourceIsNamed) {
    EXPECT_EQ(
        read_summary("Resources:\n"
                     "  F: {Type: AWS::Serverless::Function, Description: d, Timeout: 5, Properties: {CodeUri: f}}\n"
                     "  Q: {Type: AWS::Lambda::Alias, Description: d, Properties: {FunctionName: !Ref F, Name: a, "
                     "FunctionVersion: $LATEST}}\n"
                     "  A:\n"
                     "    Type: AWS::Serverless::Api\n"
                     "    OpenApiVersion: 3.0.1\n"
                     "    Properties: {StageName: s}\n"),
        "function F id=F code=/app/f handler=bootstrap 3000ms 128MB alias=a->$LATEST\n"
        "rest A vzvfcs040k edge\n"
        "  stage s\n"
        "note 2: SAM passes over 'Timeout' beside the Type of a resource\n"
        "note 6: SAM passes over 'OpenApiVersion' beside the Type of a resource\n");
}

}  // namespace
}  // namespace understudy::app::template_api_test
