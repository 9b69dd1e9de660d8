#pragma once

#include "emulator/app/application.hpp"

#include <cstdint>
#include <string_view>

namespace understudy::gateway {

/// What a front door answers itself.
enum class ErrorKind : std::uint8_t {
    bad_request,          ///< The bytes are no HTTP request.
    headers_too_large,    ///< Over `Limits::headers`.
    target_too_long,      ///< Over `Limits::target`.
    request_too_large,    ///< The body is over `Limits::body`, or the event over `Limits::event`.
    no_route,             ///< No resource or route takes this method and path.
    malformed_reply,      ///< The function failed, or its reply breaks the rules.
    integration_failure,  ///< The reply could not be converted, or the function not be called.
    throttled,            ///< Lambda refused for want of concurrency.
    integration_timeout,  ///< The function took longer than the gateway waits.
};

/// An answer of the gateway, to the byte.
struct GatewayError {
    ErrorKind kind;
    int status;
    std::string_view body;
    std::string_view type;  ///< REST: `x-amzn-ErrorType`.
};

/// Rule: REST [API Gateway developer guide, supported-gateway-response-types; localstack:
/// test_apigateway_common.snapshot.json; aws-lambda-dotnet: Snapshots/V1_HandlesZeroStatusCodeRest.json], HTTP API
/// [http-api-troubleshooting-lambda; Snapshots/V2_HandlesZeroStatusCode.json]. The rows whose comment says so are
/// unverified. Tested by: GatewayError.RestAnswers, GatewayError.HttpAnswers
const GatewayError& gateway_error(app::ApiKind front, ErrorKind kind);

}  // namespace understudy::gateway
