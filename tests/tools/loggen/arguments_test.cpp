#include "tools/loggen/arguments.hpp"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace understudy::loggen {
namespace {

using namespace std::chrono_literals;

TEST(Arguments, AStartIsADayOrATimeInUtc) {
    const auto day = std::chrono::sys_days(2026y / 1 / 5);
    EXPECT_EQ(parse_start("2026-01-05"), LogTime(day));
    EXPECT_EQ(parse_start("2026-01-05T10:20:30Z"), LogTime(day + 10h + 20min + 30s));
    EXPECT_EQ(parse_start("2026-01-05T10:20:30.456Z"), LogTime(day + 10h + 20min + 30s + 456ms));
    EXPECT_EQ(parse_start("0001-01-01"), LogTime(std::chrono::sys_days(std::chrono::year(1) / 1 / 1)));
    EXPECT_EQ(parse_start("9999-12-31"), LogTime(std::chrono::sys_days(9999y / 12 / 31)));
    EXPECT_TRUE(parse_start("2024-02-29"));
    for (const char* text :
         {"", "2026", "2026-1-5", "2026-02-29", "2026-13-01", "2026-00-01", "0000-01-01", "2026-01-05T10:20:30",
          "2026-01-05 10:20:30Z", "2026-01-05T24:00:00Z", "2026-01-05T10:60:00Z", "2026-01-05T10:00:60Z",
          "2026-01-05T10:00:00.5Z", "2026-01-05T10:00:00+01:00", "2026-01-05Z", "-026-01-05", " 2026-01-05"}) {
        EXPECT_EQ(parse_start(text), std::nullopt) << text;
    }
}

TEST(Arguments, ATimeIsWrittenAsItIsRead) {
    for (const char* text : {"2026-01-05T10:20:30.456Z", "0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"}) {
        EXPECT_EQ(to_text(parse_start(text).value()), text);
    }
}

TEST(Arguments, ASizeCountsInThousandsUnlessItSaysOtherwise) {
    const std::vector<std::pair<std::string, std::uint64_t>> cases = {{"1", 1},
                                                                      {"500", 500},
                                                                      {"500B", 500},
                                                                      {"10k", 10'000},
                                                                      {"10KB", 10'000},
                                                                      {"10kb", 10'000},
                                                                      {"10KiB", 10'240},
                                                                      {"1MB", 1'000'000},
                                                                      {"1MiB", 1 << 20},
                                                                      {"1GB", 1'000'000'000},
                                                                      {"1GiB", 1 << 30},
                                                                      {"1g", 1'000'000'000},
                                                                      {"2TB", 2'000'000'000'000},
                                                                      {"2TiB", std::uint64_t{2} << 40}};
    for (const auto& [text, size] : cases) EXPECT_EQ(parse_size(text), size) << text;
    for (const char* text :
         {"", "0", "-1", "+1", "1.5GB", "1XB", "1 GB", "GB", "1GBB", "1Gi", "99999999999999999999", "99999999999TB"}) {
        EXPECT_EQ(parse_size(text), std::nullopt) << text;
    }
}

TEST(Arguments, ACountIsAWholeNumberAboveZero) {
    EXPECT_EQ(parse_count("1"), 1u);
    EXPECT_EQ(parse_count("18446744073709551615"), ~std::uint64_t{0});
    for (const char* text : {"", "0", "-1", "1x", "x", "1.0", "18446744073709551616"}) {
        EXPECT_EQ(parse_count(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace understudy::loggen
