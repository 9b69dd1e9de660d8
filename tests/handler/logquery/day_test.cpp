#include "handler/logquery/day.hpp"

#include <gtest/gtest.h>

namespace understudy::logquery {
namespace {

using namespace std::chrono_literals;

TEST(Day, AFileNameNamesADayAndBack) {
    EXPECT_EQ(parse_file_name("LogFileGenerator.2026-01-05.log"), Day(2026y / 1 / 5));
    for (const Day day : {Day(2026y / 1 / 5), Day(2024y / 2 / 29), Day(1970y / 1 / 1), Day(1969y / 12 / 31),
                          Day(std::chrono::year(1) / 1 / 1), Day(9999y / 12 / 31), Day(800y / 12 / 25)}) {
        EXPECT_EQ(parse_file_name(to_file_name(day)), day) << to_file_name(day);
    }
    EXPECT_EQ(to_file_name(Day(std::chrono::year(1) / 1 / 1)), "LogFileGenerator.0001-01-01.log");
}

TEST(Day, OtherNamesAreNoLogFiles) {
    for (const char* name :
         {"", "LogFileGenerator.log", "LogFileGenerator.2026-01-05.log.gz", "LogFileGenerator.2026-01-05",
          "logfilegenerator.2026-01-05.log", "LogFileGenerator.2026-1-5.log", "LogFileGenerator.2026-02-29.log",
          "LogFileGenerator.2026-13-01.log", "LogFileGenerator.2026-00-10.log", "LogFileGenerator.2026-01-00.log",
          "LogFileGenerator.2026-01-32.log", "LogFileGenerator.0000-01-01.log", "LogFileGenerator.2026/01/05.log",
          "LogFileGenerator.-026-01-05.log", "LogFileGenerator.2026-01-+5.log", "LogFileGenerator.2026-01- 5.log",
          "LogFileGenerator-2026-01-05.log", "xLogFileGenerator.2026-01-05.log"}) {
        EXPECT_EQ(parse_file_name(name), std::nullopt) << name;
    }
}

}  // namespace
}  // namespace understudy::logquery
