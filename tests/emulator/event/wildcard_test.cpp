#include "emulator/event/wildcard.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace understudy::event::wildcard_test {
namespace {

TEST(Wildcard, StarsAndQuestionMarks) {
    struct Row {
        std::string_view pattern, text;
        bool matches;
    };
    const Row rows[] = {
        {"", "", true},
        {"", "a", false},
        {"*", "", true},
        {"*", "abc", true},
        {"?", "", false},
        {"?", "a", true},
        {"a*c", "abbbc", true},
        {"a*c", "abbb", false},
        {"a*b*c", "aXbYbZc", true},
        {"*.jpg", "x.jpg.jpg", true},
        {"a?c", "abc", true},
        {"a?c", "ac", false},
        {R"(\*)", "*", true},
        {R"(\*)", "a", false},
        {R"(\?)", "?", true},
        {R"(\?)", "a", false},
        {R"(\a)", R"(\a)", true},
        {"/api/*", "/api/", true},
        {"/api/*", "/API/x", false},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(matches_wildcards(row.pattern, row.text, Wildcards::escapable), row.matches)
            << row.pattern << ' ' << row.text;
    }
    EXPECT_TRUE(matches_wildcards("*.Example.com", "a.eXample.COM", Wildcards::escapable_any_case));
}

TEST(Wildcard, ManyStarsTakeNoExponentialTime) {
    std::string pattern;
    for (int i = 0; i < 200; ++i) pattern += "a*";
    EXPECT_FALSE(matches_wildcards(pattern + 'b', std::string(5'000, 'a'), Wildcards::escapable));
}

TEST(Wildcard, InPlainPatternsABackslashIsACharacterAsAny) {
    EXPECT_TRUE(matches_wildcards(R"(\*)", R"(\x)", Wildcards::plain));
    EXPECT_FALSE(matches_wildcards(R"(\*)", "*", Wildcards::plain));
}

}  // namespace
}  // namespace understudy::event::wildcard_test
