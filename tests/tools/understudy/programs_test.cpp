// The program itself: what it prints, where, and with which exit code it ends.
#include "tests/tools/understudy/programs.hpp"

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
#include <string>
#include <vector>

namespace understudy::programs_test {
namespace {

using testing::HasSubstr;
using understudy::test::read_file;
using understudy::test::TempFolder;
using Program = understudy::test::RunningProgram;

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

TEST(Programs, ACurrentDirectoryThatIsGoneIsToldInWords) {
    const auto ended = understudy::test::run_file(
        "/bin/sh",
        {"-c", "d=$(mktemp -d) && cd \"$d\" && rmdir \"$d\" && " UNDERSTUDY_PROGRAM_DIR "/understudy serve -- x"},
        {"PATH=/usr/bin:/bin"});
    EXPECT_EQ(ended.exit_code, 3);
    EXPECT_EQ(ended.err, "understudy: the current directory is gone: cd to one that exists\n");
}

TEST(Programs, UsageErrorsEndWith1AndHelpWith0) {
    Program wrong({"serve", "--nonsense"});
    EXPECT_EQ(wrong.wait(), 1);
    Program help({"--help"});
    EXPECT_THAT(help.read_rest(), HasSubstr("serve"));
    EXPECT_EQ(help.wait(), 0);
}

}  // namespace
}  // namespace understudy::programs_test
