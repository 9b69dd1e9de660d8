// The bench's runtime: asks for an event and answers with bytes that it made beforehand.
// BENCH_REPLY: raw:N answers N bytes; proxy:N answers a proxy reply that holds N bytes in base64; echo sends the event
// back.
#include "tools/bench/connection.hpp"

#include <cstdlib>
#include <exception>
#include <string>

namespace {

using understudy::bench::Connection;

std::string make_reply(const std::string& kind) {
    const auto colon = kind.find(':');
    if (colon == std::string::npos) return {};
    const std::size_t size = std::stoull(kind.substr(colon + 1));
    if (kind.starts_with("raw")) return std::string(size, 'A');
    return R"({"statusCode":200,"headers":{"Content-Type":"application/proto"},"isBase64Encoded":true,"body":")" +
           std::string((size + 2) / 3 * 4, 'A') + "\"}";
}

void serve(const std::string& api, const std::string& reply) {
    Connection connection(api);
    const std::string next = "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: " + api + "\r\n\r\n";
    while (true) {
        connection.send(next, {});
        connection.receive();
        const std::string event = reply.empty() ? std::string(connection.body()) : std::string();
        const std::string& body = reply.empty() ? event : reply;
        const std::string head =
            "POST /2018-06-01/runtime/invocation/" + std::string(connection.header("Lambda-Runtime-Aws-Request-Id")) +
            "/response HTTP/1.1\r\nHost: " + api +
            "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n";
        connection.send(head, body);
        connection.receive();
    }
}

}  // namespace

int main() {
    const char* api = std::getenv("AWS_LAMBDA_RUNTIME_API");
    const char* kind = std::getenv("BENCH_REPLY");
    if (api == nullptr || kind == nullptr) return 2;
    try {
        serve(api, make_reply(kind));
    } catch (const std::exception&) {
        return 0;
    }
}
