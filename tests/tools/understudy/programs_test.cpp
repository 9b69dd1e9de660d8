// The program itself: what it prints, where, and with which exit code it ends.
#include "client/http_exchange.hpp"
#include "proto/wire/call_reading.hpp"
#include "proto/wire/call_writing.hpp"
#include "tests/emulator/net/loopback.hpp"
#include "tests/support/program.hpp"
#include "tests/tools/understudy/running_program.hpp"
#include "tools/grpc/http2_client.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <list>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using testing::HasSubstr;
using understudy::test::read_file;
using understudy::test::TempFolder;

const std::string kHandler = UNDERSTUDY_PROGRAM_DIR "/scripted_handler";

using Program = understudy::test::RunningProgram;

/// A pipe that holds all it can, and that nobody reads.
class FullPipe {
  public:
    FullPipe() {
        if (::pipe2(ends_, O_CLOEXEC) != 0) throw std::runtime_error("pipe2");
        ::fcntl(ends_[1], F_SETPIPE_SZ, 4096);
        ::fcntl(ends_[1], F_SETFL, O_NONBLOCK);
        while (::write(ends_[1], "x", 1) == 1) continue;
        ::fcntl(ends_[1], F_SETFL, 0);
    }
    ~FullPipe() {
        ::close(ends_[0]);
        ::close(ends_[1]);
    }
    FullPipe(const FullPipe&) = delete;
    FullPipe& operator=(const FullPipe&) = delete;
    int write_end() const { return ends_[1]; }

  private:
    int ends_[2] = {-1, -1};
};

TEST(Programs, ServeSaysThatItsReadyLineIsLostAndServesOn) {
    int ends[2];
    ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    Program run({"serve", "--port", "0", "--lambda-port", "0", "--", kHandler}, ends[1], "/dev/full");
    ::close(ends[1]);
    const std::string warning =
        "the line that says where this listens is lost, standard output: No space left on device\n";
    std::string told;
    for (char byte; !told.ends_with(warning) && ::read(ends[0], &byte, 1) == 1;) told += byte;
    EXPECT_THAT(told, HasSubstr("warning: " + warning));
    run.send(SIGTERM);
    EXPECT_EQ(run.wait(), 0);
    ::close(ends[0]);
}

TEST(Programs, ServeSaysWhereItAnswersAndStopsInOrder) {
    for (const int signal : {SIGINT, SIGTERM}) {
        Program run({"serve", "--port", "0", "--lambda-port", "0", "--", kHandler});
        const auto ready = boost::json::parse(run.read_line()).as_object();
        EXPECT_THAT(std::string(ready.at("gateway").as_string()), HasSubstr("http://127.0.0.1:"));
        EXPECT_EQ(ready.at("functions").as_array().at(0).at("name").as_string(), "function");
        run.send(signal);
        EXPECT_EQ(run.wait(), 0);
        EXPECT_THAT(run.err(), HasSubstr("HTTP API    http://127.0.0.1:"));
    }
}

TEST(Programs, ServeEndsWhereItsPortIsTakenAndNamesTheOptionForAnother) {
    Program first({"serve", "--port", "0", "--lambda-port", "0", "--", kHandler});
    const auto ready = boost::json::parse(first.read_line()).as_object();
    const std::string taken = std::string(ready.at("gateway").as_string()).substr(sizeof "http://127.0.0.1:" - 1);
    for (const std::string option : {"--port", "--lambda-port", "--grpc-port"}) {
        std::map<std::string, std::string> ports{{"--port", "0"}, {"--lambda-port", "0"}, {"--grpc-port", "0"}};
        ports[option] = taken;
        std::vector<std::string> words{"serve"};
        for (const auto& [name, port] : ports) words.insert(words.end(), {name, port});
        words.insert(words.end(), {"--", kHandler});
        Program second(words);
        EXPECT_EQ(second.wait(), 1);
        EXPECT_EQ(second.err(), "understudy serve: cannot listen on 127.0.0.1:" + taken +
                                    ": Address already in use; choose another port with " + option +
                                    " (0 picks a free one)\n");
    }
}

