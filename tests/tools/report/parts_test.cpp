#include "emulator/source/shell_word.hpp"
#include "tests/support/program.hpp"
#include "tests/tools/report/sample_run.hpp"
#include "tools/report/command_marks.hpp"
#include "tools/report/curl.hpp"
#include "tools/report/hex_dump.hpp"
#include "tools/report/json.hpp"
#include "tools/report/line_diff.hpp"
#include "tools/report/text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::report {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

TEST(CommandMarks, AreBrokenWhereACiLooksForThem) {
    EXPECT_EQ(break_command_marks("a::b\n  ::set-output name=x::y\r::stop-commands::z"),
              "a::b\n  \\x3a:set-output name=x::y\r\\x3a:stop-commands::z");
    EXPECT_EQ(break_command_marks("\xC2\xA0\xE2\x80\xA8::debug::"), "\xC2\xA0\xE2\x80\xA8\\x3a:debug::");
    EXPECT_EQ(break_command_marks("a ##[error]b ###[x] ##vso[task]"), "a #\\x23[error]b ##\\x23[x] #\\x23vso[task]");
}

TEST(CommandMarks, OtherTextStaysAsItIs) {
    const std::string text = "# [a] ## b ##c d[e] :: f\n: :g\n##";
    EXPECT_EQ(break_command_marks(text), text);
}

TEST(HexDump, HasOffsetsTwoHalvesAndText) {
    EXPECT_EQ(render_hex_dump("hello, world and more", std::nullopt, 64),
              "00000000  68 65 6c 6c 6f 2c 20 77  6f 72 6c 64 20 61 6e 64  |hello, world and|\n"
              "00000010  20 6d 6f 72 65                                    | more|\n");
    EXPECT_EQ(render_hex_dump("", std::nullopt, 64), render_hex_dump("", std::nullopt, 16));
}

TEST(HexDump, TheMarkStandsUnderItsByte) {
    const auto dump = render_hex_dump("0123456789", 9, 64);
    EXPECT_THAT(dump, HasSubstr("|0123456789|\n" + std::string(10 + 9 * 3 + 1, ' ') + "^^ decoding stopped here\n"));
}

TEST(HexDump, AMarkBehindTheLastByteIsShownToo) {
    EXPECT_THAT(render_hex_dump("ab", 2, 64), HasSubstr("\n" + std::string(16, ' ') + "^^ decoding stopped here\n"));
    EXPECT_THAT(render_hex_dump(std::string(16, 'a'), 16, 64), HasSubstr("^^ decoding stopped here, at the end\n"));
}

TEST(HexDump, OfManyBytesThoseAroundTheMarkAreShown) {
    const auto dump = render_hex_dump(std::string(1000, 'a'), 500, 64);
    EXPECT_THAT(dump, HasSubstr("(464 bytes before these)\n000001d0"));
    EXPECT_THAT(dump, HasSubstr("^^ decoding stopped here"));
    EXPECT_THAT(dump, HasSubstr("(472 bytes behind these)\n"));
}

TEST(Curl, SendsBinaryBodiesThroughBase64AndTextAsItIs) {
    auto step = make_step();
    EXPECT_EQ(to_curl(step, 100).command,
              "echo CAA= | base64 -d | curl -sSig --path-as-is -H 'Content-Type: application/proto' -H Accept: -H "
              "User-Agent: --data-binary @- http://127.0.0.1:3000/shop.Shop/Order");
    step.sent->body = R"({"a":"it's"})";
    EXPECT_THAT(to_curl(step, 100).command, HasSubstr(R"( --data-raw '{"a":"it'\''s"}' )"));
    EXPECT_THAT(to_curl(step, 5).command, HasSubstr(" --data-binary @body.bin "));
    EXPECT_THAT(to_curl(step, 5).note, HasSubstr("body.bin: the request's 12 bytes"));
    step.sent->body = "a 100%\n  b\\n\n";
    EXPECT_THAT(to_curl(step, 100).command, testing::StartsWith(R"(printf 'a 100%%\n  b\\n\n' | curl )"));
}

TEST(Curl, NamesTheMethodWhereCurlWouldTakeAnother) {
    auto step = make_step();
    step.sent->method = "GET";
    EXPECT_THAT(to_curl(step, 100).command, HasSubstr(" -X GET "));
    step.sent->body.clear();
    EXPECT_THAT(to_curl(step, 100).command, Not(HasSubstr("-X")));
    step.sent->method = "HEAD";
    EXPECT_THAT(to_curl(step, 100).command, HasSubstr(" --head "));
}

TEST(Curl, CallsWhatRunsElsewhereThere) {
    auto step = make_step();
    step.observed = false;
    step.sent->base_url = "https://example.test/prod";
    const auto line = to_curl(step, 100);
    EXPECT_THAT(line.command, testing::EndsWith(" https://example.test/prod/shop.Shop/Order"));
    EXPECT_EQ(line.note, "");
    step.sent->masked = true;
    EXPECT_EQ(to_curl(step, 100).note, "*** stands for a secret");
    step.observed = true;
    step.sent->addressee = scenario::Addressee::lambda_api;
    EXPECT_THAT(to_curl(step, 100).command, HasSubstr("http://127.0.0.1:3001/"));
}

