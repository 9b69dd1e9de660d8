// Recorded traffic against handlers, as a user runs it.
#include "client/http_exchange.hpp"
#include "tests/support/program.hpp"
#include "tests/support/scripted_server.hpp"
#include "tests/tools/understudy/replayed.hpp"
#include "tests/tools/understudy/running_program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace understudy::replay_test {
namespace {

using testing::HasSubstr;
using understudy::test::read_file;
using Program = understudy::test::RunningProgram;

TEST(Replay, TheSameHandlerIsTheSame) {
    TestRecording recording({make_check("a", "true"), make_check("b", "true")});
    const auto ended = run({"replay", recording.path(), "--recorded-environment", "--", kBootstrap});
    EXPECT_EQ(ended.code, 0) << ended.out << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("2 exchanges replayed: 2 the same"));
}

TEST(Replay, AChangedReplyIsNamedWithItsFieldAndExchange) {
    TestRecording recording({make_check("a", "true"), make_check("b", "false"), make_check("c", "false")});
    for (const char* jobs : {"1", "4"}) {
        const auto ended = run({"replay", recording.path(), "--recorded-environment", "-j", jobs, "--junit",
                                recording.other("j.xml"), "--json", recording.other("j.json"), "--", kBootstrap});
        EXPECT_EQ(ended.code, 4) << ended.err;
        EXPECT_THAT(ended.out, HasSubstr("2 exchanges: body.found changed\n  " + recording.path() + ":3  b  POST " +
                                         kPath + "\n  body.found: expected false, got true\n"));
        EXPECT_THAT(read_file(recording.other("j.xml")), HasSubstr("name=\"body.found changed\""));
        EXPECT_THAT(read_file(recording.other("j.json")), HasSubstr("\"different\":2"));
    }
}

TEST(Replay, TheReportForCiHasTheFormOfOne) {
    constexpr const char* kXmllint = "/usr/bin/xmllint";
    ASSERT_TRUE(std::filesystem::exists(kXmllint)) << "xmllint is missing: install libxml2-utils";
    TestRecording recording({make_check("a", "true"), make_check("<&\x01>", "false")});
    for (const auto* program : {kBootstrap.c_str(), "/bin/false"}) {
        const std::string report = recording.other("j.xml");
        run({"replay", recording.path(), "--recorded-environment", "--junit", report, "--", program});
        const auto checked = understudy::test::run_file(
            kXmllint, {"--noout", "--schema", UNDERSTUDY_SOURCE_DIR "/tests/data/junit.xsd", report}, {});
        EXPECT_EQ(checked.exit_code, 0) << checked.err << read_file(report);
    }
}

TEST(Replay, WhatIsReadIsNotWrittenOver) {
    TestRecording recording({make_check("a", "true")});
    const std::string before = read_file(recording.path());
    const std::string folder = std::filesystem::path(recording.path()).parent_path().string();
    for (const char* option : {"--json", "--junit"}) {
        for (const std::string& read : {recording.path(), folder}) {
            const auto ended = run({"replay", read, option, folder + "/./traffic.jsonl", "--", kBootstrap});
            EXPECT_EQ(ended.code, 1) << ended.out;
            EXPECT_THAT(ended.err, HasSubstr(std::string(option) + " would write over '" + folder));
            EXPECT_EQ(read_file(recording.path()), before);
        }
    }
    const std::string program = recording.other("it.sh"), line = "\"$1\" replay - --json \"$2\" -- \"$3\" < \"$2\"";
    std::ofstream(program) << "#!/bin/sh\n";
    EXPECT_EQ(run({"replay", recording.path(), "--json", program, "--", "/bin/sh", program}).code, 1);
    const auto piped = understudy::test::run_file(
        "/bin/bash", {"-c", line, "bash", UNDERSTUDY_PROGRAM_DIR "/understudy", recording.path(), kBootstrap},
        {"PATH=/usr/bin:/bin"});
    EXPECT_EQ(piped.exit_code, 1) << piped.out;
    EXPECT_EQ(read_file(recording.path()), before);
    const std::string one = recording.other("one");
    EXPECT_THAT(run({"replay", recording.path(), "--json", one, "--junit", one, "--", kBootstrap}).err,
                HasSubstr("--junit and --json both want '" + one + "': give one of them another file"));
}

