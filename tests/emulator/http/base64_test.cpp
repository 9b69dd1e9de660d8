#include "emulator/http/base64.hpp"

#include <gtest/gtest.h>

#include <cstdint>

namespace understudy::http {
namespace {

std::string all_bytes() {
    std::string bytes;
    for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<char>(i));
    return bytes;
}

TEST(Base64, TheExamplesOfTheStandard) {
    EXPECT_EQ(to_base64(""), "");
    EXPECT_EQ(to_base64("f"), "Zg==");
    EXPECT_EQ(to_base64("fo"), "Zm8=");
    EXPECT_EQ(to_base64("foo"), "Zm9v");
    EXPECT_EQ(to_base64("foobar"), "Zm9vYmFy");
    EXPECT_EQ(to_base64("\x01\x02\x03\x04\x05"), "AQIDBAU=");
}

TEST(Base64, AppendsBehindWhatStandsThere) {
    std::string text = "\"body\":\"";
    append_base64(text, "foo");
    EXPECT_EQ(text, "\"body\":\"Zm9v");
}

TEST(Base64, EveryByteOfEveryLengthComesBack) {
    const std::string bytes = all_bytes();
    for (std::size_t length = 0; length <= bytes.size(); ++length) {
        const std::string part = bytes.substr(bytes.size() - length);
        EXPECT_EQ(to_base64(part).size(), base64_length(length));
        EXPECT_EQ(parse_base64(to_base64(part)), part) << length;
    }
}

/// Byte by byte, as the standard says it.
std::string code_slowly(std::string_view bytes) {
    constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    unsigned bits = 0, count = 0;
    for (const char byte : bytes) {
        bits = bits << 8 | static_cast<unsigned char>(byte);
        for (count += 8; count >= 6; count -= 6) text += kAlphabet[bits >> (count - 6) & 63];
    }
    if (count > 0) text += kAlphabet[bits << (6 - count) & 63];
    while (text.size() % 4 != 0) text += '=';
    return text;
}

TEST(Base64, LongTextsAreCodedAsShortOnesAre) {
    std::string bytes;
    std::uint32_t state = 1;
    for (int length = 0; length < 500; ++length) {
        EXPECT_EQ(to_base64(bytes), code_slowly(bytes)) << length;
        EXPECT_EQ(parse_base64(to_base64(bytes)), bytes) << length;
        state = state * 1664525 + 1013904223;
        bytes += static_cast<char>(state >> 24);
    }
}

TEST(Base64, ACharacterThatIsNoneIsFoundWhereverItStands) {
    const std::string text = to_base64(all_bytes().substr(0, 75));
    for (std::size_t place = 0; place < text.size(); ++place) {
        for (const char c : all_bytes()) {
            std::string broken = text;
            broken[place] = c;
            std::size_t offset = 9999;
            const bool fits = c == '+' || c == '/' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                              (c >= 'a' && c <= 'z') || (c == '=' && place + 1 == text.size());
            EXPECT_EQ(parse_base64(broken, &offset).has_value(), fits) << place << ' ' << int{c};
            EXPECT_EQ(offset, fits ? 9999 : place) << int{c};
        }
    }
}

TEST(Base64, RefusesUnpaddedUrlSafeAndBrokenTextAndSaysWhere) {
    std::size_t offset = 99;
    EXPECT_FALSE(parse_base64("Zg", &offset));
    EXPECT_EQ(offset, 2u);
    EXPECT_FALSE(parse_base64("Zg-_Zg==", &offset));
    EXPECT_EQ(offset, 2u);
    EXPECT_FALSE(parse_base64("Zm9vZm9\n", &offset));
    EXPECT_EQ(offset, 7u);
    EXPECT_FALSE(parse_base64("Z===", &offset));
    EXPECT_FALSE(parse_base64("=", &offset));
    EXPECT_FALSE(parse_base64("Zg==Zg==", &offset));
    EXPECT_EQ(offset, 2u);
}

}  // namespace
}  // namespace understudy::http
