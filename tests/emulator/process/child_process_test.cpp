#include "emulator/process/child_process.hpp"

#include "tests/emulator/process/running.hpp"

#include <gtest/gtest.h>

#include <signal.h>
#include <sys/wait.h>

#include <memory>
#include <sstream>

namespace understudy::process {
namespace {

/// Starts a grandchild that runs for ever and prints its process id.
constexpr const char* kGrandchild = "/bin/sleep 1000 & echo $!;";

std::string how(const std::optional<Exit>& exit) {
    std::ostringstream text;
    if (exit) text << *exit;
    return text.str().substr(0, text.str().find(','));
}

TEST(ChildProcess, ReportsItsExitCode) {
    for (const int code : {0, 1, 3, 127, 255}) {
        Trial trial;
        trial.run(shell("exit " + std::to_string(code)));
        EXPECT_EQ(how(trial.exit), "exit " + std::to_string(code));
        EXPECT_FALSE(trial.child.running());
    }
}

TEST(ChildProcess, ReportsTheSignalThatKilledIt) {
    for (const int signal : {SIGKILL, SIGTERM, SIGSEGV, SIGABRT}) {
        Trial trial;
        trial.run(shell("ulimit -c 0; kill -" + std::to_string(signal) + " $$"));
        EXPECT_EQ(how(trial.exit), "signal " + std::to_string(signal));
    }
}

TEST(ChildProcess, IsKilledWithItsGroup) {
    Trial trial;
    ASSERT_TRUE(trial.start(shell(std::string(kGrandchild) + "wait")).has_value());
    ASSERT_TRUE(trial.run_to_line());
    const pid_t grandchild = std::stoi(trial.lines[0]);
    EXPECT_TRUE(is_alive(grandchild));
    trial.child.kill_group(SIGKILL);
    ASSERT_TRUE(trial.run_to_end());
    EXPECT_EQ(how(trial.exit), "signal 9");
    EXPECT_TRUE(wait_until_gone(grandchild));
}

TEST(ChildProcess, MayCatchASignalOfItsGroup) {
    Trial trial;
    ASSERT_TRUE(trial.start(shell("trap 'echo caught; exit 5' TERM; echo ready; while :; do :; done")).has_value());
    ASSERT_TRUE(trial.run_to_line());
    trial.child.kill_group(SIGTERM);
    ASSERT_TRUE(trial.run_to_end());
    EXPECT_EQ(trial.lines.back(), "caught");
    EXPECT_EQ(how(trial.exit), "exit 5");
}

TEST(ChildProcess, TakesItsGroupAlongWhenItEndsByItself) {
    Trial trial;
    const auto lines = trial.run(shell(std::string(kGrandchild) + "exit 4"));
    EXPECT_EQ(how(trial.exit), "exit 4");
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_TRUE(wait_until_gone(std::stoi(lines[0])));
}

TEST(ChildProcess, LeavesNothingWhenItIsDestroyed) {
    auto trial = std::make_unique<Trial>();
    ASSERT_TRUE(trial->start(shell(std::string(kGrandchild) + "wait")).has_value());
    ASSERT_TRUE(trial->run_to_line());
    const pid_t grandchild = std::stoi(trial->lines[0]);
    const pid_t child = trial->child.pid();
    trial.reset();
    EXPECT_EQ(::kill(child, 0), -1) << "not reaped";
    EXPECT_TRUE(wait_until_gone(grandchild));
}

TEST(ChildProcess, IsDestroyedThoughItIgnoresSignalsAndIsStopped) {
    Trial trial;
    ASSERT_TRUE(trial.start(shell("trap '' TERM INT HUP; echo ready; kill -STOP $$")).has_value());
    ASSERT_TRUE(trial.run_to_line());
    // The end of the block is the test: it waits for the process.
}

TEST(ChildProcess, CallsNothingAfterItsDestruction) {
    boost::asio::io_context loop;
    Output output(loop.get_executor(), [](OutputStream, std::string_view) {});
    ASSERT_FALSE(output.open());
    auto child = std::make_unique<ChildProcess>(loop.get_executor());
    ASSERT_TRUE(child->start(shell("exit 0"), output.child_ends(), [](Exit) { FAIL(); }).has_value());
    // The process has ended, and the loop does not know yet.
    siginfo_t ended{};
    ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(child->pid()), &ended, WEXITED | WNOWAIT), 0);
    child.reset();
    loop.run_for(std::chrono::seconds(0));
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
}

