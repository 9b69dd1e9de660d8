#include "tests/emulator/app/summary.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace understudy::app {
namespace {

constexpr std::string_view kManyMistakes = R"(
Parameters:
  Untyped: {Default: a}
  Valueless: {Type: String}
Conditions:
  Lost: !Equals [!Ref Nobody, a]
Globals: {Function: {Timeout: 1, FunctionName: x}}
Resources:
  Typeless: {Properties: {}}
  Misspelt: {Type: AWS::Serverless::Fucntion}
  Api: {Type: AWS::Serverless::Api, Properties: {StageNme: dev, Cors: !Ref Nowhere}}
  One:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: {}
      Timeout: 901
      Hander: bootstrap
      Events:
        NoMethod: {Type: Api, Properties: {RestApiId: !Ref Api, Path: /a}}
        BadPath: {Type: HttpApi, Properties: {Path: a, Method: get}}
        Unknown: {Type: HttpsApi}
  Two:
    Type: AWS::Serverless::Function
    Condition: Lost
    Properties: {MemorySize: 1, FunctionUrlConfig: {AuthType: IAM}}
  Authorizer: {Type: AWS::ApiGateway::Authorizer, Properties: {RestApiId: !Ref Api, Type: JWT}}
)";

TEST(TemplateProblems, EveryMistakeIsToldByLine) {
    EXPECT_EQ(read_problems(kManyMistakes),
              "3:3: the parameter 'Untyped' has no Type\n"
              "4:3: the parameter 'Valueless' has no value (give it a Default, or --parameter-overrides "
              "Valueless=VALUE)\n"
              "6:18: 'Nobody' is no parameter and no resource of the template\n"
              "7:34: 'FunctionName' is not allowed in Globals for Function\n"
              "9:3: the resource 'Typeless' has no Type\n"
              "10:20: unknown resource type 'AWS::Serverless::Fucntion' (did you mean 'AWS::Serverless::Function'?)\n"
              "11:50: unknown property 'StageNme' in Api 'Api' (did you mean 'StageName'?)\n"
              "11:71: 'Nowhere' is no parameter and no resource of the template\n"
              "16:16: AWS takes 1 to 900 here\n"
              "17:7: unknown property 'Hander' in Function 'One' (did you mean 'Handler'?)\n"
              "19:9: the event 'NoMethod' of Function 'One' has no Method that is one\n"
              "20:53: the event 'BadPath' of Function 'One' has no Path that begins with '/'\n"
              "21:25: unknown event type 'HttpsApi' (did you mean 'HttpApi'?)\n"
              "25:30: AWS takes 128 to 10240 here\n"
              "25:63: a function URL's AuthType is NONE or AWS_IAM\n"
              "26:91: the Type of Authorizer 'Authorizer' is TOKEN, REQUEST or COGNITO_USER_POOLS\n");
}

/// A function with these properties.
std::string one_function(std::string_view properties) {
    return "Resources: {F: {Type: AWS::Serverless::Function, Properties: {" + std::string(properties) + "}}}";
}

std::string one_resource(std::string_view type, std::string_view properties) {
    return "Resources: {R: {Type: AWS::ApiGateway::RestApi}, H: {Type: AWS::ApiGatewayV2::Api}, X: {Type: " +
           std::string(type) + ", Properties: {" + std::string(properties) + "}}}";
}

void expect_one_problem(const std::string& yaml) {
    const std::string problems = read_problems(yaml);
    EXPECT_EQ(problems.find('\n'), problems.size() - 1) << yaml << '\n' << problems;
}

TEST(TemplateProblems, WhatRefersToAMistakeIsRight) {
    for (const std::string& yaml : std::vector<std::string>{
             "Parameters: {P: {Default: a}}\n" + one_function("Handler: !Ref P, CodeUri: !Sub 'a${P}'"),
             "Parameters: {P: {Type: Number, Default: a}}\n" + one_function("Timeout: !Ref P, MemorySize: !Ref P"),
             "Parameters: {P: {Type: String, AllowedValues: [a], Default: b}}\nMappings: {M: {a: {k: v}}}\n" +
                 one_function("Handler: !FindInMap [M, !Ref P, k]"),
             "Conditions: {C: !Equals [!Ref Nobody, a], D: !Not [!Condition C]}\nResources: {A: {Type: "
             "AWS::Serverless::Api, Condition: D, Properties: {StageName: !If [C, a, b]}}, F: {Type: "
             "AWS::Serverless::Function, Condition: C, Properties: {Events: {E: {Type: Api, Properties: {RestApiId: "
             "!Ref "
             "A, Path: /, Method: get}}}}}}",
             "Resources: {A: {Type: AWS::Serverless::Apii}, F: {Type: AWS::Serverless::Function, Properties: {Events: "
             "{E: "
             "{Type: Api, Properties: {RestApiId: !Ref A, Path: /, Method: get}}}}}}",
             "Resources: {A: {}, F: {Type: AWS::Serverless::Function, DependsOn: A, Properties: {Handler: !GetAtt A.B, "
             "CodeUri: !Ref A, Events: {E: {Type: Api, Properties: {RestApiId: !Ref A, Path: /, Method: get}}}}}}",
         }) {
        expect_one_problem(yaml);
    }
}

