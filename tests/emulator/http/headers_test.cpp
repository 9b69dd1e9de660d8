#include "emulator/http/headers.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace understudy::http {
namespace {

TEST(Headers, KeepOrderSpellingAndRepetition) {
    Headers headers;
    headers.add("X-b", "1");
    headers.add("x-A", "");
    headers.add("X-B", "2");
    EXPECT_EQ(headers.size(), 3u);
    const std::vector<HeaderLine> lines(headers.begin(), headers.end());
    EXPECT_EQ(lines, (std::vector<HeaderLine>{{"X-b", "1"}, {"x-A", ""}, {"X-B", "2"}}));
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
    EXPECT_TRUE(same_name("", ""));
}

/// Long names are compared eight bytes at a time, the last eight once more where they do not fill up a word.
TEST(Headers, EachByteOfALongNameCounts) {
    for (const std::size_t size : {8u, 9u, 15u, 16u, 23u}) {
        const std::string name(size, 'q');
        for (std::size_t at = 0; at < size; ++at) {
            for (int byte = 0; byte < 256; ++byte) {
                std::string other = name;
                other[at] = static_cast<char>(byte);
                EXPECT_EQ(same_name(name, other), byte == 'q' || byte == 'Q') << size << ' ' << at << ' ' << byte;
            }
        }
    }
    for (int byte = 0; byte < 256; ++byte) {
        const char c = static_cast<char>(byte);
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        EXPECT_EQ(same_name(std::string(8, c), std::string(8, static_cast<char>(byte ^ 0x20))), letter) << byte;
    }
}

TEST(Headers, ALineOfAMegabyteIsKept) {
    const std::string value(1 << 20, 'v');
    Headers headers;
    headers.add("Lambda-Runtime-Function-XRay-Error-Cause", value);
    headers.add("next", "1");
    EXPECT_EQ((*headers.begin()).value, value);
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
        EXPECT_TRUE((Headers{{"a-long-name", "a long value" + end + "and its rest"}}.break_lines()));
    }
}

}  // namespace
}  // namespace understudy::http
