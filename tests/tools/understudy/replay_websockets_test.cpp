// Recorded traffic against handlers, as a user runs it.
#include "client/http_exchange.hpp"
#include "tests/support/program.hpp"
#include "tests/tools/understudy/replayed.hpp"
#include "tests/tools/understudy/running_program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <string>
#include <vector>

namespace understudy::replay_test {
namespace {

using testing::HasSubstr;
using understudy::test::read_file;
using Program = understudy::test::RunningProgram;

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

}  // namespace
}  // namespace understudy::replay_test
