#include "tests/emulator/app/summary.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace understudy::app {
namespace {

struct Case {
    std::string_view yaml;
    std::string_view expected;
};

/// What the one variable of a function is, for a text that stands as its value.
std::string evaluate(const std::string& expression, const std::string& sections = "") {
    const std::string yaml = sections + R"(
Resources:
  Api: {Type: AWS::Serverless::HttpApi}
  Named: {Type: AWS::Lambda::Function, Properties: {FunctionName: called, Code: {S3Bucket: b, S3Key: k}}}
  Table: {Type: AWS::DynamoDB::Table}
  Bucket: {Type: AWS::S3::Bucket, Properties: {BucketName: pictures}}
  Role: {Type: AWS::IAM::Role}
  Custom: {Type: Custom::Thing}
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: fn
      Environment:
        Variables:
          VARIABLE: )" + expression +
                             '\n';
    const auto document = source::parse_document(yaml, "t.yaml");
    if (!document) return source::to_string(document.error());
    const auto read = read_template(*document, {.folder = "/app"});
    if (!read) {
        const source::Problem problem = read.error().front();
        return problem.hint().empty() ? problem.message() : problem.message() + " (" + problem.hint() + ')';
    }
    const auto& environment = read->application.functions.back().environment;
    return environment.empty() ? "(none)" : environment[0].second;
}

TEST(Intrinsics, LongAndShortFormsAreResolved) {
    for (const auto& [expression, expected] : {
             Case{"!Ref AWS::Region", "us-east-1"},
             Case{"{Ref: AWS::AccountId}", "123456789012"},
             Case{"!Ref AWS::StackName", "local"},
             Case{"!Ref AWS::Partition", "aws"},
             Case{"!Ref AWS::URLSuffix", "amazonaws.com"},
             Case{"!Ref AWS::NoValue", "(none)"},
             Case{"!Ref Named", "called"},
             Case{"!Ref Fn", "Fn"},
             Case{"!Ref Table", "Table"},
             Case{"!GetAtt Named.Arn", "arn:aws:lambda:us-east-1:123456789012:function:called"},
             Case{"{Fn::GetAtt: [Fn, Arn]}", "arn:aws:lambda:us-east-1:123456789012:function:Fn"},
             Case{"!GetAtt Table.Arn", "arn:aws:dynamodb:us-east-1:123456789012:table/Table"},
             Case{"!GetAtt FnRole.Arn", "arn:aws:iam::123456789012:role/FnRole"},
             Case{"!Sub '${Named}-${AWS::Region}-${!Literal}'", "called-us-east-1-${Literal}"},
             Case{"!Sub ['${a}/${Named.Arn}', {a: !Ref AWS::Region}]",
                  "us-east-1/arn:aws:lambda:us-east-1:123456789012:function:called"},
             Case{"{Fn::Sub: 'no ${'}", "no ${"},
             Case{"!Join ['-', [a, !Ref Named, c]]", "a-called-c"},
             Case{"!Select [1, !Split [',', 'a,b,c']]", "b"},
             Case{"{'Fn::Select': ['2', {'Fn::Split': ['--', 'a--b--c']}]}", "c"},
             Case{"!Select [0, !GetAZs '']", "us-east-1a"},
             Case{"!Select [1, !GetAZs eu-west-1]", "eu-west-1b"},
             Case{"!Base64 'any carnal pleas'", "YW55IGNhcm5hbCBwbGVhcw=="},
             Case{"{Fn::Base64: !Sub '${AWS::Region}'}", "dXMtZWFzdC0x"},
             Case{"!ImportValue other-stack", "other-stack"},
             Case{"{Fn::Length: [a, !Ref AWS::Region, !Ref AWS::NoValue]}", "2"},
             Case{"{Fn::Length: !Split [',', 'a,b,c']}", "3"},
             Case{"{Fn::ToJsonString: {a: [1, '1', true, !Ref Named], b: !Ref AWS::NoValue, c: \"\\\"\"}}",
                  R"({"a":[1,"1",true,"called"],"c":"\""})"},
             Case{"True", "true"},
             Case{"'True'", "True"},
             Case{"010", "010"},
         }) {
        EXPECT_EQ(evaluate(std::string(expression)), expected) << expression;
    }
}

