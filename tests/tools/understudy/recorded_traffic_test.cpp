// Recorded traffic against handlers, as a user runs it.
#include "client/http_exchange.hpp"
#include "emulator/record/write_line.hpp"
#include "tests/tools/understudy/replayed.hpp"
#include "tests/tools/understudy/running_program.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <signal.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace understudy::replay_test {
namespace {

using testing::HasSubstr;
using Program = understudy::test::RunningProgram;

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
}  // namespace understudy::replay_test