TEST(Replay, VariablesThatTheFunctionHadAndHasNoMoreAreToldWithADifference) {
    TestRecording recording({make_check("a", "true")});
    const std::string note =
        "note: the function had variables when it was recorded (LOGQUERY_LOGS, TOKEN), and has none now: "
        "--recorded-environment gives it these\n";
    const auto without = run({"replay", recording.path(), "--", kBootstrap});
    EXPECT_EQ(without.code, 4);
    EXPECT_THAT(without.err, HasSubstr(note));
    const auto builds = run({"replay", recording.path(), "--baseline", kBootstrap, "--candidate", kScripted});
    EXPECT_THAT(builds.err, HasSubstr(note));
    const std::string variable = "LOGQUERY_LOGS=" + kLogs;
    for (const auto& words : std::vector<std::vector<std::string>>{{"--recorded-environment"}, {"--env", variable}}) {
        std::vector<std::string> same{"replay", recording.path()};
        same.insert(same.end(), words.begin(), words.end());
        same.insert(same.end(), {"--", kBootstrap});
        EXPECT_EQ(run(same).err, "");
    }
}

TEST(Replay, RelativePathsOfVariablesBeginWhereTheFunctionRan) {
    TestRecording recording({make_check("a", "true")});
    std::string text = read_file(recording.path());
    const auto logs = text.find(kLogs);
    ASSERT_NE(logs, std::string::npos);
    text.replace(logs, kLogs.size(), "./logs");
    const std::string at = "\"name\":\"logs\"";
    text.replace(text.find(at), at.size(), at + R"(,"directory":")" + UNDERSTUDY_SOURCE_DIR "/scenarios\"");
    std::ofstream(recording.path(), std::ios::binary) << text;
    const auto replayed = run({"replay", recording.path(), "--recorded-environment", "--", kBootstrap});
    EXPECT_EQ(replayed.code, 0) << replayed.out << replayed.err;
    const auto promoted = run({"promote", recording.path(), "--", kBootstrap});
    EXPECT_THAT(promoted.out, HasSubstr("  directory: " UNDERSTUDY_SOURCE_DIR "/scenarios  # where it ran"));
    const std::string scenario = recording.other("it.yaml");
    std::ofstream(scenario) << promoted.out;
    const auto tested = run({"test", scenario});
    EXPECT_EQ(tested.code, 0) << tested.out << tested.err;
}

TEST(Replay, RecordingsComeThroughPipes) {
    std::vector<record::Exchange> exchanges;
    for (int i = 0; i < 600; ++i) exchanges.push_back(make_check("id-" + std::to_string(i), "true"));
    TestRecording recording(exchanges);
    ASSERT_GT(std::filesystem::file_size(recording.path()), std::size_t{512} * 1024);
    const std::string torn = recording.other("torn.jsonl");
    std::ofstream(torn) << read_file(recording.path()) << "{\"exchange\": nix}\n";
    const auto run_in_shell = [&](const std::string& line) {
        return understudy::test::run_file(
            "/bin/bash", {"-c", line, "bash", UNDERSTUDY_PROGRAM_DIR "/understudy", recording.path(), kBootstrap, torn},
            {"PATH=/usr/bin:/bin"});
    };
    const std::string behind = " --recorded-environment -- \"$3\"";
    for (const std::string& line :
         {"\"$1\" replay <(cat \"$2\")" + behind, "cat \"$2\" | \"$1\" replay -" + behind,
          "\"$1\" replay - < \"$2\"" + behind, "cat \"$2\" | \"$1\" replay - --sample 600" + behind}) {
        const auto ended = run_in_shell(line);
        EXPECT_EQ(ended.exit_code, 0) << line << ended.out << ended.err;
        EXPECT_THAT(ended.out, HasSubstr("600 exchanges replayed: 600 the same")) << line;
    }
    const auto promoted = run_in_shell("cat \"$2\" | \"$1\" promote - --limit 1 -- \"$3\"");
    EXPECT_EQ(promoted.exit_code, 0) << promoted.err;
    EXPECT_THAT(promoted.out, HasSubstr("steps:"));
    EXPECT_THAT(run_in_shell("cat \"$4\" | \"$1\" replay -" + behind).err, HasSubstr(" 602 | {\"exchange\": nix}\n"));
}

