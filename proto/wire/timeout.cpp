#include "proto/wire/timeout.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace understudy::wire {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kMostConnectDigits = 10;
constexpr std::size_t kMostGrpcDigits = 8;
constexpr std::int64_t kMostConnect = 9'999'999'999;
constexpr std::int64_t kMostGrpc = 99'999'999;

std::optional<std::int64_t> parse_digits(std::string_view text, std::size_t most) {
    const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    if (text.empty() || text.size() > most || !digits) return std::nullopt;
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

// No longer than the longest of Connect: sums with the time of a clock in nanoseconds stay within their type.
milliseconds to_timeout(std::int64_t count, std::int64_t unit) {
    return milliseconds(std::min(count * unit, kMostConnect));
}

}  // namespace

std::string to_connect_timeout(milliseconds timeout) {
    return std::to_string(std::clamp<std::int64_t>(timeout.count(), 0, kMostConnect));
}

std::optional<milliseconds> parse_connect_timeout(std::string_view text) {
    const auto number = parse_digits(text, kMostConnectDigits);
    return number ? std::optional(milliseconds(*number)) : std::nullopt;
}

std::string to_grpc_timeout(milliseconds timeout) {
    const std::int64_t count = std::max<std::int64_t>(timeout.count(), 0);
    if (count <= kMostGrpc) return std::to_string(count) + 'm';
    if (count / 1000 <= kMostGrpc) return std::to_string(count / 1000) + 'S';
    return std::to_string(std::min(count / 60'000, kMostGrpc)) + 'M';
}

std::optional<milliseconds> parse_grpc_timeout(std::string_view text) {
    if (text.empty()) return std::nullopt;
    const auto number = parse_digits(text.substr(0, text.size() - 1), kMostGrpcDigits);
    if (!number) return std::nullopt;
    constexpr std::int64_t kMicros = 1000, kNanos = 1'000'000;
    switch (text.back()) {
        case 'H':
            return to_timeout(*number, 3'600'000);
        case 'M':
            return to_timeout(*number, 60'000);
        case 'S':
            return to_timeout(*number, 1000);
        case 'm':
            return milliseconds(*number);
        case 'u':
            return milliseconds((*number + kMicros - 1) / kMicros);
        case 'n':
            return milliseconds((*number + kNanos - 1) / kNanos);
        default:
            return std::nullopt;
    }
}

}  // namespace understudy::wire
