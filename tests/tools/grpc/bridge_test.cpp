#include "tools/grpc/bridge.hpp"

#include "proto/wire/call_reading.hpp"
#include "proto/wire/call_writing.hpp"

#include <gmock/gmock.h>

namespace understudy::grpc {
namespace {

using testing::Contains;
using testing::Key;
using testing::Not;
using testing::Pair;

constexpr std::size_t kMost = 1000;
constexpr wire::Dialect kGrpc{wire::Protocol::grpc, wire::Codec::proto};

wire::HttpRequest make_request(const std::string& message = "\x08\x01") {
    return wire::to_http_request({.dialect = kGrpc,
                                  .method = "pkg.Service/Method",
                                  .metadata = {{"x-who", "me"}, {"x-key-bin", "AP8"}},
                                  .timeout = std::chrono::milliseconds(700),
                                  .message = message});
}

Bridged bridge(const wire::HttpRequest& request) {
    return std::get<Bridged>(to_connect(request, kMost));
}

TEST(GrpcBridge, ACallBecomesOneOfConnect) {
    const auto request = bridge(make_request()).request;
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.target, "/pkg.Service/Method");
    EXPECT_EQ(request.body, "\x08\x01");
    EXPECT_EQ(request.headers, (wire::Metadata{{"Content-Type", "application/proto"},
                                               {"Connect-Protocol-Version", "1"},
                                               {"Connect-Timeout-Ms", "700"},
                                               {"x-who", "me"},
                                               {"x-key-bin", "AP8"}}));
}

TEST(GrpcBridge, AReplyBecomesMessageAndTrailers) {
    const auto reply = to_grpc(bridge(make_request()), {.status = 200,
                                                        .headers = {{"Content-Type", "application/proto"},
                                                                    {"Content-Length", "2"},
                                                                    {"X-Seen", "yes"},
                                                                    {"Trailer-X-Cost", "3"}},
                                                        .body = "\x08\x01"});
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.headers, (wire::Metadata{{"Content-Type", "application/grpc+proto"}, {"x-seen", "yes"}}));
    EXPECT_EQ(reply.body, std::string("\0\0\0\0\2\x08\x01", 7));
    EXPECT_EQ(reply.trailers, (wire::Metadata{{"grpc-status", "0"}, {"x-cost", "3"}}));
}

TEST(GrpcBridge, AnErrorKeepsCodeMessageAndDetails) {
    const auto reply =
        to_grpc(bridge(make_request()),
                {.status = 404,
                 .headers = {{"Content-Type", "application/json"}},
                 .body = R"({"code":"not_found","message":"no\nsuch","details":[{"type":"pkg.Why","value":"CAE"}]})"});
    const auto read = wire::read_answer(kGrpc, wire::Compression::identity, reply);
    EXPECT_EQ(read.answer.status, wire::Status(wire::Code::not_found, "no\nsuch", {{"pkg.Why", "\x08\x01"}}));
    EXPECT_EQ(reply.body, "");
}

TEST(GrpcBridge, AGatewaysOwnAnswerGetsTheCodeOfItsStatus) {
    const std::pair<int, wire::Code> rows[] = {{403, wire::Code::permission_denied}, {404, wire::Code::unimplemented},
                                               {429, wire::Code::unavailable},       {500, wire::Code::unknown},
                                               {502, wire::Code::unavailable},       {504, wire::Code::unavailable}};
    for (const auto& [status, code] : rows) {
        const auto reply =
            to_grpc(bridge(make_request()), {.status = status, .body = R"({"message":"Internal server error"})"});
        EXPECT_THAT(reply.trailers, Contains(Pair("grpc-status", std::to_string(static_cast<int>(code))))) << status;
        EXPECT_THAT(reply.trailers, Contains(Pair("grpc-message", "Internal server error")));
        EXPECT_EQ(reply.status, 200);
    }
}

TEST(GrpcBridge, WhatIsNoCallIsAnsweredAtOnce) {
    const auto answer = [](const wire::HttpRequest& request) {
        return std::get<wire::HttpReply>(to_connect(request, kMost));
    };
    EXPECT_EQ(answer({.method = "POST", .target = "/a.B/C", .headers = {{"content-type", "image/png"}}}).status, 415);
    EXPECT_EQ(answer({.method = "POST", .target = "/a.B/C"}).status, 415);
    EXPECT_THAT(answer(make_request(std::string(kMost + 1, 'x'))).trailers, Contains(Pair("grpc-status", "8")));
    auto empty = make_request();
    empty.body.clear();
    EXPECT_THAT(answer(empty).trailers, Contains(Pair("grpc-status", "12")));
    auto twice = make_request();
    twice.body += twice.body;
    EXPECT_THAT(answer(twice).trailers, Contains(Pair("grpc-status", "12")));
    EXPECT_THAT(answer(twice).headers, Not(Contains(Key("grpc-status"))));
}

}  // namespace
}  // namespace understudy::grpc