TEST(Programs, NothingThatAFunctionStartsOutlivesTheProgram) {
    TempFolder folder;
    const std::string event = folder.write("event.json", "{}");
    const std::string file = folder.file("pid");
    // A daemon that keeps neither our variables nor our outputs.
    const std::string daemon = "env -i setsid -f sh -c 'echo $$ >" + file +
                               "; exec sleep 1000 >/dev/null 2>&1'; while [ ! -s " + file + " ]; do :; done";
    Program run({"invoke", "-e", event, "--", "sh", "-c", daemon + "; exec " + kHandler});
    EXPECT_EQ(run.wait(), 0);
    const std::string pid = read_file(file);
    ASSERT_FALSE(pid.empty());
    EXPECT_EQ(::kill(static_cast<pid_t>(std::stol(pid)), 0), -1) << "it still runs";
}

TEST(Programs, ServeTakesGrpcAtAPortOfItsOwn) {
    using namespace understudy;
    Program run({"serve", "--port", "0", "--lambda-port", "0", "--grpc-port", "0", "--env",
                 "LOGQUERY_LOGS=" UNDERSTUDY_SOURCE_DIR "/scenarios/logs", "--", UNDERSTUDY_PROGRAM_DIR "/bootstrap"});
    const auto ready = boost::json::parse(run.read_line()).as_object();
    const std::string authority(ready.at("grpc").as_string());
    constexpr wire::Dialect kGrpc{wire::Protocol::grpc, wire::Codec::proto};
    const auto call = [&](const std::string& method) {
        const auto request = wire::to_http_request(
            {.dialect = kGrpc, .method = "logquery.v1.LogQueryService/" + method, .timeout = std::chrono::seconds(20)});
        return wire::read_answer(kGrpc, wire::Compression::identity,
                                 grpc::exchange_http2(authority, request, std::chrono::seconds(20)).value())
            .answer.status;
    };
    EXPECT_EQ(call("CheckWindow").code(), wire::Code::invalid_argument);
    EXPECT_THAT(call("CheckWindow").message(), HasSubstr("time is missing"));
    EXPECT_EQ(call("Nothing").code(), wire::Code::unimplemented);
    run.send(SIGTERM);
    EXPECT_EQ(run.wait(), 0);
}

TEST(Programs, ServeDoesNotTakeGrpcForAnApiThatSpeaksTls) {
    Program run({"serve", "--port", "0", "--lambda-port", "0", "--grpc-port", "0", "--tls", "--", kHandler});
    EXPECT_EQ(run.wait(), 1);
    EXPECT_THAT(run.err(), AllOf(HasSubstr("--grpc-port does not go with --tls"), HasSubstr("insecure credentials")));
}

TEST(Programs, AReadyFileHoldsTheSameLineWhileItServes) {
    TempFolder folder;
    const std::string file = folder.file("ready.json");
    Program run({"serve", "--port", "0", "--lambda-port", "0", "--quiet", "--ready-file", file, "--", kHandler});
    const std::string line = run.read_line();
    EXPECT_EQ(read_file(file), line + '\n');
    run.send(SIGTERM);
    EXPECT_EQ(run.wait(), 0);
    EXPECT_FALSE(std::filesystem::exists(file));
    EXPECT_EQ(run.err(), "");
}

TEST(Programs, AReadyFileThatAnotherServerHasWrittenSinceStays) {
    TempFolder folder;
    const std::string file = folder.file("ready.json");
    const std::vector<std::string> words{"serve",        "--port", "0",  "--lambda-port", "0", "--quiet",
                                         "--ready-file", file,     "--", kHandler};
    Program first(words);
    first.read_line();
    Program second(words);
    const std::string line = second.read_line();
    first.send(SIGTERM);
    EXPECT_EQ(first.wait(), 0);
    EXPECT_EQ(read_file(file), line + '\n');
    second.send(SIGTERM);
    EXPECT_EQ(second.wait(), 0);
    EXPECT_FALSE(std::filesystem::exists(file));
}

TEST(Programs, ATakenPortNamesTheFlagThatChangesIt) {
    Program first({"serve", "--port", "0", "--lambda-port", "0", "--", kHandler});
    const auto ready = boost::json::parse(first.read_line()).as_object();
    const std::string url(ready.at("gateway").as_string());
    Program second({"serve", "--port", url.substr(url.rfind(':') + 1), "--lambda-port", "0", "--", kHandler});
    EXPECT_EQ(second.wait(), 1);
    EXPECT_THAT(second.err(), HasSubstr("--port"));
}

