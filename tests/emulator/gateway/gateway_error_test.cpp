#include "emulator/gateway/gateway_error.hpp"

#include "emulator/gateway/limits.hpp"
#include "emulator/gateway/unnamed_request.hpp"

#include <gtest/gtest.h>

namespace understudy::gateway::gateway_error_test {
namespace {

using app::ApiKind;

struct Row {
    ErrorKind kind;
    int status;
    std::string_view body;
    std::string_view type;
};

void expect_all(ApiKind front, std::initializer_list<Row> rows) {
    for (const Row& row : rows) {
        const GatewayError& error = gateway_error(front, row.kind);
        EXPECT_EQ(error.status, row.status) << row.body;
        EXPECT_EQ(error.body, row.body);
        EXPECT_EQ(error.type, row.type) << row.body;
    }
}

TEST(GatewayError, RestAnswers) {
    constexpr std::string_view kInternal = R"({"message": "Internal server error"})";
    EXPECT_EQ(kInternal.size(), 36u);
    expect_all(
        ApiKind::rest,
        {{ErrorKind::bad_request, 400, R"({"message":"Bad Request"})", "BadRequestException"},
         {ErrorKind::headers_too_large, 431, R"({"message":"Request Header Fields Too Large"})", "BadRequestException"},
         {ErrorKind::target_too_long, 414, R"({"message":"Request URI Too Long"})", "BadRequestException"},
         {ErrorKind::request_too_large, 413, R"({"message":"Request Too Long"})", "RequestTooLargeException"},
         {ErrorKind::no_route, 403, R"({"message":"Missing Authentication Token"})",
          "MissingAuthenticationTokenException"},
         {ErrorKind::no_stage, 403, R"({"message":"Forbidden"})", "ForbiddenException"},
         {ErrorKind::unauthorized, 401, R"({"message":"Unauthorized"})", "UnauthorizedException"},
         {ErrorKind::access_denied, 403, R"({"Message":"User is not authorized to access this resource"})",
          "AccessDeniedException"},
         {ErrorKind::invalid_api_key, 403, R"({"message":"Forbidden"})", "ForbiddenException"},
         {ErrorKind::rate_exceeded, 429, R"({"message":"Too Many Requests"})", "TooManyRequestsException"},
         {ErrorKind::quota_exceeded, 429, R"({"message":"Limit Exceeded"})", "LimitExceededException"},
         {ErrorKind::bad_body, 400, R"({"message":"Invalid request body"})", "BadRequestException"},
         {ErrorKind::unsupported_media, 415, R"({"message":"Unsupported Media Type"})", "BadRequestException"},
         {ErrorKind::authorizer_unusable, 500, R"({"message":null})", "AuthorizerConfigurationException"},
         {ErrorKind::not_configured, 500, kInternal, "InternalServerErrorException"},
         {ErrorKind::malformed_reply, 502, kInternal, "InternalServerErrorException"},
         {ErrorKind::integration_failure, 500, kInternal, "InternalServerErrorException"},
         {ErrorKind::throttled, 500, kInternal, "InternalServerErrorException"},
         {ErrorKind::integration_timeout, 504, R"({"message": "Endpoint request timed out"})",
          "InternalServerErrorException"}});
}

TEST(GatewayError, HttpAnswers) {
    constexpr std::string_view kInternal = R"({"message":"Internal Server Error"})";
    EXPECT_EQ(kInternal.size(), 35u);
    expect_all(ApiKind::http,
               {{ErrorKind::bad_request, 400, R"({"message":"Bad Request"})", ""},
                {ErrorKind::headers_too_large, 431, R"({"message":"Request Header Fields Too Large"})", ""},
                {ErrorKind::target_too_long, 414, R"({"message":"Request URI Too Long"})", ""},
                {ErrorKind::request_too_large, 413, R"({"message":"Request Entity Too Large"})", ""},
                {ErrorKind::no_route, 404, R"({"message":"Not Found"})", ""},
                {ErrorKind::no_stage, 404, R"({"message":"Not Found"})", ""},
                {ErrorKind::unauthorized, 401, R"({"message":"Unauthorized"})", ""},
                {ErrorKind::access_denied, 403, R"({"message":"Forbidden"})", ""},
                {ErrorKind::rate_exceeded, 429, R"({"message":"Too Many Requests"})", ""},
                {ErrorKind::authorizer_unusable, 500, kInternal, ""},
                {ErrorKind::not_configured, 500, kInternal, ""},
                {ErrorKind::bad_body, 500, kInternal, ""},
                {ErrorKind::malformed_reply, 500, kInternal, ""},
                {ErrorKind::integration_failure, 500, kInternal, ""},
                {ErrorKind::throttled, 503, R"({"message":"Service Unavailable"})", ""},
                {ErrorKind::integration_timeout, 503, R"({"message":"Service Unavailable"})", ""}});
}

TEST(GatewayError, UrlAnswers) {
    constexpr std::string_view kForbidden =
        R"({"Message":"Forbidden. For troubleshooting Function URL authorization issues, see: )"
        R"(https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"})";
    expect_all(ApiKind::url,
               {{ErrorKind::request_too_large, 413, R"({"Message":"Request Entity Too Large"})",
                 "RequestEntityTooLargeException"},
                {ErrorKind::no_route, 403, R"({"Message":null})", "AccessDeniedException"},
                {ErrorKind::unsigned_request, 403, kForbidden, "AccessDeniedException"},
                {ErrorKind::access_denied, 403, kForbidden, "AccessDeniedException"},
                {ErrorKind::malformed_reply, 502, "Internal Server Error", ""},
                {ErrorKind::integration_failure, 502, "Internal Server Error", ""},
                {ErrorKind::throttled, 429, R"({"Message":"Rate Exceeded."})", "TooManyRequestsException"},
                {ErrorKind::integration_timeout, 502, "Internal Server Error", ""}});
}

