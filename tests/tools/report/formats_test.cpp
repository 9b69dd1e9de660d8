#include "tests/support/program.hpp"
#include "tests/tools/report/sample_run.hpp"
#include "tools/report/events.hpp"
#include "tools/report/github.hpp"
#include "tools/report/html.hpp"
#include "tools/report/junit.hpp"
#include "tools/report/tap.hpp"
#include "tools/report/text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace understudy::report {
namespace {

using scenario::RunResult;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string same_name(const std::string& file) {
    return file;
}

/// A run whose every part would break a format that does not escape it.
RunResult make_hostile_run() {
    const std::string hostile =
        "</pre><script>alert(1)</script> ]]> & \" ' # \\ % : , | ` \x1b[31m \xff\xfe \x01 \n::stop";
    auto step = make_failed_step();
    for (auto* text : {&step.name, &step.subject, &step.request, &step.expected, &step.sent->target, &step.sent->body,
                       &step.received->body, &step.received->response, &step.differences[0].path,
                       &step.differences[0].expected, &step.differences[0].actual})
        *text = hostile;
    step.differences[0].where = source::Problem(source::ProblemCode::invalid, hostile, hostile, {7, 34});
    step.hints = step.log = step.events = {hostile};
    step.captures = step.sent->headers = step.received->headers = {{hostile, hostile}};
    auto run = make_run({step});
    run.scenario = run.door = hostile;
    run.labels = {{hostile, hostile}};
    run.tags = {hostile};
    return run;
}

std::vector<RunResult> make_runs() {
    auto expected = make_run({make_failed_step()});
    expected.expected_failure = "not yet";
    auto retried = make_run({make_failed_step()});
    retried.earlier.push_back(make_run({make_lost_step()}));
    return {make_run({make_step()}),
            make_run({make_failed_step()}),
            make_run({make_lost_step()}),
            make_broken_run(),
            make_flaky_run(),
            std::move(expected),
            std::move(retried),
            make_hostile_run()};
}

std::vector<scenario::LoadProblem> make_load_problems() {
    return {{source::Problem(source::ProblemCode::invalid, "unknown key 'stesp'", "a.yaml", {3, 1}),
             "name: a\n\nstesp: []\n"}};
}

void expect_valid_junit(const std::string& xml) {
    constexpr const char* kXmllint = "/usr/bin/xmllint";
    ASSERT_EQ(::access(kXmllint, X_OK), 0) << "xmllint is missing: install libxml2-utils";
    test::TempFolder folder;
    const auto file = folder.write("junit.xml", xml);
    const auto ended =
        test::run_file(kXmllint, {"--noout", "--schema", UNDERSTUDY_SOURCE_DIR "/tests/data/junit.xsd", file}, {});
    EXPECT_EQ(ended.exit_code, 0) << ended.err << xml;
}

TEST(JUnit, EachFormThatARunCanHaveFollowsTheSchema) {
    const auto runs = make_runs();
    expect_valid_junit(render_junit(runs, to_summary(runs)));
}

TEST(JUnit, NoRunAtAllAndUnreadableFilesFollowTheSchema) {
    expect_valid_junit(render_junit(std::span<const RunResult>(), {}));
    const auto problems = make_load_problems();
    const auto xml = render_junit(problems);
    EXPECT_THAT(xml, HasSubstr("<error message=\"unknown key 'stesp'\" type=\"Unreadable\">"));
    expect_valid_junit(xml);
}

TEST(JUnit, TheSchemaRefusesAnotherForm) {
    constexpr const char* kXmllint = "/usr/bin/xmllint";
    ASSERT_EQ(::access(kXmllint, X_OK), 0) << "xmllint is missing: install libxml2-utils";
    test::TempFolder folder;
    const auto file =
        folder.write("junit.xml", "<testsuites tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\" time=\"1,5\"/>");
    EXPECT_NE(test::run_file(kXmllint, {"--noout", "--schema", UNDERSTUDY_SOURCE_DIR "/tests/data/junit.xsd", file}, {})
                  .exit_code,
              0);
}

TEST(JUnit, ASuiteIsAFileAndACaseIsARun) {
    const auto runs = make_runs();
    const auto xml = render_junit(runs, to_summary(runs));
    EXPECT_THAT(xml,
                HasSubstr("<testsuites name=\"understudy test\" tests=\"8\" failures=\"3\" errors=\"2\" skipped=\"1\" "
                          "time=\"0.040\">"));
    EXPECT_THAT(xml, HasSubstr("<testsuite name=\"shop.yaml\" tests=\"8\""));
    EXPECT_THAT(xml, HasSubstr("timestamp=\"2026-01-05T10:00:00\""));
    EXPECT_THAT(xml,
                HasSubstr("<testcase name=\"an order [rest]\" classname=\"shop.yaml\" file=\"shop.yaml\" line=\"1\" "
                          "time=\"0.005\">"));
    EXPECT_THAT(xml, HasSubstr("<property name=\"front\" value=\"rest\"/>"));
    EXPECT_THAT(xml, HasSubstr("<failure message=\"int32: expected 6, got 5\" type=\"ExpectationFailed\">"));
    EXPECT_THAT(xml,
                HasSubstr("<error message=\"no reply to POST http://127.0.0.1:41234: refused\" type=\"CouldNotRun\">"));
    EXPECT_THAT(xml, HasSubstr("<skipped message=\"failed, as expected: not yet\"/>"));
    EXPECT_THAT(xml, HasSubstr("<system-out>step 1, Order, failed, 1 ms\n    START RequestId: 1\n    hello\n"));
}

TEST(JUnit, AFlakyRunIsNoPlainPass) {
    const std::vector<RunResult> runs{make_flaky_run()};
    const auto xml = render_junit(runs, to_summary(runs));
    EXPECT_THAT(xml, HasSubstr("failures=\"0\""));
    EXPECT_THAT(xml, HasSubstr("<flakyFailure message=\"int32: expected 6, got 5\" type=\"ExpectationFailed\">\n"
                               "        <stackTrace>"));
    EXPECT_THAT(xml, HasSubstr("<property name=\"attempts\" value=\"2\"/>"));
    EXPECT_THAT(render_junit(make_runs(), {}), HasSubstr("<rerunFailure message=\"no reply"));
}

TEST(JUnit, WhatXmlCannotHoldIsSpelledOut) {
    EXPECT_EQ(to_xml("a<b>&\"c\" \x1b \xff\r\xEF\xBF\xBE\n"),
              "a&lt;b&gt;&amp;&quot;c&quot; \\x1b \\xff\\x0d\xEF\xBF\xBD\n");
    EXPECT_EQ(to_xml_attribute("a\n\tb"), "a&#10;&#9;b");
}

/// The block of YAML behind a point, as if it stood alone.
source::Result<source::Document> parse_block(const std::string& point) {
    std::istringstream lines(point.substr(point.find('\n') + 1));
    std::string yaml;
    for (std::string line; std::getline(lines, line);) {
        EXPECT_THAT(line, StartsWith("  "));
        yaml += line.substr(std::min<std::size_t>(line.size(), 2)) + '\n';
    }
    return source::parse_document(yaml, "tap");
}

TEST(Tap, APointIsNumberedAndItsDiagnosticsAreYaml) {
    EXPECT_THAT(render_tap_point(make_run({make_step()}), 3), StartsWith("ok 3 - an order [rest]\n  ---\n"));
    const auto point = render_tap_point(make_run({make_step(), make_failed_step()}), 4);
    EXPECT_THAT(point, StartsWith("not ok 4 - an order [rest]\n  ---\n  message: \"int32: expected 6, got 5\"\n"));
    EXPECT_THAT(point, EndsWith("\n  ...\n"));
    const auto yaml = parse_block(point);
    ASSERT_TRUE(yaml) << yaml.error();
    const auto step = yaml->root().find("steps")->items()[1];
    EXPECT_EQ(step.find("verdict")->text(), "failed");
    const auto difference = step.find("differences")->items()[0];
    EXPECT_EQ(difference.find("path")->text(), "int32");
    EXPECT_EQ(difference.find("wanted")->text(), "6");
    EXPECT_EQ(difference.find("found")->text(), "5");
    EXPECT_EQ(difference.find("at")->find("line")->text(), "7");
}

TEST(Tap, AnExpectedFailureIsToDo) {
    auto run = make_run({make_failed_step()});
    run.expected_failure = "not # yet";
    EXPECT_THAT(render_tap_point(run, 1), StartsWith("not ok 1 - an order [rest] # TODO not \\# yet\n"));
    EXPECT_THAT(render_tap_point(make_flaky_run(), 1), AllOf(StartsWith("ok 1 "), HasSubstr("\n  flaky: true\n")));
}

TEST(Tap, ADescriptionIsOneLineAndNoDirective) {
    const auto point = render_tap_point(make_hostile_run(), 1);
    EXPECT_THAT(point.substr(0, point.find('\n')), HasSubstr("\\#"));
    EXPECT_TRUE(parse_block(point));
}

TEST(Tap, ThePlanStandsAtTheEnd) {
    const std::vector<RunResult> runs = make_runs();
    EXPECT_THAT(render_tap_end(to_summary(runs)), StartsWith("1..8\n# 8 runs of 1 scenario: "));
    EXPECT_THAT(render_tap_bail_out(make_load_problems()),
                AllOf(StartsWith("TAP version 14\n# error: unknown key 'stesp'\n"),
                      EndsWith("\nBail out! 1 problem in scenario files\n")));
}

source::Document parse_line(const std::string& line) {
    EXPECT_EQ(line.find('\n'), line.size() - 1) << line;
    return *source::parse_document(line, "line");  // JSON is YAML.
}

TEST(Events, EachIsAnObjectOnALine) {
    EventStream stream;
    const auto run = make_run({make_failed_step()});
    const auto begun = parse_line(stream.on_begin(run));
    EXPECT_EQ(begun.root().find("event")->text(), "run_started");
    EXPECT_EQ(begun.root().find("time")->text(), "2026-01-05T10:00:00.250Z");
    const auto step = parse_line(stream.on_step(run, run.steps[0]));
    EXPECT_EQ(step.root().find("run")->text(), begun.root().find("run")->text());
    EXPECT_EQ(step.root().find("number")->text(), "1");
    EXPECT_EQ(step.root().find("verdict")->text(), "failed");
    EXPECT_EQ(step.root().find("sent")->find("body_base64")->text(), "CAA=");
    EXPECT_EQ(step.root().find("received")->find("status")->text(), "200");
    EXPECT_EQ(step.root().find("differences")->items()[0].find("column")->text(), "34");
    const auto ended = parse_line(stream.on_result(run));
    EXPECT_EQ(ended.root().find("event")->text(), "run_finished");
    EXPECT_EQ(ended.root().find("duration_ms")->text(), "5.000");
    const auto summary = parse_line(render_summary_event(to_summary(make_runs()), 4));
    EXPECT_EQ(summary.root().find("exit_code")->text(), "4");
    EXPECT_EQ(summary.root().find("flaky")->text(), "1");
}

std::string text_in(const std::string& line, std::string_view key) {
    const auto document = parse_line(line);
    return std::string(document.root().find(key)->text());
}

TEST(Events, AnotherAttemptIsCounted) {
    EventStream stream;
    const auto run = make_run({make_step()});
    stream.on_begin(run);
    stream.on_step(run, run.steps[0]);
    EXPECT_EQ(text_in(stream.on_begin(run), "attempt"), "2");
    EXPECT_EQ(text_in(stream.on_step(run, run.steps[0]), "number"), "1");
    EXPECT_EQ(text_in(stream.on_result(make_flaky_run()), "verdict"), "flaky");
}

TEST(Events, RepetitionsHaveTheNumberOfTheirStep) {
    EventStream stream;
    auto first = make_step(), second = make_step(), third = make_step();
    first.position = {5, 5};
    second.position = {6, 5};
    third.position = {9, 5};
    const auto run = make_run({first, second, third});
    stream.on_begin(run);
    std::string numbers;
    const auto tell = [&](scenario::StepResult step, unsigned repetition) {
        step.repetition = repetition;
        numbers += text_in(stream.on_step(run, step), "number");
    };
    for (const unsigned repetition : {0, 1, 2}) {
        tell(first, repetition);
        tell(second, repetition);
    }
    tell(third, 0);
    tell(third, 1);
    EXPECT_EQ(numbers, "12121233");
}

TEST(Events, ABrokenTemplateIsToldWhole) {
    auto run = make_broken_run();
    run.further_problems = {source::Problem(source::ProblemCode::invalid, "another", "shop.yaml", {2, 1})};
    const auto ended = parse_line(EventStream().on_result(run));
    EXPECT_EQ(ended.root().find("problem")->find("line")->text(), "4");
    EXPECT_EQ(ended.root().find("further_problems")->items()[0].find("message")->text(), "another");
}

TEST(Events, AnyTextIsJson) {
    EventStream stream;
    const auto run = make_hostile_run();
    parse_line(stream.on_begin(run));
    parse_line(stream.on_step(run, run.steps[0]));
    parse_line(stream.on_result(run));
    parse_line(render_load_problem(make_load_problems()[0]));
}

TEST(Html, ThePageNeedsNothingButItself) {
    const auto runs = make_runs();
    const auto page = render_html(runs, to_summary(runs));
    for (const char* word : {" src=", " href=", "<script", "<link", "url(", "@import", "<iframe", "<img"})
        EXPECT_THAT(page, Not(HasSubstr(word)));
    EXPECT_THAT(page, HasSubstr("default-src 'none'; style-src 'unsafe-inline'"));
    EXPECT_THAT(page, HasSubstr("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"));
    EXPECT_THAT(page, HasSubstr("prefers-color-scheme: dark"));
}

TEST(Html, NothingOfARunIsMarkup) {
    const std::vector<RunResult> runs{make_hostile_run()};
    const auto page = render_html(runs, to_summary(runs));
    const auto body = page.substr(page.find("<body>"));
    EXPECT_THAT(body, Not(HasSubstr("<script")));
    EXPECT_THAT(body, Not(HasSubstr("\x1b")));
    EXPECT_THAT(body, HasSubstr("&lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;"));
}

TEST(Html, EachTagIsClosed) {
    const auto runs = make_runs();
    constexpr const char* kXmllint = "/usr/bin/xmllint";
    ASSERT_EQ(::access(kXmllint, X_OK), 0) << "xmllint is missing: install libxml2-utils";
    // But for the elements without an end tag and the attributes without a value, the body is XML.
    auto page = render_html(runs, to_summary(runs));
    page = page.substr(page.find("<nav"), page.find("</body>") - page.find("<nav"));
    for (auto at = page.find(" open>"); at != std::string::npos; at = page.find(" open>")) page.replace(at, 6, ">");
    test::TempFolder folder;
    const auto file = folder.write("page.xml", "<page>" + page + "</page>");
    const auto ended = test::run_file(kXmllint, {"--noout", file}, {});
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
}

TEST(Html, AStepTellsAllThatHappened) {
    const std::vector<RunResult> runs{make_run({make_failed_step()})};
    const auto page = render_html(runs, to_summary(runs));
    std::size_t last = 0;
    for (const char* part :
         {"class=\"step failed\" open>", "POST /shop.Shop/Order, 2 bytes", "Event", "version", "hello",
          "HTTP 200 application/proto", "1 difference", "shop.yaml:7:34", "<del>-   &quot;int32&quot;: 6,</del>",
          "<ins>+   &quot;int32&quot;: 5,</ins>", "Repeat"}) {
        const auto at = page.find(part, last);
        ASSERT_NE(at, std::string::npos) << part;
        last = at;
    }
}

TEST(Html, WhatDidNotPassStandsFirst) {
    const std::vector<RunResult> runs{make_run({make_step()}), make_run({make_failed_step()}), make_flaky_run()};
    const auto page = render_html(runs, to_summary(runs));
    EXPECT_LT(page.find("\"run failed\""), page.find("\"run flaky\""));
    EXPECT_LT(page.find("\"run flaky\""), page.find("\"run passed\""));
}

TEST(Html, VerdictsThatOccurCanBeShownAlone) {
    const auto runs = make_runs();
    const auto page = render_html(runs, to_summary(runs));
    EXPECT_THAT(page, HasSubstr("<label for=\"show-flaky\" class=\"flaky\">flaky <b>1</b></label>"));
    const std::vector<RunResult> good{make_run({make_step()})};
    EXPECT_THAT(render_html(good, to_summary(good)), Not(HasSubstr("<label for=\"show-flaky\"")));
    EXPECT_THAT(render_html(make_load_problems()), HasSubstr("unknown key 'stesp'"));
}

TEST(GitHub, AnAnnotationStandsAtTheLineThatExpectedOtherwise) {
    EXPECT_EQ(
        render_annotations(make_run({make_failed_step()}), [](const std::string& file) { return "sub/" + file; }),
        "::error file=sub/shop.yaml,line=7,col=34,title=an order [rest]%3A step 1%2C Order::int32: expected 6, got "
        "5\n");
    EXPECT_EQ(render_annotations(make_run({make_step()}), same_name), "");
    EXPECT_THAT(render_annotations(make_broken_run(), same_name), StartsWith("::error file=shop.yaml,line=1,col=1,"));
    EXPECT_THAT(render_annotations(make_flaky_run(), same_name), StartsWith("::warning file=shop.yaml,"));
    EXPECT_EQ(render_annotations(make_load_problems(), same_name),
              "::error file=a.yaml,line=3,col=1,title=unreadable scenario::unknown key 'stesp'\n");
}

TEST(GitHub, NoTextBeginsACommandOfItsOwn) {
    const auto text = render_annotations(make_hostile_run(), same_name);
    EXPECT_EQ(text.find('\n'), text.size() - 1);
    EXPECT_THAT(text, HasSubstr("%25"));
    EXPECT_THAT(text, HasSubstr("%0A::stop"));
}

TEST(GitHub, TheSummaryHasARowForEachRunThatDidNotPass) {
    const auto runs = make_runs();
    const auto text = render_markdown(runs, to_summary(runs));
    EXPECT_THAT(
        text, StartsWith("### understudy test: 1 passed, 1 failed as expected, 1 flaky, 3 failed, 2 could not run\n"));
    EXPECT_THAT(text, HasSubstr("| an order \\[rest\\] | ⚠️ flaky | int32: expected 6, got 5 |\n"));
    EXPECT_THAT(text.substr(0, text.find("<details>")), Not(HasSubstr("<script")));
    EXPECT_THAT(render_markdown(make_load_problems()), HasSubstr("unknown key 'stesp'"));
}

TEST(GitHub, TheSummaryStaysWithinWhatIsTaken) {
    auto step = make_failed_step();
    step.log.assign(50, std::string(2000, 'x'));
    const std::vector<RunResult> runs(30, make_run({step}));
    const auto text = render_markdown(runs, to_summary(runs));
    EXPECT_LT(text.size(), kLongestSummary + 1000);
    EXPECT_THAT(text, EndsWith("The rest does not fit here.\n"));
}

}  // namespace
}  // namespace understudy::report
