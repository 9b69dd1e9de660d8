#include "handler/rpc/socket_message.hpp"

#include <gmock/gmock.h>
#include <google/protobuf/stubs/logging.h>
#include <gtest/gtest.h>

#include <logquery/v1/logquery.pb.h>

namespace understudy::rpc {
namespace {

using logquery::v1::FindMessagesRequest;
using logquery::v1::FindMessagesResponse;
using testing::HasSubstr;

/// One method, which answers with one message whose text is the pattern, `limit` times.
MethodTable echoing() {
    google::protobuf::SetLogHandler(nullptr);
    MethodTable methods;
    methods.add<FindMessagesRequest, FindMessagesResponse>(
        "a.B/Find", [](const FindMessagesRequest& request, FindMessagesResponse& response) -> wire::Status {
            if (request.pattern() == "refuse") return {wire::Code::not_found, "nothing"};
            std::string text;
            for (std::uint32_t i = 0; i < request.limit(); ++i) text.append(request.pattern());
            if (!text.empty()) response.add_messages()->set_text(text);
            return {};
        });
    return methods;
}

Served serve_message(const std::string& text) {
    return serve_socket_event(echoing(), {.kind = SocketEvent::Kind::message, .text = text});
}

TEST(SocketMessage, WhoComesIsLetInAndWhoGoesIsLetGo) {
    for (const auto kind : {SocketEvent::Kind::connect, SocketEvent::Kind::disconnect}) {
        const Served served = serve_socket_event(echoing(), {.kind = kind});
        EXPECT_EQ(served.response, R"({"statusCode":200})");
        EXPECT_TRUE(served.status.ok());
    }
}

TEST(SocketMessage, ACallIsAnsweredInItsForm) {
    const Served json = serve_message(R"({"method":"a.B/Find","message":{"pattern":"x","limit":2}})");
    EXPECT_THAT(json.response, HasSubstr(R"("body":"{\"messages\":[{\"text\":\"xx\"}]}","isBase64Encoded":false)"));
    EXPECT_EQ(json.method, "a.B/Find");
    // pattern: x, limit: 2; messages: {text: xx}
    const Served base64 = serve_message(R"({"method":"a.B/Find","message":"GgF4IAI="})");
    EXPECT_THAT(base64.response, HasSubstr(R"("body":"CgQiAnh4","isBase64Encoded":false)"));
    EXPECT_THAT(serve_message(R"({"method":"a.B/Find","message":""})").response, HasSubstr(R"("body":"")"));
}

TEST(SocketMessage, AFailureIsConnectsError) {
    const std::pair<const char*, const char*> rows[] = {
        {R"({"method":"a.B/Find","message":{"pattern":"refuse"}})", "not_found"},
        {R"({"method":"a.B/Find","message":"GgZyZWZ1c2U="})", "not_found"},
        {R"({"method":"a.B/Else","message":{}})", "unimplemented"},
        {R"({"method":"a.B/Find","message":{"limit":"many"}})", "invalid_argument"},
        {R"({"method":"a.B/Find","message":"?"})", "invalid_argument"},
        {R"({"method":"a.B/Find"})", "invalid_argument"},
        {R"({"message":{}})", "invalid_argument"},
        {"hello", "invalid_argument"},
        {R"({"method":"a.B/Find","message":{"pattern":"0123456789abcdef","limit":8192}})", "resource_exhausted"},
    };
    for (const auto& [message, code] : rows) {
        const Served served = serve_message(message);
        EXPECT_FALSE(served.status.ok()) << message;
        EXPECT_THAT(served.response, HasSubstr(std::string(R"("body":"{\"code\":\")") + code + R"(\")")) << message;
    }
}

TEST(SocketMessage, AnEventOfAWebSocketApiIsKnown) {
    const auto event = [](const std::string& type) {
        return serve_event(echoing(), R"({"requestContext":{"routeKey":"$default","eventType":")" + type +
                                          R"(","connectionId":"x"},"body":"hello","isBase64Encoded":false})");
    };
    EXPECT_EQ(event("CONNECT").method, "$connect");
    EXPECT_EQ(event("DISCONNECT").method, "$disconnect");
    EXPECT_THAT(event("MESSAGE").response, HasSubstr("this is no JSON object"));
    EXPECT_THROW(event("ELSE"), UnknownEvent);
}

}  // namespace
}  // namespace understudy::rpc