TEST(Curl, AHeaderLineMayBeEmpty) {
    auto step = make_step();
    step.sent->headers = {{"X-Empty", ""}, {"accept", "a/b"}, {"user-agent", "u"}};
    EXPECT_THAT(to_curl(step, 100).command,
                HasSubstr("-H 'X-Empty;' -H 'accept: a/b' -H 'user-agent: u' -H Content-Type:"));
}

TEST(Curl, AShellReadsEachWordAsItWas) {
    for (const std::string word : {"plain", "it's", "", "a b", "$HOME `id` \"\\n\" !1 *", "-x", "é\n#"}) {
        const auto ended = test::run_file("/bin/sh", {"-c", "printf %s " + source::to_shell_word(word)}, {});
        EXPECT_EQ(ended.out, word);
    }
}

TEST(LineDiff, JsonIsBrokenIntoLines) {
    EXPECT_EQ(to_pretty(R"({"a":[1,{}],"b":"x,{\"y\":1}","c":[]})"),
              "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": \"x,{\\\"y\\\":1}\",\n  \"c\": []\n}\n");
    EXPECT_EQ(to_pretty(R"({"a":a text that matches /}]/,…})").front(), '{');
    EXPECT_EQ(to_pretty("\"open"), "\"open\n");
}

std::vector<DiffLine> diff(std::string_view expected, std::string_view received, const std::string& path) {
    const std::vector<match::Difference> differences{{path, "1", "2", {}}};
    return to_line_diff(to_pretty(expected), to_pretty(received), differences);
}

TEST(LineDiff, WhatDiffersIsMarkedAndWhatIsAskedInOtherWordsIsNot) {
    EXPECT_THAT(diff(R"({"a":1,"b":anything,"c":3})", R"({"a":2,"b":9,"c":3})", "a"),
                ElementsAre(DiffLine{Side::both, "{"}, DiffLine{Side::expected, "  \"a\": 1,"},
                            DiffLine{Side::received, "  \"a\": 2,"}, DiffLine{Side::met, "  \"b\": 9,"},
                            DiffLine{Side::both, "  \"c\": 3"}, DiffLine{Side::both, "}"}));
}

TEST(LineDiff, ALastMemberWithoutACommaIsTheSame) {
    EXPECT_THAT(diff(R"({"a":1})", R"({"a":1,"b":2})", "b"),
                ElementsAre(DiffLine{Side::both, "{"}, DiffLine{Side::both, "  \"a\": 1,"},
                            DiffLine{Side::received, "  \"b\": 2"}, DiffLine{Side::both, "}"}));
}

TEST(LineDiff, WhereAWholePartDiffersEachOfItsLinesMay) {
    EXPECT_THAT(diff("[]", R"([{"x":1}])", "[0]"), testing::Contains(DiffLine{Side::received, "    \"x\": 1"}));
}

TEST(LineDiff, LongTextsThatHaveLittleInCommonAreNotCompared) {
    std::string left;
    std::string right;
    for (int i = 0; i < 3000; ++i) {
        left += "a" + std::to_string(i) + '\n';
        right += "b" + std::to_string(i) + '\n';
    }
    const auto lines = to_line_diff(left, right, {});
    ASSERT_EQ(lines.size(), 6000U);
    EXPECT_EQ(lines.front().side, Side::expected);
    EXPECT_EQ(lines.back().side, Side::received);
}

TEST(Json, EscapesAndReplaces) {
    EXPECT_EQ(to_json("a\"\\\n\t\x01\xff é"), "\"a\\\"\\\\\\n\\u0009\\u0001\xEF\xBF\xBD é\"");
    EXPECT_EQ(JsonObject().text("a", "b").number("n", 5).raw("l", to_json(std::vector<std::string>{"x"})).str(),
              R"({"a":"b","n":5,"l":["x"]})");
    EXPECT_EQ(JsonObject().str(), "{}");
}

TEST(ReportText, TimesAreWrittenAsTheFormatsWantThem) {
    EXPECT_EQ(to_seconds(std::chrono::microseconds(1'234'567)), "1.235");
    EXPECT_EQ(to_milliseconds(std::chrono::microseconds(1'500)), "2 ms");
}

TEST(ReportText, TitlesTellRunsApart) {
    auto run = make_run({});
    run.labels = {{"tolerance", "1s"}};
    run.repetition = 1;
    EXPECT_EQ(to_title(run), "an order [rest, tolerance=1s, repetition 1]");
}

TEST(ReportText, PlainTextHasNoControlCharacters) {
    EXPECT_TRUE(is_plain_text("a\tb\r\né"));
    EXPECT_FALSE(is_plain_text("a\x1b"));
    EXPECT_FALSE(is_plain_text("\xff"));
    EXPECT_EQ(cut("aéb", 2), "a… (3 more bytes)");
}

}  // namespace
}  // namespace understudy::report
