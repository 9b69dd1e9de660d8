#include "emulator/lambda/json_text.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace understudy::lambda::json_text_test {
namespace {

TEST(JsonText, StringsAreEscapedAsGoDoes) {
    const std::vector<std::pair<std::string, std::string>> table{
        {"", R"("")"},
        {"plain", R"("plain")"},
        {"a\"b\\c/d", R"("a\"b\\c/d")"},
        {"\n\r\t", R"("\n\r\t")"},
        {std::string("\0\x1f\x7f", 3), "\"\\u0000\\u001f\x7f\""},
        {"<a&b>", R"("\u003ca\u0026b\u003e")"},
        {"\u2028\u2029\u2027", "\"\\u2028\\u2029\u2027\""},
        {"é€𝄞", "\"é€𝄞\""},
        {"\xff"
         "a\xc3",
         R"("\ufffda\ufffd")"},
        {"\xc0\x80", R"("\ufffd\ufffd")"},
        {"\xe0\x80\x80", R"("\ufffd\ufffd\ufffd")"},
        {"\xed\xa0\x80", R"("\ufffd\ufffd\ufffd")"},
        {"\xf0\x80\x80\x80", R"("\ufffd\ufffd\ufffd\ufffd")"},
        {"\xf4\x90\x80\x80", R"("\ufffd\ufffd\ufffd\ufffd")"},
        {"\xf5", R"("\ufffd")"},
        {"\xe2\x82", R"("\ufffd\ufffd")"},
        {"\xe2\x82x", R"("\ufffd\ufffdx")"},
    };
    for (const auto& [text, expected] : table) {
        std::string out;
        append_json_string(out, text);
        EXPECT_EQ(out, expected);
    }
}

TEST(JsonText, JsonIsToldFromOtherBytes) {
    for (const char* text : {"{}", "null", " [1.0, \"a\"]\n", "\"\xff\"", "1e400"}) EXPECT_TRUE(is_json(text)) << text;
    for (const char* text : {"", "{", "oops", "{}{}", "{'a':1}", "[1,]"}) EXPECT_FALSE(is_json(text)) << text;
    EXPECT_TRUE(is_json(std::string(900, '[') + std::string(900, ']')));
}

TEST(JsonText, LoneSurrogatesAreJson) {
    EXPECT_TRUE(is_json(R"({"a":"\ud800"})"));
    EXPECT_TRUE(is_json(R"("\ude00\ud83d")"));
    EXPECT_FALSE(is_json(R"({"a":"\ud800")"));
}

}  // namespace
}  // namespace understudy::lambda::json_text_test
