#include "client/api_client.hpp"

#include "tests/support/scripted_server.hpp"

#include <gmock/gmock.h>
#include <google/protobuf/stubs/logging.h>
#include <gtest/gtest.h>

#include <logquery/v1/logquery.pb.h>

namespace understudy::client::api_client_test {
namespace {

using logquery::v1::CheckWindowRequest;
using logquery::v1::CheckWindowResponse;
using test::Peer;
using test::RawRequest;
using test::ScriptedServer;
using testing::HasSubstr;

constexpr wire::MethodPath kCheck{"logquery.v1.LogQueryService", "CheckWindow"};

Exchange make_exchange(int status, const std::string& type, const std::string& body) {
    return {.status = status, .headers = {{"content-type", type}}, .body = body};
}

TEST(Call, IsAPostWithAcceptEqualToItsContentType) {
    const HttpRequest request =
        to_http_request(kCheck, "bytes", {.content_type = *wire::parse_content_type("application/x-protobuf")});
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.target, "/logquery.v1.LogQueryService/CheckWindow");
    EXPECT_EQ(request.headers,
              (HeaderLines{{"Content-Type", "application/x-protobuf"}, {"Accept", "application/x-protobuf"}}));
    EXPECT_EQ(request.body, "bytes");
}

TEST(Call, TakesHeadersOfTheCallerInsteadOfItsOwn) {
    const HttpRequest request = to_http_request(kCheck, "", {.headers = {{"accept", "*/*"}, {"X-Api-Key", "k"}}});
    EXPECT_EQ(request.headers,
              (HeaderLines{{"Content-Type", "application/proto"}, {"accept", "*/*"}, {"X-Api-Key", "k"}}));
}

TEST(Call, SucceedsWithTheReplyOf200InItsCodec) {
    const auto result = to_call_result(make_exchange(200, "application/x-protobuf", "\x08\x01"), wire::kConnectProto);
    EXPECT_TRUE(result.status.ok());
    EXPECT_EQ(result.response, "\x08\x01");
    ASSERT_TRUE(result.exchange.has_value());
    EXPECT_EQ(result.exchange->body, "\x08\x01");
    EXPECT_TRUE(
        to_call_result(make_exchange(200, "application/json; charset=utf-8", "{}"), wire::kConnectJson).status.ok());
    EXPECT_TRUE(to_call_result(make_exchange(200, "application/proto", ""), wire::kConnectProto).status.ok());
}

TEST(Call, FailsWithAReplyInAnotherCodec) {
    for (const char* type : {"text/plain; charset=utf-8", "application/json", "text/html", ""}) {
        const auto result = to_call_result(make_exchange(200, type, "\x08\x01"), wire::kConnectProto);
        EXPECT_EQ(result.status.code(), wire::Code::internal) << type;
        EXPECT_THAT(result.status.message(), HasSubstr("not application/proto"));
        EXPECT_EQ(result.response, "");
    }
    EXPECT_THAT(to_call_result({.status = 200, .headers = {}, .body = {}}, wire::kConnectJson).status.message(),
                HasSubstr("missing"));
}

TEST(Call, FailsWithTheErrorThatTheReplyNames) {
    const auto result =
        to_call_result(make_exchange(400, "application/json", R"({"code":"failed_precondition","message":"no logs"})"),
                       wire::kConnectProto);
    EXPECT_EQ(result.status, wire::Status(wire::Code::failed_precondition, "no logs"));
    EXPECT_EQ(result.exchange->status, 400);
}

/// The server's part of one exchange, and what the client sent for it.
RawRequest serve_one(const std::function<void(HttpClient&)>& use, std::string_view status, std::string_view headers,
                     std::string_view body) {
    RawRequest request;
    ScriptedServer server([&](ScriptedServer& me) {
        Peer peer = me.accept();
        request = peer.read_request();
        peer.reply(status, headers, body);
        EXPECT_EQ(peer.try_read_request(), std::nullopt);
    });
    {
        HttpClient client(*parse_url("http://" + server.authority() + "/prod"));
        use(client);
    }
    server.wait();
    return request;
}

TEST(Call, CarriesMessagesThereAndBack) {
    CheckWindowRequest message;
    message.mutable_tolerance()->set_seconds(60);
    for (const auto& [type, sent, answered] :
         {std::tuple(wire::kConnectProto, "\x12\x02\x08\x3c", "\x08\x01"),
          std::tuple(wire::kConnectJson, R"({"tolerance":"60s"})", R"({"found":true})")}) {
        CheckWindowResponse response;
        CallResult result;
        const RawRequest request = serve_one(
            [&, content_type = type](HttpClient& client) {
                result = call(client, kCheck, message, response, {.content_type = content_type});
            },
            "200 OK", "Content-Type: " + std::string(type.name) + "\r\n", answered);
        EXPECT_TRUE(result.status.ok()) << result.status;
        EXPECT_TRUE(response.found());
        EXPECT_EQ(request.first_line(), "POST /prod/logquery.v1.LogQueryService/CheckWindow HTTP/1.1");
        EXPECT_TRUE(request.has_line("Accept: " + std::string(type.name)));
        EXPECT_EQ(request.body, sent);
    }
}

TEST(Call, OfAReplyThatIsBase64TextSaysSo) {
    google::protobuf::SetLogHandler(nullptr);
    CheckWindowResponse response;
    response.set_found(true);
    CallResult result;
    serve_one([&](HttpClient& client) { result = call(client, kCheck, CheckWindowRequest(), response, {}); }, "200 OK",
              "Content-Type: application/proto\r\n", "CAE=");
    EXPECT_EQ(result.status.code(), wire::Code::internal);
    EXPECT_THAT(result.status.message(), HasSubstr("base64"));
    EXPECT_TRUE(response.found()) << "a failed call leaves the response as it was";
}

TEST(Call, OfAServerThatIsNotThereIsUnavailable) {
    std::string authority;
    {
        ScriptedServer server([](ScriptedServer&) {});
        authority = server.authority();
    }
    HttpClient client(*parse_url("http://" + authority));
    const CallResult result = call(client, kCheck, "", {});
    EXPECT_EQ(result.status.code(), wire::Code::unavailable);
    ASSERT_TRUE(result.transport.has_value());
    EXPECT_EQ(result.transport->code(), TransportCode::unreachable);
    EXPECT_THAT(result.status.message(), HasSubstr(authority));
    EXPECT_FALSE(result.exchange.has_value());
}

TEST(Call, OfAServerThatIsTooSlowHasExceededItsDeadline) {
    ScriptedServer server([](ScriptedServer& me) {
        Peer peer = me.accept();
        peer.read_request();
        EXPECT_EQ(peer.try_read_request(), std::nullopt);
    });
    HttpClient client(*parse_url("http://" + server.authority()));
    const CallResult result = call(client, kCheck, "", {.limit = std::chrono::milliseconds(50)});
    EXPECT_EQ(result.status.code(), wire::Code::deadline_exceeded);
    EXPECT_EQ(result.transport->code(), TransportCode::timed_out);
}

}  // namespace
}  // namespace understudy::client::api_client_test
