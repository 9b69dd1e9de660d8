#include "emulator/lambda/log_lines.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace understudy::lambda::log_lines_test {
namespace {

std::string report(const Report& values) {
    std::string log;
    append_report_line(log, "ID", values);
    return log;
}

TEST(LogLines, StartAndEndNameTheRequest) {
    std::string log;
    append_start_line(log, "ID", "$LATEST");
    append_start_line(log, "ID", "3");
    append_end_line(log, "ID");
    EXPECT_EQ(log, "START RequestId: ID Version: $LATEST\nSTART RequestId: ID Version: 3\nEND RequestId: ID\n");
}

TEST(LogLines, ReportIsTheRecordedLine) {
    EXPECT_EQ(report({.duration = Milliseconds(3.01), .memory_megabytes = 128, .peak_memory_kilobytes = 36 * 1024}),
              "REPORT RequestId: ID\tDuration: 3.01 ms\tBilled Duration: 4 ms\tMemory Size: 128 MB\t"
              "Max Memory Used: 36 MB\t\n");
    EXPECT_EQ(report({.duration = Milliseconds(3.01),
                      .init_duration = Milliseconds(110.10),
                      .memory_megabytes = 128,
                      .peak_memory_kilobytes = 36 * 1024}),
              "REPORT RequestId: ID\tDuration: 3.01 ms\tBilled Duration: 114 ms\tMemory Size: 128 MB\t"
              "Max Memory Used: 36 MB\tInit Duration: 110.10 ms\t\n");
    EXPECT_EQ(report({.duration = Milliseconds(3000),
                      .init_duration = Milliseconds(402.04),
                      .memory_megabytes = 128,
                      .peak_memory_kilobytes = 73 * 1024,
                      .status = "timeout"}),
              "REPORT RequestId: ID\tDuration: 3000.00 ms\tBilled Duration: 3403 ms\tMemory Size: 128 MB\t"
              "Max Memory Used: 73 MB\tInit Duration: 402.04 ms\tStatus: timeout\n");
    EXPECT_EQ(report({.duration = Milliseconds(10935.70),
                      .memory_megabytes = 1024,
                      .peak_memory_kilobytes = 1024 * 1024,
                      .status = "error",
                      .error_type = "Runtime.OutOfMemory"}),
              "REPORT RequestId: ID\tDuration: 10935.70 ms\tBilled Duration: 10936 ms\tMemory Size: 1024 MB\t"
              "Max Memory Used: 1024 MB\tStatus: error\tError Type: Runtime.OutOfMemory\n");
}

TEST(LogLines, ReportMatchesThePatternThatLogToolsUse) {
    const testing::Matcher<std::string> pattern = testing::MatchesRegex(
        "REPORT RequestId: [^\t]+\tDuration: [0-9]+\\.[0-9][0-9] ms\tBilled Duration: [0-9]+ ms\t"
        "Memory Size: [0-9]+ MB\tMax Memory Used: [0-9]+ MB\t(Init Duration: [0-9]+\\.[0-9][0-9] ms\t)?\n");
    EXPECT_THAT(report({.duration = Milliseconds(0.004)}), pattern);
    EXPECT_THAT(report({.duration = Milliseconds(899'999.996), .init_duration = Milliseconds(0)}), pattern);
}

TEST(LogLines, ABilledDurationThatIsWholeIsNotRaised) {
    EXPECT_THAT(report({.duration = Milliseconds(3.0)}), testing::HasSubstr("Billed Duration: 3 ms"));
    EXPECT_THAT(report({.duration = Milliseconds(0.7), .init_duration = Milliseconds(0.1 + 0.2)}),
                testing::HasSubstr("Billed Duration: 1 ms"));
    EXPECT_THAT(report({.duration = Milliseconds(3.000001)}), testing::HasSubstr("Billed Duration: 4 ms"));
}

TEST(LogLines, PeakMemoryIsRoundedUp) {
    EXPECT_THAT(report({.peak_memory_kilobytes = 1}), testing::HasSubstr("Max Memory Used: 1 MB"));
    EXPECT_THAT(report({.peak_memory_kilobytes = 2049}), testing::HasSubstr("Max Memory Used: 3 MB"));
}

TEST(LogLines, InitReportsOfErrorAndTimeout) {
    std::string log;
    append_init_report_line(log, Milliseconds(154.03), "error", "Runtime.ExitError");
    append_init_report_line(log, Milliseconds(9999.79), "timeout", "");
    EXPECT_EQ(log,
              "INIT_REPORT Init Duration: 154.03 ms\tPhase: init\tStatus: error\tError Type: Runtime.ExitError\n"
              "INIT_REPORT Init Duration: 9999.79 ms\tPhase: init\tStatus: timeout\n");
}

TEST(LogLines, FaultsTakeTwoLines) {
    std::string log;
    append_fault_lines(log, "ID", to_fault(ExitStatus{ExitStatus::Kind::exited, 106}));
    append_fault_lines(log, "ID", reported_fault("Runtime.ImportModuleError"));
    EXPECT_EQ(log,
              "RequestId: ID Error: Runtime exited with error: exit status 106\nRuntime.ExitError\n"
              "Unknown application error occurred\nRuntime.ImportModuleError\n");
}

TEST(LogLines, TheTimeoutLineHasATimeAndABlankLine) {
    std::string log;
    append_timeout_line(log, "ID", std::chrono::system_clock::time_point(std::chrono::milliseconds(1706904664919)),
                        std::chrono::milliseconds(8010));
    EXPECT_EQ(log, "2024-02-02T20:11:04.919Z ID Task timed out after 8.01 seconds\n\n");
}

TEST(LogTail, KeepsTheLast4096Bytes) {
    LogTail tail;
    std::string all;
    for (int i = 0; i < 3000; ++i) {
        const std::string line = "line " + std::to_string(i) + "\n";
        tail.add(line);
        all += line;
    }
    EXPECT_EQ(tail.take(), all.substr(all.size() - 4096));
    EXPECT_EQ(tail.take(), "");
}

TEST(LogTail, OneLargeLineIsCutInFront) {
    LogTail tail;
    tail.add("before");
    tail.add(std::string(1 << 20, 'a') + "end");
    const std::string text = tail.take();
    EXPECT_EQ(text.size(), 4096u);
    EXPECT_TRUE(text.ends_with("aend"));
}

TEST(LogTail, AShortLogIsWhole) {
    LogTail tail;
    tail.add("a");
    tail.add("b");
    EXPECT_EQ(tail.take(), "ab");
}

}  // namespace
}  // namespace understudy::lambda::log_lines_test
