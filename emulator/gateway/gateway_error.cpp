#include "emulator/gateway/gateway_error.hpp"

#include "emulator/event/json_writer.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace understudy::gateway {
namespace {

constexpr std::string_view kRestInternal = R"({"message": "Internal server error"})";
constexpr std::string_view kRestInternalType = "InternalServerErrorException";

constexpr std::string_view kSignatureMismatch =
    R"({"message":"The request signature we calculated does not match the signature you provided. Check your AWS )"
    R"(Secret Access Key and signing method. Consult the service documentation for details."})";

constexpr std::array<GatewayError, 24> kRest{{
    // Unverified.
    {ErrorKind::bad_request, 400, R"({"message":"Bad Request"})", "BadRequestException"},
    // Unverified: status and text; candidates are 431, 400 and 413.
    {ErrorKind::headers_too_large, 431, R"({"message":"Request Header Fields Too Large"})", "BadRequestException"},
    // Unverified.
    {ErrorKind::target_too_long, 414, R"({"message":"Request URI Too Long"})", "BadRequestException"},
    {ErrorKind::request_too_large, 413, R"({"message":"Request Too Long"})", "RequestTooLargeException",
     "REQUEST_TOO_LARGE"},
    {ErrorKind::no_route, 403, R"({"message":"Missing Authentication Token"})", "MissingAuthenticationTokenException",
     "MISSING_AUTHENTICATION_TOKEN"},
    // Unverified; other emulators answer 404.
    {ErrorKind::no_stage, 403, R"({"message":"Forbidden"})", "ForbiddenException"},
    {ErrorKind::unsigned_request, 403, R"({"message":"Missing Authentication Token"})",
     "MissingAuthenticationTokenException", "MISSING_AUTHENTICATION_TOKEN"},
    {ErrorKind::invalid_signature, 403, kSignatureMismatch, "InvalidSignatureException", "INVALID_SIGNATURE"},
    // Unverified.
    {ErrorKind::expired_token, 403, R"({"message":"The security token included in the request is expired"})",
     "ExpiredTokenException", "EXPIRED_TOKEN"},
    {ErrorKind::unauthorized, 401, R"({"message":"Unauthorized"})", "UnauthorizedException", "UNAUTHORIZED"},
    {ErrorKind::access_denied, 403, R"({"Message":"User is not authorized to access this resource"})",
     "AccessDeniedException", "ACCESS_DENIED"},
    {ErrorKind::invalid_api_key, 403, R"({"message":"Forbidden"})", "ForbiddenException", "INVALID_API_KEY"},
    // Unverified: the texts of both.
    {ErrorKind::rate_exceeded, 429, R"({"message":"Too Many Requests"})", "TooManyRequestsException", "THROTTLED"},
    {ErrorKind::quota_exceeded, 429, R"({"message":"Limit Exceeded"})", "LimitExceededException", "QUOTA_EXCEEDED"},
    {ErrorKind::bad_parameters, 400, R"({"message":"Missing required request parameters"})", "BadRequestException",
     "BAD_REQUEST_PARAMETERS"},
    {ErrorKind::bad_body, 400, R"({"message":"Invalid request body"})", "BadRequestException", "BAD_REQUEST_BODY"},
    // Unverified: the text.
    {ErrorKind::unsupported_media, 415, R"({"message":"Unsupported Media Type"})", "BadRequestException",
     "UNSUPPORTED_MEDIA_TYPE"},
    // Unverified: the type.
    {ErrorKind::authorizer_failure, 500, R"({"message":null})", "AuthorizerFailureException", "AUTHORIZER_FAILURE"},
    {ErrorKind::authorizer_unusable, 500, R"({"message":null})", "AuthorizerConfigurationException",
     "AUTHORIZER_CONFIGURATION_ERROR"},
    {ErrorKind::not_configured, 500, kRestInternal, kRestInternalType, "API_CONFIGURATION_ERROR"},
    // No gateway response of its own: DEFAULT_5XX.
    {ErrorKind::malformed_reply, 502, kRestInternal, kRestInternalType},
    {ErrorKind::integration_failure, 500, kRestInternal, kRestInternalType, "INTEGRATION_FAILURE"},
    {ErrorKind::throttled, 500, kRestInternal, kRestInternalType, "INTEGRATION_FAILURE"},
    {ErrorKind::integration_timeout, 504, R"({"message": "Endpoint request timed out"})", kRestInternalType,
     "INTEGRATION_TIMEOUT"},
}};

