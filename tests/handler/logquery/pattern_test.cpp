#include "handler/logquery/pattern.hpp"

#include <gtest/gtest.h>

namespace understudy::logquery {
namespace {

bool matches(const std::string& pattern, std::string_view text) {
    Pattern compiled;
    EXPECT_EQ(Pattern::parse(pattern, compiled), wire::Status()) << pattern;
    return compiled.matches(text);
}

TEST(Pattern, IsSearchedAnywhereInTheText) {
    EXPECT_TRUE(matches("", ""));
    EXPECT_TRUE(matches("", "anything"));
    EXPECT_TRUE(matches("b+", "abbc"));
    EXPECT_FALSE(matches("^b", "abbc"));
    EXPECT_FALSE(matches("B", "abbc"));
    EXPECT_TRUE(matches("(?i)B", "abbc"));
    EXPECT_FALSE(matches("a.b", "a\nb"));
    EXPECT_TRUE(matches("(?s)a.b", "a\nb"));
    EXPECT_TRUE(matches("(?m)^b$", "a\nb"));
    EXPECT_TRUE(matches("([a-c][e-g][0-3]|[A-Z][5-9][f-w]){5,15}", "xx ae0bf1cg2A5fZ9w yy"));
    EXPECT_FALSE(matches("([a-c][e-g][0-3]|[A-Z][5-9][f-w]){5,15}", "xx ae0bf1cg2A5f yy"));
}

TEST(Pattern, CountsInCharactersOfUtf8) {
    EXPECT_TRUE(matches("^.$", "\xE2\x82\xAC"));
    EXPECT_TRUE(matches("\xEF\xBF\xBD", "a\xEF\xBF\xBD"));
    EXPECT_TRUE(matches(std::string("a\0b", 3), std::string_view("xa\0bx", 5)));
}

TEST(Pattern, AnUnreadableOneIsRefusedWithAReason) {
    for (const std::string& text :
         {std::string("("), std::string("a**"), std::string("[z-a]"), std::string("\\"), std::string("(?=a)"),
          std::string("(a)\\1"), std::string("a{1001}"), std::string("((a{100}){100}){100}"), std::string("\xFF"),
          std::string(Pattern::kLongest + 1, 'a'), std::string(40'000, '(')}) {
        Pattern pattern;
        const wire::Status status = Pattern::parse(text, pattern);
        EXPECT_EQ(status.code(), wire::Code::invalid_argument) << text.substr(0, 40);
        EXPECT_TRUE(status.message().starts_with("pattern is ")) << status.message();
        EXPECT_LT(status.message().size(), 300u);
    }
}

TEST(Pattern, AHandfulOfUnicodeClassesIsAccepted) {
    std::string classes;
    for (std::size_t i = 0; i < Pattern::kMostUnicodeClasses; ++i) classes += i % 2 ? "\\pL" : "\\P{Greek}";
    EXPECT_FALSE(matches(classes, "short"));
    Pattern pattern;
    const wire::Status status = Pattern::parse(classes + "\\pN", pattern);
    EXPECT_EQ(status.code(), wire::Code::invalid_argument);
    EXPECT_TRUE(status.message().starts_with("pattern is made of 33 Unicode classes")) << status.message();
    std::string escaped, text;
    for (int i = 0; i < 100; ++i) escaped += R"(\\p)", text += R"(\p)";
    EXPECT_TRUE(matches(escaped, text));
}

TEST(Pattern, NoneBacktracks) {
    // Each would take a backtracking library longer than the universe has been there.
    const std::string text(100'000, 'a');
    EXPECT_FALSE(matches("(a+)+$b", text));
    EXPECT_FALSE(matches("(a|aa)+b", text));
    EXPECT_FALSE(matches("(.*){20}=", text));
    EXPECT_FALSE(matches("a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?b", text));
}

}  // namespace
}  // namespace understudy::logquery