TEST(Replay, APipeThatCannotBeKeptIsTold) {
    TestRecording recording({make_check("a", "true")});
    // The descriptor stays open, and nothing else can be put into its place.
    const auto ended = understudy::test::run_file(
        "/bin/bash",
        {"-c", "exec 80< <(cat \"$2\"); ulimit -n 60; \"$1\" replay /dev/fd/80 --recorded-environment -- \"$3\"",
         "bash", UNDERSTUDY_PROGRAM_DIR "/understudy", recording.path(), kBootstrap},
        {"PATH=/usr/bin:/bin"});
    EXPECT_EQ(ended.exit_code, 2) << ended.out;
    EXPECT_THAT(ended.err,
                HasSubstr("cannot keep what comes from '/dev/fd/80' in a temporary file: Bad file descriptor"));
}

TEST(Replay, RequestsGoThroughTheFrontTheyCameThrough) {
    TestRecording recording({make_check("a", "true"), make_check("b", "false")});
    const auto ended = run({"replay", recording.path(), "--edge", "http", "--recorded-environment", "--", kBootstrap});
    EXPECT_EQ(ended.code, 4) << ended.out << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("2 exchanges replayed: 1 the same, 1 different"));
}

TEST(Replay, ATemplatesFunctionsTakeRequestsAndEvents) {
    TestRecording recording({make_check("a", "true")});
    std::ofstream(recording.other("t.yaml"))
        << "Transform: AWS::Serverless-2016-10-31\nResources:\n  Logs:\n    Type: AWS::Serverless::Function\n"
        << "    Properties:\n      FunctionName: logs\n      Runtime: provided.al2023\n      Handler: bootstrap\n"
        << "      CodeUri: " << kBootstrap << "\n      Environment: { Variables: { LOGQUERY_LOGS: " << kLogs << " } }\n"
        << "      Events: { Any: { Type: HttpApi } }\n";
    for (const char* edge : {"http", "event"}) {
        const auto ended = run({"replay", recording.path(), recording.other("t.yaml"), "--edge", edge, "-j", "2"});
        EXPECT_EQ(ended.code, 0) << ended.out << ended.err;
        EXPECT_THAT(ended.out, HasSubstr("1 exchange replayed: 1 the same"));
    }
}

// A command's API answers under any host; of several in a template none is meant by a foreign one.
TEST(Replay, TrafficUnderAForeignHostGoesToTheApiThatTheUserNames) {
    auto foreign = make_check("a", "true");
    foreign.request->headers = {{"Host", "shop.example.com"}, {"Content-Type", "application/json"}};
    TestRecording recording({foreign});
    const std::string file = recording.other("t.yaml");
    std::ofstream(file)
        << "Transform: AWS::Serverless-2016-10-31\nResources:\n"
        << "  Shop: { Type: AWS::Serverless::HttpApi }\n  Admin: { Type: AWS::Serverless::HttpApi }\n"
        << "  Logs:\n    Type: AWS::Serverless::Function\n"
        << "    Properties:\n      FunctionName: logs\n      Runtime: provided.al2023\n      Handler: bootstrap\n"
        << "      CodeUri: " << kBootstrap << "\n      Environment: { Variables: { LOGQUERY_LOGS: " << kLogs << " } }\n"
        << "      Events: { Any: { Type: HttpApi, Properties: { ApiId: !Ref Shop } } }\n";
    const auto unnamed = run({"replay", recording.path(), file});
    EXPECT_EQ(unnamed.code, 3);
    EXPECT_THAT(unnamed.out, HasSubstr("1 exchange left out: the template has several APIs of kind http, and they name "
                                       "none (--api sends them to one: "));
    const auto named = run({"replay", recording.path(), file, "--api", "Shop"});
    EXPECT_EQ(named.code, 0) << named.out << named.err;
    EXPECT_THAT(named.out, HasSubstr("1 exchange replayed: 1 the same"));
    const auto mistyped = run({"replay", recording.path(), file, "--api", "Shpo"});
    EXPECT_EQ(mistyped.code, 3);
    EXPECT_THAT(mistyped.err, HasSubstr("the template has no API 'Shpo'"));
    EXPECT_THAT(mistyped.err, HasSubstr("did you mean 'Shop'?"));
    EXPECT_THAT(run({"replay", recording.path(), "--api", "Shop", "--", kBootstrap}).err,
                HasSubstr("--api is one of a template's APIs"));
}

TEST(Replay, NobodyAtTheUrlCouldNotBeRun) {
    TestRecording recording({make_check("a", "true")});
    const auto ended = run({"replay", recording.path(), "--against", "http://127.0.0.1:1"});
    EXPECT_EQ(ended.code, 3);
    EXPECT_THAT(ended.out, HasSubstr("1 exchange: no reply"));
}

