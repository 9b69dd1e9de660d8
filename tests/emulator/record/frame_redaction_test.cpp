#include "emulator/record/frame_redaction.hpp"

#include "emulator/http/base64.hpp"
#include "tests/emulator/record/secret_search.hpp"

#include <gmock/gmock.h>

namespace understudy::record {
namespace {

using testing::Contains;

std::string frame_of(char flags, std::string_view content) {
    std::string frame(1, flags);
    for (const int shift : {24, 16, 8, 0}) frame.push_back(static_cast<char>(content.size() >> shift & 0xFF));
    return frame.append(content);
}

constexpr char kMessage = 0, kTrailers = '\x80', kCompressedTrailers = '\x81';
const std::string kGrpcWeb = "application/grpc-web+proto", kGrpcWebText = "application/grpc-web-text";

std::string response_of(std::string body, const std::string& type, const Redaction& redaction) {
    Exchange exchange{.response = HttpMessage{"HTTP/1.1 200 OK", {{"content-type", type}}, std::move(body)}};
    redact(exchange, redaction);
    return exchange.response->body;
}

TEST(FrameRedaction, TrailersOfGrpcWebLoseWhatHeadersDo) {
    const Redaction redaction{.headers = {"x-token"}};
    const auto with = [](const std::string& token) {
        return frame_of(kMessage, "x-token: 1\r\n") +
               frame_of(kTrailers, "grpc-status: 0\r\nX-Token: " + token + "\r\ngrpc-message: x-token: a\r\n");
    };
    EXPECT_EQ(response_of(with("hunter2"), kGrpcWeb, redaction), with("[redacted]"));
    EXPECT_EQ(response_of(with("hunter2"), "Application/GRPC-Web", redaction), with("[redacted]"));
    EXPECT_EQ(response_of(with("hunter2"), "application/grpc-webs", {.headers = {"x-other"}}), with("hunter2"));
    const std::string halves = http::to_base64(frame_of(kMessage, "x-token: 1\r\n")) +
                               http::to_base64(with("hunter2").substr(frame_of(kMessage, "x-token: 1\r\n").size()));
    ASSERT_LT(halves.find('='), halves.size() - 4) << "base64 that ends and begins anew";
    EXPECT_EQ(response_of(halves, kGrpcWebText, redaction), http::to_base64(with("[redacted]")));

    const std::string folded = frame_of(kTrailers, "x-token : a\r\n b\r\nx-other: c");
    EXPECT_EQ(response_of(folded, kGrpcWeb, redaction), frame_of(kTrailers, "x-token: [redacted]\r\n\r\nx-other: c"));
    EXPECT_EQ(response_of(frame_of(kCompressedTrailers, "\x1f\x8b..."), kGrpcWeb, redaction),
              frame_of(kTrailers, "[redacted]"));
    const std::string torn = frame_of(kTrailers, "x-token: hunter2-and-more");
    EXPECT_EQ(response_of(torn.substr(0, torn.size() - 9), kGrpcWeb, redaction),
              torn.substr(0, 5) + "x-token: [redacted]");
    EXPECT_EQ(response_of(torn.substr(0, 4), kGrpcWeb, redaction), torn.substr(0, 4));
}

// Wherever a response of gRPC-Web stands in an exchange, with fields to take and without.
TEST(FrameRedaction, NoSecretInATrailerReachesTheFile) {
    const std::string line = "x-token: " + std::string(kSecret) + "\r\n";
    const std::string frames = frame_of(kMessage, "abc") + frame_of(kTrailers, "grpc-status: 0\r\n" + line);
    const std::string texts = http::to_base64(frames);
    const auto reply = [](const std::string& type, const std::string& body, bool coded) {
        return R"({"statusCode":200,"headers":{"content-type":")" + type + R"("},"isBase64Encoded":)" +
               (coded ? "true" : "false") + R"(,"body":")" + body + "\"}";
    };
    const auto streamed = [](const std::string& type, const std::string& body) {
        return Invocation{.reply = R"({"headers":{"Content-Type":")" + type + "\"}}" + std::string(8, '\0') + body,
                          .reply_type = "application/vnd.awslambda.http-integration-response",
                          .streamed = true};
    };
    for (const auto& [type, body] : {std::pair(kGrpcWeb, frames), std::pair(kGrpcWebText, texts)}) {
        for (const Redaction& redaction :
             {Redaction{.headers = {"x-token"}}, Redaction{.headers = {"x-token"}, .fields = {"password"}}}) {
            Exchange exchange{.front = "rest"};
            exchange.request = HttpMessage{"POST /a.B/C HTTP/1.1", {{"content-type", type}}, "abc"};
            exchange.response = HttpMessage{"HTTP/1.1 200 OK", {{"Content-Type", type}}, body};
            exchange.invocations = {{.reply = reply(type, http::to_base64(body), true)}, streamed(type, body)};
            if (type == kGrpcWebText) exchange.invocations.push_back({.reply = reply(type, body, false)});
            expect_redacted(exchange, kSecret, redaction);
            EXPECT_THAT(exchange.redacted, Contains("response.body.trailers.x-token"));
            EXPECT_THAT(exchange.redacted, Contains("invocations[0].reply.body.trailers.x-token"));
            EXPECT_THAT(exchange.redacted, Contains("invocations[1].reply.body.trailers.x-token"));
        }
    }
}

