// Recorded traffic against handlers, as a user runs it.
#include "client/http_exchange.hpp"
#include "emulator/record/write_line.hpp"
#include "tests/support/program.hpp"
#include "tests/tools/understudy/running_program.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

using testing::HasSubstr;
using understudy::test::read_file;
using understudy::test::TempFolder;
using Program = understudy::test::RunningProgram;

namespace record = understudy::record;

const std::string kBootstrap = UNDERSTUDY_PROGRAM_DIR "/bootstrap";
const std::string kScripted = UNDERSTUDY_PROGRAM_DIR "/scripted_handler";
const std::string kLogs = UNDERSTUDY_SOURCE_DIR "/scenarios/logs";
constexpr const char* kPath = "/logquery.v1.LogQueryService/CheckWindow";

/// A call of the example, as JSON, whose reply says `found`.
record::Exchange make_check(const std::string& id, const std::string& found) {
    const std::string body = R"({"time":"2026-01-05T10:00:00Z"})";
    const std::string reply = "{\"found\":" + found + "}";
    record::Exchange exchange;
    exchange.id = id;
    exchange.front = "http";
    exchange.started = std::chrono::seconds(1'767'607'200);
    exchange.request = record::HttpMessage{std::string("POST ") + kPath + " HTTP/1.1",
                                           {{"Host", "localhost:3000"}, {"Content-Type", "application/json"}},
                                           body};
    exchange.response = record::HttpMessage{"HTTP/1.1 200 OK", {{"Content-Type", "application/json"}}, reply};
    auto& invocation = exchange.invocations.emplace_back();
    invocation.function = "logs";
    invocation.request_id = "r-" + id;
    invocation.event =
        std::string(R"({"version":"2.0","rawPath":")") + kPath +
        R"(","rawQueryString":"","headers":{"content-type":"application/json"},"requestContext":{"http":)" +
        R"({"method":"POST","path":")" + kPath +
        R"("}},"isBase64Encoded":false,"body":"{\"time\":\"2026-01-05T10:00:00Z\"}"})";
    invocation.reply = R"({"statusCode":200,"headers":{"Content-Type":"application/json"},"isBase64Encoded":false,)"
                       R"("body":"{\"found\":)" +
                       found + "}\"}";
    return exchange;
}

/// A recording that goes with the test.
class TestRecording {
  public:
    explicit TestRecording(const std::vector<record::Exchange>& exchanges) {
        std::string text;
        record::Session session;
        session.program = "test";
        session.functions = {{.name = "logs", .environment = {{"LOGQUERY_LOGS", kLogs}, {"TOKEN", "[redacted]"}}}};
        record::append_line(text, session);
        for (const auto& exchange : exchanges) record::append_line(text, exchange);
        std::ofstream(path(), std::ios::binary) << text;
    }
    std::string path() { return folder_.file("traffic.jsonl"); }
    std::string other(const std::string& name) { return folder_.file(name); }

  private:
    TempFolder folder_;
};

struct Replayed {
    int code;
    std::string out;
    std::string err;
};
Replayed run(std::vector<std::string> words) {
    Program program(std::move(words));
    std::string out = program.read_rest();
    const int code = program.wait();
    return {code, std::move(out), program.err()};
}

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

/// A template with a WebSocket API whose function replies so to everything.
std::string chat_template(const std::string& reply, const std::string& routes) {
    return "Transform: AWS::Serverless-2016-10-31\nResources:\n  Talk:\n    Type: AWS::Serverless::Function\n"
           "    Properties:\n      FunctionName: talk\n      Runtime: provided.al2023\n      Handler: bootstrap\n"
           "      CodeUri: " +
           kScripted + "\n      Environment: { Variables: { ORDER: reply, REPLY: '" + reply +
           "' } }\n"
           "  Chat:\n    Type: AWS::Serverless::WebSocketApi\n    Properties:\n      StageName: prod\n"
           "      RouteSelectionExpression: $request.body.do\n      Routes:\n" +
           routes;
}

const std::string kTalk = "{ FunctionArn: !GetAtt Talk.Arn }\n";
const std::string kChatRoutes =
    "        $connect: " + kTalk + "        $default: " + kTalk + "        $disconnect: " + kTalk;
constexpr const char* kYes = R"({"statusCode":200,"body":"yes"})";

