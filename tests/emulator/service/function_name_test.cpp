#include "emulator/service/function_name.hpp"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

namespace understudy::service {

void PrintTo(const FunctionName& name, std::ostream* out) {
    *out << name.region << '|' << name.account << '|' << name.name << '|' << name.qualifier;
}

namespace {

const std::string kAccount = "123456789012";

TEST(FunctionName, EveryAcceptedFormIsTakenApart) {
    struct Row {
        std::string text;
        FunctionName expected;
    };
    const std::vector<Row> rows{
        {"fn", {"", "", "fn", ""}},
        {"my.dotted-name_1", {"", "", "my.dotted-name_1", ""}},
        {"fn:alias", {"", "", "fn", "alias"}},
        {"fn:3", {"", "", "fn", "3"}},
        {"fn:$LATEST", {"", "", "fn", "$LATEST"}},
        {"fn:$LATEST.PUBLISHED", {"", "", "fn", "$LATEST.PUBLISHED"}},
        {"function:fn", {"", "", "fn", ""}},
        {"function:fn:q", {"", "", "fn", "q"}},
        {"function", {"", "", "function", ""}},
        {"function:function", {"", "", "function", ""}},
        {"arn:fn", {"", "", "arn", "fn"}},
        {"123456789012:function:fn", {"", kAccount, "fn", ""}},
        {"123456789012:function:fn:q", {"", kAccount, "fn", "q"}},
        {"123456789012:fn", {"", kAccount, "fn", ""}},
        {"123456789012", {"", "", "123456789012", ""}},
        {"us-east-1:123456789012:function:fn", {"us-east-1", kAccount, "fn", ""}},
        {"us-east-1:fn", {"us-east-1", "", "fn", ""}},
        {"arn:aws:lambda:us-east-1:123456789012:function:fn", {"us-east-1", kAccount, "fn", ""}},
        {"arn:aws:lambda:us-east-1:123456789012:function:fn:prod", {"us-east-1", kAccount, "fn", "prod"}},
        {"arn:aws:lambda:us-east-1:123456789012:function:fn:$LATEST", {"us-east-1", kAccount, "fn", "$LATEST"}},
        {"arn:aws:lambda:us-east-1:123456789012:function", {"us-east-1", kAccount, "function", ""}},
        {"arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:fn", {"us-gov-west-1", kAccount, "fn", ""}},
        {"arn:aws-iso:lambda:us-iso-east-1:123456789012:function:fn", {"us-iso-east-1", kAccount, "fn", ""}},
        {"arn:aws-iso-b:lambda:us-isob-east-1:123456789012:function:fn", {"us-isob-east-1", kAccount, "fn", ""}},
        {"arn:aws-eusc:lambda:eusc-de-east-1:123456789012:function:fn", {"eusc-de-east-1", kAccount, "fn", ""}},
        {"arn::lambda:us-east-1:123456789012:function:fn", {"us-east-1", kAccount, "fn", ""}},
    };
    for (const Row& row : rows) {
        const auto name = parse_function_name(row.text);
        ASSERT_TRUE(name) << row.text;
        EXPECT_EQ(*name, row.expected) << row.text;
    }
}

TEST(FunctionName, WhatThePatternRefusesIsRefused) {
    const std::vector<std::string> rows{
        "",
        "my-function!",
        "*",
        "a b",
        "fn:",
        ":fn",
        "fn:a:b",
        "fn:q!",
        "fn:$LATES",
        "fn:$latest",
        "invalid-account:function:f",
        "12345678901:function:f",
        "arn:aws:lambda:invalid-region:123456789012:function:f",
        "arn:aws:lambda:us-east-12:123456789012:function:f",
        "arn:aws:lambda:US-east-1:123456789012:function:f",
        "arn:aws:lambda:us-isobb-east-1:123456789012:function:f",
        "arn:aws:ec2:us-east-1:123456789012:function:f",
        "arn:gcp:lambda:us-east-1:123456789012:function:f",
        "arn:aws:lambda:us-east-1:123456789012:function:f:1:2",
        "function:f:$LATEST:extra",
        "arn:aws:lambda::123456789012:function:f",
        "arn:aws:lambda:us-east-1::function:f",
        "arn:aws:lambda:us-east-1:123456789012:function:f:$LATES",
        "arn:aws:lambda:us-east-1:123456789012@function:f",
    };
    for (const std::string& row : rows) EXPECT_FALSE(parse_function_name(row)) << row;
}

TEST(FunctionName, MatcherAgreesWithThePatternThatMessagesShow) {
    const RE2 pattern{std::string(kFunctionNamePattern)};
    ASSERT_TRUE(pattern.ok());
    const std::vector<std::string> parts{"arn",         "aws",        "aws-cn",     "",
                                         "lambda",      "us-east-1",  "us-gov-a-1", "123456789012",
                                         "function",    "f.n-_1",     "$LATEST",    "$LATEST.PUBLISHED",
                                         "eusc-aa-b-2", "us-iso-a-1", "us-isoz-a-1"};
    std::uint32_t state = 7;
    int matched = 0;
    for (int i = 0; i < 20'000; ++i) {
        std::string text;
        const auto next = [&state] { return (state = state * 1664525 + 1013904223) >> 16; };
        // Half of them begin as a full ARN does, so that the later parts are reached.
        if (next() % 2 == 0) text = "arn:aws:lambda:";
        for (std::uint32_t count = next() % 5; count-- > 0;) text += parts[next() % parts.size()] + ':';
        text += parts[next() % parts.size()];
        const bool expected = RE2::FullMatch(text, pattern);
        matched += expected ? 1 : 0;
        ASSERT_EQ(parse_function_name(text).has_value(), expected) << text;
    }
    EXPECT_GT(matched, 1000);
}

TEST(FunctionName, QualifierMayHoldDollarSignsAnywhere) {
    for (const std::string good : {"1", "a-b_c", "$LATEST", "$latest", "x$", "$LATEST.PUBLISHED"}) {
        EXPECT_TRUE(is_qualifier(good)) << good;
    }
    for (const std::string bad : {"", "invalid!", "a.b", "$LATEST.published", "a b"})
        EXPECT_FALSE(is_qualifier(bad)) << bad;
}

}  // namespace
}  // namespace understudy::service
