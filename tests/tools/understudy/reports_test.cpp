// The reports of `understudy test` as files and streams.
#include "tests/support/program.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/tools/understudy/running_program.hpp"
#include "tools/understudy/report_file.hpp"
#include "tools/understudy/report_options.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace understudy::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

/// `understudy test` in the project's folder.
Ended test_with(std::vector<std::string> words, std::vector<std::string> environment = {}) {
    std::filesystem::current_path(UNDERSTUDY_SOURCE_DIR);
    const char* path = std::getenv("PATH");
    environment.push_back(std::string("PATH=") + (path == nullptr ? "" : path));
    words.insert(words.begin(), "test");
    return run_program("understudy", std::move(words), std::move(environment));
}

constexpr const char* kFailing = "scenarios/failing/code.yaml";
constexpr const char* kPassing = "scenarios/json.yaml";

std::vector<std::string> event_lines(const std::string& text) {
    std::istringstream stream(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

TEST(ReportFiles, AllFormsOfOneRunAreWritten) {
    const ScratchFolder folder;
    const auto junit = folder.file("new/junit.xml");
    const auto ended = test_with({kFailing, kPassing, "--junit", junit, "--html", folder.file("page.html"), "--json",
                                  folder.file("events.jsonl")});
    EXPECT_EQ(ended.exit_code, 4);
    EXPECT_THAT(ended.out, HasSubstr("6 runs of 2 scenarios: 5 passed, 1 failed ("));
    EXPECT_THAT(read_file(junit), HasSubstr("tests=\"6\" failures=\"1\""));
    EXPECT_THAT(read_file(folder.file("page.html")), HasSubstr("<h1>1 failed</h1>"));
    EXPECT_EQ(folder.count(), 3U);  // Nothing beside them.
    const auto events = event_lines(read_file(folder.file("events.jsonl")));
    ASSERT_GT(events.size(), 12U);
    for (const auto& event : events) EXPECT_TRUE(boost::json::parse(event).as_object().contains("event")) << event;
    const auto summary = boost::json::parse(events.back()).as_object();
    EXPECT_EQ(summary.at("event").as_string(), "summary");
    EXPECT_EQ(summary.at("exit_code").as_int64(), 4);
    if (::access("/usr/bin/xmllint", X_OK) != 0) return;
    const auto checked =
        run_file("/usr/bin/xmllint", {"--noout", "--schema", UNDERSTUDY_SOURCE_DIR "/tests/data/junit.xsd", junit}, {});
    EXPECT_EQ(checked.exit_code, 0) << checked.err;
}

TEST(ReportFiles, WhereOneHasStdoutPeopleReadStderr) {
    const auto junit = test_with({kPassing, "--junit", "-"});
    EXPECT_THAT(junit.out, StartsWith("<?xml"));
    EXPECT_THAT(junit.err, HasSubstr("5 runs of 1 scenario: 5 passed"));
    const auto events = test_with({kPassing, "--json", "-"});
    EXPECT_THAT(events.out, StartsWith("{\"event\":\"run_started\""));
    const auto tap = test_with({kPassing, "--tap"});
    EXPECT_THAT(tap.out, StartsWith("TAP version 14\nok 1 - messages travel as JSON too [http]\n"));
    EXPECT_THAT(tap.out, HasSubstr("\n1..5\n"));
    EXPECT_THAT(tap.err, IsEmpty());
}

TEST(ReportFiles, OnlyOneCanHaveStdout) {
    const auto ended = test_with({kPassing, "--tap", "--html", "-"});
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.err, HasSubstr("--tap and --html - both want stdout"));
    EXPECT_EQ(cli::find_report_misuse({.junit = "-", .json = "a", .html = "b", .tap = false}), "");
}

TEST(ReportFiles, EachReportHasAFileOfItsOwn) {
    EXPECT_EQ(cli::find_report_misuse({.junit = "o/a.xml", .json = "", .html = "o/./a.xml", .tap = false}),
              "--junit and --html both want 'o/a.xml': give one of them another file");
    EXPECT_EQ(cli::find_report_misuse({.junit = "", .json = "", .html = "", .tap = true}), "");
}

TEST(ReportFiles, WhatIsReadIsNotWrittenOver) {
    const ScratchFolder folder;
    const std::string scenario = folder.file("a.yaml"), text = "name: a\nsteps: [{ nothing: 1 }]\n";
    std::ofstream(scenario) << text;
    std::filesystem::create_hard_link(scenario, folder.file("other.html"));
    struct Row {
        std::vector<std::string> words;
        const char* said;
    };
    for (const auto& [words, said] : std::vector<Row>{
             {{scenario, "--html", scenario}, "--html would write over '"},
             {{scenario, "--junit", folder.file("./a.yaml")}, "--junit would write over '"},
             {{folder.file(""), "--json", folder.file("other.html")}, "--json would write over '"},
             {{scenario, "--durations", scenario}, "--durations would write over '"},
             {{scenario, "--json", folder.file("a.j"), "--durations", folder.file("a.j")},
              "--json and --durations both want '"},
         }) {
        const auto ended = test_with(words);
        EXPECT_EQ(ended.exit_code, 1) << ended.out;
        EXPECT_THAT(ended.err, HasSubstr(said));
        EXPECT_EQ(read_file(scenario), text) << said;
    }
    EXPECT_EQ(cli::find_report_misuse({.junit = "/dev/null", .json = "/dev/null", .html = "", .tap = false}), "")
        << "what cannot be written over may be both";
}

TEST(ReportFiles, WhatScenariosReadIsNotWrittenOver) {
    const ScratchFolder folder;
    const auto write = [&](const std::string& name, const std::string& text) {
        const std::filesystem::path path = folder.file(name);
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path) << text;
    };
    write("include.yaml", "files: [{ path: f.txt, from: from.txt }]\n");
    write("proto/a.proto", "syntax = \"proto3\";\nimport \"b.proto\";\n");
    write("proto/b.proto", "syntax = \"proto3\";\n");
    write("sh.bin", "");
    write("from.txt", "from");
    write("rows.csv", "x\n1\n");
    write("request.bin", "request");
    write("it.sh", "exit 1\n");
    const std::string rest =
        "include: [include.yaml]\nrows: rows.csv\nschema: { proto_files: [a.proto], import_paths: [proto] }\n"
        "application: { command: [/bin/sh, it.sh] }\nsteps: [{ http: { target: / }, request_file: request.bin }";
    write("good.yaml", rest + "]\n");
    write("bad.yaml", rest + ", { nothing: 1 }]\n");
    write("wrong.yaml", rest + ", { http: { target: / }, request_file: none }]\n");
    write("syntax.yaml", "steps: [");
    write("set.yaml",
          "schema: { descriptor_set: sh.bin }\napplication: { command: [./it.sh] }\nsteps: [{ invoke: {} }]\n");
    write("code/bootstrap", "#!/bin/sh\n");
    write("template.yaml",
          "Resources: { A: { Type: AWS::Serverless::Function, Properties: { Runtime: provided.al2023, Handler: a, "
          "CodeUri: code } } }\n");
    write("whole.yaml", "application: { template: template.yaml }\nsteps: [{ invoke: { function: A } }]\n");
    for (const char* program : {"it.sh", "code/bootstrap"})
        std::filesystem::permissions(folder.file(program), std::filesystem::perms::owner_all);
    const std::vector<std::string> own{"include.yaml", "proto/a.proto", "proto/b.proto", "from.txt",
                                       "rows.csv",     "request.bin",   "it.sh"};
    const std::vector<std::pair<std::string, std::vector<std::string>>> table{
        {"good.yaml", own},
        {"bad.yaml", {"include.yaml", "proto/a.proto", "from.txt", "rows.csv", "request.bin", "it.sh"}},
        {"wrong.yaml", own},
        {"syntax.yaml", {"syntax.yaml"}},
        {"set.yaml", {"sh.bin", "it.sh"}},
        {"whole.yaml", {"template.yaml", "code/bootstrap"}}};
    for (const auto& [scenario, files] : table) {
        for (const auto& file : files) {
            const auto text = read_file(folder.file(file));
            for (const char* option : {"--junit", "--html", "--json", "--durations"}) {
                const auto ended = test_with({folder.file(scenario), option, folder.file(file), "--tap"});
                EXPECT_EQ(ended.exit_code, 1) << scenario << ' ' << file << ended.out;
                EXPECT_THAT(ended.err, HasSubstr(std::string(option) + " would write over '" + folder.file(file) +
                                                 "', which is read: give it another file"));
                EXPECT_EQ(read_file(folder.file(file)), text);
            }
        }
    }
    write("other.xml", "the report of an earlier time");
    EXPECT_EQ(test_with({folder.file("bad.yaml"), "--junit", folder.file("other.xml")}).exit_code, 2);
    EXPECT_THAT(read_file(folder.file("other.xml")), StartsWith("<?xml"));
    const auto watching = test_with({folder.file("good.yaml"), "--watch", "--json", folder.file("rows.csv")});
    EXPECT_EQ(watching.exit_code, 1) << watching.err;
    EXPECT_EQ(read_file(folder.file("rows.csv")), "x\n1\n");
}

