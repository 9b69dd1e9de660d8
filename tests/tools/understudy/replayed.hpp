#pragma once

#include "client/http_exchange.hpp"
#include "emulator/record/write_line.hpp"
#include "tests/support/program.hpp"
#include "tests/tools/understudy/running_program.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <string>
#include <vector>

namespace understudy::replay_test {

using understudy::test::TempFolder;
using Program = understudy::test::RunningProgram;

inline const std::string kBootstrap = UNDERSTUDY_PROGRAM_DIR "/bootstrap";
inline const std::string kScripted = UNDERSTUDY_PROGRAM_DIR "/scripted_handler";
inline const std::string kLogs = UNDERSTUDY_SOURCE_DIR "/scenarios/logs";
inline constexpr const char* kPath = "/logquery.v1.LogQueryService/CheckWindow";

/// A call of the example, as JSON, whose reply says `found`.
inline record::Exchange make_check(const std::string& id, const std::string& found) {
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
inline Replayed run(std::vector<std::string> words) {
    Program program(std::move(words));
    std::string out = program.read_rest();
    const int code = program.wait();
    return {code, std::move(out), program.err()};
}

}  // namespace understudy::replay_test
