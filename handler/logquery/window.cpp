#include "handler/logquery/window.hpp"

#include <algorithm>
#include <cstdint>
#include <string>

namespace understudy::logquery {
namespace {

// 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z (google/protobuf/timestamp.proto).
constexpr std::int64_t kFirstSecond = -62'135'596'800;
constexpr std::int64_t kLastSecond = 253'402'300'799;
// 10 000 years (google/protobuf/duration.proto).
constexpr std::int64_t kLongestDuration = 315'576'000'000;
constexpr std::int64_t kMostTolerance = 366 * 86'400;
constexpr std::int32_t kNanosPerSecond = 1'000'000'000;
constexpr std::int32_t kNanosPerMilli = 1'000'000;

wire::Status invalid(std::string message) {
    return {wire::Code::invalid_argument, std::move(message)};
}

wire::Status check_time(const google::protobuf::Timestamp* time) {
    if (!time) return invalid("time is missing: give the middle of the window, for example 2026-01-05T10:00:00Z");
    if (time->seconds() < kFirstSecond || time->seconds() > kLastSecond) {
        return invalid("time.seconds is " + std::to_string(time->seconds()) +
                       ": it must lie in the years 0001 to 9999, from " + std::to_string(kFirstSecond) + " to " +
                       std::to_string(kLastSecond));
    }
    if (time->nanos() < 0 || time->nanos() >= kNanosPerSecond) {
        return invalid("time.nanos is " + std::to_string(time->nanos()) + ": it must lie between 0 and 999999999");
    }
    return {};
}

wire::Status check_tolerance(const google::protobuf::Duration& tolerance) {
    const std::int64_t seconds = tolerance.seconds();
    const std::int32_t nanos = tolerance.nanos();
    if (nanos <= -kNanosPerSecond || nanos >= kNanosPerSecond) {
        return invalid("tolerance.nanos is " + std::to_string(nanos) +
                       ": it must lie between -999999999 and 999999999");
    }
    if (seconds < -kLongestDuration || seconds > kLongestDuration) {
        return invalid("tolerance.seconds is " + std::to_string(seconds) + ": no duration is that long");
    }
    if ((seconds < 0 && nanos > 0) || (seconds > 0 && nanos < 0)) {
        return invalid("tolerance has seconds and nanos of different signs");
    }
    if (seconds < 0 || nanos < 0) return invalid("tolerance is negative: it must lie between 0 and 366 days");
    if (seconds > kMostTolerance || (seconds == kMostTolerance && nanos > 0)) {
        return invalid("tolerance is over 366 days (31622400 s)");
    }
    return {};
}

/// A moment to the nanosecond, `nanos` between 0 and 999 999 999.
struct Moment {
    std::int64_t seconds;
    std::int32_t nanos;
};

LogTime to_log_time(Moment moment, std::int32_t round_up_by) {
    return LogTime(std::chrono::milliseconds(moment.seconds * 1000 + (moment.nanos + round_up_by) / kNanosPerMilli));
}

}  // namespace

wire::Status parse_window(const google::protobuf::Timestamp* time, const google::protobuf::Duration* tolerance,
                          Window& window) {
    if (wire::Status status = check_time(time); !status.ok()) return status;
    if (tolerance) {
        if (wire::Status status = check_tolerance(*tolerance); !status.ok()) return status;
    }
    const std::int64_t seconds = tolerance ? tolerance->seconds() : 0;
    const std::int32_t nanos = tolerance ? tolerance->nanos() : 0;
    Moment low{time->seconds() - seconds, time->nanos() - nanos};
    if (low.nanos < 0) low = {low.seconds - 1, low.nanos + kNanosPerSecond};
    Moment high{time->seconds() + seconds, time->nanos() + nanos};
    if (high.nanos >= kNanosPerSecond) high = {high.seconds + 1, high.nanos - kNanosPerSecond};
    window = {to_log_time(low, kNanosPerMilli - 1), to_log_time(high, 0)};
    return {};
}

DayWindow to_day_window(const Window& window, Day day) {
    constexpr TimeOfDay kLastOfDay = std::chrono::days(1) - std::chrono::milliseconds(1);
    return {std::max(window.first - day, TimeOfDay(0)), std::min(window.last - day, kLastOfDay)};
}

void write_timestamp(LogTime time, google::protobuf::Timestamp& timestamp) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    timestamp.set_seconds(seconds.time_since_epoch().count());
    timestamp.set_nanos(static_cast<std::int32_t>((time - seconds).count()) * kNanosPerMilli);
}

}  // namespace understudy::logquery
