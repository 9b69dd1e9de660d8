#include "handler/rpc/method_table.hpp"

#include "handler/rpc/proxy_reply.hpp"
#include "proto/wire/base64.hpp"

#include <gmock/gmock.h>
#include <google/protobuf/stubs/logging.h>
#include <gtest/gtest.h>

#include <logquery/v1/logquery.pb.h>

namespace understudy::rpc {
namespace {

using logquery::v1::CheckWindowRequest;
using logquery::v1::CheckWindowResponse;
using logquery::v1::FindMessagesRequest;
using logquery::v1::FindMessagesResponse;
using testing::HasSubstr;

/// CheckWindow finds something where the tolerance has seconds, and refuses a negative one; FindMessages answers with
/// one message whose text is the pattern, `limit` times.
class Methods : public testing::Test {
  protected:
    Methods() {
        google::protobuf::SetLogHandler(nullptr);
        methods_.add<CheckWindowRequest, CheckWindowResponse>(
            "logquery.v1.LogQueryService/CheckWindow",
            [](const CheckWindowRequest& request, CheckWindowResponse& response) -> wire::Status {
                if (request.tolerance().seconds() < 0) return {wire::Code::invalid_argument, "tolerance: negative"};
                response.set_found(request.tolerance().seconds() > 0);
                return {};
            });
        methods_.add<FindMessagesRequest, FindMessagesResponse>(
            "logquery.v1.LogQueryService/FindMessages",
            [](const FindMessagesRequest& request, FindMessagesResponse& response) -> wire::Status {
                if (request.pattern() == "throw") throw std::runtime_error("thrown");
                std::string text;
                for (std::uint32_t i = 0; i < request.limit(); ++i) text.append(request.pattern());
                response.add_messages()->set_text(text);
                return {};
            });
    }

    Reply answer(const std::string& content_type, const std::string& body) const {
        return methods_.answer({.method = "POST",
                                .path = "/logquery.v1.LogQueryService/CheckWindow",
                                .headers = {{"content-type", content_type}},
                                .body = body});
    }