constexpr std::string_view kHttpInternal = R"({"message":"Internal Server Error"})";
constexpr std::string_view kHttpForbidden = R"({"message":"Forbidden"})";

constexpr std::array<GatewayError, 19> kHttp{{
    // Unverified.
    {ErrorKind::bad_request, 400, R"({"message":"Bad Request"})"},
    // Unverified: status and text; candidates are 431, 400 and 413.
    {ErrorKind::headers_too_large, 431, R"({"message":"Request Header Fields Too Large"})"},
    // Unverified.
    {ErrorKind::target_too_long, 414, R"({"message":"Request URI Too Long"})"},
    {ErrorKind::request_too_large, 413, R"({"message":"Request Entity Too Large"})"},
    {ErrorKind::no_route, 404, R"({"message":"Not Found"})"},
    {ErrorKind::no_stage, 404, R"({"message":"Not Found"})"},
    // Unverified: the three of IAM.
    {ErrorKind::unsigned_request, 403, kHttpForbidden},
    {ErrorKind::invalid_signature, 403, kHttpForbidden},
    {ErrorKind::expired_token, 403, kHttpForbidden},
    {ErrorKind::unauthorized, 401, R"({"message":"Unauthorized"})"},
    {ErrorKind::access_denied, 403, kHttpForbidden},
    // Unverified: the text.
    {ErrorKind::rate_exceeded, 429, R"({"message":"Too Many Requests"})"},
    {ErrorKind::authorizer_failure, 500, kHttpInternal},
    {ErrorKind::authorizer_unusable, 500, kHttpInternal},
    {ErrorKind::not_configured, 500, kHttpInternal},
    {ErrorKind::malformed_reply, 500, kHttpInternal},
    {ErrorKind::integration_failure, 500, kHttpInternal},
    // Unverified: 503 is reported more often than 500.
    {ErrorKind::throttled, 503, R"({"message":"Service Unavailable"})"},
    {ErrorKind::integration_timeout, 503, R"({"message":"Service Unavailable"})"},
}};

constexpr std::string_view kUrlInternal = "Internal Server Error";
constexpr std::string_view kUrlForbidden =
    R"({"Message":"Forbidden. For troubleshooting Function URL authorization issues, see: )"
    R"(https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"})";

constexpr std::array<GatewayError, 12> kUrl{{
    // Unverified: these four.
    {ErrorKind::bad_request, 400, R"({"Message":"Bad Request"})", "BadRequestException"},
    {ErrorKind::headers_too_large, 431, R"({"Message":"Request Header Fields Too Large"})", "BadRequestException"},
    {ErrorKind::target_too_long, 414, R"({"Message":"Request URI Too Long"})", "BadRequestException"},
    {ErrorKind::request_too_large, 413, R"({"Message":"Request Entity Too Large"})", "RequestEntityTooLargeException"},
    {ErrorKind::no_route, 403, R"({"Message":null})", "AccessDeniedException"},
    {ErrorKind::unsigned_request, 403, kUrlForbidden, "AccessDeniedException"},
    {ErrorKind::invalid_signature, 403, kSignatureMismatch, "InvalidSignatureException"},
    {ErrorKind::expired_token, 403, kUrlForbidden, "AccessDeniedException"},
    {ErrorKind::access_denied, 403, kUrlForbidden, "AccessDeniedException"},
    {ErrorKind::malformed_reply, 502, kUrlInternal},
    // Unverified: the text.
    {ErrorKind::throttled, 429, R"({"Message":"Rate Exceeded."})", "TooManyRequestsException"},
    // Unverified.
    {ErrorKind::integration_timeout, 502, kUrlInternal},
}};

