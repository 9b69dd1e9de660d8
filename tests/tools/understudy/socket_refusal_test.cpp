#include "tools/understudy/socket_refusal.hpp"

#include "emulator/gateway/gateway_error.hpp"

#include <gtest/gtest.h>

#include <string>

namespace understudy::cli::socket_refusal_test {
namespace {

using gateway::ErrorKind;

std::string render(ErrorKind kind) {
    return gateway::render_websocket_error(kind, "abc=", "xyz=");
}

TEST(SocketRefusal, TheGatewaysOwnWordsAreOne) {
    for (const auto kind :
         {ErrorKind::no_route, ErrorKind::bad_body, ErrorKind::rate_exceeded, ErrorKind::malformed_reply}) {
        EXPECT_TRUE(is_refusal(render(kind), "abc=")) << render(kind);
        EXPECT_TRUE(is_refusal(render(kind), "")) << "the id is not known yet";
    }
}

// A function may send its client whatever it likes, and get its message all the same.
TEST(SocketRefusal, WhatLooksLikeItIsNone) {
    const std::string own = render(ErrorKind::malformed_reply);
    const std::string of_another = gateway::render_websocket_error(ErrorKind::malformed_reply, "other=", "xyz=");
    for (const std::string& message :
         {own + " ", ' ' + own, own.substr(0, own.size() - 1) + R"(,"more":1})", own.substr(0, own.size() - 1),
          std::string(R"({"message":"Internal server error","connectionId":"abc="})"),
          std::string(R"({"message":"Internal server error","connectionId":"","requestId":""})"),
          std::string(R"({"connectionId":"abc=","requestId":"xyz=","message":"Internal server error"})"),
          std::string(R"({"message": "Internal server error", "connectionId":"abc=","requestId":"xyz="})"),
          std::string(R"({"message":"internal server error","connectionId":"abc=","requestId":"xyz="})"),
          std::string(R"({"message":"Endpoint request timed out","connectionId":"abc=","requestId":"xyz="})"),
          '[' + own + ']', of_another, std::string("Internal server error"), std::string()}) {
        EXPECT_FALSE(is_refusal(message, "abc=")) << message;
    }
}

}  // namespace
}  // namespace understudy::cli::socket_refusal_test