TEST(ReportFiles, UnreadableScenariosAreReportedToo) {
    const ScratchFolder folder;
    const auto ended = test_with({"scenarios/failing/unknown-key.yaml", "--junit", folder.file("j.xml"), "--json",
                                  folder.file("e.jsonl"), "--html", folder.file("p.html"), "--tap"});
    EXPECT_EQ(ended.exit_code, 2);
    EXPECT_THAT(ended.out, HasSubstr("Bail out!"));
    EXPECT_THAT(read_file(folder.file("j.xml")), HasSubstr("type=\"Unreadable\""));
    EXPECT_THAT(read_file(folder.file("e.jsonl")), StartsWith("{\"event\":\"load_problem\""));
    EXPECT_THAT(read_file(folder.file("p.html")), HasSubstr("could not be read"));
}

TEST(ReportFiles, OneThatCannotBeWrittenIsAnErrorOfItsOwn) {
    const auto ended = test_with({kPassing, "--json", "/proc/none/e.jsonl"});
    EXPECT_EQ(ended.exit_code, 3);
    EXPECT_THAT(ended.err, HasSubstr("cannot write '/proc/none/e.jsonl'"));
    EXPECT_EQ(test_with({kPassing, "--junit", "/proc/none/j.xml"}).exit_code, 3);
}

