#include "emulator/gateway/gateway_error.hpp"

#include "emulator/gateway/limits.hpp"

#include <gtest/gtest.h>

namespace understudy::gateway {
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
                {ErrorKind::malformed_reply, 500, kInternal, ""},
                {ErrorKind::integration_failure, 500, kInternal, ""},
                {ErrorKind::throttled, 503, R"({"message":"Service Unavailable"})", ""},
                {ErrorKind::integration_timeout, 503, R"({"message":"Service Unavailable"})", ""}});
}

TEST(Limits, AsDocumented) {
    const Limits& rest = limits_of(ApiKind::rest);
    EXPECT_EQ(rest.body, 10'485'760u);
    EXPECT_EQ(rest.event, 6'291'456u);
    EXPECT_EQ(rest.headers, 10'240u);
    EXPECT_EQ(rest.header_sum, HeaderSum::values);
    EXPECT_EQ(rest.integration_timeout, std::chrono::seconds(29));
    const Limits& http = limits_of(ApiKind::http);
    EXPECT_EQ(http.body, 10'485'760u);
    EXPECT_EQ(http.event, 6'291'456u);
    EXPECT_EQ(http.headers, 10'240u);
    EXPECT_EQ(http.header_sum, HeaderSum::request_line_and_values);
    EXPECT_EQ(http.integration_timeout, std::chrono::seconds(30));
}

}  // namespace
}  // namespace understudy::gateway
