#include "emulator/gateway/gateway_error.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace understudy::gateway {
namespace {

constexpr std::string_view kRestInternal = R"({"message": "Internal server error"})";
constexpr std::string_view kRestInternalType = "InternalServerErrorException";

constexpr std::array<GatewayError, 9> kRest{{
    // Unverified.
    {ErrorKind::bad_request, 400, R"({"message":"Bad Request"})", "BadRequestException"},
    // Unverified: status and text; candidates are 431, 400 and 413.
    {ErrorKind::headers_too_large, 431, R"({"message":"Request Header Fields Too Large"})", "BadRequestException"},
    // Unverified.
    {ErrorKind::target_too_long, 414, R"({"message":"Request URI Too Long"})", "BadRequestException"},
    {ErrorKind::request_too_large, 413, R"({"message":"Request Too Long"})", "RequestTooLargeException"},
    {ErrorKind::no_route, 403, R"({"message":"Missing Authentication Token"})", "MissingAuthenticationTokenException"},
    {ErrorKind::malformed_reply, 502, kRestInternal, kRestInternalType},
    {ErrorKind::integration_failure, 500, kRestInternal, kRestInternalType},
    {ErrorKind::throttled, 500, kRestInternal, kRestInternalType},
    {ErrorKind::integration_timeout, 504, R"({"message": "Endpoint request timed out"})", kRestInternalType},
}};

constexpr std::string_view kHttpInternal = R"({"message":"Internal Server Error"})";

constexpr std::array<GatewayError, 9> kHttp{{
    // Unverified.
    {ErrorKind::bad_request, 400, R"({"message":"Bad Request"})", ""},
    // Unverified: status and text; candidates are 431, 400 and 413.
    {ErrorKind::headers_too_large, 431, R"({"message":"Request Header Fields Too Large"})", ""},
    // Unverified.
    {ErrorKind::target_too_long, 414, R"({"message":"Request URI Too Long"})", ""},
    {ErrorKind::request_too_large, 413, R"({"message":"Request Entity Too Large"})", ""},
    {ErrorKind::no_route, 404, R"({"message":"Not Found"})", ""},
    {ErrorKind::malformed_reply, 500, kHttpInternal, ""},
    {ErrorKind::integration_failure, 500, kHttpInternal, ""},
    // Unverified: 503 is reported more often than 500.
    {ErrorKind::throttled, 503, R"({"message":"Service Unavailable"})", ""},
    {ErrorKind::integration_timeout, 503, R"({"message":"Service Unavailable"})", ""},
}};

}  // namespace

const GatewayError& gateway_error(app::ApiKind front, ErrorKind kind) {
    const auto& errors = front == app::ApiKind::rest ? kRest : kHttp;
    const auto found = std::ranges::find(errors, kind, &GatewayError::kind);
    assert(found != errors.end());
    return *found;
}

}  // namespace understudy::gateway
