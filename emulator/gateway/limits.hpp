#pragma once

#include "emulator/app/api.hpp"
#include "emulator/app/profile.hpp"
#include "emulator/app/reply_limit.hpp"
#include "emulator/gateway/gateway_error.hpp"
#include "emulator/http/message.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace understudy::gateway {

/// What counts against the limit of a request's headers.
enum class HeaderSum : std::uint8_t {
    values,
    request_line_and_values,
    lines,  ///< Names and values, with what stands between and behind them.
};

/// How much a front door takes.
///
/// Rule: [API Gateway developer guide, limits; http-api-quotas; Lambda developer guide, gettingstarted-limits; Elastic
/// Load Balancing, lambda-functions, load-balancer-limits; of streams: response-transfer-mode]. Tested by:
/// Limits.AsDocumented, FrontDoorKinds.ALoadBalancersHeadersHaveLimitsOfTheirOwn
struct Limits {
    std::size_t body;                               ///< Bytes of a request's body.
    std::size_t event;                              ///< Bytes of an event: Lambda's own limit.
    std::size_t headers;                            ///< Bytes of the header values, counted as `header_sum` says.
    HeaderSum header_sum;                           ///< What `headers` counts.
    std::size_t target;                             ///< Bytes of the request target.
    std::chrono::milliseconds integration_timeout;  ///< URL and ALB wait as long as a function may run.
    std::size_t reply = app::kMostReplyBytes;       ///< Bytes of a function's reply: Lambda's own limit, but for ALB.
    std::size_t header_line = SIZE_MAX;             ///< Bytes of one of the request's header lines.
    std::size_t reply_headers = SIZE_MAX;           ///< Bytes of the header lines of a function's reply.
    std::chrono::milliseconds stream_time{0};  ///< How long a streamed reply may take in all; 0: as long as it likes.
    std::chrono::milliseconds stream_idle{0};  ///< How long it may pause; 0: as long as it likes.
    std::chrono::milliseconds patience{0};     ///< How long a client may pause within its request; 0: the same.
};

inline constexpr Limits kHttpLimits{
    .body = 10 * 1024 * 1024,
    .event = 6'291'456,
    .headers = 10'240,
    .header_sum = HeaderSum::request_line_and_values,
    .target = 10'240,
    .integration_timeout = std::chrono::seconds(30),
};

inline constexpr Limits kRestLimits{
    .body = 10 * 1024 * 1024,
    .event = 6'291'456,
    .headers = 10'240,
    .header_sum = HeaderSum::values,
    .target = 10'240,
    .integration_timeout = std::chrono::seconds(29),
    .stream_time = std::chrono::minutes(15),
    .stream_idle = std::chrono::minutes(5),
};

/// How long a streamed reply of an edge-optimised API may pause.
inline constexpr std::chrono::seconds kEdgeStreamIdle{30};

/// Unverified: the limits of headers and target.
inline constexpr Limits kUrlLimits{
    .body = 6'291'456,
    .event = 6'291'456,
    .headers = 10'240,
    .header_sum = HeaderSum::values,
    .target = 10'240,
    .integration_timeout = std::chrono::minutes(15),
};

inline constexpr Limits kAlbLimits{
    .body = 1024 * 1024,
    .event = 6'291'456,
    .headers = 64 * 1024,
    .header_sum = HeaderSum::lines,
    .target = 16 * 1024,
    .integration_timeout = std::chrono::minutes(15),
    .reply = 1024 * 1024,
    .header_line = 16 * 1024,
    .reply_headers = 32 * 1024,
    .patience = std::chrono::seconds(60),
};

/// `body`: of one message.
inline constexpr Limits kWebSocketLimits{
    .body = 128 * 1024,
    .event = 6'291'456,
    .headers = 10'240,
    .header_sum = HeaderSum::values,
    .target = 10'240,
    .integration_timeout = std::chrono::seconds(29),
};

constexpr const Limits& limits_of(app::ApiKind kind) {
    switch (kind) {
        case app::ApiKind::rest:
            return kRestLimits;
        case app::ApiKind::url:
            return kUrlLimits;
        case app::ApiKind::alb:
            return kAlbLimits;
        case app::ApiKind::websocket:
            return kWebSocketLimits;
        case app::ApiKind::http:
            break;
    }
    return kHttpLimits;
}

/// An edge-optimised REST API has CloudFront's limit of a URL [CloudFront developer guide, cloudfront-limits]; a load
/// balancer's idle timeout is an attribute of its [Elastic Load Balancing, edit-load-balancer-attributes].
constexpr Limits limits_of(const app::Api& api) {
    Limits limits = limits_of(api.kind);
    if (api.idle_timeout) limits.patience = *api.idle_timeout;
    if (api.kind == app::ApiKind::rest && api.endpoint == app::EndpointType::edge) limits.target = 8192;
    return limits;
}

/// What profile `sam` takes: as much as this machine does, as long as a function may run.
inline constexpr Limits kNoLimits{
    .body = SIZE_MAX,
    .event = SIZE_MAX,
    .headers = SIZE_MAX,
    .header_sum = HeaderSum::values,
    .target = SIZE_MAX,
    .integration_timeout = std::chrono::minutes(15),
    .reply = SIZE_MAX,
};

/// `limits_of` under a profile.
Limits limits_under(app::Profile profile, const app::Api& api);

/// What counts against `Limits::headers`, in bytes.
std::size_t header_sum(const http::Request& request, HeaderSum counted);

/// The bytes of header lines as HTTP/1.1 has them.
std::size_t lines_size(const http::Headers& headers);

/// What a request has too much of; nullopt where it keeps to the limits. `prefix`: how many bytes of its target are the
/// emulator's own (`Entrance::prefix`), which on AWS nobody sends. Tested by:
/// FrontDoorKinds.TheEmulatorsOwnPrefixCountsAgainstNoLimit, WebSocketDoor.TheEmulatorsOwnPrefixCountsAgainstNoLimit
std::optional<ErrorKind> find_excess(const http::Request& request, const Limits& limits, std::size_t prefix);

}  // namespace understudy::gateway
