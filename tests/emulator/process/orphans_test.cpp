#include "emulator/process/orphans.hpp"

#include "tests/emulator/process/running.hpp"

#include <gtest/gtest.h>

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <optional>

namespace understudy::process::orphans_test {
namespace {

TEST(Orphans, AreKilledAndReapedWhenTheirKeeperGoes) {
    Trial trial;
    {
        const Orphans orphans;
        EXPECT_TRUE(is_alive(leave_daemon(trial)));
    }
    EXPECT_FALSE(is_kept(std::stoi(trial.lines[0])));
    int taken_in = 1;
    ::prctl(PR_GET_CHILD_SUBREAPER, &taken_in);
    EXPECT_EQ(taken_in, 0) << "as it was before";
}

TEST(Orphans, ThoseOfOrphansAreKilledToo) {
    Trial trial;
    {
        const Orphans orphans;
        ASSERT_TRUE(
            trial
                .start(shell("/usr/bin/env -i /usr/bin/setsid -f /bin/sh -c 'echo $$; exec >/dev/null 2>&1 3>&1; "
                             "/bin/sleep 1000 & /usr/bin/setsid /bin/sleep 1000; wait'"))
                .has_value());
        ASSERT_TRUE(trial.run_to_end());
    }
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1) << "a child is left";
}

TEST(Orphans, ThatHaveEndedAreReapedAtTheSecondLook) {
    Orphans orphans;
    Trial trial;
    const pid_t daemon = leave_daemon(trial);
    EXPECT_FALSE(orphans.reap()) << "it lives";
    ::kill(daemon, SIGKILL);
    EXPECT_TRUE(wait_until_gone(daemon));
    EXPECT_TRUE(orphans.reap());
    EXPECT_TRUE(is_kept(daemon)) << "it might be somebody's here";
    EXPECT_FALSE(orphans.reap());
    EXPECT_FALSE(is_kept(daemon));
}

TEST(Orphans, ChildrenFromBeforeAreLeftAlone) {
    Trial trial;
    ASSERT_TRUE(trial.start(shell("echo ready; exec sleep 1000")).has_value());
    ASSERT_TRUE(trial.run_to_line());
    std::optional<Orphans> orphans(std::in_place);
    EXPECT_FALSE(orphans->reap());
    orphans.reset();
    EXPECT_TRUE(is_alive(trial.child.pid()));
}

}  // namespace
}  // namespace understudy::process::orphans_test