TEST(Intrinsics, WhatOnlyAwsKnowsHasANameOfItsOwn) {
    const std::string sections = "Parameters: {None: {Type: CommaDelimitedList, Default: x}}\n";
    for (const auto& [expression, expected] : {
             Case{"!Select [3, !Split ['/', !GetAtt Table.StreamArn]]", "2024-01-01T00:00:00.000"},
             Case{"!Select [1, !Split ['/', !GetAtt Table.Arn]]", "Table"},
             Case{"!Select [0, !GetAtt Custom.PrivateIps]", "Custom.PrivateIps.0"},
             Case{"!Select [2, !Split ['-', !Ref Custom]]", "Custom.2"},
             Case{"!Select [2, !Split ['-', !Sub 'a-${Custom}']]", "Custom.2"},
             Case{"!Select [2, !Split ['-', !Join ['-', [a, !Ref Custom]]]]", "Custom.2"},
             Case{"!Select [1, !Split [',', !ImportValue zones]]", "zones.1"},
             Case{"!Select [2, !Split ['-', !Sub 'a-${Named}']]", "Fn::Select asks for item 2 of 2"},
             Case{"!Select [1, !Ref None]", "Fn::Select asks for item 1 of 1"},
             Case{"!GetAtt Bucket.Arn", "arn:aws:s3:::pictures"},
             Case{"!GetAtt Role.Arn", "arn:aws:iam::123456789012:role/Role"},
         }) {
        EXPECT_EQ(evaluate(std::string(expression), sections), expected) << expression;
    }
}

TEST(Intrinsics, WhatOnlyAwsKnowsIsNotMeasured) {
    EXPECT_EQ(read_summary("Resources:\n"
                           "  C: {Type: Custom::C}\n"
                           "  F: {Type: AWS::Lambda::Function, Properties: {Code: {S3Bucket: b, S3Key: k}, "
                           "Timeout: !GetAtt C.Timeout, Environment: {Variables: !GetAtt C.Variables}, "
                           "Handler: !Select [1, !GetAtt C.Handlers]}}\n"),
              "function F id=F code= handler=C.Handlers.1 3000ms 128MB\n"
              "note 2: 'C', an Custom::C, is not emulated\n"
              "note 3: the code of Function 'F' is not on this machine\n"
              "note 3: only AWS knows what Fn::Select takes here: it is 'C.Handlers.1'\n");
}

TEST(Intrinsics, MistakesAreToldWithWhatWasMeant) {
    for (const auto& [expression, expected] : {
             Case{"!Ref Tabel", "'Tabel' is no parameter and no resource of the template (did you mean 'Table'?)"},
             Case{"!Reff Table", "unknown function !Reff (did you mean '!Ref'?)"},
             Case{"!Sub '${Naamed}'",
                  "'Naamed' is no parameter and no resource of the template (did you mean 'Named'?)"},
             Case{"!GetAtt Named.Nope", "'Named', an AWS::Lambda::Function, has no attribute 'Nope'"},
             Case{"!Sub '${Api.ApiEndpont}'",
                  "'Api', an AWS::Serverless::HttpApi, has no attribute 'ApiEndpont' (did you mean 'ApiEndpoint'?)"},
             Case{"!GetAtt Table", "Fn::GetAtt takes RESOURCE.ATTRIBUTE"},
             Case{"!Select [3, [a, b]]", "Fn::Select asks for item 3 of 2"},
             Case{"!Select [x, [a, b]]", "Fn::Select takes an index and a list"},
             Case{"!Join [a]", "Fn::Join takes a list of 2 values"},
             Case{"!FindInMap [M, a, b]", "Fn::FindInMap finds no 'M' in Mappings"},
             Case{"!FindInMap [M, !FindInMap [N, a, b], b]", "Fn::FindInMap finds no 'M' in Mappings"},
             Case{"!If [Nope, a, b]", "there is no condition 'Nope'"},
             Case{"{Fn::Cidr: [a, 1, 2]}", "Fn::Cidr is not emulated"},
             Case{"{Fn::Length: a}", "Fn::Length takes a list"},
             Case{"{Fn::ToJsonString: a}", "Fn::ToJsonString takes a map or a list"},
             Case{"[a]", "expected a text"},
         }) {
        EXPECT_EQ(evaluate(std::string(expression)), expected) << expression;
    }
}

