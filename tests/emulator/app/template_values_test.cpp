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

TEST(TemplateValues, EachRuleIsOfAPropertyThatTheReaderKnows) {
    for (const templates::ValueRule& rule : templates::value_rules()) {
        const std::size_t dot = rule.property.rfind('.');
        if (rule.property == "SourceIpConfig.Values") continue;  // one of several conditions with one shape
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