TEST(Replay, AServerThatNamesItselfIsKnownByTheUrlItIsCalledBy) {
    auto exchange = make_check("a", "true");
    exchange.response->headers.add("Location", "http://localhost:3000/next");
    TestRecording recording({exchange});
    test::ScriptedServer server([](test::ScriptedServer& self) {
        auto peer = self.accept();
        EXPECT_EQ(peer.read_request().first_line(), std::string("POST /prod") + kPath + " HTTP/1.1");
        peer.reply("200 OK", "Content-Type: application/json\r\nLocation: http://" + self.authority() + "/next\r\n",
                   R"({"found":true})");
    });
    const auto ended = run({"replay", recording.path(), "--against", "http://" + server.authority() + "/prod"});
    EXPECT_EQ(ended.code, 0) << ended.out << ended.err;
}

TEST(Replay, AnInterruptEndsItWithWhatCameUntilThen) {
    auto other = make_check("a", "true"), hanging = make_check("b", "true");
    other.request->start_line = "GET /?do=bytes HTTP/1.1";
    hanging.request->start_line = "GET /?do=hang HTTP/1.1";
    TestRecording recording({other, hanging, hanging});
    const std::string told = recording.other("told.jsonl"), junit = recording.other("j.xml");
    ASSERT_EQ(::mkfifo(told.c_str(), 0600), 0);
    const int pipe = ::open(told.c_str(), O_RDWR | O_CLOEXEC);
    for (const char* pace : {"0", "1"}) {
        std::vector<std::string> words = {"replay", recording.path(), "--edge", "http", "--json",
                                          told,     "--junit",        junit};
        if (*pace != '0') words.insert(words.end(), {"--pace", pace});
        words.insert(words.end(), {"--", kScripted});
        Program program(words);
        // The first has been compared; the second hangs, or is about to.
        for (char byte = 0; byte != '\n' && ::read(pipe, &byte, 1) == 1;) continue;
        program.send(SIGINT);
        EXPECT_THAT(program.read_rest(), HasSubstr("1 exchange replayed: 0 the same, 1 different ("));
        EXPECT_EQ(program.wait(), 130);
        EXPECT_THAT(program.err(), HasSubstr("understudy replay: interrupted"));
        EXPECT_THAT(read_file(junit), HasSubstr("failures=\"2\" errors=\"0\""));
        for (char byte = 0; byte != '\n' && ::read(pipe, &byte, 1) == 1;) continue;  // The summary.
    }
    ::close(pipe);
}

TEST(Replay, ARequestThatWouldBeTwoIsLeftOut) {
    auto split = make_check("a", "true");
    split.request->start_line = "GET / HTTP/1.1\r\nX: y\r\n\r\nGET /b HTTP/1.1";
    TestRecording recording({split, make_check("b", "true")});
    const auto ended = run({"replay", recording.path(), "--recorded-environment", "--edge", "http", "--", kBootstrap});
    EXPECT_EQ(ended.code, 0) << ended.out << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("1 exchange replayed: 1 the same"));
    EXPECT_THAT(ended.out, HasSubstr("1 exchange left out: their start line has line breaks in it"));
}

TEST(Replay, TwoBuildsAreComparedByReplyAndCost) {
    TestRecording recording({make_check("a", "true"), make_check("b", "true")});
    const auto same = run(
        {"replay", recording.path(), "--recorded-environment", "--baseline", kBootstrap, "--candidate", kBootstrap});
    EXPECT_EQ(same.code, 0) << same.out << same.err;
    EXPECT_THAT(same.out, HasSubstr("duration p50"));
    EXPECT_THAT(same.out, HasSubstr("memory   p50"));
    const auto other =
        run({"replay", recording.path(), "--recorded-environment", "--baseline", kBootstrap, "--candidate", kScripted});
    EXPECT_EQ(other.code, 4) << other.out << other.err;
    const auto nothing =
        run({"replay", recording.path(), "--filter", "nothing", "--baseline", kBootstrap, "--candidate", kBootstrap});
    EXPECT_EQ(nothing.code, 3);
    EXPECT_THAT(nothing.out, testing::Not(HasSubstr("duration p50")));
}