TEST(Intrinsics, ConditionsAndMappingsDecide) {
    const std::string sections = R"(
Parameters:
  Stage: {Type: String, Default: prod}
  Zones: {Type: CommaDelimitedList, Default: 'a, b ,c'}
Mappings:
  Sizes: {prod: {memory: big}, dev: {memory: small}}
Conditions:
  Prod: !Equals [!Ref Stage, prod]
  Dev: {Fn::Not: [{Condition: Prod}]}
  Both: !And [!Condition Prod, !Not [!Condition Dev]]
  Any: !Or [!Condition Dev, !Equals [a, b]]
)";
    for (const auto& [expression, expected] : {
             Case{"!If [Prod, yes it is, no]", "yes it is"},
             Case{"!If [Dev, a, !Ref AWS::NoValue]", "(none)"},
             Case{"{Fn::If: [Both, a, b]}", "a"},
             Case{"!If [Any, a, b]", "b"},
             Case{"!FindInMap [Sizes, !Ref Stage, memory]", "big"},
             Case{"!FindInMap [Sizes, none, memory, {DefaultValue: medium}]", "medium"},
             Case{"!FindInMap [Sizes, none, memory]", "Fn::FindInMap finds no 'none' in 'Sizes'"},
             Case{"!Join ['+', !Ref Zones]", "a+b+c"},
             Case{"!Select [2, !Ref Zones]", "c"},
         }) {
        EXPECT_EQ(evaluate(std::string(expression), sections), expected) << expression;
    }
}

TEST(Parameters, OverridesComeBeforeDefaultsAndAreChecked) {
    struct ParameterCase {
        std::string_view declaration;
        std::vector<std::pair<std::string, std::string>> overrides;
        std::string_view expected;
    };
    for (const auto& [declaration, overrides, expected] : {
             ParameterCase{"{Type: String, Default: a}", {}, "a"},
             ParameterCase{"{Type: String, Default: a}", {{"P", "b"}}, "b"},
             ParameterCase{"{Type: String}",
                           {},
                           "2:3: the parameter 'P' has no value (give it a Default, or --parameter-overrides P=VALUE)"},
             ParameterCase{"{Type: String, AllowedValues: [a, b]}",
                           {{"P", "c"}},
                           "2:3: the value 'c' of 'P' is none of its AllowedValues: a, b"},
             ParameterCase{"{Type: String, NoEcho: true, MinLength: 9}",
                           {{"P", "secret"}},
                           "2:3: the value '****' of 'P' is shorter than its MinLength"},
             ParameterCase{"{Type: Number, Default: x}", {}, "2:30: the value 'x' of 'P' is no number"},
             ParameterCase{
                 "{Type: Number, MaxValue: 5}", {{"P", "6"}}, "2:3: the value '6' of 'P' is more than its MaxValue"},
             ParameterCase{"{Type: String, Default: a}", {{"Q", "b"}}, "0:0: the template has no parameter 'Q'"},
             ParameterCase{"{Type: String, Defalt: a, Default: b}",
                           {},
                           "2:21: unknown key 'Defalt' in a parameter (did you mean 'Default'?)"},
         }) {
        const std::string yaml =
            "Parameters:\n  P: " + std::string(declaration) +
            "\nResources:\n  F: {Type: AWS::Serverless::Function, Properties: {Handler: !Ref P}}\n";
        const std::string read = read_summary(yaml, {.folder = "/app", .parameters = overrides});
        const std::string whole =
            expected.size() > 1 ? std::string(expected)
                                : "function F id=F code=/app handler=" + std::string(expected) + " 3000ms 128MB\n";
        EXPECT_EQ(read, whole) << declaration;
    }
}

