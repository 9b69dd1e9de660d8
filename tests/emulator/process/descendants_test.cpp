#include "emulator/process/descendants.hpp"

#include "tests/emulator/process/running.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <signal.h>
#include <sys/resource.h>
#include <sys/time.h>

namespace understudy::process {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Descendants, ChildrenAreReadFromTheKernelsList) {
    EXPECT_THAT(parse_children(""), IsEmpty());
    EXPECT_THAT(parse_children("12 345 6 "), ElementsAre(12, 345, 6));
    EXPECT_THAT(parse_children("7"), ElementsAre(7));
    EXPECT_THAT(parse_children("x -1 0 8\n"), ElementsAre(8));
}

TEST(Descendants, ThoseInSessionsOfTheirOwnAreFoundAtAnyDepth) {
    Trial trial;
    // A session of its own, and a child of it that has forgotten its environment.
    ASSERT_TRUE(trial
                    .start(shell("/usr/bin/setsid /bin/sh -c 'echo $$; /usr/bin/env -i /bin/sleep 1000 & echo $!; "
                                 "wait' & wait"))
                    .has_value());
    ASSERT_TRUE(trial.run_to_line(2));
    EXPECT_EQ(find_descendants(trial.child.pid()).size(), 2U);
    kill_all(find_descendants(trial.child.pid()));
    for (const std::string& pid : trial.lines) EXPECT_FALSE(is_alive(std::stoi(pid)));
}

/// Signals that come every tenth of a millisecond, as those of ended children may, for as long as it lives.
class Interruptions {
  public:
    Interruptions() {
        struct sigaction action {};
        action.sa_handler = [](int) {};
        ::sigaction(SIGALRM, &action, &before_);
        const itimerval often{.it_interval = {.tv_sec = 0, .tv_usec = 100}, .it_value = {.tv_sec = 0, .tv_usec = 100}};
        ::setitimer(ITIMER_REAL, &often, nullptr);
    }
    ~Interruptions() {
        const itimerval never{};
        ::setitimer(ITIMER_REAL, &never, nullptr);
        ::sigaction(SIGALRM, &before_, nullptr);
    }
    Interruptions(const Interruptions&) = delete;
    Interruptions& operator=(const Interruptions&) = delete;

  private:
    struct sigaction before_ {};
};

TEST(Descendants, TheirEndsAreWaitedForThroughSignals) {
    Trial trial;
    ASSERT_TRUE(trial.start(shell("for i in $(seq 50); do /bin/sleep 1000 & echo $!; done; wait")).has_value());
    ASSERT_TRUE(trial.run_to_line(50));
    {
        const Interruptions interruptions;
        kill_all(find_descendants(trial.child.pid()));
        for (const std::string& pid : trial.lines) EXPECT_FALSE(is_alive(std::stoi(pid)));
    }
}

/// How often this thread has given its processor away to wait for something.
long waits() {
    rusage usage{};
    ::getrusage(RUSAGE_THREAD, &usage);
    return usage.ru_nvcsw;
}

TEST(Descendants, OneThatIsNotHeldIsNotWaitedFor) {
    Processes none;
    none.emplace_back();
    bool waited = true;  // for a page of memory, perhaps
    for (int call = 0; waited && call < 5; ++call) {
        const long before = waits();
        kill_all(none);
        waited = waits() != before;
    }
    EXPECT_FALSE(waited);
}

TEST(Descendants, OrphansAreKnownByTheirWholeVariable) {
    const auto daemon = [](const std::string& variable) {
        return shell("/usr/bin/env -i OTHER=1 " + variable +
                     " /usr/bin/setsid /bin/sh -c 'echo $$; exec /bin/sleep 1000' & wait");
    };
    Trial marked, longer, other;
    ASSERT_TRUE(marked.start(daemon("UNDERSTUDY_MARK=a1b2")).has_value());
    ASSERT_TRUE(longer.start(daemon("UNDERSTUDY_MARK=a1b2c")).has_value());
    ASSERT_TRUE(other.start(daemon("NO_UNDERSTUDY_MARK=a1b2")).has_value());
    for (Trial* trial : {&marked, &longer, &other}) ASSERT_TRUE(trial->run_to_line());
    kill_marked({.variable = "UNDERSTUDY_MARK=a1b2"});
    EXPECT_FALSE(is_alive(std::stoi(marked.lines[0])));
    for (Trial* trial : {&longer, &other}) {
        EXPECT_TRUE(is_alive(std::stoi(trial->lines[0])));
        kill_all(find_descendants(trial->child.pid()));
    }
}

TEST(Descendants, OrphansAreKnownByTheirOutputToo) {
    const auto daemon = [](const std::string& outputs) {
        return shell("/usr/bin/env -i /usr/bin/setsid /bin/sh -c 'echo $$; exec /bin/sleep 1000 " + outputs +
                     "' & wait");
    };
    for (const char* outputs : {"2>/dev/null", ">/dev/null"}) {
        SCOPED_TRACE(outputs);
        Trial marked, other;
        const auto [out, err] = marked.output.names();
        ASSERT_TRUE(marked.start(daemon(outputs)).has_value());
        ASSERT_TRUE(other.start(daemon(outputs)).has_value());
        for (Trial* trial : {&marked, &other}) ASSERT_TRUE(trial->run_to_line());
        kill_marked({.outputs = {out, err}});
        EXPECT_FALSE(is_alive(std::stoi(marked.lines[0])));
        EXPECT_TRUE(is_alive(std::stoi(other.lines[0])));
        kill_all(find_descendants(other.child.pid()));
    }
}

}  // namespace
}  // namespace understudy::process
