#include "emulator/event/time_text.hpp"

#include "tests/emulator/event/samples.hpp"

#include <gtest/gtest.h>

namespace understudy::event::time_text_test {
namespace {

TEST(TimeText, WritesTheFormsOfEventsAndHeaders) {
    EXPECT_EQ(to_log_time(kSampleTime), "12/Mar/2020:19:03:58 +0000");
    EXPECT_EQ(to_http_date(kSampleTime), "Thu, 12 Mar 2020 19:03:58 GMT");
    EXPECT_EQ(to_timestamp(kSampleTime), "2020-03-12T19:03:58.390Z");
    EXPECT_EQ(to_epoch_milliseconds(kSampleTime), 1584039838390);
}

TEST(TimeText, PadsAndKnowsEveryMonthAndDay) {
    using namespace std::chrono;
    EXPECT_EQ(to_http_date(sys_days(year(1994) / 11 / 6) + hours(8) + minutes(9) + seconds(7)),
              "Sun, 06 Nov 1994 08:09:07 GMT");
    EXPECT_EQ(to_log_time(sys_days(year(2024) / 2 / 29)), "29/Feb/2024:00:00:00 +0000");
    EXPECT_EQ(to_http_date(sys_days(year(2025) / 12 / 31) + hours(23) + minutes(59) + seconds(59) + milliseconds(999)),
              "Wed, 31 Dec 2025 23:59:59 GMT");
    EXPECT_EQ(to_http_date(sys_days(year(2025) / 1 / 4)), "Sat, 04 Jan 2025 00:00:00 GMT");
}

}  // namespace
}  // namespace understudy::event::time_text_test
