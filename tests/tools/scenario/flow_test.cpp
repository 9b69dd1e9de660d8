// The order of things: setup and teardown, repetitions, parallel steps, files, includes, rows and the matrix.
#include "tests/support/program.hpp"
#include "tests/tools/scenario/fake_world.hpp"
#include "tests/tools/scenario/scenario_text.hpp"
#include "tools/report/human.hpp"
#include "tools/scenario/rows.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::scenario::flow_test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

std::vector<std::string> targets(const FakeWorld& world) {
    std::vector<std::string> out;
    for (const auto& sent : world.sent()) out.push_back(sent.request.target);
    return out;
}

RunResult run(const std::string& text, FakeWorld& world) {
    return run_scenario(load_good(text), Front::http, world.world());
}

void reply_with(FakeWorld& world, const std::vector<int>& statuses) {
    for (const int status : statuses) world.reply(status, "text/plain", "");
}

TEST(Flow, SetupComesFirstAndTeardownAlwaysLast) {
    const auto text = "setup: [{ http: { target: /up } }]\nteardown: [{ http: { target: /down } }]\n" +
                      shop_scenario("  - http: { target: /step }\n");
    FakeWorld good;
    reply_with(good, {200, 200, 200});
    EXPECT_EQ(run(text, good).verdict(), Verdict::passed);
    EXPECT_THAT(targets(good), ElementsAre("/up", "/step", "/down"));
    FakeWorld bad;
    reply_with(bad, {500, 200});
    const auto result = run(text, bad);
    EXPECT_EQ(result.verdict(), Verdict::failed);
    EXPECT_THAT(targets(bad), ElementsAre("/up", "/down"));
    EXPECT_EQ(result.steps.at(1).phase, Phase::teardown);
    EXPECT_THAT(report::render_run(result, source::Colour::none), HasSubstr("setup 1, GET /up"));
}

TEST(Flow, ARepeatedStepCountsAndStopsWhereItFails) {
    const auto text = shop_scenario("  - http: { target: '/${index}' }\n    repeat: 3\n");
    FakeWorld good;
    reply_with(good, {200, 200, 200});
    EXPECT_EQ(run(text, good).verdict(), Verdict::passed);
    EXPECT_THAT(targets(good), ElementsAre("/0", "/1", "/2"));
    FakeWorld bad;
    reply_with(bad, {200, 500, 200});
    const auto result = run(text, bad);
    EXPECT_THAT(result.steps, SizeIs(1));
    EXPECT_EQ(result.steps.at(0).repetition, 1U);
    EXPECT_THAT(targets(bad), ElementsAre("/0", "/1"));
}

TEST(Flow, EachRepetitionIsToldOfAsItEnds) {
    FakeWorld fake;
    reply_with(fake, {200, 200, 200, 200, 200});
    World world = fake.world();
    std::vector<std::string> told;
    world.on_step = [&](const RunResult&, const StepResult& step) {
        told.push_back(step.subject + ' ' + std::to_string(step.repetition) +
                       (step.phase == Phase::setup ? " up" : ""));
    };
    const auto text = shop_scenario(
        "  - parallel: [{ http: { target: /a } }, { http: { target: /b } }]\n    repeat: 2\n"
        "setup: [{ http: { target: /up }, repeat: 1 }]\n");
    const auto result = run_scenario(load_good(text), Front::http, world);
    EXPECT_THAT(told, ElementsAre("GET /up 0 up", "GET /a 0", "GET /b 0", "GET /a 1", "GET /b 1"));
    EXPECT_THAT(result.steps, SizeIs(3));
}

TEST(Flow, ARetriedStepIsSentUntilItPasses) {
    const auto text = shop_scenario("  - http: {}\n    retry: { times: 3, delay: 0.5s }\n");
    FakeWorld world;
    reply_with(world, {500, 500, 200});
    const auto result = run(text, world);
    EXPECT_EQ(result.verdict(), Verdict::passed);
    EXPECT_THAT(result.steps, SizeIs(1));
    EXPECT_EQ(result.steps.at(0).tries, 3U);
    EXPECT_EQ(world.slept(), 1s);
    FakeWorld lost;
    lost.reply_nothing("refused");
    lost.reply(200, "text/plain", "");
    EXPECT_EQ(run(text, lost).verdict(), Verdict::passed);
    FakeWorld bad;
    reply_with(bad, {500, 500, 500, 200});
    EXPECT_EQ(run(text, bad).verdict(), Verdict::failed);
    EXPECT_THAT(bad.sent(), SizeIs(3));
}

