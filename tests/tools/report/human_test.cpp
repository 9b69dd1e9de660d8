#include "tools/report/human.hpp"

#include "tests/tools/report/sample_run.hpp"
#include "tools/report/junit.hpp"
#include "tools/report/summary.hpp"
#include "tools/report/text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::report {
namespace {

using source::Colour;
using testing::HasSubstr;
using testing::Not;

std::string told(const scenario::RunResult& run) {
    return render_run(run, Colour::none);
}

TEST(HumanReport, ARunThatPassedIsOneLine) {
    EXPECT_EQ(told(make_run({make_step()})), "✓ an order  rest  5 ms\n");
}

TEST(HumanReport, ColourIsUsedWhereItIsAskedFor) {
    EXPECT_THAT(render_run(make_run({make_step()}), Colour::ansi), HasSubstr("\x1b[32m✓\x1b[0m an order"));
    EXPECT_THAT(told(make_broken_run()), Not(HasSubstr("\x1b")));
}

TEST(HumanReport, AFailedRunShowsTheDifferenceBothSidesAndTheLog) {
    const auto text = told(make_run({make_failed_step()}));
    EXPECT_THAT(text, HasSubstr("✗ an order  rest  5 ms\n"));
    EXPECT_THAT(text, HasSubstr("  step 1, Order, 1 ms\n"));
    EXPECT_THAT(text, HasSubstr("error: int32: expected 6, got 5\n"));
    EXPECT_THAT(text, HasSubstr("shop.yaml:7:34"));
    EXPECT_THAT(text, HasSubstr("expect: { response: { int32: 6 } }\n     |                                  ^\n"));
    EXPECT_THAT(text, HasSubstr("  request   {\"int32\":0}\n"));
    EXPECT_THAT(text, HasSubstr("  expected  {\"int32\":6,"));
    EXPECT_THAT(text, HasSubstr("  reply     HTTP 200 application/proto, 2 bytes\n"));
    EXPECT_THAT(text, HasSubstr("  received  {\"int32\":5,"));
    EXPECT_THAT(text, HasSubstr("  log       START RequestId: 1\n            hello\n"));
    EXPECT_THAT(text, HasSubstr("  repeat    echo CAA= | base64 -d | curl "));
    EXPECT_THAT(text, HasSubstr("            (while 'understudy serve' runs the function)\n"));
}

TEST(HumanReport, AStepWithANameShowsItsMethodToo) {
    auto step = make_failed_step();
    step.name = "first";
    step.tries = 2;
    EXPECT_THAT(told(make_run({step})), HasSubstr("step 1, first (shop.Shop/Order), 2 tries, 1 ms"));
}

// What a name makes of the line must not look like another run's.
TEST(HumanReport, NamesWithLineBreaksAndTabsStayInTheirLine) {
    auto step = make_failed_step();
    step.name = "first\nstep 2";
    auto run = make_run({step});
    run.scenario = "an\torder\n✓ another";
    run.labels = {{"a", "b\nc"}};
    EXPECT_THAT(told(run), HasSubstr("✗ an order ✓ another  rest  a=b c  5 ms\n"));
    EXPECT_THAT(told(run), HasSubstr("  step 1, first step 2 (shop.Shop/Order), 1 ms\n"));
    EXPECT_THAT(render_junit(std::vector{run}, {}), HasSubstr("step 1, first step 2 (shop.Shop/Order), failed"));
    Summary summary;
    summary.flaky = {to_title(run)};
    EXPECT_THAT(render_summary(summary, Colour::none), HasSubstr("flaky: an order ✓ another [rest, a=b c]\n"));
    run.expected_failure = "known\nbug";
    EXPECT_THAT(told(run), HasSubstr("  failed, as expected: known bug\n"));
}

TEST(HumanReport, StepsAreNumberedInTheirPhase) {
    auto setup = make_step();
    setup.phase = scenario::Phase::setup;
    EXPECT_THAT(told(make_run({setup, make_step(), make_failed_step()})), HasSubstr("step 2, Order"));
}

TEST(HumanReport, AnUndecodableReplyIsShownInHexWithThePlaceAndTheHint) {
    auto step = make_failed_step();
    step.received->body = "UgMKAWE=";
    step.received->response.clear();
    step.received->undecodable = "the body is no shop.Everything";
    step.received->undecodable_at = 2;
    step.hints = {"the body is the message as base64 text"};
    const auto text = told(make_run({step}));
    EXPECT_THAT(text, HasSubstr("  bytes     00000000  55 67 4d 4b 41 57 45 3d  "));
    EXPECT_THAT(text, HasSubstr("|UgMKAWE=|\n                            ^^ decoding stopped here\n"));
    EXPECT_THAT(text, HasSubstr("  hint      the body is the message as base64 text"));
}

TEST(HumanReport, AStackTraceWithCarriageReturnsIsShownInLines) {
    auto step = make_failed_step();
    step.log = {"E: no\rTraceback:\r  File", "next", ""};
    EXPECT_THAT(told(make_run({step})),
                HasSubstr("  log       E: no\n            Traceback:\n              File\n            next\n"));
}

TEST(HumanReport, AdviceOfTheEmulatorIsAHintAndNotALineOfTheLog) {
    auto step = make_failed_step();
    step.log = {"hello", "advice: decode it", "bye"};
    EXPECT_THAT(told(make_run({step})), HasSubstr("  hint      decode it\n  log       hello\n            bye\n"));
}

TEST(HumanReport, ARequestOfOtherBytesIsShownInHex) {
    auto step = make_failed_step();
    step.request = std::string("\x0a\x06\x00", 3);
    EXPECT_THAT(told(make_run({step})), HasSubstr("  request   00000000  0a 06 00"));
}

TEST(HumanReport, TheEventIsShownWhereItDiffers) {
    auto step = make_failed_step();
    EXPECT_THAT(told(make_run({step})), Not(HasSubstr("  event  ")));
    step.differences[0].path = "event.version";
    EXPECT_THAT(told(make_run({step})), HasSubstr("  event     {\"version\":\"2.0\"}\n"));
}

TEST(HumanReport, AReplyThatDidNotComeIsAnError) {
    EXPECT_THAT(told(make_run({make_lost_step()})), HasSubstr("error: no reply to POST"));
}

TEST(HumanReport, LongListsOfDifferencesAndLongValuesAreCut) {
    auto step = make_failed_step();
    step.differences.resize(100, step.differences[0]);
    step.log = {std::string(5000, 'x')};
    const auto text = told(make_run({step}));
    EXPECT_THAT(text, HasSubstr("and 90 more"));
    EXPECT_THAT(text, HasSubstr("x… (3000 more bytes)"));
}

TEST(HumanReport, NoLineOfALogMovesTheCursor) {
    auto step = make_failed_step();
    step.log = {"\x1b[2Jgone \xff\r"};
    step.differences[0].where = source::Problem(source::ProblemCode::invalid, "got \x1b[31m");
    const auto text = told(make_run({step}));
    EXPECT_THAT(text, HasSubstr("\\x1b[2Jgone \\xff\\x0d"));
    EXPECT_THAT(text, Not(HasSubstr("\x1b")));
}

TEST(HumanReport, AFlakyRunSaysSoAndWhatFailedBefore) {
    const auto text = told(make_flaky_run());
    EXPECT_THAT(text, HasSubstr("~ an order  rest  5 ms\n  flaky: passed at attempt 2, after this\n\n  step 1, Order"));
    EXPECT_THAT(text, HasSubstr("int32: expected 6, got 5\n"));
}

TEST(HumanReport, AnExpectedFailureIsOneLineMore) {
    auto run = make_run({make_failed_step()});
    run.expected_failure = "not yet";
    EXPECT_EQ(told(run), "✓ an order  rest  5 ms\n  failed, as expected: not yet\n");
    run.steps = {make_step()};
    EXPECT_THAT(told(run), HasSubstr("  error: passed, and was expected to fail: not yet\n"));
}

TEST(HumanReport, TheSummaryCounts) {
    std::vector<scenario::RunResult> runs{make_run({make_step()})};
    EXPECT_EQ(render_summary(to_summary(runs), Colour::none), "1 run of 1 scenario: 1 passed (0.01 s)\n");
    runs.push_back(make_run({make_failed_step()}));
    runs.push_back(make_broken_run());
    runs.push_back(make_flaky_run());
    EXPECT_EQ(render_summary(to_summary(runs), Colour::none),
              "flaky: an order [rest]\n4 runs of 1 scenario: 1 passed, 1 flaky, 1 failed, 1 could not run (0.02 s)\n");
}

}  // namespace
}  // namespace understudy::report
