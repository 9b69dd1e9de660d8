#include "tools/bench/process.hpp"

#include "tools/bench/readings.hpp"

#include <gmock/gmock.h>

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <system_error>

namespace understudy::bench {
namespace {

using ::testing::Contains;

ProcessPlan plan_shell(const std::string& script) {
    return {{"sh", "-c", script}, {"BENCH_TEST=seen"}, ProcessPlan::Errors::dropped};
}

TEST(BenchProcess, LinesAreReadOneByOne) {
    Process process(plan_shell("echo first; echo $BENCH_TEST; exit 3"));
    EXPECT_EQ(process.read_line(), "first");
    EXPECT_EQ(process.read_line(), "seen");
    EXPECT_THROW(process.read_line(), std::runtime_error);
    EXPECT_EQ(process.wait(), 3);
}

TEST(BenchProcess, ASignalShowsInTheExitCode) {
    EXPECT_EQ(run(plan_shell("kill -KILL $$")), 128 + SIGKILL);
}

TEST(BenchProcess, AMissingProgramIsAnError) {
    EXPECT_THROW(Process({{"/no/such/program"}, {}, {}}), std::system_error);
    EXPECT_THROW(run({{"/no/such/program"}, {}, {}}), std::system_error);
}

TEST(BenchProcess, TheDestructorEndsTheProcess) {
    pid_t pid = -1;
    {
        Process process(plan_shell("echo; exec sleep 60"));
        process.read_line();
        pid = process.pid();
        EXPECT_THAT(find_children(::getpid()), Contains(pid));
    }
    EXPECT_EQ(::waitpid(pid, nullptr, WNOHANG), -1);
    EXPECT_EQ(errno, ECHILD);
}

TEST(BenchProcess, ATempDirectoryGoesWithItsFiles) {
    std::string path;
    {
        const TempDirectory folder;
        path = folder.path();
        EXPECT_EQ(run(plan_shell("touch " + path + "/file")), 0);
        EXPECT_TRUE(std::filesystem::exists(path + "/file"));
    }
    EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace understudy::bench