/// What a client makes that connects, says something twice and goes.
std::vector<record::Exchange> make_chat() {
    std::vector<record::Exchange> chat;
    for (const std::string event : {R"("CONNECT"})", R"("MESSAGE"},"body":"hello")", R"("MESSAGE"},"body":"{}")",
                                    R"("DISCONNECT","disconnectStatusCode":1000})"}) {
        auto& exchange = chat.emplace_back();
        exchange.id = "chat-" + std::to_string(chat.size());
        exchange.front = "websocket";
        exchange.api = "old0000000";
        exchange.stage = "prod";
        exchange.invocations.push_back(
            {.function = "talk",
             .event = R"({"requestContext":{"connectionId":"abc=","eventType":)" + event + '}',
             .reply = kYes});
    }
    chat[0].request = record::HttpMessage{"GET /_apis/Chat/prod?a=b HTTP/1.1",
                                          {{"Host", "localhost:3000"},
                                           {"Upgrade", "websocket"},
                                           {"Connection", "Upgrade"},
                                           {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="},
                                           {"Sec-WebSocket-Version", "13"}},
                                          ""};
    chat[0].response = record::HttpMessage{
        "HTTP/1.1 101 Switching Protocols",
        {{"Upgrade", "websocket"}, {"Connection", "Upgrade"}, {"Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="}},
        ""};
    return chat;
}

TEST(Replay, WebSocketsAreOpenedAgainAndTheirMessagesSentInOrder) {
    TestRecording recording(make_chat());
    const auto replayed = [&](const std::string& reply, const std::string& routes) {
        std::ofstream(recording.other("t.yaml")) << chat_template(reply, routes);
        return run({"replay", recording.path(), recording.other("t.yaml")});
    };
    const auto same = replayed(kYes, kChatRoutes);
    EXPECT_EQ(same.code, 0) << same.out << same.err;
    EXPECT_THAT(same.out, HasSubstr("4 exchanges replayed: 4 the same"));
    EXPECT_THAT(same.out, testing::Not(HasSubstr("WebSocket")));

    const auto other = replayed(R"({"statusCode":200,"body":"no"})", kChatRoutes);
    EXPECT_EQ(other.code, 4);
    EXPECT_THAT(other.out, HasSubstr("body: expected \"yes\", got \"no\""));
    EXPECT_THAT(other.out, HasSubstr("4 exchanges replayed: 0 the same, 4 different"));

    const auto refused = replayed(R"({"statusCode":403})", kChatRoutes);
    EXPECT_EQ(refused.code, 4);
    EXPECT_THAT(refused.out, HasSubstr("status: expected 101, got 403"));
    EXPECT_THAT(refused.out, HasSubstr("3 exchanges left out: the handshake of their WebSocket was refused this time"));

    const auto without = replayed(kYes, "        $connect: " + kTalk + "        $disconnect: " + kTalk);
    EXPECT_EQ(without.code, 3);
    EXPECT_THAT(without.out, HasSubstr("2 exchanges: no reply"));
    EXPECT_THAT(without.out, HasSubstr("no function got it"));
}

/// A chat whose two messages are these instead.
std::vector<record::Exchange> make_chat_of(const std::string& first, const std::string& second) {
    auto chat = make_chat();
    const std::string event = R"({"requestContext":{"connectionId":"abc=","eventType":"MESSAGE"},"body":")";
    chat[1].invocations[0].event = event + first + "\"}";
    chat[2].invocations[0].event = event + second + "\"}";
    return chat;
}