constexpr std::array<GatewayError, 11> kAlb{{
    {ErrorKind::bad_request, 400, "400 Bad Request"},
    // Unverified: the status.
    {ErrorKind::headers_too_large, 400, "400 Bad Request"},
    {ErrorKind::target_too_long, 414, "414 Request-URI Too Large"},
    {ErrorKind::request_too_large, 413, "413 Request Entity Too Large"},
    {ErrorKind::method_not_allowed, 405, "405 Not Allowed"},
    // Unverified: the page, which is in the manner of the others.
    {ErrorKind::request_stalled, 408, "408 Request Time-out"},
    // Unverified: the page; the status has no phrase of its own.
    {ErrorKind::too_many_forwards, 463, "463"},
    // A listener always has a default action; this is for a template without one.
    {ErrorKind::no_route, 404, "404 Not Found"},
    {ErrorKind::not_configured, 503, "503 Service Temporarily Unavailable"},
    {ErrorKind::malformed_reply, 502, "502 Bad Gateway"},
    {ErrorKind::integration_timeout, 502, "502 Bad Gateway"},
}};

constexpr std::string_view kSocketInternal = R"({"message":"Internal server error"})";
constexpr std::string_view kSocketInternalType = "InternalServerErrorException";
constexpr std::string_view kSocketForbidden = R"({"message":"Forbidden"})";

/// Statuses are those of refused handshakes and of `@connections`; a message that fails gets the text alone.
constexpr std::array<GatewayError, 24> kWebSocket{{
    // Unverified: these four.
    {ErrorKind::bad_request, 400, R"({"message":"Bad Request"})", "BadRequestException"},
    {ErrorKind::headers_too_large, 431, R"({"message":"Request Header Fields Too Large"})", "BadRequestException"},
    {ErrorKind::target_too_long, 414, R"({"message":"Request URI Too Long"})", "BadRequestException"},
    {ErrorKind::no_stage, 403, kSocketForbidden, "ForbiddenException"},
    // Unverified: the text.
    {ErrorKind::request_too_large, 413, R"({"message":"Message too long"})", "PayloadTooLargeException"},
    // As a frame; that a request which is no handshake gets it too is unverified.
    {ErrorKind::no_route, 403, kSocketForbidden, "ForbiddenException"},
    // As a frame only; the text is the documentation's.
    {ErrorKind::bad_body, 400, R"({"message":"Bad request body"})", "BadRequestException"},
    {ErrorKind::unsigned_request, 403, R"({"message":"Missing Authentication Token"})",
     "MissingAuthenticationTokenException"},
    // Unverified: these two.
    {ErrorKind::invalid_signature, 403, kSocketForbidden, "InvalidSignatureException"},
    {ErrorKind::expired_token, 403, kSocketForbidden, "ExpiredTokenException"},
    {ErrorKind::unauthorized, 401, R"({"message":"Unauthorized"})", "UnauthorizedException"},
    // Unverified: the text.
    {ErrorKind::access_denied, 403, kSocketForbidden, "AccessDeniedException"},
    // Unverified: these three.
    {ErrorKind::invalid_api_key, 403, kSocketForbidden, "ForbiddenException"},
    {ErrorKind::rate_exceeded, 429, R"({"message":"Too Many Requests"})", "LimitExceededException"},
    {ErrorKind::quota_exceeded, 429, R"({"message":"Limit Exceeded"})", "LimitExceededException"},
    {ErrorKind::authorizer_failure, 500, kSocketInternal, "AuthorizerFailureException"},
    {ErrorKind::authorizer_unusable, 500, kSocketInternal, "AuthorizerConfigurationException"},
    {ErrorKind::not_configured, 500, kSocketInternal, kSocketInternalType},
    // Unverified: other emulators have 502, some report 500.
    {ErrorKind::malformed_reply, 502, kSocketInternal, kSocketInternalType},
    {ErrorKind::integration_failure, 500, kSocketInternal, kSocketInternalType},
    // Unverified.
    {ErrorKind::throttled, 500, kSocketInternal, kSocketInternalType},
    // Unverified: status and text.
    {ErrorKind::integration_timeout, 504, R"({"message":"Endpoint request timed out"})", kSocketInternalType},
    // No body: SDKs that look for a message find none.
    {ErrorKind::gone, 410, "", "GoneException"},
    {ErrorKind::bad_connection, 400, R"({"message":"Invalid connectionId"})", "BadRequestException"},
}};

