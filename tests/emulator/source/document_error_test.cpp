#include "emulator/source/diagnostic.hpp"
#include "emulator/source/document.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace understudy::source {
namespace {

using testing::HasSubstr;

Problem fail(std::string_view text) {
    const auto document = parse_document(text, "a.yaml");
    return document ? Problem() : document.error();
}

std::string repeat(std::string_view text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

TEST(DocumentError, NamesPlaceAndReason) {
    struct Case {
        std::string_view text;
        ProblemCode code;
        Position position;
        std::string_view message;
    };
    for (const auto& [text, code, position, message] : {
             Case{"a: \"x\nb: 1\n", ProblemCode::malformed, {1, 4}, "the quoted text that begins here never ends"},
             Case{"ä: 'x", ProblemCode::malformed, {1, 4}, "the quoted text that begins here never ends"},
             Case{"a: [1, 2\n", ProblemCode::malformed, {2, 1}, "did not find expected ',' or ']'"},
             Case{"a: {b: 1\n", ProblemCode::malformed, {2, 1}, "did not find expected ',' or '}'"},
             Case{"a:\n\tb: 1\n", ProblemCode::malformed, {2, 1}, "found character that cannot start any token"},
             Case{"a: @b\n", ProblemCode::malformed, {1, 4}, "found character that cannot start any token"},
             Case{"a: b: c\n", ProblemCode::malformed, {1, 5}, "mapping values are not allowed in this context"},
             Case{"a: 1\n b: 2\n", ProblemCode::malformed, {2, 3}, "mapping values are not allowed in this context"},
             Case{"a: 1\nb\n", ProblemCode::malformed, {3, 1}, "could not find expected ':'"},
             Case{"a: \"\\q\"\n", ProblemCode::malformed, {1, 5}, "found unknown escape character"},
             Case{"a: \"\\ud800\"\n", ProblemCode::malformed, {1, 7}, "found invalid Unicode character escape code"},
             Case{"ä: b\xFF", ProblemCode::malformed, {1, 5}, "the byte 0xFF is not UTF-8"},
             Case{"a: \xC3(", ProblemCode::malformed, {1, 4}, "the byte 0xC3 is not UTF-8"},
             Case{"\xFF\xFE"
                  "a",
                  ProblemCode::malformed,
                  {1, 1},
                  "the text is in UTF-16"},
             Case{"a: \x07", ProblemCode::malformed, {1, 4}, "the character U+0007 is not allowed in YAML"},
             Case{std::string_view("a: \0", 4),
                  ProblemCode::malformed,
                  {1, 4},
                  "the character U+0000 is not allowed in YAML"},
             Case{"a: \xEF\xBB\xBF", ProblemCode::malformed, {1, 4}, "the character U+FEFF is not allowed in YAML"},
             Case{"a: 1\nb: 2\na: 3\n", ProblemCode::invalid, {3, 1}, "duplicate key 'a'"},
             Case{"{a: 1, 'a': 2}", ProblemCode::invalid, {1, 8}, "duplicate key 'a'"},
             Case{"{<<: {}, <<: {}}", ProblemCode::invalid, {1, 10}, "duplicate key '<<'"},
             Case{"a: 1\n---\nb: 2\n", ProblemCode::invalid, {2, 1}, "a second document begins here"},
             Case{"[a]: 1\n", ProblemCode::invalid, {1, 1}, "a key must be a text"},
             Case{"? {a: b}\n: 1\n", ProblemCode::invalid, {1, 3}, "a key must be a text"},
             Case{"?\n: 1\n", ProblemCode::invalid, {1, 2}, "a key is missing here"},
             Case{"a: *x\n", ProblemCode::invalid, {1, 4}, "no anchor 'x' before this alias"},
             Case{"a: &x [1, *x]\n", ProblemCode::invalid, {1, 11}, "the alias 'x' lies inside its own anchor"},
             Case{"a: &x {b: {c: *x}}\n", ProblemCode::invalid, {1, 15}, "the alias 'x' lies inside its own anchor"},
             Case{"a: &x {<<: *x}\n", ProblemCode::invalid, {1, 12}, "the alias 'x' lies inside its own anchor"},
             Case{"<<: 1\n",
                  ProblemCode::invalid,
                  {1, 5},
                  "the merge key '<<' takes a mapping, or a sequence of mappings"},
             Case{"<<: [{a: 1}, 2]\n",
                  ProblemCode::invalid,
                  {1, 5},
                  "the merge key '<<' takes a mapping, or a sequence of mappings"},
         }) {
        EXPECT_EQ(fail(text), Problem(code, std::string(message), "a.yaml", position)
                                  .with_extent(fail(text).extent())
                                  .with_hint(fail(text).hint())
                                  .with_note(fail(text).note()))
            << text;
    }
}

TEST(DocumentError, NamesBothPlacesOfADuplicateKey) {
    const std::string_view text = "name: x\nsteps: []\nname: y\n";
    EXPECT_EQ(render_diagnostic(fail(text), text, Colour::none),
              "error: duplicate key 'name'\n"
              "  --> a.yaml:3:1\n"
              "   |\n"
              " 3 | name: y\n"
              "   | ^^^^\n"
              "   = note: the key was first given at a.yaml:1:1\n");
}

TEST(DocumentError, SaysWhereTheBrokenThingBegan) {
    EXPECT_EQ(fail("a:\n  - [1, 2\nb: 3\n").note(), "while parsing a flow sequence that begins at line 2, column 5");
}

TEST(DocumentError, SaysWhatHelps) {
    EXPECT_EQ(fail("a:\n\tb: 1\n").hint(), "indent with spaces, not with tabs");
    EXPECT_EQ(fail("a: `b`\n").hint(), "quote text that begins with this character");
    EXPECT_EQ(fail("a: b: c\n").hint(), "quote the text if this colon belongs to it");
    EXPECT_EQ(fail("a: \x07").hint(), "write it as \\u0007 between double quotes");
    EXPECT_EQ(fail("\xFE\xFF").hint(), "save it as UTF-8");
    EXPECT_EQ(fail("---\na\n---\nb").hint(), "put it into a file of its own");
}

TEST(DocumentError, DepthIsBounded) {
    const auto nested = [](int depth) { return repeat("[", depth) + repeat("]", depth); };
    EXPECT_EQ(fail(nested(256)).code(), ProblemCode::none);
    const Problem problem = fail(nested(257));
    EXPECT_EQ(problem.code(), ProblemCode::too_large);
    EXPECT_EQ(problem.message(), "nested more than 256 deep");
    EXPECT_EQ(problem.position(), (Position{1, 257}));
    EXPECT_EQ(fail(repeat("[", 100'000)).code(), ProblemCode::too_large);
    EXPECT_EQ(fail(repeat("{a: ", 100'000)).code(), ProblemCode::too_large);
    EXPECT_EQ(fail(repeat("- ", 100'000)).code(), ProblemCode::too_large);
}

TEST(DocumentError, DepthCountsThroughAliases) {
    const std::string anchored = "a: &x " + repeat("[", 150) + repeat("]", 150) + "\n";
    EXPECT_EQ(fail(anchored + "b: " + repeat("[", 105) + "*x" + repeat("]", 105)).code(), ProblemCode::none);
    EXPECT_EQ(fail(anchored + "b: " + repeat("[", 106) + "*x" + repeat("]", 106)).code(), ProblemCode::too_large);
    const std::string merged = "a: &x {k: " + repeat("[", 150) + repeat("]", 150) + "}\n";
    EXPECT_EQ(fail(merged + "b: " + repeat("[", 150) + "{<<: *x}" + repeat("]", 150)).code(), ProblemCode::too_large);
}

TEST(DocumentError, AliasesCannotMultiplyWithoutBound) {
    std::string bomb = "a0: &a0 [x]\n";
    for (int i = 1; i < 30; ++i) {
        const std::string before = "*a" + std::to_string(i - 1);
        bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before + ", " + before + "]\n";
    }
    const Problem problem = fail(bomb);
    EXPECT_EQ(problem.code(), ProblemCode::too_large);
    EXPECT_EQ(problem.message(), "the text holds more than 1000000 values, aliases expanded");
    EXPECT_GT(problem.position().line, 10U);
}

TEST(DocumentError, AliasesCannotMultiplyLongText) {
    const std::string bomb = "- &a " + std::string(1 << 20, 'x') + "\n" + repeat("- *a\n", 1000);
    EXPECT_EQ(fail(bomb).code(), ProblemCode::too_large);
}

TEST(DocumentError, MergesCannotMultiplyWithoutBound) {
    std::string base = "base: &b {";
    for (int i = 0; i < 1000; ++i) base += "k" + std::to_string(i) + ": 1, ";
    base += "}\n";
    EXPECT_EQ(fail(base + "merged: [" + repeat("{<<: *b}, ", 400) + "]\n").code(), ProblemCode::too_large);
    EXPECT_EQ(fail(base + "merged: {<<: [" + repeat("*b, ", 600) + "]}\n").code(), ProblemCode::too_large);
    // Nothing is added by the later bases, and yet looking at them is work.
    EXPECT_EQ(fail(base + "bases: &l [" + repeat("*b, ", 100) + "]\nmerged: [" + repeat("{<<: *l}, ", 10) + "]").code(),
              ProblemCode::too_large);
}

TEST(DocumentError, SizeIsBounded) {
    const Problem problem = fail(std::string(kMaxBytes + 1, ' '));
    EXPECT_EQ(problem.code(), ProblemCode::too_large);
    EXPECT_EQ(problem.message(), "the text is larger than 64 MiB");
}

TEST(DocumentError, NeverCrashesOnTruncatedText) {
    const std::string_view text =
        "%YAML 1.2\n---\na: &x [1, \"\\ud83d\\ude00\", 'q', {b: *x}]\nc: !Sub |2-\n    lit\n<<: {d: >\n e}\n? k\n: "
        "\xC3\xA4\n...\n";
    for (std::size_t size = 0; size <= text.size(); ++size) {
        for (std::size_t begin = 0; begin < size; begin += 7)
            (void)parse_document(text.substr(begin, size - begin), "a.yaml");
    }
}

}  // namespace
}  // namespace understudy::source
