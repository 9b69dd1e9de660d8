#include "emulator/http/headers.hpp"

#include <gtest/gtest.h>

namespace understudy::http {
namespace {

TEST(Headers, KeepOrderSpellingAndRepetition) {
    Headers headers;
    headers.add("X-b", "1");
    headers.add("x-A", "");
    headers.add("X-B", "2");
    ASSERT_EQ(headers.size(), 3u);
    EXPECT_EQ(headers[0], (HeaderLine{"X-b", "1"}));
    EXPECT_EQ(headers[1], (HeaderLine{"x-A", ""}));
    EXPECT_EQ(headers[2], (HeaderLine{"X-B", "2"}));
}

TEST(Headers, FirstAndLastIgnoreCase) {
    const Headers headers{{"Accept", "a"}, {"accept", "b"}};
    EXPECT_EQ(headers.first("ACCEPT"), "a");
    EXPECT_EQ(headers.last("ACCEPT"), "b");
    EXPECT_EQ(headers.first("Accept-Encoding"), std::nullopt);
}

TEST(Headers, OnlyAsciiLettersAreFolded) {
    EXPECT_TRUE(same_name("X-Ab", "x-aB"));
    EXPECT_FALSE(same_name("X[", "x{"));
    EXPECT_FALSE(same_name("X", "Xy"));
}

TEST(Headers, ALineOfAMegabyteIsKept) {
    const std::string value(1 << 20, 'v');
    Headers headers;
    headers.add("Lambda-Runtime-Function-XRay-Error-Cause", value);
    headers.add("next", "1");
    EXPECT_EQ(headers[0].value, value);
    EXPECT_EQ(headers.first("next"), "1");
}

TEST(Headers, CopiesCompareEqualAndAreIndependent) {
    Headers headers{{"a", "1"}};
    Headers copy = headers;
    EXPECT_EQ(copy, headers);
    copy.add("b", "2");
    EXPECT_NE(copy, headers);
}

TEST(Headers, WhatWouldEndALineIsSeenInNamesAndValues) {
    EXPECT_FALSE((Headers{{"a", "tab\tand more"}, {"b", ""}}.break_lines()));
    for (const auto& end : {std::string("\r"), std::string("\n"), std::string(1, '\0')}) {
        EXPECT_TRUE((Headers{{"a", "1"}, {"b", "x" + end + "y"}}.break_lines()));
        EXPECT_TRUE((Headers{{"a" + end, "1"}}.break_lines()));
    }
}

}  // namespace
}  // namespace understudy::http
