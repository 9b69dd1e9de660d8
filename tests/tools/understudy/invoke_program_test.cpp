// The program itself: what it prints, where, and with which exit code it ends.
#include "tests/support/program.hpp"
#include "tests/tools/understudy/programs.hpp"
#include "tests/tools/understudy/running_program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <stdexcept>
#include <string>

namespace understudy::programs_test {
namespace {

using testing::HasSubstr;
using understudy::test::TempFolder;
using Program = understudy::test::RunningProgram;

/// A pipe that holds all it can, and that nobody reads.
class FullPipe {
  public:
    FullPipe() {
        if (::pipe2(ends_, O_CLOEXEC) != 0) throw std::runtime_error("pipe2");
        ::fcntl(ends_[1], F_SETPIPE_SZ, 4096);
        ::fcntl(ends_[1], F_SETFL, O_NONBLOCK);
        while (::write(ends_[1], "x", 1) == 1) continue;
        ::fcntl(ends_[1], F_SETFL, 0);
    }
    ~FullPipe() {
        ::close(ends_[0]);
        ::close(ends_[1]);
    }
    FullPipe(const FullPipe&) = delete;
    FullPipe& operator=(const FullPipe&) = delete;
    int write_end() const { return ends_[1]; }

  private:
    int ends_[2] = {-1, -1};
};

TEST(Programs, InvokePutsTheResultOnStdoutAndTheLogOnStderr) {
    TempFolder folder;
    const std::string event = folder.write("understudy-event.json", R"({"do":"log"})");
    Program run({"invoke", "-e", event, "--", kHandler});
    EXPECT_EQ(run.read_rest(), "\"logged\"\n");
    EXPECT_EQ(run.wait(), 0);
    EXPECT_THAT(run.err(), HasSubstr("to stdout"));
    EXPECT_THAT(run.err(), HasSubstr("START RequestId: "));
    EXPECT_THAT(run.err(), HasSubstr("REPORT RequestId: "));
}

TEST(Programs, AStderrThatNobodyReadsKeepsNothingBack) {
    const FullPipe nobody;
    Program served({"serve", "--port", "0", "--lambda-port", "0", "--", kHandler}, nobody.write_end());
    EXPECT_THAT(served.read_line(), HasSubstr("gateway"));
    served.send(SIGTERM);
    EXPECT_EQ(served.wait(), 0);
    TempFolder folder;
    const std::string event = folder.write("understudy-unread.json", R"({"do":"log"})");
    Program invoked({"invoke", "-e", event, "--", kHandler}, nobody.write_end());
    EXPECT_EQ(invoked.read_rest(), "\"logged\"\n");
    EXPECT_EQ(invoked.wait(), 0);
}

TEST(Programs, InvokeEndsWith4WhereTheFunctionFails) {
    TempFolder folder;
    const std::string event = folder.write("understudy-failing.json", R"({"do":"throw"})");
    Program run({"invoke", "-e", event, "--", kHandler});
    EXPECT_THAT(run.read_rest(), HasSubstr("as ordered"));
    EXPECT_EQ(run.wait(), 4);
}

TEST(Programs, InvokeNamesAnEventThatCannotBeUsed) {
    Program missing({"invoke", "-e", "/nowhere.json", "--", kHandler});
    EXPECT_EQ(missing.wait(), 1);
    EXPECT_THAT(missing.err(), HasSubstr("/nowhere.json"));
    TempFolder folder;
    const std::string event = folder.write("understudy-broken.json", "{\n\"a\": }");
    Program broken({"invoke", "-e", event, "--", kHandler});
    EXPECT_EQ(broken.wait(), 1);
    EXPECT_THAT(broken.err(), HasSubstr("understudy-broken.json:2"));
}

TEST(Programs, InvokeTakesNoMoreThanLambdaDoes) {
    TempFolder folder;
    const auto invoke = [&](std::size_t size) {
        const std::string text = '"' + std::string(size - 2, 'x') + '"';
        Program run({"invoke", "-e", folder.write("understudy-large.json", text), "--", kHandler});
        run.read_rest();
        const int code = run.wait();
        return std::to_string(code) + ' ' + run.err();
    };
    EXPECT_THAT(invoke(6'291'456), HasSubstr("REPORT RequestId: "));
    EXPECT_EQ(invoke(6'291'457),
              "1 understudy invoke: RequestEntityTooLargeException: Request must be smaller than 6291456 bytes for the "
              "InvokeFunction operation; the event has 6291457\n");
}

TEST(Programs, AFolderForTemporaryFilesThatCannotBeWrittenIsNoFaultOfTheFunction) {
    TempFolder folder;
    const std::string event = folder.write("understudy-event.json", "{}");
    ::setenv("TMPDIR", "/proc", 1);
    Program invoked({"invoke", "-e", event, "--", kHandler});
    Program served({"serve", "--port", "0", "--lambda-port", "0", "--", kHandler});
    ::unsetenv("TMPDIR");
    for (Program* run : {&invoked, &served}) {
        EXPECT_EQ(run->read_rest(), "");
        EXPECT_EQ(run->wait(), 1);
        EXPECT_THAT(run->err(), AllOf(HasSubstr("cannot make a directory in /proc: "),
                                      HasSubstr("; name a folder that can be written by TMPDIR\n")));
    }
}

}  // namespace
}  // namespace understudy::programs_test
