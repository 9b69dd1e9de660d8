#include "tools/bench/readings.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

namespace understudy::bench {
namespace {

TEST(Readings, StatusLinesAreFoundByTheirWholeName) {
    const std::string_view status = "Name:\tx\nVmHWM:\t    8104 kB\nVmRSS:\t    7212 kB\n";
    EXPECT_EQ(parse_status_line(status, "VmRSS"), 7212u);
    EXPECT_EQ(parse_status_line(status, "VmHWM"), 8104u);
    EXPECT_EQ(parse_status_line(status, "RSS"), std::nullopt);
    EXPECT_EQ(parse_status_line(status, "Name"), std::nullopt);
}

TEST(Readings, GuestTimeIsNotCountedTwice) {
    const MachineTime time = parse_machine_time("cpu  10 20 30 400 5 6 7 8 1000 1000\ncpu0 1 1 1 1 1 1 1 1 1 1\n");
    EXPECT_EQ(time.total, 486u);
    EXPECT_EQ(time.idle, 405u);
    EXPECT_EQ(time.steal, 8u);
}

TEST(Readings, SharesAreOfTheTimeThatPassed) {
    const MachineTime before{1000, 500, 10}, after{1200, 550, 30};
    EXPECT_DOUBLE_EQ(steal_between(before, after), 0.1);
    EXPECT_DOUBLE_EQ(busy_between(before, after), 0.75);
    EXPECT_DOUBLE_EQ(steal_between(after, after), 0);
    EXPECT_DOUBLE_EQ(busy_between(after, after), 0);
}

TEST(Readings, CallsAreTheTotalOfTheSummary) {
    const std::string_view summary =
        "    calls syscall\n--------- ----------------\n     3412 epoll_wait\n        2 close\n"
        "--------- ----------------\n     3414 total\n";
    EXPECT_EQ(parse_call_count(summary), 3414u);
    EXPECT_EQ(parse_call_count("strace: Process 1 attached\n"), std::nullopt);
    EXPECT_EQ(parse_call_count(""), std::nullopt);
}

TEST(Readings, TheSystemTellsAboutThisProcess) {
    EXPECT_GT(read_machine_time().total, 0u);
    EXPECT_GT(read_status_kilobytes(::getpid(), "VmRSS"), 0u);
    EXPECT_EQ(read_status_kilobytes(::getpid(), "NoSuchLine"), 0u);
    EXPECT_EQ(read_file("/no/such/file"), "");
}

}  // namespace
}  // namespace understudy::bench
