// The program itself: what it prints, where, and with which exit code it ends.
#include "tests/support/program.hpp"
#include "tests/tools/understudy/programs.hpp"
#include "tests/tools/understudy/running_program.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <signal.h>

#include <string>
#include <vector>

namespace understudy::programs_test {
namespace {

using testing::HasSubstr;
using understudy::test::read_file;
using understudy::test::TempFolder;
using Program = understudy::test::RunningProgram;

TEST(Programs, TestEndsWith2WhereAScenarioCannotBeReadAndShowsWhere) {
    Program run({"test", UNDERSTUDY_SOURCE_DIR "/scenarios/failing/unknown-key.yaml"});
    EXPECT_EQ(run.wait(), 2);
    EXPECT_THAT(run.err(), HasSubstr("did you mean 'fronts'?"));
    Program missing({"test", "/nowhere.yaml"});
    EXPECT_EQ(missing.wait(), 2);
    EXPECT_THAT(missing.err(), HasSubstr("/nowhere.yaml"));
}

/// A scenario of one call, in one file; the call is its fourth line.
std::string one_call(const std::string& command, const std::string& expectation) {
    return "name: x\nschema: { proto_files: [logquery/v1/logquery.proto], import_paths: [" UNDERSTUDY_SOURCE_DIR
           "/proto] }\napplication: { command: [" +
           command + "], fronts: [http] }\nsteps: [{ method: logquery.v1.LogQueryService/CheckWindow, request: {}" +
           expectation + " }]\n";
}

TEST(Programs, TestEndsWith3WhereTheProgramIsMissing) {
    TempFolder folder;
    Program run({"test", folder.write("missing.yaml", one_call("./no-such-bootstrap", ""))});
    EXPECT_THAT(run.read_rest(), HasSubstr("no-such-bootstrap"));
    EXPECT_EQ(run.wait(), 3);
}

TEST(Programs, TestEndsWith4WhereAnExpectationFailsAndShowsWhere) {
    TempFolder folder;
    const std::string text = one_call(kHandler, ", expect: { response: { found: true } }");
    Program run({"test", folder.write("expectation.yaml", text)});
    EXPECT_THAT(run.read_rest(), HasSubstr("expectation.yaml:4"));
    EXPECT_EQ(run.wait(), 4);
}

TEST(Programs, TestWithUpdateWritesWhatCameIntoTheFile) {
    TempFolder folder;
    const std::string before =
        "application: { command: [" UNDERSTUDY_PROGRAM_DIR
        "/scripted_handler], fronts: [http] }\nsteps:\n  - invoke: {}\n    request: { do: echo }\n    expect:\n"
        "      response: { do: told }  # kept\n";
    const std::string file = folder.write("update.yaml", before);
    Program updating({"test", "--update", file});
    const auto told = updating.read_rest();
    EXPECT_THAT(told, HasSubstr("updated: 6: response\n"));
    EXPECT_THAT(told, HasSubstr("updated " + file + "\n  6: response\n"));
    EXPECT_THAT(told, HasSubstr("1 run of 1 scenario: 0 passed, 1 updated ("));
    EXPECT_EQ(updating.wait(), 0);
    EXPECT_EQ(read_file(file), before.substr(0, before.find("told")) + "echo }  # kept\n");
    Program again({"test", file});
    EXPECT_EQ(again.wait(), 0);
}

TEST(Programs, EveryReportSaysThatARunWasUpdated) {
    TempFolder folder;
    const auto update = [&](const std::vector<std::string>& words) {
        const std::string file = folder.write(
            "update.yaml", "application: { command: [" UNDERSTUDY_PROGRAM_DIR
                           "/scripted_handler], fronts: [http] }\nsteps:\n  - invoke: {}\n    request: { do: echo }\n"
                           "    expect: { response: $update }\n");
        std::vector<std::string> all{"test", "--update", file};
        all.insert(all.end(), words.begin(), words.end());
        Program updating(all);
        auto told = updating.read_rest();
        EXPECT_EQ(updating.wait(), 0);
        return told;
    };
    const auto tap = update({"--tap"});
    EXPECT_THAT(tap, HasSubstr("ok 1 - update [http]\n"));
    EXPECT_THAT(tap, HasSubstr("  updated: true\n"));
    EXPECT_TRUE(tap.ends_with("1..1\n# 1 run of 1 scenario: 0 passed, 1 updated\n")) << tap;
    const auto json = update({"--json", "-"});
    EXPECT_THAT(json, HasSubstr(R"("verdict":"updated")"));
    EXPECT_THAT(json, HasSubstr(R"("failed":0,"could_not_run":0,"flaky":0,"expected_failures":0,"updated":1)"));
    EXPECT_THAT(json, HasSubstr(R"("exit_code":0})"));
    const auto junit = update({"--junit", "-"});
    EXPECT_THAT(junit, HasSubstr(R"(failures="0")"));
    EXPECT_THAT(junit, HasSubstr(R"(<property name="updated" value="true"/>)"));
}

TEST(Programs, OnlyWhatIsWrittenIsReportedAsUpdated) {
    TempFolder folder;
    const std::string head =
        "application: { command: [" UNDERSTUDY_PROGRAM_DIR "/scripted_handler], fronts: [http] }\n";
    const std::string refused = head +
                                "name: refused\nmatrix: { n: [1, 2] }\nsteps:\n  - invoke: {}\n"
                                "    request: { do: echo, n: \"${n}\" }\n    expect: { response: $update }\n";
    const std::string taken = head +
                              "name: taken\nsteps:\n  - invoke: {}\n    request: &sent { do: echo }\n"
                              "    expect: { match: partial, response: { do: other } }\n";
    const std::string refused_file = folder.write("a.yaml", refused), taken_file = folder.write("b.yaml", taken);
    const auto update = [&](const std::string& report) {
        folder.write("a.yaml", refused);
        folder.write("b.yaml", taken);
        Program updating({"test", "--update", report, "-", refused_file, taken_file});
        auto told = updating.read_rest();
        EXPECT_EQ(updating.wait(), 4);
        EXPECT_EQ(read_file(refused_file), refused);
        EXPECT_NE(read_file(taken_file), taken);
        return told + updating.err();
    };
    const auto json = update("--json");
    EXPECT_THAT(json, HasSubstr("refused [http, n=1]\",\"attempt\":1,\"verdict\":\"failed\""));
    EXPECT_THAT(json, HasSubstr("refused [http, n=2]\",\"attempt\":1,\"verdict\":\"failed\""));
    EXPECT_THAT(json, HasSubstr("taken [http]\",\"attempt\":1,\"verdict\":\"updated\""));
    EXPECT_THAT(json, HasSubstr(R"("failed":2,"could_not_run":0,"flaky":0,"expected_failures":0,"updated":1)"));
    EXPECT_THAT(json, HasSubstr("'response' is not updated: runs got different values"));
    EXPECT_THAT(update("--junit"), HasSubstr(R"(failures="2")"));
}

TEST(Programs, TestCanGoAgainstWhatRunsElsewhere) {
    Program served({"serve", "--port", "0", "--lambda-port", "0", "--quiet", "--", kHandler});
    const std::string url(boost::json::parse(served.read_line()).as_object().at("gateway").as_string());
    TempFolder folder;
    const std::string file = folder.write(
        "elsewhere.yaml", one_call("./no-such-bootstrap", ", expect: { code: '${code}', event: { never: seen } }"));
    Program run({"test", file, "--against", url + "/", "--var", "code=ok"});
    EXPECT_THAT(run.read_rest(), HasSubstr("x  " + url));
    EXPECT_EQ(run.wait(), 4);
    Program unknown({"test", file, "--against", url});
    EXPECT_EQ(unknown.wait(), 2);
    EXPECT_THAT(unknown.err(), HasSubstr("there is no variable 'code'"));
    served.send(SIGTERM);
    EXPECT_EQ(served.wait(), 0);
}

}  // namespace
}  // namespace understudy::programs_test
