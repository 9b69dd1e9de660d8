#include "tools/understudy/orphan_reaper.hpp"

#include "tests/emulator/process/running.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>

namespace understudy::cli::orphan_reaper_test {
namespace {

/// A child may end in the moment of the stop: its signal has come, and nobody has been told yet.
TEST(OrphanReaper, NothingKeepsTheLoopOnceItIsStopped) {
    for (int turns = 0; turns < 4; ++turns) {
        boost::asio::io_context context;
        process::Orphans orphans;
        OrphanReaper reaper(context, orphans);
        ASSERT_EQ(std::raise(SIGCHLD), 0);
        for (int turn = 0; turn < turns; ++turn) context.poll_one();
        reaper.stop();
        context.run_for(std::chrono::seconds(3));
        EXPECT_TRUE(context.stopped()) << turns;
    }
}

/// Each end brings one signal, and takes two looks.
TEST(OrphanReaper, LetsGoOfEveryOrphanThatEnds) {
    boost::asio::io_context context;
    process::Orphans orphans;
    process::Trial first, second;
    const pid_t daemons[] = {process::leave_daemon(first), process::leave_daemon(second)};
    OrphanReaper reaper(context, orphans, std::chrono::milliseconds(1));
    for (const pid_t daemon : daemons) {
        ASSERT_EQ(::kill(daemon, SIGKILL), 0);
        EXPECT_TRUE(process::run_until(context, [daemon] { return !process::is_kept(daemon); }));
    }
}

}  // namespace
}  // namespace understudy::cli::orphan_reaper_test
