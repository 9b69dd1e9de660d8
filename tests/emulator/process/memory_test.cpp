#include "emulator/process/memory.hpp"

#include "tests/emulator/process/running.hpp"
#include "tests/support/scratch_folder.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>

#include <array>
#include <fstream>
#include <sstream>

namespace understudy::process {
namespace {

TEST(PeakMemory, IsTheHighWaterMarkOfTheStatus) {
    struct Case {
        std::string_view status;
        std::optional<std::uint64_t> peak;
    };
    const std::array cases{
        Case{"Name:\tbootstrap\nVmSize:\t   7736 kB\nVmHWM:\t    3328 kB\nVmRSS:\t    1000 kB\n", 3328},
        Case{"Name:\tVmHWM: 7\nVmHWM:\t12 kB\n", 12},
        Case{"Name:\tx\nVmHWM:\t18446744073709551615 kB\n", 18446744073709551615U},
        Case{"Name:\tzombie\nState:\tZ (zombie)\n", std::nullopt},
        Case{"Name:\tx\nVmHWM:", std::nullopt},
        Case{"Name:\tx\nVmHWM:\t", std::nullopt},
        Case{"Name:\tx\nVmHWM:\tkB\n", std::nullopt},
        Case{"", std::nullopt},
    };
    for (const auto& [status, peak] : cases) EXPECT_EQ(parse_peak_memory(status), peak) << status;
}

TEST(PeakMemory, IsReadWhileTheProgramRuns) {
    boost::asio::io_context loop;
    std::uint64_t peak = 0;
    ChildProcess child(loop.get_executor());
    // The program writes only when all of its buffer has been filled.
    Output output(loop.get_executor(), [&](OutputStream, std::string_view) {
        if (peak == 0) peak = PeakMemory(child.pid()).read_kilobytes();
    });
    ASSERT_FALSE(output.open());
    bool ended = false;
    const ChildSpec spec = shell("exec /bin/dd if=/dev/zero bs=32M count=1");
    ASSERT_TRUE(child.start(spec, output.child_ends(), [&](Exit) { ended = true; }).has_value());
    output.start_reading();
    ASSERT_TRUE(run_until(loop, [&] { return ended; }));
    EXPECT_GE(peak, 32U * 1024);
    EXPECT_LT(peak, 64U * 1024);
}

TEST(PeakMemory, OfAProgramThatMayStillBeInOurMemoryIsNotTakenAtItsStart) {
    Trial trial;
    ASSERT_TRUE(trial.start(shell("echo ready; /bin/sleep 1000; exit")).has_value());
    ASSERT_TRUE(trial.run_to_line());
    PeakMemory smaller_than_we(trial.child.pid());
    PeakMemory perhaps_ours(trial.child.pid());
    smaller_than_we.look_at_start(1U << 30);
    perhaps_ours.look_at_start(kPeakInaccuracy);
    trial.child.kill_group(SIGKILL);
    ASSERT_TRUE(trial.run_to_end());
    EXPECT_GT(smaller_than_we.read_kilobytes(), 0U);
    EXPECT_EQ(perhaps_ours.read_kilobytes(), 0U);
}

TEST(PeakMemory, CountsWhatTheProgramHasStartedAtAnyDepth) {
    boost::asio::io_context loop;
    std::uint64_t alone = 0;
    std::uint64_t all = 0;
    const test::ScratchFolder folder;
    const std::string go = folder.file("go");
    ASSERT_EQ(::mkfifo(go.c_str(), 0600), 0);
    ChildProcess child(loop.get_executor());
    Output output(loop.get_executor(), [&](OutputStream, std::string_view line) {
        PeakMemory memory(child.pid());
        if (line == "alone") {
            alone = memory.read_kilobytes();
            std::ofstream(go) << "go\n";  // Waits until it is read.
        } else if (all == 0) {
            all = memory.read_kilobytes();
        }
    });
    ASSERT_FALSE(output.open());
    bool ended = false;
    // dd writes only when all of its buffer has been filled, and is the child of a child.
    const ChildSpec spec =
        shell("echo alone; read go < '" + go + "'; (/bin/dd if=/dev/zero bs=32M count=1; :); exit 0");
    ASSERT_TRUE(child.start(spec, output.child_ends(), [&](Exit) { ended = true; }).has_value());
    output.start_reading();
    ASSERT_TRUE(run_until(loop, [&] { return ended; }));
    EXPECT_GT(alone, 0U);
    EXPECT_LT(alone, 16U * 1024);
    EXPECT_GE(all, 32U * 1024);
    EXPECT_LT(all, 64U * 1024);
}

TEST(PeakMemory, WhatIsSharedIsWhatIsResidentLessOnesPart) {
    EXPECT_EQ(parse_shared_memory("55d8-7fff ---p 00000000 00:00 0 [rollup]\nRss:   1624 kB\nPss:   209 kB\n"
                                  "Pss_Dirty: 116 kB\nPss_Anon:    100 kB\nAnonymous:   116 kB\n"),
              (SharedMemory{.all = 1415, .anonymous = 16}));
    EXPECT_EQ(parse_shared_memory("x\nRss: 10 kB\nPss: 12 kB\nAnonymous: 5 kB\n"), SharedMemory{}) << "an old kernel";
    EXPECT_EQ(parse_shared_memory(""), SharedMemory{});
}

TEST(PeakMemory, CountsWhatForkedProcessesShareOnce) {
    Trial trial;
    // 32 MiB in a variable of the shell, of which its subshells have a copy until they write to it. A process that has
    // not yet become sleep is one more of them, so that all four are waited for.
    ASSERT_TRUE(trial
                    .start(shell("x=$(/bin/dd if=/dev/zero bs=32M count=1 2>/dev/null | /usr/bin/tr '\\0' x); "
                                 "for i in 1 2 3 4; do (/bin/sleep 1000; : $x) & done; "
                                 "n=0; while [ $n -lt 4 ]; do n=0; read -r all < /proc/$$/task/$$/children; "
                                 "for c in $all; do g=; read -r g < /proc/$c/task/$c/children; "
                                 "read -r name < /proc/$g/comm && [ $name = sleep ] && n=$((n + 1)); done 2>/dev/null; "
                                 "done; echo ready; wait"))
                    .has_value());
    ASSERT_TRUE(trial.run_to_line());
    std::ostringstream status;
    status << std::ifstream("/proc/" + std::to_string(trial.child.pid()) + "/status").rdbuf();
    const std::uint64_t alone = parse_peak_memory(status.str()).value_or(0);
    EXPECT_GE(alone, 32U * 1024);
    const std::uint64_t peak = PeakMemory(trial.child.pid()).read_kilobytes();
    EXPECT_GE(peak, alone);
    EXPECT_LT(peak, alone + 32U * 1024) << "of five of that size";
}

TEST(PeakMemory, OfADeadProgramIsTheLastKnown) {
    Trial trial;
    ASSERT_TRUE(trial.start(shell("echo ready; /bin/sleep 1000; exit")).has_value());
    ASSERT_TRUE(trial.run_to_line());
    PeakMemory memory(trial.child.pid());
    const std::uint64_t last = memory.read_kilobytes();
    EXPECT_GT(last, 0U);
    trial.child.kill_group(SIGKILL);
    ASSERT_TRUE(trial.run_to_end());
    EXPECT_EQ(memory.read_kilobytes(), last);
    EXPECT_EQ(PeakMemory(trial.child.pid()).read_kilobytes(), 0U);
}

}  // namespace
}  // namespace understudy::process