TEST(Template, WhatSamRefusesIsAProblemWithItsPlace) {
    for (const auto& [yaml, expected] : {
             Case{"a: 1", "1:1: unknown key 'a' in a template"},
             Case{"Resorces: {}", "1:1: unknown key 'Resorces' in a template (did you mean 'Resources'?)"},
             Case{"[]", "1:1: a template is a map with Resources"},
             Case{"Resources: {F: {Properties: {}}}", "1:13: the resource 'F' has no Type"},
             Case{
                 "Resources: {F: {Type: AWS::Serverless::Funktion}}",
                 "1:23: unknown resource type 'AWS::Serverless::Funktion' (did you mean 'AWS::Serverless::Function'?)"},
             Case{"Resources: {F: {Type: AWS::Lambda::Function, Propertys: {}}}",
                  "1:46: unknown key 'Propertys' in a resource (did you mean 'Properties'?)"},
             Case{"Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Hanlder: x\n",
                  "5:7: unknown property 'Hanlder' in Function 'F' (did you mean 'Handler'?)"},
             Case{"Resources: {F: {Type: AWS::Serverless::Function, Properties: {Timeout: soon}}}",
                  "1:72: expected a whole number"},
             Case{"Resources: {F: {Type: AWS::Serverless::Function, Properties: {Timeout: 0}}}",
                  "1:72: AWS takes 1 to 900 here"},
             Case{"Resources: {F: {Type: AWS::Lambda::Function, Properties: {Timeout: -1}}}",
                  "1:68: AWS takes 1 to 900 here"},
             Case{"Globals: {Function: {Timeout: 901}}\nResources: {F: {Type: AWS::Serverless::Function}}",
                  "1:31: AWS takes 1 to 900 here"},
             Case{"Resources: {F: {Type: AWS::Serverless::Function, Properties: {MemorySize: 64}}}",
                  "1:75: AWS takes 128 to 10240 here"},
             Case{"Resources: {F: {Type: AWS::Serverless::Function, Properties: {MemorySize: 10241}}}",
                  "1:75: AWS takes 128 to 10240 here"},
             Case{"Resources: {F: {Type: AWS::Serverless::Function, Properties: {Environment: {Variables: {A: 1}}}}}",
                  "1:89: variable 'A': AWS refuses it: a name is a letter, then letters, digits and '_', and has at "
                  "least two characters ([a-zA-Z]([a-zA-Z0-9_])+)"},
             Case{"Globals: {Function: {Environment: {Variables: {AWS_REGION: x}}}}\n"
                  "Resources: {F: {Type: AWS::Serverless::Function}}",
                  "1:48: variable 'AWS_REGION': AWS refuses it: Lambda was unable to configure your environment "
                  "variables because the environment variables you have provided contains reserved keys that are "
                  "currently not supported for modification. Reserved keys used in this request: AWS_REGION"},
             Case{"Globals: {Function: {FunctionName: x}}\nResources: {}",
                  "1:22: 'FunctionName' is not allowed in Globals for Function"},
             Case{"Globals: {Api: {StageName: x}}\nResources: {}",
                  "1:17: 'StageName' is not allowed in Globals for Api"},
             Case{"Globals: {Functoin: {}}\nResources: {}",
                  "1:11: Globals has no section 'Functoin' (did you mean 'Function'?)"},
             Case{"Resources: {F: {Type: AWS::Serverless::Function, IgnoreGlobals: [Timeout]}}\n"
                  "Globals: {Function: {Handler: x}}",
                  "1:66: Globals says nothing of 'Timeout'"},
             Case{"Resources: {F: {Type: AWS::Serverless::Function, Condition: C}}\nConditions: {C: {Condition: C}}",
                  "2:17: the condition 'C' depends on itself"},
             Case{"Resources: {}\nConditions: {A: !Condition B, B: !Condition A}",
                  "2:34: the condition 'A' depends on itself"},
             Case{"Resources: {}\nConditions: {A: !Equals [a]}",
                  "2:17: a condition is Equals of two values, Not of one, And or Or of two to ten"},
             Case{"Resources: {}\nParameters: {P: {Type: Strong, Default: a}}",
                  "2:24: there is no parameter type 'Strong' (did you mean 'String'?)"},
             Case{"Resources: {A: {Type: AWS::Serverless::Api, Properties: {StageName: s, Auth: {Authorizers: {T: "
                  "{}}}}}}",
                  "1:96: the authorizer 'T' has neither a FunctionArn nor a UserPoolArn"},
             Case{"Resources: {F: {Type: AWS::Serverless::Function, Properties: {FunctionUrlConfig: {AuthType: x}}}}",
                  "1:93: a function URL's AuthType is NONE or AWS_IAM"},
         }) {
        EXPECT_EQ(read_summary(yaml), expected) << yaml;
    }
}