TEST(ChildProcess, MayBeDestroyedByItsCallback) {
    boost::asio::io_context loop;
    Output output(loop.get_executor(), [](OutputStream, std::string_view) {});
    ASSERT_FALSE(output.open());
    auto child = std::make_unique<ChildProcess>(loop.get_executor());
    const auto proof = std::make_shared<int>(6);
    int seen = 0;
    const auto on_exit = [&child, &seen, proof](Exit exit) {
        child.reset();
        seen = exit.number + *proof;
    };
    ASSERT_TRUE(child->start(shell("exit 1"), output.child_ends(), on_exit).has_value());
    EXPECT_TRUE(run_until(loop, [&] { return seen != 0; }));
    EXPECT_EQ(seen, 7);
}

TEST(ChildProcess, MayRunAgain) {
    Trial trial;
    trial.run(shell("exit 1"));
    trial.exit.reset();
    Output second(trial.loop.get_executor(), [](OutputStream, std::string_view) {});
    ASSERT_FALSE(second.open());
    const auto on_exit = [&](Exit exit) { trial.exit = exit; };
    ASSERT_TRUE(trial.child.start(shell("exit 2"), second.child_ends(), on_exit).has_value());
    EXPECT_TRUE(trial.run_to_end());
    EXPECT_EQ(how(trial.exit), "exit 2");
}

TEST(ChildProcess, DiesWithItsParent) {
    Trial trial;
    const auto lines = trial.run({test_program(), {"test_program", "start-and-die"}, "/", {}});
    EXPECT_EQ(how(trial.exit), "signal 9");
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_TRUE(wait_until_gone(std::stoi(lines[0])));
}

TEST(ChildProcess, TwoHundredLeaveNoZombieAndNoDescriptor) {
    Trial().run(shell("exit 0"));  // Whatever is made once is made now.
    const std::size_t before = open_descriptors();
    for (int i = 0; i < 200; ++i) {
        Trial trial;
        EXPECT_EQ(trial.run(shell("echo out; echo error >&2")).size(), 2U);
    }
    EXPECT_EQ(open_descriptors(), before);
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
    EXPECT_EQ(errno, ECHILD);
}

TEST(ChildProcess, ManyRunAtOnce) {
    std::vector<std::unique_ptr<Trial>> trials;
    for (int i = 0; i < 32; ++i) {
        trials.push_back(std::make_unique<Trial>());
        ASSERT_TRUE(
            trials.back()->start(shell("echo " + std::to_string(i) + "; exit " + std::to_string(i))).has_value());
    }
    for (int i = 0; i < 32; ++i) {
        Trial& trial = *trials[static_cast<std::size_t>(i)];
        ASSERT_TRUE(trial.run_to_end());
        EXPECT_EQ(trial.lines, std::vector<std::string>{std::to_string(i)});
        EXPECT_EQ(how(trial.exit), "exit " + std::to_string(i));
    }
}

TEST(ChildProcess, TellsItsPeakMemoryAtTheEnd) {
    Trial trial;
    trial.run(shell("exec /bin/dd if=/dev/zero of=/dev/null bs=512M count=1"));
    EXPECT_GE(trial.exit->peak_memory_kilobytes, 512U * 1024);
    EXPECT_LT(trial.exit->peak_memory_kilobytes, 600U * 1024);
}

TEST(ChildProcess, IsNotChargedWithOurMemory) {
    const std::string ours(64 << 20, 'x');
    Trial trial;
    trial.run(shell("exit 0"));
    EXPECT_LT(trial.exit->peak_memory_kilobytes, 64U * 1024) << ours.size();
    EXPECT_GE(trial.exit->memory_bound_kilobytes, 64U * 1024) << "it may have had as much, for all that is known";
}

}  // namespace
}  // namespace understudy::process
