#pragma once

#include "emulator/app/application.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace understudy::gateway {

/// What counts against the limit of a request's headers.
enum class HeaderSum : std::uint8_t { values, request_line_and_values };

/// How much a front door takes.
///
/// Rule: [API Gateway developer guide, limits; http-api-quotas]. Tested by: Limits.AsDocumented
struct Limits {
    std::size_t body;      ///< Bytes of a request's body.
    std::size_t event;     ///< Bytes of an event: Lambda's own limit.
    std::size_t headers;   ///< Bytes of the header values, counted as `header_sum` says.
    HeaderSum header_sum;  ///< What `headers` counts.
    std::size_t target;    ///< Bytes of the request target.
    std::chrono::milliseconds integration_timeout;
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
};

constexpr const Limits& limits_of(app::ApiKind kind) {
    return kind == app::ApiKind::rest ? kRestLimits : kHttpLimits;
}

}  // namespace understudy::gateway
