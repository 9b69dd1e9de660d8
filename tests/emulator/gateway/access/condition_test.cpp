#include "emulator/gateway/access/condition.hpp"

#include "emulator/gateway/access/policy_date.hpp"

#include <gtest/gtest.h>

namespace understudy::access::condition_test {
namespace {

using std::chrono::milliseconds;
using std::chrono::sys_time;

std::optional<long long> milliseconds_of(std::string_view text) {
    const auto date = parse_policy_date(text);
    return date ? std::optional<long long>(date->time_since_epoch().count()) : std::nullopt;
}

TEST(PolicyDate, IsReadInTheFormsOfW3cAndInSeconds) {
    const struct {
        std::string_view text;
        long long milliseconds;
    } rows[] = {
        {"1970", 0},
        {"1970-02", 31LL * 86'400'000},
        {"1970-01-02", 86'400'000},
        {"1970-01-01T00:01Z", 60'000},
        {"1970-01-01T00:00:01Z", 1'000},
        {"1970-01-01T00:00:01.5Z", 1'500},
        {"1970-01-01T00:00:00.12345Z", 123},
        {"1970-01-01T01:00:00+01:00", 0},
        {"1969-12-31T22:30:00-01:30", 0},
        {"2026-03-02T09:30:00Z", 1'772'443'800'000},
        {"1772443800", 1'772'443'800'000},
        {"-10000", -10'000'000},
    };
    for (const auto& row : rows) EXPECT_EQ(milliseconds_of(row.text), row.milliseconds) << row.text;
    for (const std::string_view text :
         {"", "today", "70", "1970-13", "1970-02-30", "1970-1-1", "1970-01-01T", "1970-01-01T00Z", "1970-01-01T00:00",
          "1970-01-01T25:00Z", "1970-01-01T00:00:00.Z", "1970-01-01T00:00:00ZZ", "1970-01-01 00:00Z", "1.5",
          "99999999999999999999", "1970-01-01T00:00:00.0000000000000000000000000Z"}) {
        EXPECT_EQ(milliseconds_of(text), std::nullopt) << text;
    }
}

TEST(ConditionKeys, AreThoseThatApiGatewayHasOfARequest) {
    event::Facts facts;
    facts.source_ip = "203.0.113.10";
    const sys_time<milliseconds> now(milliseconds(1'772'443'800'999));
    const auto keys =
        to_condition_keys({"GET", "/", 1, {{"user-agent", "me/1"}, {"Referer", "https://a.example/"}}, {}}, facts, now);
    const auto value = [&keys](std::string_view key) {
        const std::string* found = keys.find(key);
        return found == nullptr ? "none" : *found;
    };
    EXPECT_EQ(value("aws:SourceIp"), "203.0.113.10");
    EXPECT_EQ(value("AWS:sourceip"), "203.0.113.10") << "keys have no case";
    EXPECT_EQ(value("aws:UserAgent"), "me/1");
    EXPECT_EQ(value("aws:Referer"), "https://a.example/");
    EXPECT_EQ(value("aws:SecureTransport"), "true");
    EXPECT_EQ(value("aws:CurrentTime"), "2026-03-02T09:30:00.999Z");
    EXPECT_EQ(value("aws:EpochTime"), "1772443800");
    EXPECT_EQ(value("aws:PrincipalArn"), "none");
    EXPECT_EQ(to_condition_keys({"GET", "/", 1, {}, {}}, facts, now).find("aws:UserAgent"), nullptr);
}

/// `holds`, `fails` or `odd`: of `{OPERATOR: {KEY: VALUE}}`, as JSON, on one request.
std::string judge(const std::string& json) {
    ConditionKeys keys;
    keys.set("aws:SourceIp", "203.0.113.10");
    keys.set("aws:UserAgent", "Agent/7");
    keys.set("aws:SecureTransport", "true");
    keys.set("aws:CurrentTime", "2026-03-02T09:30:00.000Z");
    keys.set("aws:EpochTime", "1772443800");
    const auto document = parse_json(json);
    if (!document) return "no JSON";
    const auto read = to_conditions(*document);
    if (const auto* problem = std::get_if<std::string>(&read)) return *problem;
    std::string all;
    for (const Condition& condition : std::get<std::vector<Condition>>(read)) {
        using Verdict = Condition::Verdict;
        const Verdict verdict = condition.judge(keys);
        all += verdict == Verdict::holds ? "holds" : verdict == Verdict::fails ? "fails" : "odd";
        if (const auto oddity = condition.oddity()) all += ": " + oddity->text;
    }
    return all;
}

TEST(Condition, HoldsAsIamSays) {
    const std::pair<const char*, const char*> rows[] = {
        {R"({"StringEquals":{"aws:UserAgent":"Agent/7"}})", "holds"},
        {R"({"StringEquals":{"aws:useragent":["x","Agent/7"]}})", "holds"},
        {R"({"StringEquals":{"aws:UserAgent":"agent/7"}})", "fails"},
        {R"({"StringEquals":{"aws:UserAgent":[]}})", "fails"},
        {R"({"StringNotEquals":{"aws:UserAgent":["x","y"]}})", "holds"},
        {R"({"StringNotEquals":{"aws:UserAgent":["x","Agent/7"]}})", "fails"},
        {R"({"StringEqualsIgnoreCase":{"aws:UserAgent":"AGENT/7"}})", "holds"},
        {R"({"StringNotEqualsIgnoreCase":{"aws:UserAgent":"AGENT/7"}})", "fails"},
        {R"({"StringLike":{"aws:UserAgent":"Agent/?"}})", "holds"},
        {R"({"StringLike":{"aws:UserAgent":"agent/*"}})", "fails"},
        {R"({"StringNotLike":{"aws:UserAgent":"Agent/*"}})", "fails"},
        {R"({"Bool":{"aws:SecureTransport":"true"}})", "holds"},
        {R"({"Bool":{"aws:SecureTransport":false}})", "fails"},
        {R"({"IpAddress":{"aws:SourceIp":["198.51.100.0/24","203.0.113.0/24"]}})", "holds"},
        {R"({"IpAddress":{"aws:SourceIp":"203.0.113.11"}})", "fails"},
        {R"({"NotIpAddress":{"aws:SourceIp":"203.0.113.0/24"}})", "fails"},
        {R"({"NotIpAddress":{"aws:SourceIp":"2001:db8::/32"}})", "holds"},
        {R"({"NumericEquals":{"aws:EpochTime":1772443800}})", "holds"},
        {R"({"NumericNotEquals":{"aws:EpochTime":"1772443800.0"}})", "fails"},
        {R"({"NumericLessThan":{"aws:EpochTime":"1772443800"}})", "fails"},
        {R"({"NumericLessThanEquals":{"aws:EpochTime":"1772443800"}})", "holds"},
        {R"({"NumericGreaterThan":{"aws:EpochTime":"1772443799.5"}})", "holds"},
        {R"({"NumericGreaterThanEquals":{"aws:EpochTime":"1772443801"}})", "fails"},
        {R"({"DateEquals":{"aws:CurrentTime":"2026-03-02T10:30:00+01:00"}})", "holds"},
        {R"({"DateNotEquals":{"aws:CurrentTime":"2026-03-02T09:30:00Z"}})", "fails"},
        {R"({"DateLessThan":{"aws:CurrentTime":"2026-03-03"}})", "holds"},
        {R"({"DateLessThan":{"aws:CurrentTime":"9223372036854775807"}})", "holds"},
        {R"({"DateLessThanEquals":{"aws:CurrentTime":"1772443799"}})", "fails"},
        {R"({"DateGreaterThan":{"aws:EpochTime":"2026-03-02T09:30:00Z"}})", "fails"},
        {R"({"DateGreaterThanEquals":{"aws:EpochTime":"2026-03-02T09:30:00Z"}})", "holds"},
        {R"({"StringEquals":{"aws:UserAgent":"Agent/7"},"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}})", "holdsfails"},
    };
    for (const auto& [condition, verdict] : rows) EXPECT_EQ(judge(condition), verdict) << condition;
}

TEST(Condition, AKeyThatTheRequestLacksFitsWhatIsNegatedOnly) {
    const std::pair<const char*, const char*> rows[] = {
        {R"({"StringLike":{"aws:Referer":"*"}})", "fails"},
        {R"({"StringNotLike":{"aws:Referer":"*"}})", "holds"},
        {R"({"StringLikeIfExists":{"aws:Referer":"x"}})", "holds"},
        {R"({"StringLikeIfExists":{"aws:UserAgent":"x"}})", "fails"},
        {R"({"Null":{"aws:Referer":"true"}})", "holds"},
        {R"({"Null":{"aws:Referer":false}})", "fails"},
        {R"({"Null":{"aws:UserAgent":"false"}})", "holds"},
        {R"({"ForAllValues:StringEquals":{"aws:Referer":"x"}})", "holds"},
        {R"({"ForAllValues:StringEquals":{"aws:UserAgent":"x"}})", "fails"},
        {R"({"ForAnyValue:StringNotEquals":{"aws:Referer":"x"}})", "fails"},
        {R"({"ForAnyValue:StringNotEquals":{"aws:UserAgent":"x"}})", "holds"},
        {R"({"ForAnyValue:StringEqualsIfExists":{"aws:Referer":"x"}})", "holds"},
        {R"({"ArnLike":{"aws:PrincipalArn":"arn:*"}})", "fails"},
        {R"({"ArnNotLike":{"aws:PrincipalArn":"arn:*"}})", "holds"},
        {R"({"StringEquals":{"aws:PrincipalTag/team":"a"}})", "fails"},
        {R"({"StringNotEquals":{"aws:SourceVpce":"vpce-1"}})", "holds"},
    };
    for (const auto& [condition, verdict] : rows) EXPECT_EQ(judge(condition), verdict) << condition;
}

TEST(Condition, WhatIsNotUnderstoodSaysItsName) {
    const std::pair<const char*, const char*> rows[] = {
        {R"({"StringEqual":{"aws:UserAgent":"a"}})", "odd: the operator StringEqual"},
        {R"({"NullIfExists":{"aws:UserAgent":"true"}})", "odd: the operator NullIfExists"},
        {R"({"BinaryEquals":{"aws:UserAgent":"YQ=="}})", "odd: the operator BinaryEquals"},
        {R"({"IpAddress":{"aws:SourceIp":"10.0.0.0/99"}})", "odd: the value 10.0.0.0/99 of IpAddress"},
        {R"({"NotIpAddress":{"aws:SourceIp":["203.0.113.0/24","x"]}})", "odd: the value x of NotIpAddress"},
        {R"({"NumericLessThan":{"aws:EpochTime":"inf"}})", "odd: the value inf of NumericLessThan"},
        {R"({"DateLessThan":{"aws:CurrentTime":"tomorrow"}})", "odd: the value tomorrow of DateLessThan"},
        {R"({"NumericEquals":{"aws:EpochTime":"1e"}})", "odd: the value 1e of NumericEquals"},
        {R"({"Bool":{"aws:SecureTransport":"yes"}})", "odd: the value yes of Bool"},
        {R"({"Null":{"aws:Referer":"yes"}})", "odd: the value yes of Null"},
        {R"({"StringEquals":{"aws:UserAgent":"${aws:username}"}})", "odd: the value ${aws:username} of StringEquals"},
        {R"({"StringEquals":{"aws:RequestedRegion":"us-east-1"}})", "fails: the key aws:RequestedRegion"},
        {R"({"StringNotEquals":{"my:Key":"a"}})", "holds: the key my:Key"},
        {R"({"Bool":{"aws:SecureTransport":null}})",
         "the key aws:SecureTransport of a Condition has neither a value nor a list of values"},
        {R"({"Bool":"true"})", "the operator Bool of a Condition holds no map of keys"},
        {R"([])", "a Condition is no map of operators"},
    };
    for (const auto& [condition, verdict] : rows) EXPECT_EQ(judge(condition), verdict) << condition;
}

}  // namespace
}  // namespace understudy::access::condition_test