TEST(Programs, AReadyFileOfAServerThatWasKilledIsGoneWhereTheNextDoesNotStart) {
    TempFolder folder;
    const std::string file = folder.write("ready.json", "stale");
    Program run({"serve", "--ready-file", file, "/nowhere/template.yaml"});
    EXPECT_EQ(run.wait(), 1);
    EXPECT_FALSE(std::filesystem::exists(file));
}

TEST(Programs, SamsConfigurationMayNameThePort) {
    TempFolder folder;
    std::ofstream(folder.file("sam.toml")) << "version = 0.1\n[default.local_start_api.parameters]\nport = 0\n";
    std::ofstream(folder.file("template.yaml")) << "Resources: {}\n";
    Program run(
        {"serve", "--lambda-port", "0", "--config-file", folder.file("sam.toml"), folder.file("template.yaml")});
    const auto ready = boost::json::parse(run.read_line()).as_object();
    EXPECT_NE(ready.at("gateway").as_string(), "http://127.0.0.1:3000");
    run.send(SIGTERM);
    EXPECT_EQ(run.wait(), 0);
}

TEST(Programs, AMissingCommandIsReportedAtOnce) {
    Program run({"serve", "--port", "0", "--lambda-port", "0", "--", "./no-such-bootstrap"});
    run.read_line();
    run.send(SIGTERM);
    EXPECT_EQ(run.wait(), 0);
    EXPECT_THAT(run.err(), HasSubstr("no-such-bootstrap"));
}

/// An OpenAPI document of one API with a function at / and another at /b.
const std::string kDocument = R"(openapi: 3.0.1
info: {title: T, version: "1"}
paths:
  /:
    get:
      x-amazon-apigateway-integration: {type: aws_proxy, payloadFormatVersion: "2.0", uri: "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:Foo/invocations"}
  /b:
    get:
      x-amazon-apigateway-integration: {type: aws_proxy, payloadFormatVersion: "2.0", uri: "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:Bar:live/invocations"}
)";

understudy::client::Exchange ask(const std::string& url, const std::string& method, const std::string& target) {
    understudy::client::HttpClient client(*understudy::client::parse_url(url));
    return client.exchange({method, target, {}, {}}, std::chrono::seconds(60)).value();
}

TEST(Programs, ACommandRunsEveryFunctionOfAnOpenApiDocument) {
    TempFolder folder;
    Program run({"serve", "--port", "0", "--lambda-port", "0", "--env", "MINE=1", "--openapi",
                 folder.write("api.yaml", kDocument), "--", kHandler});
    const auto ready = boost::json::parse(run.read_line()).as_object();
    const std::string gateway(ready.at("gateway").as_string());
    const auto first = ask(gateway, "GET", "/?do=environment");
    EXPECT_EQ(first.status, 200);
    EXPECT_THAT(first.body, HasSubstr("AWS_LAMBDA_FUNCTION_NAME=Foo"));
    EXPECT_THAT(first.body, HasSubstr("MINE=1"));
    EXPECT_THAT(ask(gateway, "GET", "/b?do=environment").body, HasSubstr("AWS_LAMBDA_FUNCTION_NAME=Bar"));
    run.send(SIGTERM);
    EXPECT_EQ(run.wait(), 0);
    EXPECT_THAT(run.err(), HasSubstr("  GET     /   Foo\n  GET     /b  Bar:live\n"));
    EXPECT_THAT(run.err(), testing::Not(HasSubstr("have no code")));
}

TEST(Programs, ServeRaisesItsOwnLimitOfOpenFilesAndNotThatOfFunctions) {
    rlimit before{};
    ::getrlimit(RLIMIT_NOFILE, &before);
    const rlimit low{before.rlim_max - 1, before.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &low);
    Program run({"serve", "--port", "0", "--lambda-port", "0", "--", "/bin/sh", "-c",
                 "echo has $(ulimit -Sn), gives $(sed -n 's/Max open files *//p' /proc/$PPID/limits)"});
    ::setrlimit(RLIMIT_NOFILE, &before);
    const auto ready = boost::json::parse(run.read_line()).as_object();
    ask(std::string(ready.at("gateway").as_string()), "GET", "/");
    run.send(SIGTERM);
    EXPECT_EQ(run.wait(), 0);
    EXPECT_THAT(run.err(),
                HasSubstr("has " + std::to_string(low.rlim_cur) + ", gives " + std::to_string(before.rlim_max) + ' '));
}