TEST(Flow, ParallelStepsAreJudgedEach) {
    FakeWorld world;
    reply_with(world, {200, 500, 200});
    world.event(R"({"n":1})");
    world.event(R"({"n":2})");
    const auto result = run(shop_scenario("  - parallel:\n"
                                          "      - { http: { target: /a }, expect: { event: { n: 1 } } }\n"
                                          "      - { http: { target: /b }, expect: { event: { n: 2 } } }\n"
                                          "  - http: { target: /c }\n"),
                            world);
    ASSERT_THAT(result.steps, SizeIs(3));
    EXPECT_EQ(result.steps[0].verdict(), Verdict::passed);
    EXPECT_EQ(result.steps[1].verdict(), Verdict::failed);
    EXPECT_THAT(targets(world), ElementsAre("/a", "/b", "/c"));
}

TEST(Flow, WhatCannotBeRepeatedIsAProblem) {
    const std::pair<const char*, const char*> table[] = {
        {"  - http: {}\n    repeat: 0\n", "6:13 a step is repeated 1 to 100000 times"},
        {"  - http: {}\n    retry: {}\n", "6:12 a step is tried 1 to 1000 times"},
        {"  - http: {}\n    retry: { times: 1, delay: -1s }\n", "6:12 the delay between two tries is 0s to 86400s"},
        {"  - http: {}\n    parallel: [{ http: {} }]\n", "5:11 'http' belongs to the steps in 'parallel'"},
        {"  - parallel: [{ http: {} }]\n    timeout: 0.1s\n", "6:14 'timeout' belongs to the steps in 'parallel'"},
        {"  - parallel: [{ http: {} }]\n    content_type: a/b\n",
         "6:19 'content_type' belongs to the steps in 'parallel'"},
        {"  - parallel: [{ http: {}, repeat: 2 }]\n", "5:36 'repeat' cannot stand in a step of 'parallel'"},
        {"  - parallel: [{ http: {}, fault: { kind: kill } }]\n", "5:35 'fault' cannot stand in a step of 'parallel'"},
        {"  - fault: { kind: kill }\n    parallel: [{ http: {} }]\n", "5:12 'fault' does not go with 'parallel'"},
    };
    for (const auto& [steps, problem] : table) EXPECT_THAT(problems_of(shop_scenario(steps)), ElementsAre(problem));
}

TEST(Flow, FilesAreWrittenBeforeTheApplicationStarts) {
    FakeWorld world;
    reply_with(world, {200});
    const auto text = "files:\n  - { path: a/b.txt, text: hello }\n  - { path: c.bin, base64: AAE= }\n" +
                      shop_scenario("  - http: {}\n", "  environment: { DATA: '${folder}/a' }\n");
    EXPECT_EQ(run(text, world).verdict(), Verdict::passed);
    ASSERT_THAT(world.folders(), SizeIs(1));
    EXPECT_EQ(world.folders()[0].at(0).path, "a/b.txt");
    EXPECT_EQ(world.folders()[0].at(1).bytes, std::string("\0\1", 2));
    EXPECT_THAT(world.started().at(0).functions.at(0).environment, ElementsAre(Pair("DATA", "/tmp/run/a")));
    EXPECT_THAT(
        problems_of("files: [{ path: ../a, text: '' }, { path: a }]\n" + shop_scenario("  - http: {}\n")),
        ElementsAre("1:9 a file needs a path in the run's folder", "1:35 a file has one of text, base64 and from"));
}

