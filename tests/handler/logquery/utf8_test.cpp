#include "handler/logquery/utf8.hpp"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace understudy::logquery {
namespace {

std::string replaced(std::string_view bytes) {
    std::string text;
    append_utf8(text, bytes);
    return text;
}

TEST(Utf8, ValidTextStaysAsItIs) {
    const std::vector<std::string> texts = {
        "",
        "plain",
        std::string("nul\0nul", 7),
        "caf\xC3\xA9",
        "\xDF\xBF",
        "\xE0\xA0\x80",
        "\xED\x9F\xBF",
        "\xEE\x80\x80",
        "\xEF\xBF\xBF",
        "\xF0\x90\x80\x80",
        "\xF4\x8F\xBF\xBF",
        "more than eight letters \xE2\x82\xAC and more than eight",
    };
    for (const std::string& text : texts) {
        EXPECT_EQ(replaced(text), text);
        EXPECT_EQ(valid_length(text), text.size());
    }
}

TEST(Utf8, EachBrokenPartBecomesOneReplacement) {
    // @ stands for U+FFFD.
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"a\xFFz", "a@z"},
        {"\x80", "@"},
        {"\xC0\x80", "@@"},  // overlong NUL
        {"\xC1\xBF", "@@"},
        {"\xC3", "@"},  // cut short at the end
        {"\xC3z", "@z"},
        {"\xE2\x82z", "@z"},      // two of three bytes: one part
        {"\xE0\x80\x80", "@@@"},  // overlong: the second byte fits no character
        {"\xED\xA0\x80", "@@@"},  // a surrogate
        {"\xF0\x80\x80\x80", "@@@@"},
        {"\xF0\x9F\x98z", "@z"},
        {"\xF0\x9F\x98", "@"},
        {"\xF4\x90\x80\x80", "@@@@"},  // above U+10FFFF
        {"\xF5\x80", "@@"},
        {"\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41", "@@@@A"},  // the example of The Unicode Standard, table 3-11
        {"12345678\xFE"
         "12345678",
         "12345678@12345678"},
    };
    for (const auto& [bytes, expected] : cases) {
        std::string text;
        for (const char c : expected) text += c == '@' ? std::string("\xEF\xBF\xBD") : std::string(1, c);
        EXPECT_EQ(replaced(bytes), text);
        EXPECT_EQ(valid_length(replaced(bytes)), text.size());
        EXPECT_LT(valid_length(bytes), bytes.size());
    }
}

TEST(Utf8, ACutSplitsNoCharacter) {
    const std::string text = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z";  // 1 + 2 + 3 + 4 + 1 bytes
    const std::vector<std::size_t> ends = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 11};
    for (std::size_t most = 0; most < ends.size(); ++most) {
        EXPECT_EQ(cut_utf8(text, most), text.substr(0, ends[most])) << most;
    }
}

}  // namespace
}  // namespace understudy::logquery