TEST(ReportFiles, GitHubIsToldWhereItRunsThis) {
    const ScratchFolder folder;
    const auto summary = folder.file("summary.md");
    const auto ended =
        test_with({kFailing}, {"GITHUB_ACTIONS=true", "GITHUB_STEP_SUMMARY=" + summary,
                               "GITHUB_WORKSPACE=" + std::filesystem::path(UNDERSTUDY_SOURCE_DIR).string()});
    EXPECT_THAT(ended.out, HasSubstr("\n::error file=scenarios/failing/code.yaml,line=9,col=13,title="));
    EXPECT_THAT(read_file(summary), StartsWith("### understudy test: 0 passed, 1 failed\n"));
}

TEST(ReportFiles, AFunctionGivesAContinuousIntegrationNoCommands) {
    TempFolder folder;
    const auto scenario = folder.write("marks.yaml", R"(name: marks
application:
  command: [)" UNDERSTUDY_PROGRAM_DIR R"(/scripted_handler]
  environment: { ORDER: reply, REPLY: '{"statusCode":200,"body":"a ##[error]b\n::set-output name=x::y"}' }
steps:
  - { http: { method: GET, target: / }, expect: { http_status: 201 } }
)");
    for (const char* form : {"--color=never", "--tap"}) {
        const auto quiet = test_with({scenario, form});
        EXPECT_THAT(quiet.out, HasSubstr("##[error]")) << form;
        for (const char* name : {"GITHUB_ACTIONS=true", "TF_BUILD=True", "TEAMCITY_VERSION=1"}) {
            const auto ended = test_with({scenario, form}, {name});
            EXPECT_THAT(ended.out, Not(HasSubstr("##[error]"))) << form;
            EXPECT_THAT(ended.out, HasSubstr("#\\x23[error]")) << form;
            EXPECT_THAT(ended.out, Not(testing::ContainsRegex("\n *::set-output"))) << form;
        }
    }
}

TEST(ReportFiles, TheLineOfCurlRepeatsTheCall) {
    const auto ended = test_with({kFailing});
    const std::string label = "  repeat    ";
    const auto begin = ended.out.find(label) + label.size();
    auto command = ended.out.substr(begin, ended.out.find('\n', begin) - begin);
    RunningProgram served({"serve", "--port", "0", "--lambda-port", "0", "--env",
                           "LOGQUERY_LOGS=" UNDERSTUDY_SOURCE_DIR "/scenarios/logs", "--",
                           UNDERSTUDY_PROGRAM_DIR "/bootstrap"});
    const auto gateway =
        std::string(boost::json::parse(served.read_line()).as_object().at("gateway").as_string().c_str());
    const std::string usual = "http://127.0.0.1:3000";
    command.replace(command.find(usual), usual.size(), gateway);
    const auto repeated = run_file("/bin/sh", {"-c", command}, {"PATH=/usr/bin:/bin"});
    EXPECT_THAT(repeated.out, StartsWith("HTTP/1.1 400 "));
    EXPECT_THAT(repeated.out, HasSubstr(R"({"code":"invalid_argument","message":"time is missing)"));
}

TEST(ReportFile, LinesAreThereAtOnce) {
    const ScratchFolder folder;
    cli::LineFile file;
    ASSERT_TRUE(file.open(folder.file("lines")));
    ASSERT_TRUE(file.write("one\n"));
    EXPECT_EQ(read_file(folder.file("lines")), "one\n");
    cli::LineFile full;
    ASSERT_TRUE(full.open("/dev/full"));
    EXPECT_FALSE(full.write("one\n"));
}

}  // namespace
}  // namespace understudy::test