TEST(TemplateProblems, AValueThatCannotBeMadeOutIsToldOnce) {
    const std::string lost = "!Join ['', [a, !Ref Nobody]]";
    for (const std::string& yaml : std::vector<std::string>{
             one_function("Handler: " + lost),
             one_function("Timeout: " + lost),
             one_function("Environment: {Variables: {AB: " + lost + "}}"),
             one_function("Environment: " + lost),
             one_function("Layers: [" + lost + "]"),
             one_function("FunctionUrlConfig: {AuthType: " + lost + "}"),
             one_function("FunctionUrlConfig: " + lost),
             one_function("Events: {E: {Type: " + lost + "}}"),
             one_function("Events: {E: {Type: Api, Properties: " + lost + "}}"),
             one_function("Events: {E: {Type: Api, Properties: {Path: " + lost + ", Method: get}}}"),
             one_function("Events: {E: {Type: Api, Properties: {Path: /, Method: " + lost + "}}}"),
             one_function("Events: {E: {Type: HttpApi, Properties: {Path: " + lost + "}}}"),
             one_function("Events: {E: {Type: Api, Properties: {Path: /, Method: get, RestApiId: " + lost + "}}}"),
             one_function("Events: {E: {Type: Api, Properties: {Path: /, Method: get, Auth: {Authorizer: " + lost +
                          "}}}}"),
             one_function("Events: {E: {Type: Api, Properties: {Path: /, Method: get, RequestModel: {Model: " + lost +
                          "}}}}"),
             one_function("Events: {E: {Type: Api, Properties: {Path: /, Method: get, RequestParameters: [" + lost +
                          "]}}}"),
             one_resource("AWS::Serverless::Api", "StageName: " + lost),
             one_resource("AWS::Serverless::Api", "StageName: a, DefinitionBody: " + lost + ", Cors: \"'*'\""),
             one_resource("AWS::Serverless::Api", "StageName: a, Domain: {DomainName: " + lost + "}"),
             one_resource("AWS::Serverless::Api", "StageName: a, EndpointConfiguration: {Type: " + lost + "}"),
             one_resource("AWS::Serverless::Api",
                          "StageName: a, Cors: {AllowCredentials: true, AllowOrigin: " + lost + "}"),
             one_resource("AWS::Serverless::Api", "StageName: a, Auth: {DefaultAuthorizer: " + lost + "}"),
             one_resource("AWS::Serverless::Api",
                          "StageName: a, Auth: {DefaultAuthorizer: A, Authorizers: " + lost + "}"),
             one_resource("AWS::Serverless::Api",
                          "StageName: a, Auth: {Authorizers: {A: {FunctionArn: " + lost + "}}}"),
             one_resource("AWS::Serverless::Api", "StageName: a, Auth: {UsagePlan: {CreateUsagePlan: " + lost + "}}"),
             one_resource("AWS::Serverless::WebSocketApi", "RouteSelectionExpression: a, Routes: " + lost),
             one_resource("AWS::ApiGateway::Method", "RestApiId: !Ref R, HttpMethod: " + lost + ", ResourceId: r"),
             one_resource("AWS::ApiGateway::Authorizer", "RestApiId: !Ref R, Type: " + lost),
             one_resource("AWS::ApiGatewayV2::Route", "ApiId: !Ref H, RouteKey: " + lost),
             one_resource("AWS::ApiGatewayV2::Integration", "ApiId: !Ref H, IntegrationType: " + lost),
         }) {
        expect_one_problem(yaml);
    }
}