TEST(Flow, WithoutFilesThereIsNoFolder) {
    FakeWorld world;
    const auto result = run(shop_scenario("  - http: {}\n", "  environment: { DATA: '${folder}' }\n"), world);
    EXPECT_EQ(result.verdict(), Verdict::could_not_run);
    EXPECT_EQ(result.problem->message(), "the variable 'folder' has no value yet");
}

TEST(Flow, AMatrixRunsAScenarioWithHeadersInBothCases) {
    const auto loaded = load_text("matrix: { lower: [false, true] }\n" +
                                  shop_scenario("  - http: { method: POST }\n    content_type: a/b\n"
                                                "    lower_case_headers: '${lower}'\n"));
    ASSERT_THAT(loaded.problems, IsEmpty());
    ASSERT_THAT(loaded.scenarios, SizeIs(2));
    EXPECT_EQ(loaded.scenarios[0].steps.at(0).request.headers, (http::Headers{{"Content-Type", "a/b"}}));
    EXPECT_EQ(loaded.scenarios[1].steps.at(0).request.headers, (http::Headers{{"content-type", "a/b"}}));
}

TEST(Flow, TheMatrixMultiplies) {
    const auto loaded =
        load_text("matrix: { a: [1, 2], b: [x, y] }\n" + shop_scenario("  - http: { target: '/${a}${b}' }\n"));
    ASSERT_THAT(loaded.problems, IsEmpty());
    ASSERT_THAT(loaded.scenarios, SizeIs(4));
    EXPECT_EQ(loaded.scenarios[1].steps.at(0).request.target, "/1y");
    EXPECT_THAT(loaded.scenarios[2].labels, ElementsAre(Pair("a", "2"), Pair("b", "x")));
    EXPECT_THAT(problems_of("matrix: { a: [] }\n" + shop_scenario("  - http: {}\n")),
                ElementsAre("1:14 a matrix gives each name a list of values"));
}

TEST(Flow, RunsWhoseValuesLookAlikeHaveNamesOfTheirOwn) {
    const auto loaded = load_text(
        "matrix: { n: [1, '1', x], b: [true, 2] }\n"
        "expect_failure: [{ when: { n: '1' }, reason: known bug }]\n" +
        shop_scenario("  - http: { target: '/${n}' }\n"));
    ASSERT_THAT(loaded.problems, IsEmpty());
    ASSERT_THAT(loaded.scenarios, SizeIs(6));
    EXPECT_THAT(loaded.scenarios[0].labels, ElementsAre(Pair("n", "1"), Pair("b", "true")));
    EXPECT_THAT(loaded.scenarios[2].labels, ElementsAre(Pair("n", "\"1\""), Pair("b", "true")));
    EXPECT_THAT(loaded.scenarios[4].labels, ElementsAre(Pair("n", "\"x\""), Pair("b", "true")));
    EXPECT_THAT(loaded.scenarios[0].expected_failures, IsEmpty());
    EXPECT_THAT(loaded.scenarios[2].expected_failures, SizeIs(1));
}

TEST(Flow, EachRunOfTheMatrixHasANameOfItsOwn) {
    const auto steps = shop_scenario("  - http: { target: '/${a}' }\n");
    EXPECT_THAT(problems_of("matrix: { a: [1, 2, 1] }\n" + steps), ElementsAre("1:21 1 stands in the list twice"));
    EXPECT_THAT(problems_of("vars: { x: 1 }\nmatrix: { a: ['${x}', 1] }\n" + steps),
                ElementsAre("2:23 1 stands in the list twice"));
    const std::string begin(60, 'q');
    const auto loaded = load_text("matrix: { a: [" + begin + "1, " + begin +
                                  "2] }\nexpect_failure: [{ when: { a: " + begin + "2 }, reason: known }]\n" + steps);
    ASSERT_THAT(loaded.problems, IsEmpty());
    EXPECT_THAT(loaded.scenarios[0].labels, ElementsAre(Pair("a", '"' + begin + "1\"")));
    EXPECT_THAT(loaded.scenarios[1].labels, ElementsAre(Pair("a", '"' + begin + "2\"")));
    EXPECT_THAT(loaded.scenarios[1].expected_failures, SizeIs(1));
}

