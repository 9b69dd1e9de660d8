#include "emulator/source/diagnostic.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::source {
namespace {

using testing::HasSubstr;
using testing::Not;

Problem problem_at(Position position, std::uint32_t extent) {
    return Problem(ProblemCode::invalid, "wrong", "a.yaml", position).with_extent(extent);
}

std::string render(const Problem& problem, std::string_view text) {
    return render_diagnostic(problem, text, Colour::none);
}

/// The last two lines: source and carets.
std::string source_and_carets(const Problem& problem, std::string_view text) {
    const std::string all = render(problem, text);
    std::size_t begin = all.size() - 1;
    for (int i = 0; i < 2; ++i) begin = all.rfind('\n', begin - 1);
    return all.substr(begin + 1);
}

TEST(Diagnostic, HoldsNothingThatATerminalObeys) {
    for (const Position position : {Position{}, Position{1, 1}}) {
        const Problem problem =
            Problem(ProblemCode::invalid, "m\x1b", "f\x1b", position).with_hint("h\x1b").with_note("n\x1b");
        const auto text = render(problem, "a\x1b\xE2\x80\xAE\n");
        EXPECT_THAT(text, Not(HasSubstr("\x1b")));
        EXPECT_THAT(text, Not(HasSubstr("\xE2\x80\xAE")));
        for (const char* part : {"m\\x1b", "f\\x1b", "h\\x1b", "n\\x1b"}) EXPECT_THAT(text, HasSubstr(part));
    }
}

TEST(Diagnostic, ShowsPlaceLineCaretHintAndNote) {
    const Problem problem =
        Problem(ProblemCode::invalid, "unknown key 'fronst' in a scenario", "scenarios/a.yaml", {3, 3})
            .with_extent(6)
            .with_hint("did you mean 'fronts'?")
            .with_note("a scenario has the keys name, fronts, steps");
    EXPECT_EQ(render(problem, "name: x\napplication:\n  fronst: [http]\n"),
              "error: unknown key 'fronst' in a scenario\n"
              "  --> scenarios/a.yaml:3:3\n"
              "   |\n"
              " 3 |   fronst: [http]\n"
              "   |   ^^^^^^ did you mean 'fronts'?\n"
              "   = note: a scenario has the keys name, fronts, steps\n");
}

TEST(Diagnostic, WidensTheMarginForLongLineNumbers) {
    EXPECT_EQ(render(problem_at({120, 1}, 3), std::string(119, '\n') + "abc: 1\n"),
              "error: wrong\n"
              "    --> a.yaml:120:1\n"
              "     |\n"
              " 120 | abc: 1\n"
              "     | ^^^\n");
}

TEST(Diagnostic, PutsCaretsUnderTheCharactersDrawn) {
    struct Case {
        std::string_view line;
        Position position;
        std::uint32_t extent;
        std::string_view shown;
    };
    for (const auto& [line, position, extent, shown] : {
             Case{"a:\tb", {1, 4}, 1, " 1 | a:  b\n   |     ^\n"},
             Case{"\tb", {1, 2}, 1, " 1 |     b\n   |     ^\n"},
             Case{"äö: b", {1, 5}, 1, " 1 | äö: b\n   |     ^\n"},
             Case{"日本: b", {1, 5}, 1, " 1 | 日本: b\n   |       ^\n"},
             Case{"k: 日本", {1, 4}, 2, " 1 | k: 日本\n   |    ^^^^\n"},
             Case{"e\xCC\x81: b", {1, 5}, 1, " 1 | e\xCC\x81: b\n   |    ^\n"},
             Case{"a\x1b[31m: b", {1, 1}, 1, " 1 | a\xEF\xBF\xBD[31m: b\n   | ^\n"},
             Case{"a\xFF: b", {1, 2}, 1, " 1 | a\xEF\xBF\xBD: b\n   |  ^\n"},
         }) {
        EXPECT_EQ(source_and_carets(problem_at(position, extent), line), shown) << line;
    }
}

TEST(Diagnostic, UnderlinesTheWordWhereTheExtentIsNotKnown) {
    EXPECT_EQ(source_and_carets(problem_at({1, 1}, 0), "fronst: 1"), " 1 | fronst: 1\n   | ^^^^^^\n");
    EXPECT_EQ(source_and_carets(problem_at({1, 4}, 0), "a: [1]"), " 1 | a: [1]\n   |    ^\n");
    EXPECT_EQ(source_and_carets(problem_at({1, 1}, 0), "größe: 1"), " 1 | größe: 1\n   | ^^^^^\n");
}

TEST(Diagnostic, UnderlinesNoMoreThanItsLine) {
    EXPECT_EQ(source_and_carets(problem_at({1, 4}, 900), "a: [1,\n 2]"), " 1 | a: [1,\n   |    ^^^\n");
}

TEST(Diagnostic, PointsBehindTheEndOfALine) {
    EXPECT_EQ(source_and_carets(problem_at({1, 3}, 0), "a:\n"), " 1 | a:\n   |   ^\n");
    EXPECT_EQ(source_and_carets(problem_at({1, 1}, 0), ""), " 1 | \n   | ^\n");
    EXPECT_EQ(source_and_carets(problem_at({1, 77}, 5), "a:\r\n"), " 1 | a:\n   |   ^\n");
}

TEST(Diagnostic, CutsALongLineAroundTheCaret) {
    const std::string line = "text: " + std::string(1000, 'x') + " WRONG " + std::string(1000, 'y');
    const std::string shown = source_and_carets(problem_at({1, 1008}, 5), line);
    EXPECT_EQ(shown, " 1 | …" + std::string(32, 'x') + " WRONG " + std::string(61, 'y') + "…\n   | " +
                         std::string(34, ' ') + "^^^^^\n");
}

TEST(Diagnostic, KeepsTheEndOfALongLineInView) {
    const std::string line = std::string(500, 'x') + "END";
    const std::string shown = source_and_carets(problem_at({1, 501}, 3), line);
    EXPECT_EQ(shown, " 1 | …" + std::string(97, 'x') + "END\n   | " + std::string(98, ' ') + "^^^\n");
}

TEST(Diagnostic, KeepsTheBeginOfALongLineInView) {
    const std::string line = "BEGIN" + std::string(500, 'x');
    EXPECT_EQ(source_and_carets(problem_at({1, 1}, 200), line),
              " 1 | BEGIN" + std::string(95, 'x') + "…\n   | " + std::string(100, '^') + "\n");
}

TEST(Diagnostic, WithoutAPositionShowsNoSource) {
    const Problem problem =
        Problem(ProblemCode::not_found, "no such file", "a.yaml", {}).with_hint("look again").with_note("sorry");
    EXPECT_EQ(render(problem, "a: 1\n"),
              "error: no such file\n  --> a.yaml\n   = hint: look again\n   = note: sorry\n");
    EXPECT_EQ(render(Problem(ProblemCode::not_found, "nothing"), ""), "error: nothing\n");
}

TEST(Diagnostic, WithAPositionOutsideTheTextShowsNoSource) {
    EXPECT_EQ(render(problem_at({9, 1}, 1), "a: 1"), "error: wrong\n  --> a.yaml:9:1\n");
}

TEST(Diagnostic, IsColouredOnlyWhenAsked) {
    const Problem problem = problem_at({1, 1}, 1).with_hint("so");
    const std::string plain = render_diagnostic(problem, "a: 1", Colour::none);
    EXPECT_THAT(plain, Not(HasSubstr("\x1b")));
    std::string coloured = render_diagnostic(problem, "a: 1", Colour::ansi);
    EXPECT_THAT(coloured, HasSubstr("\x1b[1;31merror\x1b[0m"));
    EXPECT_THAT(coloured, HasSubstr("\x1b[1;31m^ so\x1b[0m"));
    for (std::size_t at = coloured.find('\x1b'); at != std::string::npos; at = coloured.find('\x1b')) {
        coloured.erase(at, coloured.find('m', at) - at + 1);
    }
    EXPECT_EQ(coloured, plain);
}

TEST(Diagnostics, AreCountedAndTheFirstTwentyShown) {
    const auto text_of = [](const std::string& file) { return file == "a.yaml" ? "a: 1" : ""; };
    const auto render_several = [&text_of](std::size_t count) {
        Problems problems;
        for (std::size_t i = 0; i < count; ++i) problems.push_back(problem_at({1, 1}, 1));
        return render_diagnostics(problems, text_of, Colour::none);
    };
    const std::string one = "error: wrong\n  --> a.yaml:1:1\n   |\n 1 | a: 1\n   | ^\n";
    EXPECT_EQ(render_several(1), one);
    EXPECT_EQ(render_several(2), one + '\n' + one + "\n2 errors\n");
    const std::string many = render_several(33);
    EXPECT_THAT(many, HasSubstr("\n33 errors, of which the first 20 are shown\n"));
    EXPECT_EQ(many.size(), render_several(20).size() + std::string(", of which the first 20 are shown").size());
}

}  // namespace
}  // namespace understudy::source
