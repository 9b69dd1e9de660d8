#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::record {

/// A time of RFC 3339 as protobuf writes timestamps, `2026-01-05T10:00:00.125Z`, since the epoch. Errors: nullopt.
std::optional<std::chrono::microseconds> parse_instant(std::string_view text);

/// The same in UTC with milliseconds.
std::string to_instant_text(std::chrono::microseconds instant);

}  // namespace understudy::record