TEST(Template, WhatLambdaAndLoadBalancersRefuseIsAProblemWithItsPlace) {
    const std::string functions =
        "Resources:\n  F: {Type: AWS::Serverless::Function}\n  G: {Type: AWS::Lambda::Function}\n";
    for (const auto& [yaml, expected] : {
             Case{"  E: {Type: AWS::Lambda::EventInvokeConfig, Properties: {FunctionName: !Ref F, Qualifier: $LATEST, "
                  "DestinationConfig: {OnSuccess: {Destination: !GetAtt F.Arn}}}}",
                  "4:131: a function cannot be a destination for itself"},
             Case{"  E: {Type: AWS::Lambda::EventInvokeConfig, Properties: {FunctionName: !Ref F, Qualifier: $LATEST, "
                  "DestinationConfig: {OnFailure: {Destination: !Ref G}}}}",
                  "4:131: a destination is named by its ARN: !GetAtt FUNCTION.Arn"},
             Case{"  A: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref F, FunctionVersion: $LATEST, Name: "
                  "a, "
                  "RoutingConfig: {AdditionalVersionWeights: [{FunctionVersion: 1, FunctionWeight: 0.5}]}}}",
                  "4:118: an alias that points to $LATEST has no other versions"},
             Case{"  A: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref F, FunctionVersion: 1, Name: a, "
                  "RoutingConfig: {AdditionalVersionWeights: [{FunctionVersion: 2, FunctionWeight: 50}]}}}",
                  "4:177: AWS takes 0 to 1 here"},
             Case{"  B: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {LoadBalancerAttributes: "
                  "[{Key: idle_timeout.timeout_seconds, Value: 5000}]}}\n"
                  "  L: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref B}}",
                  "4:137: AWS takes 1 to 4000 here"},
         }) {
        EXPECT_EQ(read_summary(functions + std::string(yaml)), expected) << yaml;
    }
}

TEST(Globals, MapsMergeListsJoinAndTheResourceWins) {
    EXPECT_EQ(read_summary(R"(
Globals:
  Function:
    Timeout: 9
    MemorySize: 256
    Handler: global
    Layers: [!Ref A]
    Environment: {Variables: {XX: global, YY: global, ZZ: !Ref AWS::Region}}
Resources:
  A: {Type: AWS::Serverless::LayerVersion, Properties: {ContentUri: a}}
  B: {Type: AWS::Serverless::LayerVersion, Properties: {ContentUri: b}}
  F:
    Type: AWS::Serverless::Function
    Properties:
      Handler: own
      MemorySize: !Ref AWS::NoValue
      Layers: [!Ref B]
      Environment: {Variables: {YY: own, WW: own, ZZ: !Sub 'z'}}
  G: {Type: AWS::Serverless::Function, IgnoreGlobals: [Layers, Environment]}
  H: {Type: AWS::Serverless::Function, IgnoreGlobals: '*'}
)"),
              "function F id=F code=/app handler=own 9000ms 128MB layers=/app/a,/app/b XX=global YY=own ZZ=z WW=own\n"
              "function G id=G code=/app handler=global 9000ms 256MB\n"
              "function H id=H code=/app handler=bootstrap 3000ms 128MB\n");
}

TEST(Functions, TheOverlayChangesOnlyVariablesThatTheTemplateNames) {
    const auto overlay = source::parse_document(
        R"({"Parameters": {"AA": "all", "BB": "all", "CC": "all"}, "F": {"BB": "own", "DD": "new"}})", "env.json");
    EXPECT_EQ(read_summary("Resources: {F: {Type: AWS::Serverless::Function, "
                           "Properties: {Environment: {Variables: {AA: a, BB: b}}}}}",
                           {.folder = "/app", .environment = *overlay}),
              "function F id=F code=/app handler=bootstrap 3000ms 128MB AA=all BB=own\n"
              "note 1: 'DD' is no variable of the function 'F' in the template: it is left out\n");
}

TEST(Intrinsics, AVariableWithoutItsBraceIsNoted) {
    EXPECT_EQ(read_summary("Resources: {F: {Type: AWS::Serverless::Function, Properties: {Handler: !Sub 'a ${F'}}}"),
              "function F id=F code=/app handler=a ${F 3000ms 128MB\n"
              "note 1: '${F' has no closing brace: Fn::Sub leaves it as it is\n");
}

