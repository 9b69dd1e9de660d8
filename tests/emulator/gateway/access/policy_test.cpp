#include "emulator/gateway/access/policy.hpp"

#include <gtest/gtest.h>

namespace understudy::access::policy_test {
namespace {

TEST(AccessJson, TakesWhatTheGrammarTakes) {
    for (const std::string_view text : {"{}", "[]", " null ", "true", "false", "-0", "1.5e+3", "10E-2", R"("")",
                                        R"(["a",{"b":[1,2,{}]}])", R"("\u00e9\ud83d\ude00\/\n")", "{\"\":1,\"\":2}"}) {
        EXPECT_TRUE(parse_json(text)) << text;
    }
    for (const std::string_view text :
         {"",        "{",         "[1,]",        "{\"a\"}",     "{\"a\":}",  "{a:1}", "01",  "-",
          "1.",      ".5",        "1e",          "nul",         "truefalse", "[1] 2", "\"a", "\"\\",
          "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\udc00\"", "\"\n\"",    "'a'",   "NaN", "+1"}) {
        EXPECT_FALSE(parse_json(text)) << text;
    }
    EXPECT_TRUE(parse_json(std::string(kMaxJsonDepth, '[') + std::string(kMaxJsonDepth, ']')));
    EXPECT_FALSE(parse_json(std::string(kMaxJsonDepth + 2, '[') + std::string(kMaxJsonDepth + 2, ']')));
}

TEST(AccessJson, RemembersHowAValueWasWritten) {
    const std::string text = R"({"a":1, "a" : {"b": [1.50, "x"]}, "c":"\u00e9\ud83d\ude00\t"})";
    const auto json = parse_json(text);
    ASSERT_TRUE(json);
    EXPECT_EQ(json->find("a")->source, R"({"b": [1.50, "x"]})") << "the last of a repeated name";
    EXPECT_EQ(plain_text(json->find("a")->find("b")->items[0]), "1.50");
    EXPECT_EQ(plain_text(*json->find("c")), "\xC3\xA9\xF0\x9F\x98\x80\t");
    EXPECT_EQ(json->find("d"), nullptr);
}

TEST(Policy, WildcardsCoverRunsAndSingleCharacters) {
    const struct {
        std::string_view pattern, text;
        bool covered;
    } rows[] = {
        {"*", "", true},
        {"*", "a/b:c", true},
        {"a?c", "abc", true},
        {"a?c", "ac", false},
        {"a*c", "abbbc", true},
        {"a*c", "abbbd", false},
        {"a*b*c", "axbxbc", true},
        {"", "", true},
        {"", "a", false},
        {"abc", "ABC", false},
        {"*/GET/*", "api/prod/GET/x/y", true},
        {"a**", "a", true},
        {"*a*a*a*b", std::string_view("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), false},
    };
    for (const auto& row : rows)
        EXPECT_EQ(covers(row.pattern, row.text), row.covered) << row.pattern << ' ' << row.text;
}

std::variant<Policy, std::string> policy_of(const std::string& text) {
    const auto json = parse_json(text);
    return json ? to_policy(*json) : std::variant<Policy, std::string>("no JSON");
}

constexpr std::string_view kArn = "arn:aws:execute-api:us-east-1:123456789012:abcdefghij/prod/GET/users/7";

TEST(Policy, IsEvaluatedAsIamDoes) {
    const std::string allow = R"({"Effect":"Allow","Action":"execute-api:Invoke","Resource":"*"})";
    const std::string deny = R"({"Effect":"Deny","Action":"execute-api:Invoke","Resource":"*/GET/*"})";
    const struct {
        std::string statement;
        Effect effect;
    } rows[] = {
        {allow, Effect::allow},
        {deny, Effect::explicit_deny},
        {"[" + allow + "," + deny + "]", Effect::explicit_deny},
        {"[" + deny + "," + allow + "]", Effect::explicit_deny},
        {"[]", Effect::implicit_deny},
        {R"({"Effect":"Allow","Action":"EXECUTE-API:invoke","Resource":"*"})", Effect::allow},
        {R"({"Effect":"Allow","Action":["lambda:*","execute-api:*"],"Resource":["x","arn:aws:execute-api:*"]})",
         Effect::allow},
        {R"({"Effect":"Allow","Action":"*","Resource":"arn:aws:execute-api:*:*:abcdefghij/prod/GET/users/?"})",
         Effect::allow},
        {R"({"Effect":"Allow","Action":"*","Resource":"arn:aws:execute-api:*:*:abcdefghij/prod/get/users/7"})",
         Effect::implicit_deny},
        {R"({"Effect":"Allow","Action":"*","Resource":"arn:aws:execute-api:*:*:abcdefghij/prod/POST/*"})",
         Effect::implicit_deny},
        {R"({"Effect":"Allow","Action":"lambda:InvokeFunction","Resource":"*"})", Effect::implicit_deny},
        {R"({"Effect":"Allow","NotAction":"lambda:*","Resource":"*"})", Effect::allow},
        {R"({"Effect":"Deny","Action":"*","NotResource":"*/POST/*"})", Effect::explicit_deny},
        {R"({"Effect":"Deny","Action":"*","NotResource":"*/GET/*"})", Effect::implicit_deny},
        {R"({"Effect":"Allow","Action":"*","Resource":"*","Condition":{}})", Effect::allow},
        {R"({"Effect":"Deny","Action":"*","Resource":"*","Condition":{}})", Effect::explicit_deny},
    };
    for (const auto& row : rows) {
        const auto policy = policy_of(R"({"Version":"2012-10-17","Statement":)" + row.statement + "}");
        ASSERT_TRUE(std::holds_alternative<Policy>(policy)) << row.statement << std::get<std::string>(policy);
        EXPECT_EQ(std::get<Policy>(policy).evaluate("execute-api:Invoke", kArn, {}).effect, row.effect)
            << row.statement;
    }
}

TEST(Policy, AStatementCountsWhereItsConditionHolds) {
    ConditionKeys keys;
    keys.set("aws:SourceIp", "203.0.113.10");
    const std::string here = R"({"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}})";
    const std::string elsewhere = R"({"IpAddress":{"aws:SourceIp":"198.51.100.0/24"}})";
    const std::string both = R"({"IpAddress":{"aws:SourceIp":"203.0.113.0/24"},"Null":{"aws:UserAgent":"false"}})";
    const std::string unread = R"({"IpAdress":{"aws:SourceIp":"203.0.113.0/24"}})";
    const std::string unread_elsewhere =
        R"({"IpAdress":{"aws:SourceIp":"203.0.113.0/24"},"IpAddress":{"aws:SourceIp":"198.51.100.0/24"}})";
    using OddKind = Oddity::Kind;
    const std::vector<Oddity> unread_told{{OddKind::not_judged, "the operator IpAdress"}};
    const std::vector<Oddity> no_key_told{{OddKind::unknown_key, "the key aws:SourceVpx"}};
    const std::string no_key = R"({"StringEquals":{"aws:SourceVpx":"a"}})";
    const struct {
        const char* effect;
        std::string condition;
        Effect expected;
        std::vector<Oddity> oddities;
    } rows[] = {
        {"Allow", here, Effect::allow, {}},
        {"Allow", elsewhere, Effect::implicit_deny, {}},
        {"Allow", both, Effect::implicit_deny, {}},
        {"Deny", here, Effect::explicit_deny, {}},
        {"Deny", elsewhere, Effect::implicit_deny, {}},
        {"Allow", unread, Effect::implicit_deny, unread_told},
        {"Deny", unread, Effect::explicit_deny, unread_told},
        {"Allow", unread_elsewhere, Effect::implicit_deny, {}},
        {"Deny", unread_elsewhere, Effect::implicit_deny, {}},
        {"Allow", no_key, Effect::implicit_deny, no_key_told},
        {"Deny", no_key, Effect::implicit_deny, no_key_told},
    };
    for (const auto& row : rows) {
        const auto policy = policy_of(R"({"Statement":{"Effect":")" + std::string(row.effect) +
                                      R"(","Action":"*","Resource":"*/GET/*","Condition":)" + row.condition + "}}");
        ASSERT_TRUE(std::holds_alternative<Policy>(policy)) << row.condition;
        const Evaluation evaluation = std::get<Policy>(policy).evaluate("execute-api:Invoke", kArn, keys);
        EXPECT_EQ(evaluation.effect, row.expected) << row.effect << row.condition;
        EXPECT_EQ(evaluation.oddities, row.oddities) << row.condition;
        EXPECT_TRUE(std::get<Policy>(policy).evaluate("execute-api:Invoke", "x", keys).oddities.empty());
    }
}

TEST(Policy, ThatBreaksTheRulesIsRefused) {
    const std::string long_resource(513, 'a');
    for (const std::string& text :
         {std::string("[]"), std::string("{}"), std::string(R"({"Version":"2020-01-01","Statement":[]})"),
          std::string(R"({"Version":20121017,"Statement":[]})"), std::string(R"({"Statement":["x"]})"),
          std::string(R"({"Statement":{"Effect":"allow","Action":"*","Resource":"*"}})"),
          std::string(R"({"Statement":{"Action":"*","Resource":"*"}})"),
          std::string(R"({"Statement":{"Effect":"Allow","Resource":"*"}})"),
          std::string(R"({"Statement":{"Effect":"Allow","Action":"*"}})"),
          std::string(R"({"Statement":{"Effect":"Allow","Action":[1],"Resource":"*"}})"),
          std::string(R"({"Statement":{"Effect":"Allow","Action":"*","Resource":{}}})"),
          std::string(R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":[]}})"),
          std::string(R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":true}}})"),
          std::string(R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"a":{}}}}})"),
          R"({"Statement":{"Effect":"Allow","Action":"*","Resource":")" + long_resource + "\"}}"}) {
        const auto policy = policy_of(text);
        ASSERT_TRUE(std::holds_alternative<std::string>(policy)) << text;
        EXPECT_FALSE(std::get<std::string>(policy).empty());
    }
    EXPECT_TRUE(std::holds_alternative<Policy>(policy_of(R"({"Version":"2008-10-17","Statement":[]})")));
    EXPECT_TRUE(std::holds_alternative<Policy>(policy_of(R"({"Statement":[]})")));
}

}  // namespace
}  // namespace understudy::access::policy_test