TEST(Replay, ABadLineIsToldWithItsPlace) {
    TestRecording recording({make_check("a", "true")});
    std::ofstream(recording.path(), std::ios::app) << "{\"exchange\":{\"id\":1}}\n";
    const auto ended = run({"replay", recording.path(), "--recorded-environment", "--", kBootstrap});
    EXPECT_EQ(ended.code, 2);
    EXPECT_THAT(ended.err, HasSubstr("traffic.jsonl:3:19"));
    EXPECT_EQ(run({"replay", recording.other("nowhere.jsonl"), "--", kBootstrap}).code, 2);
}

TEST(Replay, AHandlerThatCannotBeStartedIsNamed) {
    TestRecording recording({make_check("a", "true")});
    const auto ended = run({"replay", recording.path(), "--", "/nowhere/bootstrap"});
    EXPECT_EQ(ended.code, 3);
    EXPECT_THAT(ended.err, HasSubstr("/nowhere/bootstrap"));
}

TEST(Replay, TheCommandLineSaysWhatIsWrong) {
    EXPECT_THAT(run({"replay", "t.jsonl"}).err, HasSubstr("says nothing of what to run"));
    EXPECT_THAT(run({"replay", "--", "x"}).err, HasSubstr("needs a recording"));
    EXPECT_THAT(run({"replay", "t.jsonl", "a.yaml", "--", "x"}).err, HasSubstr("takes one of"));
    EXPECT_THAT(run({"replay", "t.jsonl", "--baseline", "x"}).err, HasSubstr("go together"));
    EXPECT_THAT(run({"replay", "t.jsonl", "--sample", "0%", "--", "x"}).err, HasSubstr("10%"));
    EXPECT_THAT(run({"replay", "t.jsonl", "--filter", "(", "--", "x"}).err, HasSubstr("regular expression"));
    EXPECT_THAT(run({"replay", "t.jsonl", "a.yaml", "--env", "A=1"}).err, HasSubstr("a template says it itself"));
}

TEST(Replay, BehindAFrontTheReplyIsComparedToo) {
    auto exchange = make_check("a", "true");
    exchange.invocations.front().reply.insert(1, "\"extra\":1,");
    TestRecording recording({exchange});
    const auto ended = run({"replay", recording.path(), "--edge", "http", "--recorded-environment", "--", kBootstrap});
    EXPECT_EQ(ended.code, 4) << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("reply.extra: expected 1, got absent"));
    const auto ignored = run({"replay", recording.path(), "--edge", "http", "--recorded-environment", "--ignore",
                              "reply.extra", "--", kBootstrap});
    EXPECT_EQ(ignored.code, 0) << ignored.out << ignored.err;
}

TEST(Replay, ADashMeansStdoutAndPeopleReadStderr) {
    TestRecording recording({make_check("a", "false")});
    for (const char* option : {"--json", "--junit"}) {
        const auto ended = run({"replay", recording.path(), "--recorded-environment", option, "-", "--", kBootstrap});
        EXPECT_EQ(ended.code, 4);
        EXPECT_TRUE(ended.out.starts_with(option == std::string("--json") ? "{\"exchange\"" : "<?xml")) << ended.out;
        EXPECT_THAT(ended.out, testing::Not(HasSubstr("1 exchange replayed")));
        EXPECT_THAT(ended.err, HasSubstr("1 exchange replayed"));
    }
    EXPECT_FALSE(std::filesystem::exists("-"));
}

TEST(Replay, AReportThatCannotBeWrittenIsAnError) {
    TestRecording recording({make_check("a", "false")});
    const auto ended = run({"replay", recording.path(), "--json", "/dev/full", "--", kBootstrap});
    EXPECT_EQ(ended.code, 3);
    EXPECT_THAT(ended.err, HasSubstr("cannot write '/dev/full': No space left on device"));
}

TEST(Replay, APathThatNamesNothingIsToldAndABrokenFileOfAFolderIsNoSuccess) {
    TestRecording recording({make_check("a", "false")});
    const auto typo = run({"replay", recording.path(), "--recorded-environment", "--ignore", "body.fuond", "--ignore",
                           "body.found", "--", kBootstrap});
    EXPECT_EQ(typo.code, 0);
    EXPECT_THAT(typo.err, HasSubstr("--ignore 'body.fuond' names nothing"));
    EXPECT_THAT(typo.err, testing::Not(HasSubstr("body.found")));
    const std::string events = recording.other("events");
    std::filesystem::create_directory(events);
    std::ofstream(events + "/good.json") << "{\"a\":1}";
    std::ofstream(events + "/broken.json") << "{\"a\":";
    const auto broken = run({"replay", events, "--baseline", kScripted, "--candidate", kScripted});
    EXPECT_EQ(broken.code, 2) << broken.out;
    EXPECT_THAT(broken.err, HasSubstr("broken.json:1:6"));
    std::filesystem::remove_all(events);
}