TEST(Functions, PathsBecomeAbsoluteBelowTheTemplatesFolder) {
    for (const auto& [code, expected] :
         {Case{"fn", "/app/fn"}, Case{"./a/../b/", "/app/b"}, Case{"../up.zip", "/up.zip"},
          Case{"/abs/path", "/abs/path"}, Case{".", "/app"}}) {
        EXPECT_EQ(read_summary("Resources: {F: {Type: AWS::Serverless::Function, Properties: {CodeUri: " +
                               std::string(code) + "}}}"),
                  "function F id=F code=" + std::string(expected) + " handler=bootstrap 3000ms 128MB\n");
    }
}

TEST(Functions, ABuiltTemplateIsNotAskedToBeBuilt) {
    const std::string_view yaml =
        "Resources: {F: {Type: AWS::Serverless::Function, Metadata: {BuildMethod: makefile}, Properties: {CodeUri: "
        "F}}}";
    EXPECT_EQ(
        read_summary(yaml),
        "function F id=F code=/app/F handler=bootstrap 3000ms 128MB\n"
        "note 1: Function 'F' is built by 'makefile': run `sam build`, then serve .aws-sam/build/template.yaml\n");
    EXPECT_EQ(read_summary(yaml, {.folder = "/app/.aws-sam/build"}),
              "function F id=F code=/app/.aws-sam/build/F handler=bootstrap 3000ms 128MB\n");
}

TEST(Functions, IdsAreTheSameOverEveryReading) {
    const std::string_view yaml =
        "Resources: {F: {Type: AWS::Serverless::Function, Properties: {FunctionUrlConfig: {AuthType: NONE}, "
        "Events: {E: {Type: HttpApi}}}}}";
    const auto document = source::parse_document(yaml, "t.yaml");
    const auto read = read_template(*document, {.folder = "/app"});
    ASSERT_TRUE(read) << read.error().front();
    ASSERT_EQ(read->application.apis.size(), 2U);
    EXPECT_EQ(read->application.apis[0].id.size(), 10U);
    EXPECT_EQ(read->application.apis[1].id.size(), 32U);
    EXPECT_EQ(summarise(*read), read_summary(yaml));
    EXPECT_EQ(read->application.apis[0].id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789"),
              std::string::npos);
}

TEST(Template, ATypeOfAnyLengthHasAnArn) {
    for (const char* type : {"a::b", "a", "AWS::b", "AWS::b::c"}) {
        const std::string yaml = std::string(
                                     "Resources: {F: {Type: AWS::Serverless::Function, Properties: {FunctionName: "
                                     "!GetAtt X.SomeArn}}, X: {Type: '") +
                                 type + "'}}";
        EXPECT_FALSE(read_summary(yaml).empty()) << type;
    }
}

TEST(Template, GarbageOfAnyShapeIsReadOrRefused) {
    std::string nested = "Resources: {F: {Type: AWS::Serverless::Function, Properties: {Handler: ";
    for (int i = 0; i < 60; ++i) nested += "{Fn::Base64: ";
    nested += "x" + std::string(60, '}') + "}}}";
    std::string chain = "Resources: {";
    for (int i = 0; i < 100; ++i) {
        const std::string next = "!Ref A" + std::to_string(i + 1);
        chain += "A" + std::to_string(i) + ": {Type: AWS::Lambda::Alias, Properties: {FunctionName: " + next +
                 ", Name: " + next + "}}, ";
    }
    chain += "A100: {Type: AWS::Lambda::Alias}}";
    for (const std::string& yaml :
         {nested, std::string("Resources: {F: {Type: AWS::Serverless::Function, Properties: 3}}"),
          std::string("Resources: {F: {Type: AWS::Serverless::Function, Properties: {Events: {E: 3, G: []}}}}"),
          std::string("Resources: {F: {Type: AWS::Serverless::Function, Properties: {FunctionName: !Ref F}}}"),
          std::string("Resources: {A: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref A, Name: !Ref A}}}"),
          chain,
          std::string("Resources: {R: {Type: AWS::ApiGateway::Resource, Properties: {ParentId: !Ref R, PathPart: x}}, "
                      "A: {Type: AWS::ApiGateway::RestApi}, M: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: "
                      "!Ref A, ResourceId: !Ref R, HttpMethod: GET}}}")}) {
        EXPECT_FALSE(read_summary(yaml).empty()) << yaml;
    }
}

}  // namespace
}  // namespace understudy::app