TEST(GatewayError, AlbAnswers) {
    expect_all(ApiKind::alb, {{ErrorKind::bad_request, 400, "400 Bad Request", ""},
                              {ErrorKind::target_too_long, 414, "414 Request-URI Too Large", ""},
                              {ErrorKind::request_too_large, 413, "413 Request Entity Too Large", ""},
                              {ErrorKind::method_not_allowed, 405, "405 Not Allowed", ""},
                              {ErrorKind::request_stalled, 408, "408 Request Time-out", ""},
                              {ErrorKind::too_many_forwards, 463, "463", ""},
                              {ErrorKind::not_configured, 503, "503 Service Temporarily Unavailable", ""},
                              {ErrorKind::malformed_reply, 502, "502 Bad Gateway", ""},
                              {ErrorKind::throttled, 502, "502 Bad Gateway", ""},
                              {ErrorKind::integration_timeout, 502, "502 Bad Gateway", ""}});
}

TEST(GatewayError, WebSocketAnswers) {
    expect_all(
        ApiKind::websocket,
        {{ErrorKind::no_route, 403, R"({"message":"Forbidden"})", "ForbiddenException"},
         {ErrorKind::no_stage, 403, R"({"message":"Forbidden"})", "ForbiddenException"},
         {ErrorKind::unauthorized, 401, R"({"message":"Unauthorized"})", "UnauthorizedException"},
         {ErrorKind::access_denied, 403, R"({"message":"Forbidden"})", "AccessDeniedException"},
         {ErrorKind::request_too_large, 413, R"({"message":"Message too long"})", "PayloadTooLargeException"},
         {ErrorKind::malformed_reply, 502, R"({"message":"Internal server error"})", "InternalServerErrorException"},
         {ErrorKind::bad_body, 400, R"({"message":"Bad request body"})", "BadRequestException"},
         {ErrorKind::gone, 410, "", "GoneException"},
         {ErrorKind::bad_connection, 400, R"({"message":"Invalid connectionId"})", "BadRequestException"}});
    EXPECT_EQ(render_websocket_error(ErrorKind::no_route, "C=", "R="),
              R"({"message":"Forbidden","connectionId":"C=","requestId":"R="})");
}

TEST(GatewayError, AlbPagesHaveTheReportedSizes) {
    EXPECT_EQ(render_alb_page("502 Bad Gateway").size(), 122u);
    EXPECT_EQ(render_alb_page("503 Service Temporarily Unavailable").size(), 162u);
    EXPECT_EQ(render_alb_page("404 Not Found"),
              "<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 Not "
              "Found</h1></center>\r\n</body>\r\n</html>\r\n");
}

TEST(GatewayError, OnlyTheMessageOfABodyIsReplaced) {
    EXPECT_EQ(message_of(R"({"message": "Internal server error"})"), R"("Internal server error")");
    EXPECT_EQ(message_of(R"({"Message":null})"), "null");
    EXPECT_EQ(message_of("Internal Server Error"), "");
    EXPECT_EQ(with_message(R"({"message": "x"})", "a \"b\""), R"({"message": "a \"b\""})");
    EXPECT_EQ(with_message(R"({"Message":"x"})", "y"), R"({"Message":"y"})");
}