TEST(Programs, FileDescriptorsThatRunOutAreToldOnceWithTheCure) {
    constexpr rlim_t kFew = 40;
    int ends[2];
    ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    Program run({"serve", "--port", "0", "--lambda-port", "0", "--", kHandler}, ends[1]);
    ::close(ends[1]);
    const auto ready = boost::json::parse(run.read_line()).as_object();
    const std::string gateway(ready.at("gateway").as_string());
    const rlimit few{kFew, kFew};
    ASSERT_EQ(::prlimit(static_cast<pid_t>(ready.at("pid").as_int64()), RLIMIT_NOFILE, &few, nullptr), 0);
    const std::string cure = "('ulimit -n')";
    std::string told;
    char byte = 0;
    {
        const auto port = static_cast<std::uint16_t>(std::stoi(gateway.substr(gateway.rfind(':') + 1)));
        std::list<understudy::net::RawClient> clients;
        for (rlim_t i = 0; i < kFew; ++i) clients.emplace_back(port);
        while (!told.ends_with(cure) && ::read(ends[0], &byte, 1) == 1) told += byte;
    }
    EXPECT_EQ(ask(gateway, "GET", "/").status, 200) << "it goes on by itself";
    run.send(SIGTERM);
    EXPECT_EQ(run.wait(), 0);
    while (::read(ends[0], &byte, 1) == 1) told += byte;
    ::close(ends[0]);
    EXPECT_THAT(told, HasSubstr("advice: too many files are open (this process may have 40): "));
    EXPECT_EQ(told.find(cure), told.rfind(cure)) << told;
}

TEST(Programs, FunctionsWithoutCodeAreToldOnceWithTheCureAndAnswerAsAwsDoes) {
    TempFolder folder;
    Program run({"serve", "--port", "0", "--lambda-port", "0", "--openapi", folder.write("api.yaml", kDocument)});
    const auto ready = boost::json::parse(run.read_line()).as_object();
    EXPECT_EQ(ask(std::string(ready.at("gateway").as_string()), "GET", "/b").status, 500);
    const auto invoked =
        ask(std::string(ready.at("lambda").as_string()), "POST", "/2015-03-31/functions/Foo/invocations");
    EXPECT_THAT(invoked.body, HasSubstr(R"({"errorType":"Runtime.InvalidEntrypoint","errorMessage":"RequestId: )"));
    EXPECT_THAT(invoked.body,
                HasSubstr(R"(Error: Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]"})"));
    run.send(SIGTERM);
    EXPECT_EQ(run.wait(), 0);
    const std::string notice = "have no code: write '-- COMMAND' behind it, or serve a template\n";
    const std::string told = run.err();
    ASSERT_THAT(told, HasSubstr(notice));
    EXPECT_THAT(told.substr(told.find(notice) + notice.size()), testing::Not(HasSubstr("have no code")));
}

TEST(Programs, ServeAndExplainTellAllThatIsWrongWithATemplate) {
    TempFolder folder;
    const std::string path = folder.write(
        "t.yaml", "Resources:\n  F: {Type: AWS::Serverless::Function, Properties: {Hander: a, Timeout: 0}}\n");
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"serve", path}, {"explain", "GET", "/", path}}) {
        Program program(words);
        EXPECT_EQ(program.wait(), 1);
        EXPECT_THAT(program.err(), HasSubstr(":2:53\n"));
        EXPECT_THAT(program.err(), HasSubstr("^^^^^^ did you mean 'Handler'?\n\nerror: AWS takes 1 to 900 here\n"));
        EXPECT_THAT(program.err(), HasSubstr("\n2 errors\n"));
    }
}

TEST(Programs, InvokePutsTheResultOnStdoutAndTheLogOnStderr) {
    TempFolder folder;
    const std::string event = folder.write("understudy-event.json", R"({"do":"log"})");
    Program run({"invoke", "-e", event, "--", kHandler});
    EXPECT_EQ(run.read_rest(), "\"logged\"\n");
    EXPECT_EQ(run.wait(), 0);
    EXPECT_THAT(run.err(), HasSubstr("to stdout"));
    EXPECT_THAT(run.err(), HasSubstr("START RequestId: "));
    EXPECT_THAT(run.err(), HasSubstr("REPORT RequestId: "));
}