TEST(TemplateProblems, WhatAWrongKeyMayHaveMeantIsNotMissing) {
    for (const std::string& yaml : std::vector<std::string>{
             one_function("Events: {E: {Type: Api, Properties: {Pat: /, Method: get}}}"),
             one_function("Events: {E: {Type: Api, Properties: {Path: /, Metod: get}}}"),
             one_function("FunctionUrlConfig: {Authtype: NONE}"),
             one_resource("AWS::Serverless::Api", "Stagename: dev"),
             one_resource("AWS::Serverless::WebSocketApi",
                          "RouteSelectionExpression: a, Routes: {say-all: {FunctionArn: 'function:F'}}"),
             "Description: d\nResource: {F: {Type: AWS::Serverless::Function}}",
             "Resources: {F: {Typ: AWS::Serverless::Function}, G: {Type: AWS::SNS::Topic, DependsOn: F}}",
             "Parameters: {P: {Typ: String}}\n" + one_function("Handler: !Ref P"),
         }) {
        expect_one_problem(yaml);
    }
}

TEST(TemplateProblems, WhatSamTakesIsNone) {
    for (const std::string& yaml : std::vector<std::string>{
             one_function("Events: {E: {Type: SelfManagedKafka, Properties: {Topics: [t]}}}"),
             "Resources: {Q: {Type: AWS::SQS::Queue, Connectors: {C: {Properties: {}}}}, F: {Type: "
             "AWS::Serverless::Function, DependsOn: [QC, QCPolicy], Properties: {Handler: !Ref QCPolicy}}}",
             one_resource(
                 "AWS::Serverless::Api",
                 "StageName: s, Auth: {Authorizers: {A: {FunctionArn: 'function:F', EnableSimpleResponses: true}}}"),
             one_resource("AWS::Serverless::HttpApi",
                          "Auth: {Authorizers: {A: {FunctionArn: 'function:F', AuthorizerPayloadFormatVersion: '2.0', "
                          "FunctionPayloadType: REQUEST, Identity: {Header: X}}}}"),
         }) {
        EXPECT_EQ(read_problems(yaml), "") << yaml;
    }
    EXPECT_EQ(read_problems("Resources: {Q: {Type: AWS::SQS::Queue}, F: {Type: AWS::SNS::Topic, DependsOn: QC}}"),
              "1:79: DependsOn names no resource of the template: 'QC'\n");
}

TEST(TemplateProblems, AuthThatLetsEverybodyInIsOne) {
    const auto chat = [](const std::string& auth, const std::string& route = "$connect") {
        return read_problems(
            "Resources: {W: {Type: AWS::Serverless::WebSocketApi, Properties: {RouteSelectionExpression: x, "
            "StageName: s, Routes: {" +
            route + ": {FunctionArn: 'function:F'}}, Auth: {" + auth + "}}}}");
    };
    EXPECT_EQ(chat("AuthType: AWS_IAM"), "");
    EXPECT_EQ(chat("AuthType: CUSTOM, AuthArn: 'function:F'"), "");
    EXPECT_THAT(chat("AuthType: AWS_IAM", "$default"), testing::HasSubstr("'W' has none\n"));
    EXPECT_THAT(chat("AuthType: CUSTOM"), testing::HasSubstr(": AuthType CUSTOM asks for an AuthArn\n"));
    EXPECT_THAT(chat("AuthArn: 'function:F'"), testing::HasSubstr(": AuthType is AWS_IAM, CUSTOM or NONE\n"));
}

TEST(TemplateProblems, AFunctionOfAConditionIsLookedAtWhollyAsOnAws) {
    EXPECT_EQ(read_problems("Conditions:\n  C: !And [!Equals [a, b], !Equals [!Ref One, a], !Equals [!Ref Two, a]]\n"
                            "Resources: {}"),
              "2:37: 'One' is no parameter and no resource of the template\n"
              "2:60: 'Two' is no parameter and no resource of the template\n");
}

TEST(TemplateProblems, AnOpenApiDocumentIsToldAsOneAndNotKeyByKey) {
    for (const std::string key : {"openapi: 3.0.1", "swagger: '2.0'"})
        EXPECT_EQ(read_problems("info: {title: t}\n" + key + "\npaths: {}\n"),
                  "2:1: this is an OpenAPI document, and no template\n");
}

TEST(TemplateProblems, AConfigurationOfTheServerlessFrameworkIsToldAsOneAndNotKeyByKey) {
    EXPECT_EQ(read_problems("service: shop\nprovider: {name: aws}\nfunctions: {hello: {handler: bootstrap}}\n"),
              "1:10: this is the Serverless Framework's configuration, and no template\n");
}

}  // namespace
}  // namespace understudy::app