TEST(Flow, AValueFromOutsideIsTheOnlyOneOfItsList) {
    const auto loaded = load_text(
        "matrix: { outer: [1, 2], b: [x, y] }\n"
        "expect_failure: [{ when: { outer: 1 }, reason: known }]\n" +
        shop_scenario("  - http: {}\n    request: '${outer}'\n"));
    ASSERT_THAT(loaded.problems, IsEmpty());
    ASSERT_THAT(loaded.scenarios, SizeIs(2));
    EXPECT_THAT(loaded.scenarios[1].labels, ElementsAre(Pair("outer", "from the command line"), Pair("b", "y")));
    EXPECT_EQ(loaded.scenarios[1].steps.at(0).request.body, R"("from the command line")");
    EXPECT_THAT(loaded.scenarios[1].expected_failures, IsEmpty());
}

TEST(Flow, AnExpectedFailureFailsWhenItPasses) {
    const auto text =
        "matrix: { a: [1, 2] }\n"
        "expect_failure: [{ when: { a: 2, front: http }, reason: known bug }]\n" +
        shop_scenario("  - http: {}\n", "  fronts: [http, rest]\n");
    const auto loaded = load_text(text);
    ASSERT_THAT(loaded.scenarios, SizeIs(2));
    const auto run_one = [&](std::size_t i, Front front, int status) {
        FakeWorld world;
        reply_with(world, {status});
        return run_scenario(loaded.scenarios[i], front, world.world());
    };
    EXPECT_EQ(run_one(0, Front::http, 500).verdict(), Verdict::failed);
    EXPECT_EQ(run_one(1, Front::rest, 500).verdict(), Verdict::failed);
    const auto failed = run_one(1, Front::http, 500);
    EXPECT_EQ(failed.verdict(), Verdict::passed);
    EXPECT_THAT(report::render_run(failed, source::Colour::none),
                HasSubstr("✓ shop  http  a=2  1 ms\n  failed, as expected: known bug\n"));
    const auto passed = run_one(1, Front::http, 200);
    EXPECT_EQ(passed.verdict(), Verdict::failed);
    EXPECT_THAT(
        report::render_run(passed, source::Colour::none),
        AllOf(HasSubstr("error: passed, and was expected to fail: known bug\n"), HasSubstr("shop.yaml:2:18\n")));
    EXPECT_THAT(problems_of("expect_failure: [{ when: { b: 1 } }]\n" + shop_scenario("  - http: {}\n")),
                ElementsAre("1:18 an expected failure needs its reason", "1:28 'b' is no name of the matrix"));
}

TEST(Flow, AFailureThatNoRunCanHaveIsNotExpected) {
    const auto problems = [](const std::string& when) {
        return problems_of("matrix: { proto: [connect, twirp], n: [1, 20], on: [true] }\nexpect_failure: [{ when: { " +
                           when + " }, reason: known }]\n" +
                           shop_scenario("  - http: {}\n", "  fronts: [http, rest]\n"));
    };
    EXPECT_THAT(problems("proto: twirp, n: 20, on: true, front: rest"), IsEmpty());
    EXPECT_THAT(problems("front: alb"), ElementsAre("2:35 no run goes through the front 'alb'"));
    EXPECT_THAT(problems("front: rets"), ElementsAre("2:35 'rets' is no front (did you mean 'rest'?)"));
    EXPECT_THAT(problems("proto: twrip"),
                ElementsAre("2:35 no run has the value 'twrip' of 'proto' (did you mean 'twirp'?)"));
    EXPECT_THAT(problems("n: 2"), ElementsAre(HasSubstr("2:31 no run has the value '2' of 'n'")));
    EXPECT_THAT(problems("prot: twirp"), ElementsAre("2:28 'prot' is no name of the matrix (did you mean 'proto'?)"));
    const std::string with_template = "application: { template: " UNDERSTUDY_SOURCE_DIR
                                      "/template.yaml }\nsteps: [{ http: {} }]\n"
                                      "expect_failure: [{ when: { front: http }, reason: known }]\n";
    EXPECT_THAT(problems_of(with_template), ElementsAre("3:35 a template has no fronts to tell apart"));
}