TEST(Replay, AMessageOverAFramesLimitIsSentInFrames) {
    TestRecording recording(make_chat_of(std::string(40'000, 'x'), std::string(128 * 1024, 'y')));
    std::ofstream(recording.other("t.yaml")) << chat_template(kYes, kChatRoutes);
    const auto same = run({"replay", recording.path(), recording.other("t.yaml")});
    EXPECT_EQ(same.code, 0) << same.out << same.err;
    EXPECT_THAT(same.out, HasSubstr("4 exchanges replayed: 4 the same"));
}

TEST(Replay, MessagesOfAWebSocketThatTheGatewayHasClosedAreNotWaitedFor) {
    TestRecording recording(make_chat_of(std::string(128 * 1024 + 1, 'x'), "hello"));
    std::ofstream(recording.other("t.yaml")) << chat_template(kYes, kChatRoutes);
    const auto begin = std::chrono::steady_clock::now();
    const auto closed = run({"replay", recording.path(), recording.other("t.yaml")});
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(30));
    EXPECT_EQ(closed.code, 3) << closed.out << closed.err;
    EXPECT_THAT(closed.out, HasSubstr("2 exchanges: no reply"));
    EXPECT_THAT(closed.out, HasSubstr("no function got it"));
    EXPECT_THAT(closed.out, HasSubstr("4 exchanges replayed: 2 the same, 2 without a reply"));
}

/// Calls of `@connections` as the functions of a chat's two messages make them, each in front of its message.
std::vector<record::Exchange> make_pushed_chat(const std::vector<std::string>& first,
                                               const std::vector<std::string>& second) {
    auto chat = make_chat();
    for (std::size_t i = 0; i < chat.size(); ++i) {
        chat[i].started = std::chrono::seconds(1'000 + 10 * static_cast<int>(i));
        chat[i].total_us = 5'000'000;
    }
    const auto call_of = [](const record::Exchange& message, const std::string& text) {
        record::Exchange call;
        call.id = "call-" + text;
        call.front = "websocket";
        call.started = message.started + std::chrono::seconds(1);
        call.request =
            record::HttpMessage{"POST /_apis/Chat/prod/@connections/abc%3D HTTP/1.1", {{"Host", "localhost"}}, text};
        call.response = record::HttpMessage{"HTTP/1.1 200 OK", {}, ""};
        return call;
    };
    std::vector<record::Exchange> pushed{chat[0]};
    for (const auto& text : first) pushed.push_back(call_of(chat[1], text));
    pushed.push_back(chat[1]);
    for (const auto& text : second) pushed.push_back(call_of(chat[2], text));
    pushed.push_back(chat[2]);
    pushed.push_back(chat[3]);
    return pushed;
}

/// The same template, whose function sends these texts, between bars, to the client of each message.
std::string pushing_template(const std::string& texts) {
    std::string text = chat_template(kYes, kChatRoutes);
    const std::string order = "ORDER: reply,";
    return text.replace(text.find(order), order.size(), "ORDER: push, PUSH: '" + texts + "',");
}

TEST(Replay, WhatFunctionsSendToTheClientsOfWebSocketsIsCompared) {
    TestRecording recording(make_pushed_chat({R"({"n":1})", "two"}, {R"({"n":1})", "two"}));
    const std::string file = recording.other("t.yaml");
    const auto replayed = [&](const std::string& texts, const std::vector<std::string>& more = {}) {
        std::ofstream(file) << pushing_template(texts);
        std::vector<std::string> words{"replay", recording.path(), file};
        words.insert(words.end(), more.begin(), more.end());
        return run(words);
    };
    const auto same = replayed(R"({"n": 1}|two)");
    EXPECT_EQ(same.code, 0) << same.out << same.err;
    EXPECT_THAT(same.out, HasSubstr("8 exchanges replayed: 8 the same"));

    const auto changed = replayed(R"({"n": 2}|two)", {"--json", recording.other("j.json")});
    EXPECT_EQ(changed.code, 4);
    EXPECT_THAT(changed.out, HasSubstr("2 exchanges: message.n changed\n  " + recording.path() +
                                       ":3  call-{\"n\":1}  POST /_apis/Chat/prod/@connections/abc%3D\n"
                                       "  message.n: expected 1, got 2\n"));
    EXPECT_THAT(changed.out, HasSubstr("8 exchanges replayed: 6 the same, 2 different"));
    EXPECT_THAT(read_file(recording.other("j.json")),
                HasSubstr(R"("differences":[{"path":"message.n","expected":"1","actual":"2"}])"));
    EXPECT_EQ(replayed(R"({"n": 2}|two)", {"--ignore", "message.n"}).code, 0);

    const auto fewer = replayed(R"({"n": 1})");
    EXPECT_EQ(fewer.code, 4);
    EXPECT_THAT(fewer.out, HasSubstr("2 exchanges: message missing\n"));
    EXPECT_THAT(fewer.out, HasSubstr("message: expected \"two\", got absent\n"));

    const auto more = replayed(R"({"n": 1}|two|three)");
    EXPECT_EQ(more.code, 4);
    EXPECT_THAT(more.out, HasSubstr("2 exchanges: message new\n"));
    EXPECT_THAT(more.out, HasSubstr("message: expected absent, got \"three\"\n"));
    EXPECT_EQ(replayed(R"({"n": 1}|two|three)", {"--function", "talk"}).code, 0)
        << "the recorded calls are none of the exchanges that are chosen";

    const auto reversed = replayed(R"(two|{"n": 1})");
    EXPECT_EQ(reversed.code, 4);
    EXPECT_THAT(reversed.out, HasSubstr("2 exchanges: order changed\n"));
}

// A function may go on behind its reply. This one does once the message has been compared.
TEST(Replay, ACallOfConnectionsBehindTheLastExchangeIsWaitedFor) {
    const auto pushed = make_pushed_chat({"late"}, {});
    std::vector<record::Exchange> chat{pushed[0], pushed[2], pushed[1]};
    chat[1].invocations[0].reply = R"({"statusCode":200,"body":"other"})";
    chat[2].started = chat[1].started + std::chrono::seconds(7);
    TestRecording recording(chat);
    const std::string file = recording.other("t.yaml"), told = recording.other("told"), gate = recording.other("gate");
    ASSERT_EQ(::mkfifo(told.c_str(), 0600), 0);
    ASSERT_EQ(::mkfifo(gate.c_str(), 0600), 0);
    const int pipe = ::open(told.c_str(), O_RDWR | O_CLOEXEC), opener = ::open(gate.c_str(), O_RDWR | O_CLOEXEC);
    const auto replayed = [&](const std::string& text) {
        std::string yaml = pushing_template(text);
        std::ofstream(file) << yaml.replace(yaml.find("push,"), 5, "push-behind, GATE: '" + gate + "',");
        Program program({"replay", recording.path(), file, "--json", told});
        for (char byte = 0; byte != '\n' && ::read(pipe, &byte, 1) == 1;) continue;
        EXPECT_EQ(::write(opener, "go\n", 3), 3);
        std::string out = program.read_rest();
        EXPECT_EQ(program.wait(), 4) << out;
        return out;
    };
    EXPECT_THAT(replayed("late"), HasSubstr("3 exchanges replayed: 2 the same, 1 different"));
    const std::string other = replayed("later");
    EXPECT_THAT(other, HasSubstr("message: expected \"late\", got \"later\""));
    EXPECT_THAT(other, HasSubstr("3 exchanges replayed: 1 the same, 2 different"));
    ::close(pipe);
    ::close(opener);
}

TEST(Replay, CallsOfConnectionsThatAreNotComparedAreCounted) {
    auto chat = make_pushed_chat({"hi"}, {});
    chat[1].started = chat[2].started - std::chrono::seconds(3);
    TestRecording others(chat), handshake_only({chat[1]});
    const std::string file = others.other("t.yaml");
    std::ofstream(file) << chat_template(kYes, kChatRoutes);
    const auto of_others = run({"replay", others.path(), file});
    EXPECT_EQ(of_others.code, 0) << of_others.out << of_others.err;
    EXPECT_THAT(of_others.out, HasSubstr("1 exchange left out: they are calls of @connections that no function made"));
    EXPECT_THAT(run({"replay", handshake_only.path(), file}).out,
                HasSubstr("1 exchange left out: they are calls of @connections for WebSockets whose handshake is not"));
    EXPECT_THAT(run({"replay", others.path(), file, "-j", "2"}).out,
                HasSubstr("1 exchange left out: they are calls of @connections, which are compared where"));
}

TEST(Replay, WhatIsNotSentOverAWebSocketIsSaid) {
    TestRecording whole(make_chat());
    const std::string recording = whole.path(), file = whole.other("t.yaml");
    std::ofstream(file) << chat_template(kYes, kChatRoutes);
    const std::string events = "functions got their events again, nothing was sent over a WebSocket";
    EXPECT_THAT(run({"replay", recording, file, "-j", "2"}).out, HasSubstr("4 exchanges of WebSockets: " + events));
    EXPECT_THAT(run({"replay", recording, file, "--edge", "event"}).out,
                HasSubstr("4 exchanges of WebSockets: " + events));
    EXPECT_THAT(run({"replay", recording, file, "--id", "chat-2"}).out,
                HasSubstr("1 exchange of WebSockets: " + events))
        << "the handshake is not among them";
}

TEST(Replay, NobodyAtTheUrlCouldNotBeRun) {
    TestRecording recording({make_check("a", "true")});
    const auto ended = run({"replay", recording.path(), "--against", "http://127.0.0.1:1"});
    EXPECT_EQ(ended.code, 3);
    EXPECT_THAT(ended.out, HasSubstr("1 exchange: no reply"));
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

/// Calls of the example in both encodings, recorded by `serve`.
void record_calls(const std::string& file) {
    Program serve({"serve", "--port", "0", "--lambda-port", "0", "--quiet", "--record", file, "--env",
                   "LOGQUERY_LOGS=" + kLogs, "--", kBootstrap});
    const auto ready = boost::json::parse(serve.read_line()).as_object();
    understudy::client::HttpClient client(*understudy::client::parse_url(std::string(ready.at("gateway").as_string())));
    const auto call = [&](const std::string& type, const std::string& body) {
        const auto reply =
            client.exchange({.method = "POST", .target = kPath, .headers = {{"Content-Type", type}}, .body = body},
                            std::chrono::seconds(30));
        ASSERT_TRUE(reply);
        EXPECT_EQ(reply->status, 200);
    };
    call("application/json", R"({"time":"2026-01-05T10:00:00Z"})");
    call("application/proto", std::string("\x0a\x06\x08\xa0\x97\xee\xca\x06", 8));
    serve.send(SIGTERM);
    EXPECT_EQ(serve.wait(), 0);
}

TEST(RecordedTraffic, ReplaysTheSameAndNamesTheFieldThatABrokenHandlerChanges) {
    TestRecording folder({});
    const std::string file = folder.other("recorded.jsonl");
    record_calls(file);
    const std::vector<std::string> schema{"--proto", "logquery/v1/logquery.proto", "--import-path",
                                          UNDERSTUDY_SOURCE_DIR "/proto"};
    const auto replay = [&](std::vector<std::string> words) {
        words.insert(words.begin(), {"replay", file});
        words.insert(words.end(), schema.begin(), schema.end());
        words.insert(words.end(), {"--", kBootstrap});
        return run(words);
    };
    for (const char* edge : {"event", "http"}) {
        const auto same = replay({"--edge", edge, "--recorded-environment", "--recorded-ids"});
        EXPECT_EQ(same.code, 0) << same.out << same.err;
        EXPECT_THAT(same.out, HasSubstr("2 exchanges replayed: 2 the same"));
        const auto broken = replay({"--edge", edge, "--env", "LOGQUERY_LOGS=" UNDERSTUDY_SOURCE_DIR "/proto"});
        EXPECT_EQ(broken.code, 4) << broken.out << broken.err;
        EXPECT_THAT(broken.out, HasSubstr("2 exchanges: body.found "));
    }
    std::vector<std::string> words{"promote", file, "--limit", "2"};
    words.insert(words.end(), schema.begin(), schema.end());
    words.insert(words.end(), {"--", kBootstrap});
    const auto promoted = run(words);
    EXPECT_THAT(promoted.out, HasSubstr("- method: logquery.v1.LogQueryService/CheckWindow"));
    std::ofstream(folder.other("s.yaml")) << promoted.out;
    const auto tested = run({"test", folder.other("s.yaml")});
    EXPECT_EQ(tested.code, 0) << tested.out << tested.err << promoted.out;
}

/// A call of the scripted handler over HTTP, recorded by `serve`, which gives it these variables.
void record_orders(const std::string& file, const std::vector<std::string>& variables,
                   const std::vector<std::string>& targets) {
    std::vector<std::string> words{"serve", "--port", "0", "--lambda-port", "0", "--quiet", "--record", file};
    for (const auto& variable : variables) words.insert(words.end(), {"--env", variable});
    words.insert(words.end(), {"--", kScripted});
    Program serve(words);
    const auto ready = boost::json::parse(serve.read_line()).as_object();
    understudy::client::HttpClient client(*understudy::client::parse_url(std::string(ready.at("gateway").as_string())));
    for (const auto& target : targets) {
        const auto reply =
            client.exchange({.method = "GET", .target = target, .headers = {}, .body = ""}, std::chrono::seconds(30));
        ASSERT_TRUE(reply);
    }
    serve.send(SIGTERM);
    EXPECT_EQ(serve.wait(), 0);
}

TEST(RecordedTraffic, FunctionsAreGivenTheRecordedIdsAndClockWhereAsked) {
    TestRecording folder({});
    const std::string file = folder.other("recorded.jsonl");
    record_orders(file, {}, {"/?do=id", "/?do=show"});
    const auto replay = [&](const char* edge, const std::vector<std::string>& more) {
        std::vector<std::string> words{"replay",   file,
                                       "--edge",   edge,
                                       "--ignore", "body.headers.host",
                                       "--ignore", "body.requestContext.domainName",
                                       "--ignore", "body.requestContext.domainPrefix",
                                       "--ignore", "body.headers[\"x-forwarded-port\"]"};
        words.insert(words.end(), more.begin(), more.end());
        words.insert(words.end(), {"--", kScripted});
        return run(words);
    };
    const auto drawn = replay("http", {});
    EXPECT_EQ(drawn.code, 4) << drawn.out;
    EXPECT_THAT(drawn.out, HasSubstr("body.requestContext.requestId changed"));
    EXPECT_THAT(drawn.out, HasSubstr("body.requestContext.timeEpoch changed"));
    for (const char* edge : {"http", "event"}) {
        const auto recorded = replay(edge, {"--recorded-ids", "--recorded-clock"});
        EXPECT_EQ(recorded.code, 0) << edge << '\n' << recorded.out << recorded.err;
    }
}

TEST(RecordedTraffic, FunctionsAreToldTheRecordedDeadlineWhereAsked) {
    TestRecording recording({make_check("a", "true")});
    for (const char* edge : {"http", "event"}) {
        const auto ended = run({"replay", recording.path(), "--edge", edge, "--recorded-deadline", "--json", "-",
                                "--env", "ORDER=remaining", "--", kScripted});
        EXPECT_EQ(ended.code, 4) << ended.err;
        // No time is left: the handler's own runtime shows no less than nothing.
        const bool text = edge == std::string("http");
        EXPECT_THAT(ended.out, HasSubstr(text ? R"("actual":"\"0\"")" : R"("actual":"0")"));
    }
}

TEST(RecordedTraffic, EachSessionHasItsOwnEnvironment) {
    TestRecording folder({});
    const std::string file = folder.other("recorded.jsonl");
    for (const char* reply : {"REPLY={\"v\":1}", "REPLY={\"v\":2}"})
        record_orders(file, {"ORDER=reply", reply}, {"/a", "/b"});
    for (const std::vector<std::string>& edge : {std::vector<std::string>{"--edge", "http"},
                                                 {"--edge", "http", "-j", "4"},
                                                 {"--edge", "event"},
                                                 {"-j", "4"}}) {
        std::vector<std::string> words{"replay", file, "--recorded-environment"};
        words.insert(words.end(), edge.begin(), edge.end());
        words.insert(words.end(), {"--", kScripted});
        const auto ended = run(words);
        EXPECT_EQ(ended.code, 0) << ended.out << ended.err;
        EXPECT_THAT(ended.out, HasSubstr("4 exchanges replayed: 4 the same"));
    }
    const auto builds = run({"replay", file, "--recorded-environment", "--baseline", kScripted, "--candidate",
                             kScripted, "--expect", folder.other("e.yaml")});
    EXPECT_EQ(builds.code, 2);
    std::ofstream(folder.other("e.yaml")) << "reply.v: { $between: [1, 2] }\n";
    const auto both = run({"replay", file, "--recorded-environment", "--baseline", kScripted, "--candidate", kScripted,
                           "--expect", folder.other("e.yaml")});
    EXPECT_EQ(both.code, 0) << both.out << both.err;
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

TEST(Replay, ABadLineIsShownWithACaret) {
    TestRecording recording({make_check("a", "true")});
    std::ofstream(recording.path(), std::ios::app) << "{\"exchange\":{\"id\":1}}\n";
    const auto ended = run({"replay", recording.path(), "--recorded-environment", "--", kBootstrap});
    EXPECT_THAT(ended.err, HasSubstr(" 3 | {\"exchange\":{\"id\":1}}\n   |                   ^"));
}

/// A function whose reply is this text, as it was recorded over HTTP and alone.
std::vector<record::Exchange> make_replied(const std::string& body, const std::string& reply) {
    std::vector<record::Exchange> exchanges(2);
    exchanges[0].front = "http";
    exchanges[0].request = record::HttpMessage{
        "POST /a?b=%20c HTTP/1.1", {{"Host", "localhost:3000"}, {"Content-Type", "application/json"}}, body};
    exchanges[0].response = record::HttpMessage{"HTTP/1.1 200 OK", {{"Content-Type", "application/json"}}, body};
    exchanges[1].front = "runtime";
    for (auto& exchange : exchanges) {
        exchange.id = "an\nid";
        auto& invocation = exchange.invocations.emplace_back();
        invocation.function = "f";
        invocation.event = body;
        invocation.reply = reply;
    }
    return exchanges;
}

TEST(Promote, WhateverIsRecordedLoadsAndPasses) {
    TestRecording folder({});
    std::filesystem::create_directory(folder.other("all"));
    int number = 0;
    for (const std::string body :
         {"null", "{\"a\":1,\"a\":2}", "{\"in\":[{\"b\":1,\"b\":1}]}", "\"\\u0001\\u007f\"",
          "{\"k\":\"\x7f\xc2\x85\xe2\x80\xa8\xef\xbb\xbf\"}",
          "{\"\":1,\"<<\":2,\"$any\":\"$any\",\"~\":\"~\",\"a: b\":\"# c\",\"y\":\"on\"}", "{\"v\":\"${HOME} $${x}\"}",
          "3.50", "true", "\"text\"", "[]", "{}", "[null,{}]", "no json",
          "{\"long\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\",\"l\":[1,[2,[]],{\"a\":null}]"
          "}"}) {
        const std::string reply = "{\"statusCode\":200,\"headers\":{\"Content-Type\":\"application/json\"},\"body\":" +
                                  boost::json::serialize(boost::json::string(body)) + "}";
        const auto exchanges = make_replied(body, reply);
        // An event is always JSON.
        for (std::size_t i = 0; i < (body == "no json" ? 1U : 2U); ++i) {
            record::Session session;
            session.functions = {{.name = "f", .environment = {{"ORDER", "reply"}, {"REPLY", i == 0 ? reply : body}}}};
            std::string text;
            record::append_line(text, session);
            auto exchange = exchanges[i];
            exchange.invocations.front().reply = i == 0 ? reply : body;
            record::append_line(text, exchange);
            std::ofstream(folder.other("r.jsonl"), std::ios::binary) << text;
            const auto promoted = run({"promote", folder.other("r.jsonl"), "--", kScripted});
            EXPECT_EQ(promoted.code, 0) << promoted.err;
            std::ofstream(folder.other("all/" + std::to_string(++number) + ".yaml")) << promoted.out;
        }
    }
    const auto tested = run({"test", folder.other("all"), "-j", "2"});
    EXPECT_EQ(tested.code, 0) << tested.out << tested.err;
    std::filesystem::remove_all(folder.other("all"));
}

TEST(Promote, WhatIsWrittenPassesAgainstTheSameHandler) {
    TestRecording recording({make_check("a", "true")});
    const std::vector<std::vector<std::string>> schemas{
        {}, {"--proto", "logquery/v1/logquery.proto", "--import-path", UNDERSTUDY_SOURCE_DIR "/proto"}};
    for (const auto& schema : schemas) {
        std::vector<std::string> words{"promote", recording.path(), "--id", "a"};
        words.insert(words.end(), schema.begin(), schema.end());
        words.insert(words.end(), {"--", kBootstrap});
        const auto promoted = run(words);
        ASSERT_EQ(promoted.code, 0) << promoted.err;
        EXPECT_THAT(promoted.out, HasSubstr(schema.empty() ? "- http:" : "- method: logquery.v1"));
        std::ofstream(recording.other("s.yaml")) << promoted.out;
        const auto tested = run({"test", recording.other("s.yaml")});
        EXPECT_EQ(tested.code, 0) << tested.out << tested.err << promoted.out;
    }
    EXPECT_EQ(run({"promote", recording.path(), "--id", "none"}).code, 2);
}

}  // namespace
