#pragma once

#include "emulator/app/api.hpp"
#include "emulator/app/profile.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace understudy::gateway {

/// What a front door answers itself.
enum class ErrorKind : std::uint8_t {
    bad_request,          ///< The bytes are no HTTP request.
    headers_too_large,    ///< Over `Limits::headers`.
    target_too_long,      ///< Over `Limits::target`.
    request_too_large,    ///< The body is over `Limits::body`, or the event over `Limits::event`.
    method_not_allowed,   ///< ALB: TRACE.
    request_stalled,      ///< ALB: the client paused for too long in the middle of its request.
    too_many_forwards,    ///< ALB: X-Forwarded-For names more than 30 addresses.
    no_route,             ///< No resource or route takes this method and path.
    no_stage,             ///< The path names no stage of the API.
    unsigned_request,     ///< IAM: no signature.
    invalid_signature,    ///< IAM: another signature than the one that was calculated.
    expired_token,        ///< IAM: the signature is too old.
    unauthorized,         ///< No credential, or none that counts.
    access_denied,        ///< An authorizer said no.
    invalid_api_key,      ///< No key, or none that opens this stage.
    rate_exceeded,        ///< The gateway's own throttling, or a usage plan's.
    quota_exceeded,       ///< A usage plan's.
    bad_parameters,       ///< A request validator misses one.
    bad_body,             ///< A model does not accept the body.
    unsupported_media,    ///< A Content-Encoding or Content-Type that the gateway does not take.
    authorizer_failure,   ///< The authorizer could not be asked.
    authorizer_unusable,  ///< The authorizer failed, or its reply breaks the rules.
    not_configured,       ///< The route leads nowhere, or to what this emulator does not do.
    malformed_reply,      ///< The function failed, or its reply breaks the rules.
    integration_failure,  ///< The reply could not be converted, or the function not be called.
    throttled,            ///< Lambda refused for want of concurrency.
    integration_timeout,  ///< The function took longer than the gateway waits.
    gone,                 ///< `@connections`: there is no such connection, or no more.
    bad_connection,       ///< `@connections`: what is named cannot be a connection.
};

/// An answer of the gateway, to the byte.
struct GatewayError {
    ErrorKind kind;
    int status;
    std::string_view body;                ///< ALB: the page's title.
    std::string_view type = {};           ///< REST, WebSocket and URL: `x-amzn-ErrorType`.
    std::string_view response_type = {};  ///< REST: the gateway response that customises it.
};

/// Rule: REST [API Gateway developer guide, supported-gateway-response-types; localstack:
/// test_apigateway_common.snapshot.json, test_apigateway_api.snapshot.json; aws-lambda-dotnet:
/// Snapshots/V1_HandlesZeroStatusCodeRest.json], HTTP API [http-api-troubleshooting-lambda;
/// Snapshots/V2_HandlesZeroStatusCode.json], function URL [localstack: test_lambda.py TestLambdaURL], ALB [Elastic Load
/// Balancing, load-balancer-troubleshooting], WebSocket API [architect/sandbox: src/http/invoke-ws;
/// aws/aws-cdk#18208; aws/aws-sdk-java#2200]. The rows whose comment says so are unverified. A kind that a front does
/// not know is its internal error.
/// Tested by: GatewayError.RestAnswers, GatewayError.HttpAnswers, GatewayError.UrlAnswers, GatewayError.AlbAnswers,
/// GatewayError.WebSocketAnswers
const GatewayError& gateway_error(app::ApiKind front, ErrorKind kind, app::Profile profile = app::Profile::aws);

/// The JSON text behind `message` in a JSON body of the gateway: `"Forbidden"`, `null`. Empty for another body.
std::string_view message_of(std::string_view body);
/// The body with another message; the message is escaped.
std::string with_message(std::string_view body, std::string_view message);

/// What a WebSocket client is told, as a frame or as the body of a refused handshake:
/// `{"message":"Forbidden","connectionId":"…","requestId":"…"}`.
///
/// Rule: [aws-samples/simple-websockets-chat-app#46]. That refused handshakes have this body is unverified.
/// Tested by: GatewayError.WebSocketAnswers
std::string render_websocket_error(ErrorKind kind, std::string_view connection_id, std::string_view request_id);

/// ALB's own page: `502 Bad Gateway` as title and heading.
///
/// Rule: the sizes that are reported of such pages, 122 bytes for a 502 and 162 for a 503.
/// Tested by: GatewayError.AlbPagesHaveTheReportedSizes
std::string render_alb_page(std::string_view title);

}  // namespace understudy::gateway
