#include "tools/convert/time_text.hpp"

#include <gtest/gtest.h>

namespace understudy::convert::time_text_test {
namespace {

TEST(TimestampText, IsRfc3339) {
    struct Case {
        std::string_view text;
        SecondsAndNanos time;
    };
    for (const auto& [text, time] : {
             Case{"1970-01-01T00:00:00Z", {0, 0}},
             Case{"2024-05-01T12:00:00Z", {1714564800, 0}},
             Case{"2024-05-01T12:00:00.5Z", {1714564800, 500'000'000}},
             Case{"2024-05-01T12:00:00.123456789Z", {1714564800, 123'456'789}},
             Case{"2024-05-01T12:00:00+02:00", {1714557600, 0}},
             Case{"2024-05-01T12:00:00-00:30", {1714566600, 0}},
             Case{"1969-12-31T23:59:59.25Z", {-1, 250'000'000}},
             Case{"2024-02-29T00:00:00Z", {1709164800, 0}},
             Case{"0001-01-01T00:00:00Z", {-62'135'596'800, 0}},
             Case{"9999-12-31T23:59:59.999999999Z", {253'402'300'799, 999'999'999}},
         }) {
        EXPECT_EQ(parse_timestamp(text), time) << text;
    }
}

TEST(TimestampText, IsRefusedInAnyOtherForm) {
    for (const std::string_view text : {"",
                                        "2024-05-01",
                                        "2024-05-01 12:00:00Z",
                                        "2024-05-01T12:00:00",
                                        "2024-5-01T12:00:00Z",
                                        "2024-02-30T12:00:00Z",
                                        "2023-02-29T12:00:00Z",
                                        "2024-00-01T12:00:00Z",
                                        "2024-13-01T12:00:00Z",
                                        "2024-05-01T24:00:00Z",
                                        "2024-05-01T12:60:00Z",
                                        "2024-05-01T12:00:60Z",
                                        "2024-05-01T12:00:00.Z",
                                        "2024-05-01T12:00:00.1234567890Z",
                                        "2024-05-01T12:00:00z",
                                        "2024-05-01t12:00:00Z",
                                        "2024-05-01T12:00:00+2:00",
                                        "2024-05-01T12:00:00+0200",
                                        "2024-05-01T12:00:00Zx",
                                        "10000-01-01T00:00:00Z",
                                        "0000-12-31T00:00:00Z",
                                        "0001-01-01T00:00:00+00:01",
                                        "9999-12-31T23:59:59-00:01",
                                        "1714564800"}) {
        EXPECT_EQ(parse_timestamp(text), std::nullopt) << text;
    }
}

TEST(DurationText, IsSeconds) {
    struct Case {
        std::string_view text;
        SecondsAndNanos time;
    };
    for (const auto& [text, time] : {
             Case{"0s", {0, 0}},
             Case{"1s", {1, 0}},
             Case{"1.5s", {1, 500'000'000}},
             Case{"-1.5s", {-1, -500'000'000}},
             Case{"-0.000000001s", {0, -1}},
             Case{"60.000s", {60, 0}},
             Case{"315576000000s", {315'576'000'000, 0}},
             Case{"-315576000000s", {-315'576'000'000, 0}},
         }) {
        EXPECT_EQ(parse_duration(text), time) << text;
    }
}

TEST(DurationText, IsRefusedInAnyOtherForm) {
    for (const std::string_view text : {"", "s", "1", "1m", "1.s", ".5s", "+1s", "--1s", "1e3s", "1 s", "1.0000000001s",
                                        "315576000001s", "315576000000.1s", "9999999999999s", "1ss"}) {
        EXPECT_EQ(parse_duration(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace understudy::convert::time_text_test