TEST(Limits, AsDocumented) {
    const Limits& rest = limits_of(ApiKind::rest);
    EXPECT_EQ(rest.body, 10'485'760u);
    EXPECT_EQ(rest.event, 6'291'456u);
    EXPECT_EQ(rest.headers, 10'240u);
    EXPECT_EQ(rest.header_sum, HeaderSum::values);
    EXPECT_EQ(rest.integration_timeout, std::chrono::seconds(29));
    EXPECT_EQ(rest.stream_time, std::chrono::minutes(15));
    EXPECT_EQ(rest.stream_idle, std::chrono::minutes(5));
    EXPECT_EQ(kEdgeStreamIdle, std::chrono::seconds(30));
    EXPECT_EQ(limits_of(ApiKind::url).stream_idle.count(), 0);
    const Limits& http = limits_of(ApiKind::http);
    EXPECT_EQ(http.body, 10'485'760u);
    EXPECT_EQ(http.event, 6'291'456u);
    EXPECT_EQ(http.headers, 10'240u);
    EXPECT_EQ(http.header_sum, HeaderSum::request_line_and_values);
    EXPECT_EQ(http.integration_timeout, std::chrono::seconds(30));
    EXPECT_EQ(limits_of(ApiKind::url).body, 6'291'456u);
    EXPECT_EQ(limits_of(ApiKind::alb).body, 1'048'576u);
    EXPECT_EQ(limits_of(ApiKind::alb).reply, 1'048'576u);
    EXPECT_EQ(limits_of(ApiKind::alb).headers, 65'536u);
    EXPECT_EQ(limits_of(ApiKind::alb).header_line, 16'384u);
    EXPECT_EQ(limits_of(ApiKind::alb).reply_headers, 32'768u);
    EXPECT_EQ(limits_of(ApiKind::alb).patience, std::chrono::seconds(60));
    EXPECT_EQ(limits_of(app::Api{.kind = ApiKind::alb, .idle_timeout = std::chrono::seconds(5)}).patience,
              std::chrono::seconds(5));
    for (const ApiKind other : {ApiKind::rest, ApiKind::http, ApiKind::url, ApiKind::websocket}) {
        EXPECT_EQ(limits_of(other).patience.count(), 0) << "only a load balancer is impatient";
    }
    EXPECT_EQ(limits_of(ApiKind::websocket).body, 131'072u);
    EXPECT_EQ(limits_of(ApiKind::websocket).integration_timeout, std::chrono::seconds(29));
}

TEST(UnnamedRequest, IsWaitedForAsLongAsAnyApiWould) {
    using std::chrono::seconds;
    const auto patience_before = [](std::vector<app::Api> apis) {
        app::Application application;
        application.apis = std::move(apis);
        return unnamed_patience(application);
    };
    const app::Api rest{.kind = ApiKind::rest}, balancer{.kind = ApiKind::alb};
    const app::Api hasty{.kind = ApiKind::alb, .idle_timeout = seconds(5)};
    const app::Api calm{.kind = ApiKind::alb, .idle_timeout = seconds(300)};
    EXPECT_EQ(patience_before({rest}), std::nullopt) << "it is for this one";
    EXPECT_EQ(patience_before({hasty}), seconds(5));
    EXPECT_EQ(patience_before({rest, rest}), seconds(60));
    EXPECT_EQ(patience_before({rest, hasty, balancer}), seconds(60));
    EXPECT_EQ(patience_before({rest, calm}), seconds(300));
}

TEST(UnnamedRequest, AConnectionIsKeptAsLongAsALoadBalancerWouldOrFiveMinutes) {
    using std::chrono::seconds;
    const auto silence_before = [](std::vector<app::Api> apis) {
        app::Application application;
        application.apis = std::move(apis);
        return silence_of(application);
    };
    const app::Api rest{.kind = ApiKind::rest};
    const app::Api hasty{.kind = ApiKind::alb, .idle_timeout = seconds(5)};
    const app::Api calm{.kind = ApiKind::alb, .idle_timeout = seconds(4000)};
    EXPECT_EQ(silence_before({}), seconds(300));
    EXPECT_EQ(silence_before({rest}), seconds(300));
    EXPECT_EQ(silence_before({hasty}), seconds(5));
    EXPECT_EQ(silence_before({rest, hasty}), seconds(300));
    EXPECT_EQ(silence_before({rest, calm}), seconds(4000));
}

}  // namespace
}  // namespace understudy::gateway::gateway_error_test
