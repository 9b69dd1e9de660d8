#include "emulator/http/percent.hpp"

#include <gtest/gtest.h>

namespace understudy::http {
namespace {

TEST(Percent, EscapesAreDecodedOnceInEitherCase) {
    EXPECT_EQ(decode_percent("a%20b%2Fc%E2%98%95", Plus::literal), "a b/c\xE2\x98\x95");
    EXPECT_EQ(decode_percent("%2f%2F", Plus::literal), "//");
    EXPECT_EQ(decode_percent("%252F", Plus::literal), "%2F");
    EXPECT_EQ(decode_percent("%41", Plus::literal), "A");
    EXPECT_EQ(decode_percent("%00", Plus::literal), std::string(1, '\0'));
}

TEST(Percent, WhatIsNoEscapeStays) {
    for (const char* text : {"", "plain", "%", "%4", "a%", "a%4", "%zz", "%4g", "%g4", "%%", "% 41", "%+1", "%-1"}) {
        EXPECT_EQ(decode_percent(text, Plus::literal), text);
    }
    EXPECT_EQ(decode_percent("%zz%4g%%41", Plus::literal), "%zz%4g%A");
}

TEST(Percent, APlusIsABlankOnlyWhereAsked) {
    EXPECT_EQ(decode_percent("a+b%2B", Plus::literal), "a+b+");
    EXPECT_EQ(decode_percent("a+b%2B", Plus::space), "a b+");
    EXPECT_EQ(decode_percent("+", Plus::space), " ");
    EXPECT_EQ(decode_percent("%+1", Plus::space), "% 1");
}

TEST(Percent, HexadecimalDigitsHaveTheirValues) {
    constexpr std::string_view kLower = "0123456789abcdef";
    constexpr std::string_view kUpper = "0123456789ABCDEF";
    for (unsigned value = 0; value < 16; ++value) {
        EXPECT_EQ(hex_digit(kLower[value]), value);
        EXPECT_EQ(hex_digit(kUpper[value]), value);
    }
    for (const char c : {'/', ':', '@', 'G', '`', 'g', ' ', '\0', '\xFF'}) EXPECT_EQ(hex_digit(c), std::nullopt);
}

}  // namespace
}  // namespace understudy::http