constexpr char kEnd = 2, kCompressedEnd = 3;
const std::string kConnectProto = "application/connect+proto", kConnectJson = "application/connect+json";

TEST(FrameRedaction, TheEndOfAConnectStreamLosesWhatHeadersDo) {
    const Redaction redaction{.headers = {"x-token"}, .query = {"key"}};
    const auto with = [](const std::string& token, const std::string& key) {
        return frame_of(kMessage, R"({"metadata":{"x-token":["a"]}})") +
               frame_of(kEnd, R"({"metadata": {"X-Token":[")" + token +
                                  R"("], "acme":["x-token"], "at":["http://h/?key=)" + key +
                                  R"("]},"headers":{"x-token":1},"error":{"code":"internal"}})");
    };
    for (const std::string& type : {kConnectProto, kConnectJson, std::string("Application/Connect+Proto; charset=x")})
        EXPECT_EQ(response_of(with("s", "k"), type, redaction), with("[redacted]", "[redacted]"));
    EXPECT_EQ(response_of(with("s", "k"), "application/connectx", redaction), with("s", "k"));
    EXPECT_EQ(response_of(frame_of(kCompressedEnd, "\x1f\x8b..."), kConnectProto, redaction),
              frame_of(kEnd, "[redacted]"));
    EXPECT_EQ(response_of(frame_of(kTrailers, R"({"metadata":{"x-token":["a"]}})"), kConnectProto, redaction),
              frame_of(kTrailers, R"({"metadata":{"x-token":["a"]}})"))
        << "a frame of gRPC-Web's";
    const std::string torn = frame_of(kEnd, R"({"metadata":{"x-token":["hunter2"]}})");
    EXPECT_EQ(response_of(torn.substr(0, torn.size() - 6), kConnectProto, redaction),
              torn.substr(0, 5) + R"({"metadata":{"x-token":["[redacted]")");
}

// Wherever a response of a stream of Connect stands in an exchange, with fields to take and without.
TEST(FrameRedaction, NoSecretInTheEndOfAStreamReachesTheFile) {
    const std::string frames =
        frame_of(kMessage, "abc") + frame_of(kEnd, R"({"metadata":{"x-token":[")" + std::string(kSecret) + R"("]}})");
    const std::string head = R"({"statusCode":200,"headers":{"content-type":"application/connect+proto"},)";
    for (const Redaction& redaction :
         {Redaction{.headers = {"x-token"}}, Redaction{.headers = {"x-token"}, .fields = {"password"}}}) {
        Exchange exchange{.front = "http"};
        exchange.request = HttpMessage{"POST /a.B/C HTTP/1.1", {{"content-type", kConnectProto}}, "abc"};
        exchange.response = HttpMessage{"HTTP/1.1 200 OK", {{"Content-Type", kConnectProto}}, frames};
        exchange.invocations = {
            {.reply = head + R"("isBase64Encoded":true,"body":")" + http::to_base64(frames) + "\"}"},
            {.reply = head.substr(0, head.size() - 1) + '}' + std::string(8, '\0') + frames,
             .reply_type = "application/vnd.awslambda.http-integration-response",
             .streamed = true}};
        expect_redacted(exchange, kSecret, redaction);
        EXPECT_THAT(exchange.redacted, Contains("response.body.metadata.x-token[0]"));
        EXPECT_THAT(exchange.redacted, Contains("invocations[0].reply.body.metadata.x-token[0]"));
        EXPECT_THAT(exchange.redacted, Contains("invocations[1].reply.body.metadata.x-token[0]"));
    }
}

TEST(FrameRedaction, MessagesInJsonLoseFieldsAsBodiesDo) {
    const Redaction redaction{.headers = {}, .fields = {"password", "user.pin"}};
    const auto with = [](const std::string& value) {
        return frame_of(kMessage, R"({"password":")" + value + R"(","pin":"p"})") +
               frame_of(kMessage, R"({"user":{"pin":")" + value + R"("}})") +
               frame_of(kEnd, R"({"error":{"details":[{"debug":{"password":")" + value + R"("}}]}})");
    };
    const std::string whole = with("s"), clean = with("[redacted]");
    EXPECT_EQ(response_of(whole, kConnectJson, redaction), clean);
    Exchange exchange{.request = HttpMessage{"POST / HTTP/1.1", {{"content-type", kConnectJson}}, whole}};
    redact(exchange, redaction);
    EXPECT_EQ(exchange.request->body.substr(0, 60), clean.substr(0, 60));
    const std::string messages = frame_of(kMessage, R"({"password":"s"})");
    const std::string taken = frame_of(kMessage, R"({"password":"[redacted]"})");
    EXPECT_EQ(response_of(messages, "application/grpc-web+json", redaction), taken);
    EXPECT_EQ(response_of(http::to_base64(messages), "application/grpc-web-text+json", redaction),
              http::to_base64(taken));
    EXPECT_EQ(response_of(frame_of(1, "\x1f\x8b..."), kConnectJson, redaction), frame_of(0, "[redacted]"));
    EXPECT_EQ(response_of(messages, kConnectProto, redaction), messages) << "bytes of protobuf may look like anything";
}

}  // namespace
}  // namespace understudy::record
