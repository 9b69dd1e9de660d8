#include "handler/logquery/window.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace understudy::logquery {
namespace {

using std::chrono::milliseconds;
using namespace std::chrono_literals;

constexpr std::int64_t kFirstSecond = -62'135'596'800;
constexpr std::int64_t kLastSecond = 253'402'300'799;
constexpr std::int64_t kYear = 366 * 86'400;

google::protobuf::Timestamp timestamp(std::int64_t seconds, std::int32_t nanos) {
    google::protobuf::Timestamp time;
    time.set_seconds(seconds);
    time.set_nanos(nanos);
    return time;
}

google::protobuf::Duration duration(std::int64_t seconds, std::int32_t nanos) {
    google::protobuf::Duration tolerance;
    tolerance.set_seconds(seconds);
    tolerance.set_nanos(nanos);
    return tolerance;
}

struct WindowCase {
    std::int64_t seconds;
    std::int32_t nanos;
    std::int64_t tolerance_seconds;
    std::int32_t tolerance_nanos;
    std::int64_t first;  // milliseconds since 1970
    std::int64_t last;
};

TEST(Window, BoundsAreComparedToTheNanosecond) {
    const std::vector<WindowCase> cases = {
        {100, 0, 0, 0, 100'000, 100'000},
        {100, 0, 1, 0, 99'000, 101'000},
        {100, 1, 0, 0, 100'001, 100'000},  // between two milliseconds: empty
        {100, 1, 0, 1, 100'000, 100'000},
        {100, 1'000'001, 0, 1, 100'001, 100'001},
        {100, 999'999, 0, 0, 100'001, 100'000},
        {100, 999'999, 0, 1, 100'001, 100'001},
        {100, 999'999'999, 0, 1, 101'000, 101'000},
        {100, 0, 0, 999'999, 100'000, 100'000},
        {100, 0, 0, 1'000'000, 99'999, 100'001},
        {100, 0, 0, 1'000'001, 99'999, 100'001},
        {100, 500'000'000, 0, 600'000'000, 99'900, 101'100},
        {0, 0, 0, 1'000'000, -1, 1},
        {-1, 999'999'999, 0, 0, 0, -1},
        {-1, 1, 0, 1, -1'000, -1'000},
        {kFirstSecond, 0, kYear, 0, (kFirstSecond - kYear) * 1000, (kFirstSecond + kYear) * 1000},
        {kLastSecond, 999'999'999, kYear, 0, (kLastSecond - kYear + 1) * 1000, (kLastSecond + kYear) * 1000 + 999},
        {0, 0, kYear, 0, -kYear * 1000, kYear * 1000},
    };
    for (const WindowCase& c : cases) {
        const auto time = timestamp(c.seconds, c.nanos);
        const auto tolerance = duration(c.tolerance_seconds, c.tolerance_nanos);
        Window window;
        EXPECT_EQ(parse_window(&time, &tolerance, window), wire::Status());
        EXPECT_EQ(window.first.time_since_epoch().count(), c.first) << c.seconds << " s " << c.nanos << " ns";
        EXPECT_EQ(window.last.time_since_epoch().count(), c.last) << c.seconds << " s " << c.nanos << " ns";
    }
}

TEST(Window, AnAbsentToleranceIsZero) {
    const auto time = timestamp(100, 0);
    Window window;
    EXPECT_EQ(parse_window(&time, nullptr, window), wire::Status());
    EXPECT_EQ(window, (Window{LogTime(100s), LogTime(100s)}));
}

TEST(Window, AMissingTimeIsRefusedAndTheEpochIsNone) {
    Window window;
    const wire::Status status = parse_window(nullptr, nullptr, window);
    EXPECT_EQ(status.code(), wire::Code::invalid_argument);
    EXPECT_TRUE(status.message().starts_with("time is missing")) << status.message();
    const google::protobuf::Timestamp epoch;
    EXPECT_TRUE(parse_window(&epoch, nullptr, window).ok());
}

struct BadCase {
    google::protobuf::Timestamp time;
    google::protobuf::Duration tolerance;
    std::string message_start;
};

TEST(Window, ValuesOutOfRangeAreRefusedByTheNameOfTheirField) {
    constexpr auto kLow = std::numeric_limits<std::int64_t>::min(), kHigh = std::numeric_limits<std::int64_t>::max();
    constexpr auto kLowNanos = std::numeric_limits<std::int32_t>::min(),
                   kHighNanos = std::numeric_limits<std::int32_t>::max();
    const std::vector<BadCase> cases = {
        {timestamp(kFirstSecond - 1, 0), duration(0, 0), "time.seconds is -62135596801"},
        {timestamp(kLastSecond + 1, 0), duration(0, 0), "time.seconds is 253402300800"},
        {timestamp(kLow, 0), duration(0, 0), "time.seconds is "},
        {timestamp(kHigh, 0), duration(0, 0), "time.seconds is "},
        {timestamp(0, -1), duration(0, 0), "time.nanos is -1"},
        {timestamp(0, 1'000'000'000), duration(0, 0), "time.nanos is 1000000000"},
        {timestamp(0, 0), duration(-1, 0), "tolerance is negative"},
        {timestamp(0, 0), duration(0, -1), "tolerance is negative"},
        {timestamp(0, 0), duration(-kYear, -1), "tolerance is negative"},
        {timestamp(0, 0), duration(1, -1), "tolerance has seconds and nanos of different signs"},
        {timestamp(0, 0), duration(-1, 1), "tolerance has seconds and nanos of different signs"},
        {timestamp(0, 0), duration(0, 1'000'000'000), "tolerance.nanos is 1000000000"},
        {timestamp(0, 0), duration(0, kLowNanos), "tolerance.nanos is "},
        {timestamp(0, 0), duration(0, kHighNanos), "tolerance.nanos is "},
        {timestamp(0, 0), duration(kLow, 0), "tolerance.seconds is "},
        {timestamp(0, 0), duration(kHigh, 0), "tolerance.seconds is "},
        {timestamp(0, 0), duration(kYear, 1), "tolerance is over 366 days"},
        {timestamp(0, 0), duration(kYear + 1, 0), "tolerance is over 366 days"},
        {timestamp(0, 0), duration(315'576'000'000, 0), "tolerance is over 366 days"},
    };
    for (const BadCase& c : cases) {
        Window window;
        const wire::Status status = parse_window(&c.time, &c.tolerance, window);
        EXPECT_EQ(status.code(), wire::Code::invalid_argument) << c.message_start;
        EXPECT_TRUE(status.message().starts_with(c.message_start)) << status.message();
    }
}

TEST(Window, IsCutToEachDay) {
    const Day day = 2026y / 1 / 5;
    const Window window{day + 10h, day + 34h};
    EXPECT_EQ(to_day_window(window, day), (DayWindow{10h, 86'399'999ms}));
    EXPECT_EQ(to_day_window(window, day + std::chrono::days(1)), (DayWindow{0ms, 10h}));
    const Window days{day - 24h, day + 48h};
    EXPECT_EQ(to_day_window(days, day), (DayWindow{0ms, 86'399'999ms}));
}

TEST(Window, TimesBefore1970BecomeTimestampsWithPositiveNanos) {
    google::protobuf::Timestamp time;
    write_timestamp(LogTime(milliseconds(-1)), time);
    EXPECT_EQ(time.seconds(), -1);
    EXPECT_EQ(time.nanos(), 999'000'000);
    write_timestamp(LogTime(milliseconds(1'001)), time);
    EXPECT_EQ(time.seconds(), 1);
    EXPECT_EQ(time.nanos(), 1'000'000);
}

}  // namespace
}  // namespace understudy::logquery
