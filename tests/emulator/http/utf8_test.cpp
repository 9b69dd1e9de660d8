#include "emulator/http/utf8.hpp"

#include <gtest/gtest.h>

namespace understudy::http::utf8_test {
namespace {

TEST(Utf8, WellFormedSequencesAreOneStep) {
    for (const std::string_view text :
         {"a", "\xC2\x80", "\xC3\xA9", "\xDF\xBF", "\xE0\xA0\x80", "\xE2\x98\x95", "\xED\x9F\xBF", "\xEE\x80\x80",
          "\xEF\xBF\xBD", "\xF0\x90\x80\x80", "\xF0\x9F\x98\x80", "\xF4\x8F\xBF\xBF"}) {
        EXPECT_EQ(utf8_step(text), (Utf8Step{text.size(), true})) << text;
    }
    EXPECT_EQ(utf8_step(std::string_view("\0", 1)), (Utf8Step{1, true}));
}

TEST(Utf8, MaximalSubpartsBecomeOneReplacement) {
    struct Row {
        std::string_view text;
        std::string_view replaced;
        std::size_t bytes;
    };
    const Row rows[] = {
        {"\x80", "\xEF\xBF\xBD", 1},
        {"\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD", 2},                                  // overlong
        {"\xE0\x80\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", 3},                  // overlong
        {"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", 3},                  // a surrogate
        {"\xF4\x90\x80\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", 4},  // behind U+10FFFF
        {"\xF5x", "\xEF\xBF\xBDx", 1},
        {"\xE2\x98", "\xEF\xBF\xBD", 2},      // truncated by the end
        {"\xE2\x98x", "\xEF\xBF\xBDx", 2},    // truncated by a letter
        {"\xF0\x9F\x98", "\xEF\xBF\xBD", 3},  //
        {"\xF0\x9Fxy", "\xEF\xBF\xBDxy", 2},  //
        {"\xE2\xE2\x98\x95", "\xEF\xBF\xBD\xE2\x98\x95", 1},
        {"12345678\xFF"
         "12345678\xFE",
         "12345678\xEF\xBF\xBD"
         "12345678\xEF\xBF\xBD",
         2},
    };
    for (const Row& row : rows) {
        const auto replaced = replace_invalid_utf8(row.text);
        ASSERT_TRUE(replaced.has_value()) << testing::PrintToString(std::string(row.text));
        EXPECT_EQ(replaced->text, row.replaced);
        EXPECT_FALSE(is_utf8(row.text));
        EXPECT_EQ(replaced->bytes, row.bytes) << testing::PrintToString(std::string(row.text));
    }
}

TEST(Utf8, TextThatIsUtf8StaysAsItIs) {
    for (const std::string_view text :
         {"", "plain", "long enough for a word or two", "\xE2\x98\x95 coffee", "eight by\xC3\xA9te and more"}) {
        EXPECT_FALSE(replace_invalid_utf8(text).has_value()) << text;
        EXPECT_TRUE(is_utf8(text)) << text;
    }
}

}  // namespace
}  // namespace understudy::http::utf8_test