TEST(Flow, VariablesAndTheRunsThatFailAreMappings) {
    EXPECT_THAT(problems_of("vars: text\n" + shop_scenario("  - http: {}\n")), ElementsAre("1:7 'text' is no mapping"));
    EXPECT_THAT(problems_of("expect_failure: [{ when: [a], reason: b }]\n" + shop_scenario("  - http: {}\n")),
                ElementsAre("1:26 a sequence is no mapping"));
}

TEST(Flow, FrontsAreNoListOfTheMatrix) {
    EXPECT_THAT(problems_of("matrix: { front: [http, rest] }\n" + shop_scenario("  - http: {}\n")),
                ElementsAre("1:11 fronts are no list of the matrix"));
}

TEST(Flow, RowsAreRunsOfTheirOwn) {
    test::TempFolder folder;
    const auto csv = folder.write("rows.csv", "name,count\na,1\n\"b,\"\"c\"\"\",true\n");
    const auto loaded = load_text("rows: " + csv + "\n" +
                                  shop_scenario("  - http: {}\n    request: ['${row}', '${name}', '${count}']\n"));
    ASSERT_THAT(loaded.problems, IsEmpty());
    ASSERT_THAT(loaded.scenarios, SizeIs(2));
    EXPECT_EQ(loaded.scenarios[0].steps.at(0).request.body, R"([1,"a",1])");
    EXPECT_EQ(loaded.scenarios[1].steps.at(0).request.body, R"([2,"b,\"c\"",true])");
    EXPECT_THAT(loaded.scenarios[1].labels, ElementsAre(Pair("row", "2")));
    EXPECT_THAT(problems_of("rows: no.csv\n" + shop_scenario("  - http: {}\n")),
                ElementsAre(HasSubstr("1:7 there is no file")));
    EXPECT_THAT(problems_of("rows: shop/shop.proto\n" + shop_scenario("  - http: {}\n")),
                ElementsAre("1:7 rows are in a file *.csv or *.jsonl"));
}

