#include "handler/logquery/log_line.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace understudy::logquery {
namespace {

using std::chrono::milliseconds;

struct TimeCase {
    std::string line;
    std::optional<TimeOfDay> time;
};

TEST(LogLine, ATimeOfDayBeginsAMessage) {
    const std::vector<TimeCase> cases = {
        {"00:00:00.000", milliseconds(0)},
        {"23:59:59.999 x", milliseconds(86'399'999)},
        {"09:58:55.569 [main] INFO  G$ - x", milliseconds(((9 * 60 + 58) * 60 + 55) * 1000 + 569)},
        {"00:00:00.001\r", milliseconds(1)},
        {"00:00:00.010[main]", milliseconds(10)},
        {"24:00:00.000 x", std::nullopt},
        {"23:60:00.000 x", std::nullopt},
        {"23:59:60.000 x", std::nullopt},
        {"00:00:00.0000 x", std::nullopt},
        {"00:00:00,000 x", std::nullopt},
        {"00:00:00.00 x", std::nullopt},
        {"00:00:00.00", std::nullopt},
        {"0:00:00.000 x", std::nullopt},
        {"-1:00:00.000 x", std::nullopt},
        {"+1:00:00.000 x", std::nullopt},
        {"00:0a:00.000 x", std::nullopt},
        {"00 00 00 000 x", std::nullopt},
        {" 00:00:00.000 x", std::nullopt},
        {"18:48:54 [main] ERROR G$ - x", std::nullopt},
        {"2026-01-05T10:00:00.000Z", std::nullopt},
        {"\tat a.B.c(B.java:1)", std::nullopt},
        {"", std::nullopt},
    };
    for (const TimeCase& c : cases) EXPECT_EQ(parse_time(c.line), c.time) << c.line;
}

struct LineCase {
    std::string rest;
    std::string thread, level, logger, text;
};

TEST(LogLine, TheFormsThatGeneratorsWrite) {
    const std::vector<LineCase> cases = {
        {" [main] INFO [a.B$] - text", "main", "INFO", "a.B$", "text"},
        {" [main] INFO  [a.B$] - text", "main", "INFO", "a.B$", "text"},
        {" [main] INFO  Generation$ - text", "main", "INFO", "Generation$", "text"},
        {" [main] ERROR Generation$ - text", "main", "ERROR", "Generation$", "text"},
        {" [main] INFO - text", "main", "INFO", "", "text"},
        {" [main] INFO  - text", "main", "INFO", "", "text"},
        {" [pool-1-thread-2 of 3] WARN  x - y", "pool-1-thread-2 of 3", "WARN", "x", "y"},
        {" [a[0]] DEBUG x - y", "a[0]", "DEBUG", "x", "y"},
        {" [] INFO  [] - y", "", "INFO", "", "y"},
        {" [main] INFO  G$ -  two blanks ", "main", "INFO", "G$", " two blanks "},
        {" [main] INFO  G$ - a - b", "main", "INFO", "G$", "a - b"},
        {" [main] INFO  - - b", "main", "INFO", "", "- b"},
        {" [main] INFO  - [x] - b", "main", "INFO", "", "[x] - b"},
        {" [main] INFO  G$ - ", "main", "INFO", "G$", ""},
        {" [main] INFO  G$ -", "main", "INFO", "G$", ""},
        {" [main] INFO  [G$] -", "main", "INFO", "G$", ""},
        {" [main] INFO -", "main", "INFO", "", ""},
    };
    for (const LineCase& c : cases) {
        const std::string line = "10:00:00.123" + c.rest;
        const auto parts = parse_log_line(line);
        ASSERT_TRUE(parts) << line;
        EXPECT_EQ(parts->time, milliseconds(36'000'123));
        EXPECT_EQ(parts->thread, c.thread) << line;
        EXPECT_EQ(parts->level, c.level) << line;
        EXPECT_EQ(parts->logger, c.logger) << line;
        EXPECT_EQ(parts->text, c.text) << line;
        EXPECT_EQ(parts->text.data() + parts->text.size(), line.data() + line.size()) << line;
    }
}

TEST(LogLine, WhatLeavesTheFormStaysInTheText) {
    const std::vector<LineCase> cases = {
        {"", "", "", "", ""},
        {" ", "", "", "", ""},
        {"Z", "", "", "", "Z"},
        {" no thread - text", "", "", "", "no thread - text"},
        {" [main", "", "", "", "[main"},
        {" [main]", "", "", "", "[main]"},
        {" [main] ", "main", "", "", ""},
        {" [main] info G$ - x", "main", "", "", "info G$ - x"},
        {" [main] INFO", "main", "", "", "INFO"},
        {" [main] INFO ", "main", "INFO", "", ""},
        {" [main] INFO two words - x", "main", "INFO", "", "two words - x"},
        {" [main] INFO [open - x", "main", "INFO", "", "[open - x"},
        {" [main] INFO G$ -x", "main", "INFO", "", "G$ -x"},
    };
    for (const LineCase& c : cases) {
        const std::string line = "10:00:00.123" + c.rest;
        const auto parts = parse_log_line(line);
        ASSERT_TRUE(parts) << line;
        EXPECT_EQ(parts->thread, c.thread) << line;
        EXPECT_EQ(parts->level, c.level) << line;
        EXPECT_EQ(parts->logger, c.logger) << line;
        EXPECT_EQ(parts->text, c.text) << line;
        EXPECT_EQ(parts->text.data() + parts->text.size(), line.data() + line.size()) << line;
    }
}

TEST(LogLine, ANameOfMoreThanAKibibyteIsText) {
    const std::string longest(1000, 'x'), too_long(1100, 'x');
    EXPECT_EQ(parse_log_line("10:00:00.123 [" + longest + "] INFO a - b")->thread, longest);
    const std::string line = "10:00:00.123 [" + too_long + "] INFO a - b";
    EXPECT_EQ(parse_log_line(line)->text, line.substr(13));
    const std::string logger = "10:00:00.123 [main] INFO  " + too_long + " - b";
    EXPECT_EQ(parse_log_line(logger)->text, too_long + " - b");
}

}  // namespace
}  // namespace understudy::logquery
