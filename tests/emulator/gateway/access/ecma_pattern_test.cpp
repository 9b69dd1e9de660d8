#include "emulator/gateway/access/ecma_pattern.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace understudy::access::ecma_pattern_test {
namespace {

TEST(EcmaPattern, MeansWhatEcma262Does) {
    const struct {
        std::string expression;
        std::vector<std::string> met, unmet;
    } rows[] = {
        {"", {"", "a"}, {}},
        {"b", {"abc"}, {"ac"}},
        {R"(^[^@]+@[^@\s]+\.[^@\s]+$)", {"a@b.example"}, {"a@b", "a@b.c\xC2\xA0", "@b.c"}},
        {R"(^[0-9a-fA-F]{8}\-[0-9a-fA-F]{4}$)", {"0123abCD-0123"}, {"0123abCD0123"}},
        {R"(^\d{4}\/(0[1-9]|1[012])\/[\d]{2}$)", {"2026/11/28"}, {"2026-11-28", "2026/13/28"}},
        {R"(^[\w\-\.\d]+$)", {"a-b.c_1"}, {"a b", "a\\b"}},
        {R"(^[\w-.]+$)", {"a-b.c"}, {"a/b"}},
        {R"(^[a\]\[-]+$)", {"a]-["}, {"b", "\\"}},
        {R"(^[[:a]+$)", {"[:a"}, {"b]"}},
        {R"(^\u00e4\xE4\u{2}$)", {"ääuu"}, {"ää"}},
        {R"(^[\u00C0-\u017F]$)", {"ž"}, {"a"}},
        {R"(^\uD83D\uDE00[\uD83D\uDE00]$)", {"😀😀"}, {"😀"}},
        {R"(^[\u0000-\uFFFF]$)", {"a", "ä", "😀"}, {""}},
        {R"(^[^]$)", {"\n", "a"}, {"", "ab"}},
        {R"(^[]$)", {}, {"", "a"}},
        {R"(^.$)", {"a", "\t"}, {"\n", "\r", "\xE2\x80\xA8"}},
        {R"(^\s\S$)", {"\xC2\xA0x", "\xEF\xBB\xBF.", "\v1"}, {"x ", "xx"}},
        {R"(^[\s]+[\S]$)", {"\xE2\x80\x83\xE3\x80\x80x"}, {"  "}},
        {R"(^[^\s]+$)", {"ab"}, {"a\xC2\xA0"}},
        {R"(^\cJ[\b]\0\t\x41\u0042$)", {std::string("\n\b\0\tAB", 6)}, {"J"}},
        {R"(^\c$)", {"\\c"}, {"c"}},
        {R"(^\101\8$)", {"A8"}, {}},
        {R"(^\_\-\'\"\:\@\#\ \~\&\%\,\;\!\=\<\>\`$)", {R"(_-'":@# ~&%,;!=<>`)"}, {}},
        {R"(^\ä$)", {"ä"}, {}},
        {R"(^{a}{,2}]}$)", {"{a}{,2}]}"}, {"a"}},
        {R"(^(a|b)+?(?:c)*?d??$)", {"abcc", "ad"}, {"", "c"}},
        {R"(^a{2}b{1,}c{0,2}d{0}$)", {"aab", "aabbcc"}, {"ab", "aabccc", "aabd"}},
        {R"(\bab\b)", {"x ab y"}, {"xab"}},
        {R"(^\A\z$)", {"Az"}, {""}},
        {R"(^\p{2}$)", {"pp"}, {"ä"}},
        {"^a$", {"a"}, {"a\n", "\na"}},
        {"^[a-z]{1,2048}$", {std::string(2048, 'a'), "a"}, {std::string(2049, 'a'), ""}},
        {"^(?:[a-z][0-9]){1500,}$",
         {[] {
             std::string text;
             for (int i = 0; i < 1501; ++i) text += "a1";
             return text;
         }()},
         {"a1"}},
        {R"(^(?=.*[a-z])(?=.*\d)(?!.*\s).{8,16}$)", {"passw0rd"}, {"password", "passw0r", "passw 0rd", "12345678"}},
        {"^(?!-)[a-z-]+$", {"a-b"}, {"-a"}},
    };
    for (const auto& row : rows) {
        const EcmaPattern pattern(row.expression);
        EXPECT_TRUE(pattern.checks()) << row.expression << ' ' << pattern.remark();
        for (const std::string& text : row.met) EXPECT_TRUE(pattern.matches(text)) << row.expression << ' ' << text;
        for (const std::string& text : row.unmet) EXPECT_FALSE(pattern.matches(text)) << row.expression << ' ' << text;
    }
}

TEST(EcmaPattern, CountsBeyondAThousand) {
    const struct {
        std::string expression;
        std::size_t least, most;
    } rows[] = {{"^a{0,2000}$", 0, 2000},
                {"^a{1,2048}$", 1, 2048},
                {"^(?:a){999,3001}$", 999, 3001},
                {"^a{1500}$", 1500, 1500},
                {"^a{2000,}$", 2000, 100'000}};
    for (const auto& row : rows) {
        const EcmaPattern pattern(row.expression);
        ASSERT_TRUE(pattern.checks()) << row.expression;
        for (const std::size_t size : {0,    1,    998,  999,  1000, 1001, 1499, 1500, 1501, 1999,
                                       2000, 2001, 2047, 2048, 2049, 2999, 3000, 3001, 3002, 4000}) {
            EXPECT_EQ(pattern.matches(std::string(size, 'a')), size >= row.least && size <= row.most)
                << row.expression << ' ' << size;
        }
    }
}

TEST(EcmaPattern, KnowsWhatIsBeyondIt) {
    const std::string deep = std::string(1000, '(') + std::string(1000, ')');
    const struct {
        std::string_view expression, why;
    } rows[] = {
        {R"(a(?=b))", "something that looks ahead"},
        {R"(^a$|^(?!b))", "something that looks ahead"},
        {R"(^(?!a)b|c)", "alternatives behind what looks ahead"},
        {R"(^(?=a)*b)", "something that looks ahead and is repeated"},
        {R"((a)\1)", "a reference back"},
        {R"([\uD800-\uDBFF][\uDC00-\uDFFF])", "half of a pair of UTF-16"},
        {R"(\uD83D)", "half of a pair of UTF-16"},
        {"^.{0,20001}$", "so many repetitions"},
        {R"((?:a{1000}){1000})", "so many repetitions"},
        {R"(a{99999999999999999999})", "so many repetitions"},
        {deep, "groups that lie too deep"},
    };
    for (const auto& row : rows) {
        const EcmaPattern pattern{std::string(row.expression)};
        EXPECT_TRUE(pattern.valid()) << row.expression;
        EXPECT_FALSE(pattern.checks()) << row.expression;
        EXPECT_EQ(pattern.remark(), "it has " + std::string(row.why) +
                                        ", which is not emulated: it refuses nothing, where AWS checks it");
        EXPECT_TRUE(pattern.matches("anything")) << row.expression;
    }
}

TEST(EcmaPattern, KnowsWhatIsNone) {
    for (const char* expression :
         {"(",       ")",       "[",       "[a",    "a)", "*a",  "a**",      "a++",  "^*",  "a{2,1}",  "{2}", "(?i)a",
          "(?<a>b)", "(?<=a)b", "(?<!a)b", "[b-a]", "\\", "[\\", "(?P<a>b)", "(?=a", "a|*", "^(?=a)(", "\\b+"}) {
        EXPECT_FALSE(EcmaPattern(expression).valid()) << expression;
    }
}

TEST(EcmaPattern, RemarksOnLettersThatMeanSomethingElsewhere) {
    EXPECT_EQ(EcmaPattern(R"(\A[\p\d]\A\z)").remark(),
              R"(\A, \p, \z in it means the plain letter in ECMA 262, as on AWS)");
    EXPECT_EQ(EcmaPattern(R"(\d\w\s\b\/\.)").remark(), "");
}

}  // namespace
}  // namespace understudy::access::ecma_pattern_test