TEST(Rows, CsvAndJsonLinesAreReadOrToldByLine) {
    EXPECT_THAT(parse_csv("a,b\r\n1,\"2\"\r\n\r\n007,-1.5e3\n", "f").value(),
                ElementsAre(ElementsAre(Pair("a", "1"), Pair("b", "\"2\"")),
                            ElementsAre(Pair("a", "\"007\""), Pair("b", "-1.5e3"))));
    EXPECT_THAT(
        parse_csv("a,b\n{\"x\":1,\"y\":\"},\\\"\"},[1,2]\r\n[x],{y\n[],\"{\"\"x\"\":1}\"\n.5,-5.\n", "f").value(),
        ElementsAre(ElementsAre(Pair("a", R"({"x":1,"y":"},\""})"), Pair("b", "[1,2]")),
                    ElementsAre(Pair("a", R"(["x"])"), Pair("b", R"("{y")")),
                    ElementsAre(Pair("a", "[]"), Pair("b", R"("{\"x\":1}")")),
                    ElementsAre(Pair("a", "0.5"), Pair("b", "-5"))));
    EXPECT_EQ(to_string(parse_csv("a,b\n1\n", "f").error()), "f:2:1: a row of 1 values under 2 names");
    EXPECT_EQ(to_string(parse_csv("a\n\"x\n", "f").error()), "f:2:1: a quote that nothing closes");
    EXPECT_EQ(to_string(parse_csv("a\n\"x\"y\n", "f").error()), "f:2:1: text behind a closing quote");
    EXPECT_EQ(to_string(parse_csv("a,b,a\n1,2,3\n", "f").error()), "f:1:1: two columns have the name 'a'");
    EXPECT_EQ(parse_json_lines("\xEF\xBB\xBF{\"a\":1}\n", "f").value(), parse_json_lines("{\"a\":1}", "f").value())
        << "a byte order mark is none of the first row's";
    EXPECT_EQ(to_string(parse_csv("", "f").error()), "f:1:1: there is no line of names");
    EXPECT_THAT(parse_json_lines("{\"a\":[1]}\n\n{\"b\":\"x\"}", "f").value(),
                ElementsAre(ElementsAre(Pair("a", "[1]")), ElementsAre(Pair("b", "\"x\""))));
    EXPECT_THAT(parse_json_lines(R"({"b":{"$$x":1,"$any":true}})", "f").value(),
                ElementsAre(Row{{"b", R"({"$$x":1,"$any":true})"}}));
    EXPECT_EQ(to_string(parse_json_lines("{}\n[1]\n", "f").error()), "f:2:1: the line is no object");
    EXPECT_THAT(to_string(parse_json_lines("{", "f").error()), HasSubstr("f:1:1: not JSON"));
}

TEST(Flow, AValueOfARowThatDoesNotFitIsToldWithItsPlaceInTheFile) {
    test::TempFolder folder;
    const auto notes = [&](const std::string& file, const std::string& more = "") {
        std::vector<std::string> told;
        const auto text =
            more + "rows: " + file + "\n" + shop_scenario("  - http: {}\n    expect: { http_status: '${status}' }\n");
        for (const auto& [problem, source_text] : load_text(text).problems) told.push_back(problem.note());
        return told;
    };
    const auto csv = folder.write("rows.csv", "name,status\nä,200\nää,lots\n\"b\nb\",99\n");
    EXPECT_THAT(notes(csv), ElementsAre(HasSubstr("'status' is \"lots\" in row 2, " + csv + ":3:4"),
                                        HasSubstr("'status' is 99 in row 3, " + csv + ":5:4")));
    const auto json = folder.write("rows.jsonl", "{\"status\":200}\n\n{\"a\":{}, \"status\": true}\n");
    EXPECT_THAT(notes(json), ElementsAre(HasSubstr("'status' is true in row 2, " + json + ":3:10")));
    EXPECT_THAT(notes(csv, "secrets: [status]\n"),
                ElementsAre(HasSubstr("'status' is \"***\" in row 2"), HasSubstr("'status' is *** in row 3")));
    const auto made = "vars: { status: '${name}' }\nmatrix: { n: [1] }\n";
    const auto names = folder.write("names.csv", "name\nx\n");
    EXPECT_THAT(notes(names, made), ElementsAre(HasSubstr("in the run with row 1 of " + names + ":2, n = 1")));
}

TEST(Flow, AValueOfTheMatrixThatDoesNotFitIsTold) {
    const auto loaded = load_text("matrix: { status: [200, 1000] }\n" +
                                  shop_scenario("  - http: {}\n    expect: { http_status: '${status}' }\n"
                                                "  - http: {}\n    expect: { http_status: 1 }\n"));
    ASSERT_THAT(loaded.problems, SizeIs(2)) << "what is wrong in each run is told once";
    EXPECT_EQ(loaded.problems[0].problem.note(), "a status is 100 to 599");
    EXPECT_EQ(loaded.problems[1].problem.note(), "a status is 100 to 599; 'status' is 1000 in this run");
}

TEST(Flow, AListOfTheMatrixMayBeCalledRowWhereThereAreNone) {
    const auto notes = [](const std::string& before, const std::string& status) {
        std::vector<std::string> told;
        const auto text = before + shop_scenario("  - http: {}\n    expect: { http_status: '" + status + "' }\n");
        for (const auto& [problem, source_text] : load_text(text).problems) told.push_back(problem.note());
        return told;
    };
    const auto matrix = std::string("matrix: { row: [ok, lots] }\n");
    EXPECT_THAT(notes(matrix, "${row}"),
                ElementsAre(HasSubstr("'row' is \"ok\" in this run"), HasSubstr("'row' is \"lots\" in this run")));
    EXPECT_THAT(notes("vars: { status: '${row}' }\n" + matrix, "${status}"),
                ElementsAre(HasSubstr("in the run with row = ok"), HasSubstr("in the run with row = lots")));
    test::TempFolder folder;
    const auto file = folder.write("rows.csv", "name\nx\n");
    EXPECT_THAT(problems_of("rows: " + file + "\nmatrix: { row: [ok] }\n" + shop_scenario("  - http: {}\n")),
                ElementsAre("2:11 'row' is the number of the row, and no list of the matrix"));
}

TEST(Flow, IncludedFilesGiveWhatIsMissing) {
    test::TempFolder folder;
    const auto common = folder.write("common.yaml",
                                     "vars: { host: there, who: them }\n"
                                     "setup: [{ http: { target: '/login/${who}' } }]\n"
                                     "teardown: [{ http: { target: '/logout/${who}' } }]\n"
                                     "application: { command: [/bin/other] }\n");
    const auto scenario = load_good("include: [" + common + "]\nvars: { who: me }\n" +
                                    shop_scenario("  - http: { target: '/${host}' }\n"));
    EXPECT_EQ(scenario.setup.at(0).request.target, "/login/me");
    EXPECT_EQ(scenario.steps.at(0).request.target, "/there");
    EXPECT_EQ(scenario.teardown.at(0).request.target, "/logout/me");
    EXPECT_THAT(scenario.function.command, ElementsAre(HasSubstr("bin/shop"), "--fast"));
    EXPECT_THAT(load_good("include: [" + common + "]\nsteps: [{ http: {} }]\n").function.command,
                ElementsAre("/bin/other"));
    EXPECT_THAT(problems_of("include: [no.yaml]\n" + shop_scenario("  - http: {}\n")),
                ElementsAre(HasSubstr("1:11 there is no file")));
    const auto loop = folder.file("loop.yaml");
    std::ofstream(loop) << "include: [" << loop << "]\n";
    EXPECT_THAT(problems_of("include: [" + loop + "]\n" + shop_scenario("  - http: {}\n")),
                ElementsAre(HasSubstr("includes itself")));
}

TEST(Flow, WhatAnIncludedFileMakesOfAVariableIsMadeOfTheIncludingFilesValue) {
    test::TempFolder folder;
    const auto common = folder.write("common.yaml", "vars: { x: theirs, w: '${x}-w', y: y }\n");
    const auto target_of = [&](const std::string& vars, const std::string& target) {
        const auto loaded = load_text("include: [" + common + "]\n" + vars + "\n" +
                                      shop_scenario("  - http: { target: '/" + target + "' }\n"));
        if (!loaded.problems.empty()) return loaded.problems.at(0).problem.message();
        return loaded.scenarios.at(0).steps.at(0).request.target;
    };
    EXPECT_EQ(target_of("vars: { x: mine }", "${x}/${w}"), "/mine/mine-w");
    EXPECT_EQ(target_of("vars: { m: m, x: '${m}-${y}' }", "${x}/${w}"), "/m-y/m-y-w");
    EXPECT_EQ(target_of("vars: { x: '${x}-more' }", "${x}/${w}"), "/theirs-more/theirs-more-w");
    EXPECT_EQ(target_of("", "${x}/${w}"), "/theirs/theirs-w");
    EXPECT_EQ(target_of("matrix: { x: [cell] }", "${x}/${w}"), "/cell/cell-w");
    EXPECT_EQ(target_of("vars: { x: '${w}' }", "${x}"), "the variable 'w' is made of itself");
    EXPECT_EQ(target_of("vars: { a: '${later}', later: 1 }", "${a}"), "there is no variable 'later'");
}

// Whoever shares a matrix by an include must not believe that its runs took place.
TEST(Flow, AnIncludedFileThatSaysWhichRunsThereAreIsRefused) {
    test::TempFolder folder;
    const auto common = folder.write("common.yaml",
                                     "vars: { a: 1 }\n"
                                     "matrix: { kind: [a, b] }\n"
                                     "rows: rows.csv\n"
                                     "expectFailure: [{ reason: later }]\n");
    const auto outer = folder.write("outer.yaml", "include: [common.yaml]\nmatrix:\n");
    for (const auto& file : {common, outer}) {
        Loaded loaded;
        DescriptorCache schemas;
        load_scenario("include: [" + file + "]\n" + shop_scenario("  - http: {}\n"), "mine.yaml", {}, schemas, loaded);
        std::vector<std::string> told;
        for (const auto& [problem, text] : loaded.problems) {
            EXPECT_EQ(problem.file(), common);
            EXPECT_EQ(problem.note(), "write it into the file whose runs it makes: mine.yaml");
            told.push_back(std::to_string(problem.position().line) + ' ' + problem.message());
        }
        EXPECT_THAT(told, ElementsAre("3 'rows' of an included file does not count",
                                      "2 'matrix' of an included file does not count",
                                      "4 'expect_failure' of an included file does not count"));
    }
}

TEST(Flow, AnIncludedFileMayAskForIsolation) {
    test::TempFolder folder;
    const auto common = folder.write("common.yaml", "isolate: true\n");
    EXPECT_TRUE(load_good("include: [" + common + "]\n" + shop_scenario("  - http: {}\n")).isolate);
    EXPECT_FALSE(load_good(shop_scenario("  - http: {}\n")).isolate);
}

TEST(Flow, WhatRunsElsewhereIsNotLookedInto) {
    FakeWorld world;
    world.hide();
    reply_with(world, {200});
    const auto result = run(shop_scenario("  - http: {}\n    expect: { event: { a: 1 }, logs: [x] }\n"), world);
    EXPECT_EQ(result.verdict(), Verdict::passed);
    EXPECT_THAT(result.steps.at(0).hints, ElementsAre(HasSubstr("are not compared")));
}

TEST(Flow, AFaultIsArmedBeforeItsStepIsSentAndCalledOffBehindIt) {
    using Kind = lambda::Disturbance::Kind;
    FakeWorld world;
    reply_with(world, {200, 200});
    const auto text = shop_scenario(
        "  - http: {}\n    fault: { kind: kill }\n"
        "  - http: {}\n    fault: { kind: slow_init, time: 1.5s }\n");
    EXPECT_EQ(run(text, world).verdict(), Verdict::passed);
    const lambda::Disturbance off{Kind::none, 0ms};
    EXPECT_THAT(world.disturbances(), ElementsAre(lambda::Disturbance{Kind::kill, 0ms}, off,
                                                  lambda::Disturbance{Kind::slow_init, 1500ms}, off));
    FakeWorld elsewhere;
    elsewhere.hide();
    EXPECT_EQ(run(text, elsewhere).steps.at(0).problem->message(),
              "'fault' needs an emulator, and this runs elsewhere");
    const std::pair<const char*, const char*> table[] = {
        {"{}", "6:12 a fault needs its kind"},
        {"{ kind: delay }", "6:12 'delay' needs a time of at most 900s"},
        {"{ kind: delay, time: 901s }", "6:12 'delay' needs a time of at most 900s"},
        {"{ kind: kill, time: 1s }", "6:12 'kill' takes no time"},
    };
    for (const auto& [fault, problem] : table)
        EXPECT_THAT(problems_of(shop_scenario("  - http: {}\n    fault: " + std::string(fault) + '\n')),
                    ElementsAre(problem));
}

TEST(Flow, ATemplateStandsInPlaceOfACommand) {
    const auto problems = problems_of("application: { template: no.yaml, memory: 128 }\nsteps: [{ http: {} }]\n");
    EXPECT_THAT(problems,
                ElementsAre("1:43 with a template, 'memory' stands in it", HasSubstr("1:26 there is no file")));
    EXPECT_THAT(problems_of("application: { command: [x], api: A }\nsteps: [{ http: {} }]\n"),
                ElementsAre("1:35 'api' goes with a template"));
    test::TempFolder folder;
    const auto file = folder.write("template.yaml", "Resources: {}\n");
    const auto scenario =
        load_good("application: { template: " + file + ", parameters: { A: b }, api: Api }\nsteps: [{ http: {} }]\n");
    EXPECT_EQ(scenario.template_plan->file, file);
    EXPECT_THAT(scenario.template_plan->parameters, ElementsAre(testing::Pair("A", "b")));
    FakeWorld world;
    EXPECT_THAT(run_scenario(scenario, Front::http, world.world()).problem->message(), HasSubstr("no template"));
}

}  // namespace
}  // namespace understudy::scenario::flow_test