TEST(Programs, AStderrThatNobodyReadsKeepsNothingBack) {
    const FullPipe nobody;
    Program served({"serve", "--port", "0", "--lambda-port", "0", "--", kHandler}, nobody.write_end());
    EXPECT_THAT(served.read_line(), HasSubstr("gateway"));
    served.send(SIGTERM);
    EXPECT_EQ(served.wait(), 0);
    TempFolder folder;
    const std::string event = folder.write("understudy-unread.json", R"({"do":"log"})");
    Program invoked({"invoke", "-e", event, "--", kHandler}, nobody.write_end());
    EXPECT_EQ(invoked.read_rest(), "\"logged\"\n");
    EXPECT_EQ(invoked.wait(), 0);
}

TEST(Programs, InvokeEndsWith4WhereTheFunctionFails) {
    TempFolder folder;
    const std::string event = folder.write("understudy-failing.json", R"({"do":"throw"})");
    Program run({"invoke", "-e", event, "--", kHandler});
    EXPECT_THAT(run.read_rest(), HasSubstr("as ordered"));
    EXPECT_EQ(run.wait(), 4);
}

TEST(Programs, InvokeNamesAnEventThatCannotBeUsed) {
    Program missing({"invoke", "-e", "/nowhere.json", "--", kHandler});
    EXPECT_EQ(missing.wait(), 1);
    EXPECT_THAT(missing.err(), HasSubstr("/nowhere.json"));
    TempFolder folder;
    const std::string event = folder.write("understudy-broken.json", "{\n\"a\": }");
    Program broken({"invoke", "-e", event, "--", kHandler});
    EXPECT_EQ(broken.wait(), 1);
    EXPECT_THAT(broken.err(), HasSubstr("understudy-broken.json:2"));
}

TEST(Programs, InvokeTakesNoMoreThanLambdaDoes) {
    TempFolder folder;
    const auto invoke = [&](std::size_t size) {
        const std::string text = '"' + std::string(size - 2, 'x') + '"';
        Program run({"invoke", "-e", folder.write("understudy-large.json", text), "--", kHandler});
        run.read_rest();
        const int code = run.wait();
        return std::to_string(code) + ' ' + run.err();
    };
    EXPECT_THAT(invoke(6'291'456), HasSubstr("REPORT RequestId: "));
    EXPECT_EQ(invoke(6'291'457),
              "1 understudy invoke: RequestEntityTooLargeException: Request must be smaller than 6291456 bytes for the "
              "InvokeFunction operation; the event has 6291457\n");
}

TEST(Programs, AFolderForTemporaryFilesThatCannotBeWrittenIsNoFaultOfTheFunction) {
    TempFolder folder;
    const std::string event = folder.write("understudy-event.json", "{}");
    ::setenv("TMPDIR", "/proc", 1);
    Program invoked({"invoke", "-e", event, "--", kHandler});
    Program served({"serve", "--port", "0", "--lambda-port", "0", "--", kHandler});
    ::unsetenv("TMPDIR");
    for (Program* run : {&invoked, &served}) {
        EXPECT_EQ(run->read_rest(), "");
        EXPECT_EQ(run->wait(), 1);
        EXPECT_THAT(run->err(), AllOf(HasSubstr("cannot make a directory in /proc: "),
                                      HasSubstr("; name a folder that can be written by TMPDIR\n")));
    }
}

TEST(Programs, ACurrentDirectoryThatIsGoneIsToldInWords) {
    const auto ended = understudy::test::run_file(
        "/bin/sh",
        {"-c", "d=$(mktemp -d) && cd \"$d\" && rmdir \"$d\" && " UNDERSTUDY_PROGRAM_DIR "/understudy serve -- x"},
        {"PATH=/usr/bin:/bin"});
    EXPECT_EQ(ended.exit_code, 3);
    EXPECT_EQ(ended.err, "understudy: the current directory is gone: cd to one that exists\n");
}

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

TEST(Programs, UsageErrorsEndWith1AndHelpWith0) {
    Program wrong({"serve", "--nonsense"});
    EXPECT_EQ(wrong.wait(), 1);
    Program help({"--help"});
    EXPECT_THAT(help.read_rest(), HasSubstr("serve"));
    EXPECT_EQ(help.wait(), 0);
}

}  // namespace
