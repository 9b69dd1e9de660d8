// Recorded traffic against a build: events that were recorded before, replies that are what was recorded.
#include "tools/bench/compare.hpp"
#include "tools/bench/load.hpp"
#include "tools/bench/rows.hpp"

#include <chrono>
#include <fstream>
#include <stdexcept>
#include <string>

namespace understudy::bench {
namespace {

constexpr int kManyExchanges = 100'000, kSomeExchanges = 10'000;
constexpr std::chrono::milliseconds kReferenceSlice{1000};

std::string escape_quotes(const std::string& text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '"') escaped += '\\';
        escaped += c;
    }
    return escaped;
}

/// A recording as `serve --record` writes it, of requests with 1 KB both ways.
void write_recording(const std::string& file, int exchanges) {
    const std::string body((kSmall + 2) / 3 * 4, 'A');
    const std::string event =
        R"({"version":"2.0","routeKey":"$default","rawPath":"/a","rawQueryString":"","headers":{"content-type":)"
        R"("application/proto","host":"localhost:3000","user-agent":"bench"},"requestContext":{"accountId":)"
        R"("123456789012","apiId":"abc","http":{"method":"POST","path":"/a","protocol":"HTTP/1.1","sourceIp":)"
        R"("127.0.0.1","userAgent":"bench"},"stage":"$default"},"isBase64Encoded":true,"body":")" +
        body + "\"}";
    const std::string reply =
        R"({"statusCode":200,"headers":{"Content-Type":"application/proto"},"isBase64Encoded":true,"body":")" + body +
        "\"}";
    const std::string raw = std::string(kSmall, 'A');
    std::ofstream out(file, std::ios::binary);
    out << R"({"session":{"format":1,"program":"bench","functions":[{"name":"function"}]}})" << '\n';
    for (int i = 0; i < exchanges; ++i) {
        out << R"({"exchange":{"id":"id-)" << i
            << R"(","started":"2026-01-05T10:00:00.000Z","front":"http","request":{"start_line":"POST /a HTTP/1.1",)"
            << R"("headers":["Host: localhost:3000","Content-Type: application/proto"],"body":{"text":")" << raw
            << R"("}},"response":{"start_line":"HTTP/1.1 200 OK","headers":["Content-Type: application/proto"],)"
            << R"("body":{"text":")" << raw << R"("}},"invocations":[{"function":"function","request_id":"r-)" << i
            << R"(","event":{"text":")" << escape_quotes(event) << R"("},"reply":{"text":")" << escape_quotes(reply)
            << R"("}}]}})" << '\n';
    }
    if (!out.flush()) throw std::runtime_error("cannot write " + file);
}

/// Exchanges in a second, from the program's start to its end.
double measure_replay(const Programs& programs, const std::string& file, int exchanges) {
    const auto begin = std::chrono::steady_clock::now();
    const int code = run({{programs.understudy, "replay", file, "-j", std::to_string(kWorkers), "--timeout", "60",
                           "--env", "BENCH_REPLY=proxy:" + std::to_string(kSmall), "--", programs.worker},
                          {},
                          ProcessPlan::Errors::shown});
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
    if (code != 0) throw std::runtime_error("understudy replay ended with " + std::to_string(code));
    return exchanges / taken.count();
}

}  // namespace

Measured measure_replay(Run& run) {
    const int exchanges = run.quick ? kSomeExchanges : kManyExchanges;
    const TempDirectory folder;
    const std::string file = folder.path() + "/traffic.jsonl";
    write_recording(file, exchanges);
    const Relay reference(run.programs, "raw:" + std::to_string(kSmall));
    const Request request = make_post("/a", "application/proto", std::string(kSmall, 'A'), kSmall);
    measure_throughput(reference.port(), request, kConcurrency, kReferenceSlice);
    return to_measured(
        measure_pairs(
            run.quick ? 3 : 5, [&] { return measure_replay(run.programs, file, exchanges); },
            [&] { return measure_throughput(reference.port(), request, kConcurrency, kReferenceSlice); }),
        "/s");
}

}  // namespace understudy::bench