    MethodTable methods_;
};

using Headers = std::vector<std::pair<std::string, std::string>>;

const std::string kFound("\x12\x02\x08\x3c", 4);                                          // tolerance: 60s
const std::string kNegative("\x12\x0b\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 13);  // tolerance: -1s

TEST_F(Methods, AnswerInTheTypeOfTheRequest) {
    for (const char* type :
         {"application/proto", "application/x-protobuf", "application/protobuf", "application/grpc+proto"}) {
        const Reply reply = answer(type, kFound);
        EXPECT_EQ(reply.http_status, 200);
        EXPECT_EQ(reply.headers, (Headers{{"Content-Type", type}}));
        EXPECT_EQ(reply.body, "\x08\x01");
        EXPECT_EQ(reply.form, BodyForm::bytes);
        EXPECT_EQ(reply.method, "logquery.v1.LogQueryService/CheckWindow");
        EXPECT_TRUE(reply.status.ok());
    }
    const Reply reply = answer("Application/JSON; charset=utf-8", R"({"tolerance":"60s"})");
    EXPECT_EQ(reply.http_status, 200);
    EXPECT_EQ(reply.headers, (Headers{{"Content-Type", "application/json"}}));
    EXPECT_EQ(reply.body, R"({"found":true})");
    EXPECT_EQ(reply.form, BodyForm::text);
}

TEST_F(Methods, AnswerTheEmptyMessageWithTheEmptyMessage) {
    EXPECT_EQ(answer("application/proto", "").http_status, 200);
    EXPECT_EQ(answer("application/proto", "").body, "");
    EXPECT_EQ(answer("application/proto", "").form, BodyForm::bytes);
    EXPECT_EQ(answer("application/json", "").body, "{}");
}

TEST_F(Methods, AnswerAStatusAsConnectsErrorInJson) {
    const Reply reply = answer("application/proto", kNegative);
    EXPECT_EQ(reply.http_status, 400);
    EXPECT_EQ(reply.headers, (Headers{{"Content-Type", "application/json"}}));
    EXPECT_EQ(reply.body, R"({"code":"invalid_argument","message":"tolerance: negative"})");
    EXPECT_EQ(reply.form, BodyForm::text);
    EXPECT_EQ(reply.status, wire::Status(wire::Code::invalid_argument, "tolerance: negative"));
}

TEST_F(Methods, AnswerAnUndecodableBodyWithInvalidArgument) {
    for (const auto& [type, body] :
         {std::pair{"application/proto", "\xff"}, std::pair{"application/json", "{"},
          std::pair{"application/proto", "CAE="}, std::pair{"application/json", "\x08\x01"}}) {
        const Reply reply = answer(type, body);
        EXPECT_EQ(reply.http_status, 400) << type;
        EXPECT_EQ(reply.status.code(), wire::Code::invalid_argument);
        EXPECT_THAT(reply.body, HasSubstr("logquery.v1.CheckWindowRequest"));
    }
}

TEST_F(Methods, RefuseAnUnknownPathWith404) {
    for (const char* path :
         {"/", "", "/logquery.v1.LogQueryService", "/logquery.v1.LogQueryService/checkwindow",
          "/logquery.v1.LogQueryService/Nothing", "/logquery.v2.LogQueryService/CheckWindow", "/favicon.ico"}) {
        const Reply reply = methods_.answer({.method = "POST", .path = path, .headers = {}, .body = {}});
        EXPECT_EQ(reply.http_status, 404) << path;
        EXPECT_EQ(reply.status.code(), wire::Code::unimplemented);
        EXPECT_THAT(reply.body, HasSubstr(R"({"code":"unimplemented","message":)"));
        EXPECT_EQ(reply.method, path);
    }
}

TEST_F(Methods, AreFoundBehindAStageOrABasePath) {
    for (const char* path :
         {"/dev/logquery.v1.LogQueryService/CheckWindow", "/api/v1/logquery.v1.LogQueryService/CheckWindow"}) {
        const Reply reply = methods_.answer(
            {.method = "POST", .path = path, .headers = {{"Content-Type", "application/proto"}}, .body = kFound});
        EXPECT_EQ(reply.http_status, 200) << path;
    }
}

TEST_F(Methods, RefuseAnyVerbButPostAndGetWith405) {
    for (const char* verb : {"HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "post"}) {
        const Reply reply = methods_.answer({.method = verb,
                                             .path = "/logquery.v1.LogQueryService/CheckWindow",
                                             .headers = {{"Content-Type", "application/proto"}},
                                             .body = {}});
        EXPECT_EQ(reply.http_status, 405) << verb;
        EXPECT_EQ(reply.headers, (Headers{{"Content-Type", "application/json"}, {"Allow", "GET, POST"}}));
        EXPECT_EQ(reply.status.code(), wire::Code::unknown);
    }
}

TEST_F(Methods, RefuseAnUnknownContentTypeWith415) {
    for (const char* type :
         {"application/foo", "image/jpeg", "", "application/x-www-form-urlencoded", "application/grpc"}) {
        const Reply reply = answer(type, "");
        EXPECT_EQ(reply.http_status, 415) << type;
        EXPECT_EQ(reply.status.code(), wire::Code::unknown);
        ASSERT_EQ(reply.headers.size(), 2U);
        EXPECT_EQ(reply.headers[1].first, "Accept-Post");
        EXPECT_THAT(reply.headers[1].second, HasSubstr("application/proto, application/x-protobuf"));
    }
    const Reply reply = methods_.answer(
        {.method = "POST", .path = "/logquery.v1.LogQueryService/CheckWindow", .headers = {}, .body = {}});
    EXPECT_EQ(reply.http_status, 415);
    EXPECT_THAT(reply.body, HasSubstr("no content type"));
}

TEST_F(Methods, LetTheirExceptionsThrough) {
    EXPECT_THROW(methods_.answer({.method = "POST",
                                  .path = "/logquery.v1.LogQueryService/FindMessages",
                                  .headers = {{"Content-Type", "application/json"}},
                                  .body = R"({"pattern":"throw"})"}),
                 std::runtime_error);
}

std::string rest_event(const std::string& method, const std::string& type, const std::string& body_members) {
    return R"({"httpMethod":"POST","path":"/logquery.v1.LogQueryService/)" + method +
           R"(","headers":{"Content-Type":")" + type + R"("},)" + body_members + "}";
}

TEST_F(Methods, ServeABinaryCallAsBase64) {
    const Served served = serve_event(
        methods_, rest_event("CheckWindow", "application/x-protobuf", R"("body":"EgIIPA==","isBase64Encoded":true)"));
    EXPECT_EQ(
        served.response,
        R"({"statusCode":200,"headers":{"Content-Type":"application/x-protobuf"},"body":"CAE=","isBase64Encoded":true})");
    EXPECT_EQ(served.method, "logquery.v1.LogQueryService/CheckWindow");
    EXPECT_TRUE(served.status.ok());
}

TEST_F(Methods, ServeZeroBytesAsAnEmptyBase64Body) {
    const Served served =
        serve_event(methods_, rest_event("CheckWindow", "application/proto", R"("body":null,"isBase64Encoded":false)"));
    EXPECT_EQ(served.response,
              R"({"statusCode":200,"headers":{"Content-Type":"application/proto"},"body":"","isBase64Encoded":true})");
}

TEST_F(Methods, ServeAnHttpApiAsARestApi) {
    const Served served =
        serve_event(methods_, R"({"version":"2.0","rawPath":"/dev/logquery.v1.LogQueryService/CheckWindow","headers":)"
                              R"({"content-type":"application/proto"},"requestContext":{"http":{"method":"POST"}},)"
                              R"("body":"EgIIPA==","isBase64Encoded":true})");
    EXPECT_EQ(
        served.response,
        R"({"statusCode":200,"headers":{"Content-Type":"application/proto"},"body":"CAE=","isBase64Encoded":true})");
}

TEST_F(Methods, ServeBytesThatCameAsText) {
    const Served served = serve_event(methods_, rest_event("CheckWindow", "application/proto",
                                                           R"("body":"\u0012\u0002\b<","isBase64Encoded":false)"));
    EXPECT_THAT(served.response, HasSubstr(R"("body":"CAE=")"));
}

TEST_F(Methods, ServeJsonAsText) {
    const Served served = serve_event(
        methods_, rest_event("FindMessages", "application/json",
                             R"("body":"{\"pattern\":\"say \\\"é\\\"\",\"limit\":1}","isBase64Encoded":false)"));
    EXPECT_EQ(served.response, R"({"statusCode":200,"headers":{"Content-Type":"application/json"},)"
                               R"("body":"{\"messages\":[{\"text\":\"say \\\"é\\\"\"}]}","isBase64Encoded":false})");
}

TEST_F(Methods, ServeAnErrorAsJsonText) {
    const Served served = serve_event(methods_, rest_event("Nothing", "application/proto", R"("body":null)"));
    EXPECT_EQ(
        served.response,
        R"({"statusCode":404,"headers":{"Content-Type":"application/json"},"body":)"
        R"("{\"code\":\"unimplemented\",\"message\":\"there is no method at /logquery.v1.LogQueryService/Nothing\"}",)"
        R"("isBase64Encoded":false})");
    EXPECT_EQ(served.status.code(), wire::Code::unimplemented);
}

TEST_F(Methods, ServeAReplyThatLambdaCannotCarryAsResourceExhausted) {
    FindMessagesRequest request;
    request.set_pattern(std::string(1024, 'x'));
    const auto serve = [&](std::uint32_t kibibytes) {
        request.set_limit(kibibytes);
        std::string text;
        wire::append_base64(text, request.SerializeAsString());
        return serve_event(methods_, rest_event("FindMessages", "application/proto",
                                                R"("isBase64Encoded":true,"body":")" + text + "\""));
    };
    EXPECT_TRUE(serve(4 * 1024).status.ok()) << "the 4 MiB that the service may answer";
    const Served served = serve(5 * 1024);
    EXPECT_EQ(served.status.code(), wire::Code::resource_exhausted);
    EXPECT_THAT(served.response, HasSubstr(R"({"statusCode":429,)"));
    EXPECT_EQ(served.method, "logquery.v1.LogQueryService/FindMessages");
}

TEST_F(Methods, DoNotServeAnEventOfAnotherKind) {
    EXPECT_THROW(serve_event(methods_, R"({"Records":[]})"), UnknownEvent);
}

}  // namespace
}  // namespace understudy::rpc