/// What SAM CLI answers in place of AWS, and for which of its deviations.
struct SamError {
    app::Deviation reason;
    GatewayError error;
};

constexpr std::string_view kSamFailure = R"({"message":"Internal server error"})";

constexpr std::array<SamError, 9> kSam{{
    {app::Deviation::no_route, {ErrorKind::no_route, 403, R"({"message":"Missing Authentication Token"})"}},
    {app::Deviation::no_route, {ErrorKind::no_stage, 403, R"({"message":"Missing Authentication Token"})"}},
    {app::Deviation::denied, {ErrorKind::unauthorized, 401, R"({"message":"Unauthorized"})"}},
    {app::Deviation::denied,
     {ErrorKind::access_denied, 403, R"({"message":"User is not authorized to access this resource"})"}},
    {app::Deviation::function_error, {ErrorKind::not_configured, 502, kSamFailure}},
    {app::Deviation::function_error, {ErrorKind::malformed_reply, 502, kSamFailure}},
    {app::Deviation::function_error, {ErrorKind::integration_failure, 502, kSamFailure}},
    {app::Deviation::function_error, {ErrorKind::throttled, 502, kSamFailure}},
    {app::Deviation::function_error, {ErrorKind::integration_timeout, 502, kSamFailure}},
}};

std::span<const GatewayError> errors_of(app::ApiKind front) {
    switch (front) {
        case app::ApiKind::rest:
            return kRest;
        case app::ApiKind::url:
            return kUrl;
        case app::ApiKind::alb:
            return kAlb;
        case app::ApiKind::websocket:
            return kWebSocket;
        case app::ApiKind::http:
            break;
    }
    return kHttp;
}

std::size_t message_begin(std::string_view body) {
    const auto colon = body.find(':');
    return colon == std::string_view::npos ? body.size()
                                           : std::min(body.find_first_not_of(' ', colon + 1), body.size());
}

}  // namespace

const GatewayError& gateway_error(app::ApiKind front, ErrorKind kind, app::Profile profile) {
    const auto deviation = std::ranges::find(kSam, kind, [](const SamError& row) { return row.error.kind; });
    if (deviation != kSam.end() && app::deviates(profile, front, deviation->reason)) return deviation->error;
    const auto errors = errors_of(front);
    const auto found = std::ranges::find(errors, kind, &GatewayError::kind);
    if (found != errors.end()) return *found;
    return *std::ranges::find(errors, ErrorKind::malformed_reply, &GatewayError::kind);
}

std::string_view message_of(std::string_view body) {
    if (!body.starts_with('{') || !body.ends_with('}')) return {};
    body.remove_suffix(1);
    return body.substr(message_begin(body));
}

std::string with_message(std::string_view body, std::string_view message) {
    std::string text(body.substr(0, message_begin(body)));
    event::JsonWriter(text).text(message);
    return text + '}';
}

std::string render_websocket_error(ErrorKind kind, std::string_view connection_id, std::string_view request_id) {
    std::string text;
    event::JsonWriter json(text);
    json.begin_object();
    json.key("message").raw(message_of(gateway_error(app::ApiKind::websocket, kind).body));
    json.key("connectionId").text(connection_id);
    json.key("requestId").text(request_id);
    json.end_object();
    return text;
}

std::string render_alb_page(std::string_view title) {
    std::string page;
    page.append("<html>\r\n<head><title>").append(title).append("</title></head>\r\n<body>\r\n<center><h1>");
    page.append(title).append("</h1></center>\r\n</body>\r\n</html>\r\n");
    return page;
}

}  // namespace understudy::gateway