TEST(Replay, ASampleOfAFolderWithABrokenFileIsReplayedAndIsNoSuccess) {
    TestRecording recording({make_check("a", "true"), make_check("b", "true"), make_check("c", "true")});
    const std::string folder = recording.other("folder");
    std::filesystem::create_directory(folder);
    std::filesystem::copy(recording.path(), folder + "/good.jsonl");
    std::ofstream(folder + "/broken.jsonl") << "nonsense\n";
    const auto ended =
        run({"replay", folder, "--sample", "2", "--recorded-environment", "--function", "logs", "--", kBootstrap});
    EXPECT_EQ(ended.code, 2) << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("2 exchanges replayed: 2 the same"));
    EXPECT_THAT(ended.err, HasSubstr("broken.jsonl:1:1"));
    std::filesystem::remove_all(folder);
}

TEST(Replay, AHarForACommandSaysThatItHasNoEvents) {
    TestRecording recording({});
    const std::string har = recording.other("a.har");
    std::ofstream(har) << R"({"log":{"entries":[{"request":{"method":"GET","url":"http://h/a","headers":[]},)"
                       << R"("response":{"status":200,"headers":[],"content":{"text":"x"}}}]}})";
    const auto events = run({"replay", har, "--", kScripted});
    EXPECT_THAT(events.out, HasSubstr("0 exchanges replayed"));
    EXPECT_THAT(events.out + events.err, HasSubstr("a HAR holds requests and no events (--edge http sends these)"));
    const auto requests = run({"replay", har, "--edge", "http", "--", kScripted});
    EXPECT_THAT(requests.out, HasSubstr("1 exchange replayed"));
    EXPECT_THAT(requests.out + requests.err, testing::Not(HasSubstr("no events")));
}

TEST(Replay, WhatAHarDidNotKeepIsLeftOutAtBothEdges) {
    TestRecording recording({});
    const std::string har = recording.other("a.har");
    std::ofstream(har) << R"({"log":{"entries":[{"request":{"method":"GET","url":"http://h/a","headers":[]},)"
                       << R"("response":{"status":200,"headers":[],"content":{"size":8}}}]}})";
    for (const char* edge : {"event", "http"}) {
        const auto ended = run({"replay", har, "--edge", edge, "--", kScripted});
        EXPECT_EQ(ended.code, 3) << ended.out;
        EXPECT_THAT(ended.out, HasSubstr("1 exchange left out: parts of them are missing in the recording")) << edge;
    }
    const auto promoted = run({"promote", har, "--", kScripted});
    EXPECT_EQ(promoted.code, 2);
    EXPECT_EQ(promoted.out, "");
    EXPECT_THAT(promoted.err, HasSubstr("is left out: it is not whole in the recording: the response's body\n"));
}

TEST(Replay, AHeaderOfTheUserStandsInPlaceOfTheRecordedOneInEventsToo) {
    auto exchange = make_check("a", "true");
    exchange.invocations[0].event =
        R"({"version":"2.0","headers":{"do":"throw"},"requestContext":{"http":{"method":"GET","path":"/"}}})";
    exchange.invocations[0].reply = "\"logged\"";
    TestRecording recording({exchange});
    EXPECT_EQ(run({"replay", recording.path(), "--", kScripted}).code, 4);
    const auto replaced = run({"replay", recording.path(), "-H", "Do: log", "--", kScripted});
    EXPECT_EQ(replaced.code, 0) << replaced.out << replaced.err;
    const auto builds = run({"replay", recording.path(), "-H", "Do: log", "--baseline", kScripted, "--candidate",
                             kScripted, "--json", "-"});
    EXPECT_EQ(builds.code, 0) << builds.out << builds.err;
}

TEST(Replay, ABadLineIsShownWithACaret) {
    TestRecording recording({make_check("a", "true")});
    std::ofstream(recording.path(), std::ios::app) << "{\"exchange\":{\"id\":1}}\n";
    const auto ended = run({"replay", recording.path(), "--recorded-environment", "--", kBootstrap});
    EXPECT_THAT(ended.err, HasSubstr(" 3 | {\"exchange\":{\"id\":1}}\n   |                   ^"));
}

}  // namespace
}  // namespace understudy::replay_test
