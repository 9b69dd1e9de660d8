#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace understudy::convert {

/// Seconds and nanoseconds, as google.protobuf.Timestamp and Duration have them.
struct SecondsAndNanos {
    std::int64_t seconds = 0;
    std::int32_t nanos = 0;

    friend bool operator==(const SecondsAndNanos&, const SecondsAndNanos&) = default;
};

/// RFC 3339: `2024-05-01T12:00:00.5Z`, or with an offset. From year 1 to 9999, at most nine digits of a second.
std::optional<SecondsAndNanos> parse_timestamp(std::string_view text);

/// Seconds with up to nine digits after the point, and `s`: `1.5s`, `-3s`. At most 315,576,000,000 of them; the
/// nanoseconds have the sign of the seconds.
std::optional<SecondsAndNanos> parse_duration(std::string_view text);

}  // namespace understudy::convert
