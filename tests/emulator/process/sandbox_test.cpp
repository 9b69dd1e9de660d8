#include "emulator/process/sandbox.hpp"

#include "tests/emulator/process/running.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <memory>

namespace understudy::process {
namespace {

namespace fs = std::filesystem;
using source::ProblemCode;
using testing::ElementsAre;
using testing::IsEmpty;

bool is_number(const std::string& line) {
    return !line.empty() && line.find_first_not_of("0123456789") == std::string::npos;
}

/// Leaves this process as many free descriptors as it is told, as long as it lives.
class FewDescriptors {
  public:
    explicit FewDescriptors(std::size_t free) {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        const rlimit tight{kLimit, before_.rlim_max};
        ::setrlimit(RLIMIT_NOFILE, &tight);
        while (FileDescriptor taken{::fcntl(0, F_DUPFD_CLOEXEC, 0)}) taken_.push_back(std::move(taken));
        for (std::size_t i = 0; i < free; ++i) taken_.pop_back();
    }
    ~FewDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }
    FewDescriptors(const FewDescriptors&) = delete;
    FewDescriptors& operator=(const FewDescriptors&) = delete;

  private:
    static constexpr rlim_t kLimit = 256;
    rlimit before_{};
    std::vector<FileDescriptor> taken_;
};

class SandboxTest : public testing::Test {
  protected:
    SandboxSpec spec(const std::string& script) const {
        return {.command = {"sh", "-c", script}, .search_path = "/usr/bin:/bin", .directory = "/", .variables = {}};
    }
    SandboxEvents events() {
        return {
            .on_line = [this](OutputStream, std::string_view line) { seen_.emplace_back(line); },
            .on_exit =
                [this](Exit exit) {
                    seen_.push_back((exit.kind == ExitKind::code ? "exit " : "signal ") + std::to_string(exit.number));
                    exits_.push_back(exit);
                },
            .on_refused =
                [this](const source::Problem& problem) {
                    seen_.push_back(problem.message());
                    exits_.emplace_back();
                }};
    }
    /// A program that is open for writing as long as `writer` is.
    SandboxSpec busy_program() {
        path_ = write_file(folder_.path / "bootstrap", "#!/bin/sh\necho ran\n", fs::perms(0755));
        writer_ = FileDescriptor(::open(path_.c_str(), O_WRONLY | O_CLOEXEC));
        return {.command = {path_}, .search_path = "", .directory = "/", .variables = {}};
    }
    bool run_to_end(std::size_t count = 1) {
        return run_until(loop_, [this, count] { return exits_.size() >= count; });
    }
    bool run_to_line(std::size_t count = 1) {
        return run_until(loop_, [this, count] { return seen_.size() >= count; });
    }

    Folder folder_;
    std::string path_;
    FileDescriptor writer_;
    boost::asio::io_context loop_;
    std::vector<std::string> seen_;  // Lines, and the end.
    std::vector<Exit> exits_;
    std::unique_ptr<Sandbox> sandbox_ = std::make_unique<Sandbox>(loop_.get_executor(), folder_.path);
};

TEST_F(SandboxTest, LinesComeInOrderAndTheEndComesLast) {
    ASSERT_TRUE(sandbox_->start(spec("echo one; echo two; printf three; exit 3"), events()).has_value());
    EXPECT_TRUE(sandbox_->running());
    ASSERT_TRUE(run_to_end());
    EXPECT_THAT(seen_, ElementsAre("one", "two", "three", "exit 3"));
    EXPECT_FALSE(sandbox_->running());
}

TEST_F(SandboxTest, AProgramOfTheSearchPathLearnsItsWholePath) {
    SandboxSpec wanted = spec("echo $0");
    wanted.command = {"sh", "-c", "tr '\\0' ' ' </proc/$$/cmdline | cut -d' ' -f1"};
    ASSERT_TRUE(sandbox_->start(wanted, events()).has_value());
    ASSERT_TRUE(run_to_end());
    EXPECT_THAT(seen_, ElementsAre("/usr/bin/sh", "exit 0"));
}

TEST_F(SandboxTest, TheVariablesAreTheGivenOnesAndATempDirectory) {
    SandboxSpec wanted{.command = {"env"}, .search_path = "/usr/bin", .directory = "/", .variables = {{"A", "1"}}};
    ASSERT_TRUE(sandbox_->start(wanted, events()).has_value());
    ASSERT_TRUE(run_to_end());
    EXPECT_THAT(seen_, ElementsAre("A=1", "TMPDIR=" + sandbox_->temp_directory().native(), "exit 0"));
    EXPECT_EQ(sandbox_->temp_directory().parent_path(), folder_.path);
}

TEST_F(SandboxTest, AGivenTempDirectoryStands) {
    SandboxSpec wanted{
        .command = {"env"}, .search_path = "/usr/bin", .directory = "/", .variables = {{"TMPDIR", "/x"}}};
    ASSERT_TRUE(sandbox_->start(wanted, events()).has_value());
    ASSERT_TRUE(run_to_end());
    EXPECT_THAT(seen_, ElementsAre("TMPDIR=/x", "exit 0"));
}

TEST_F(SandboxTest, NothingIsLeftAfterItsDestruction) {
    ASSERT_TRUE(sandbox_->start(spec("echo text > $TMPDIR/file; sleep 1000 & echo $!; wait"), events()).has_value());
    ASSERT_TRUE(run_to_line());
    const pid_t child = sandbox_->pid();
    EXPECT_TRUE(fs::exists(sandbox_->temp_directory() / "file"));
    sandbox_.reset();
    EXPECT_EQ(::kill(child, 0), -1);
    EXPECT_TRUE(wait_until_gone(std::stoi(seen_[0])));
    EXPECT_TRUE(fs::is_empty(folder_.path));
    loop_.run_for(std::chrono::seconds(0));
    EXPECT_THAT(exits_, IsEmpty());
}

TEST_F(SandboxTest, DaemonsDoNotOutliveIt) {
    // A session of its own whose parents are gone; one without our variables whose parents live, and one whose parents
    // are gone.
    const std::vector<std::string> scripts{
        "(setsid sh -c 'echo $$; exec sleep 1000' &); sleep 1000",
        "(setsid sh -c 'echo $$; : > $TMPDIR/up; exec sleep 1000' &); while [ ! -e $TMPDIR/up ]; do :; done; exit 3",
        "setsid env -i /bin/sh -c 'echo $$; exec /bin/sleep 1000' & wait",
        "(setsid -f env -i /bin/sh -c 'echo $$; exec /bin/sleep 1000'); sleep 1000",
    };
    for (const std::string& script : scripts) {
        SCOPED_TRACE(script);
        seen_.clear();
        sandbox_ = std::make_unique<Sandbox>(loop_.get_executor(), folder_.path);
        SandboxSpec wanted = spec(script);
        wanted.variables = {{"PATH", "/usr/bin:/bin"}};
        ASSERT_TRUE(sandbox_->start(wanted, events()).has_value());
        ASSERT_TRUE(run_until(loop_, [this] { return std::ranges::any_of(seen_, is_number); }));
        const pid_t daemon = std::stoi(*std::ranges::find_if(seen_, is_number));
        EXPECT_TRUE(is_alive(daemon));
        sandbox_.reset();
        EXPECT_FALSE(is_alive(daemon));
        EXPECT_TRUE(fs::is_empty(folder_.path));
    }
}

TEST_F(SandboxTest, FilesSurviveANewStart) {
    ASSERT_TRUE(sandbox_->start(spec("echo kept > $TMPDIR/file; exit 1"), events()).has_value());
    ASSERT_TRUE(run_to_end());
    ASSERT_TRUE(sandbox_->start(spec("cat $TMPDIR/file"), events()).has_value());
    ASSERT_TRUE(run_to_end(2));
    EXPECT_THAT(seen_, ElementsAre("exit 1", "kept", "exit 0"));
}

TEST_F(SandboxTest, MayBeStartedAgainByItsEnd) {
    SandboxEvents first = events();
    first.on_exit = [this](Exit) { EXPECT_TRUE(sandbox_->start(spec("echo second"), events()).has_value()); };
    ASSERT_TRUE(sandbox_->start(spec("echo first"), std::move(first)).has_value());
    ASSERT_TRUE(run_to_end());
    EXPECT_THAT(seen_, ElementsAre("first", "second", "exit 0"));
}

TEST_F(SandboxTest, MayBeDestroyedByItsEnd) {
    SandboxEvents wanted = events();
    pid_t second = -1;
    wanted.on_exit = [this, &second](Exit exit) {
        EXPECT_TRUE(sandbox_->start(spec("sleep 1000"), events()).has_value());
        second = sandbox_->pid();
        sandbox_.reset();
        EXPECT_LT(::kill(second, 0), 0) << "nothing runs when the sandbox is gone";
        exits_.push_back(exit);
    };
    ASSERT_TRUE(sandbox_->start(spec("exit 0"), std::move(wanted)).has_value());
    ASSERT_TRUE(run_to_end());
    EXPECT_GT(second, 0);
    EXPECT_TRUE(fs::is_empty(folder_.path));
}

TEST_F(SandboxTest, MayBeDestroyedByALine) {
    SandboxEvents wanted = events();
    wanted.on_line = [this](OutputStream, std::string_view) {
        const pid_t child = sandbox_->pid();
        sandbox_.reset();
        EXPECT_TRUE(child < 0 || ::kill(child, 0) < 0) << "nothing runs when the sandbox is gone";
        seen_.emplace_back("a line");
    };
    // Both ways to a line: while the program runs, and when its end is drained.
    ASSERT_TRUE(sandbox_->start(spec("echo one; echo two; sleep 1000"), wanted).has_value());
    ASSERT_TRUE(run_to_line());
    sandbox_ = std::make_unique<Sandbox>(loop_.get_executor(), folder_.path);
    ASSERT_TRUE(sandbox_->start(spec("sleep 1000 & printf unfinished"), wanted).has_value());
    ASSERT_TRUE(run_to_line(2));
    loop_.run_for(std::chrono::seconds(0));
    EXPECT_THAT(seen_, ElementsAre("a line", "a line"));
    EXPECT_THAT(exits_, IsEmpty());
    EXPECT_TRUE(fs::is_empty(folder_.path));
}

TEST_F(SandboxTest, WhatWasLoggedCanBeReadAtOnce) {
    ASSERT_TRUE(sandbox_->start(spec("echo logged; echo x > $TMPDIR/answer; sleep 1000"), events()).has_value());
    ASSERT_TRUE(look_until([this] { return fs::exists(sandbox_->temp_directory() / "answer"); }));
    sandbox_->read_output();
    EXPECT_THAT(seen_, ElementsAre("logged"));
}

TEST_F(SandboxTest, MayBeDestroyedByALineThatIsReadAtOnce) {
    SandboxEvents wanted = events();
    wanted.on_line = [this](OutputStream, std::string_view) {
        sandbox_.reset();
        seen_.emplace_back("a line");
    };
    ASSERT_TRUE(sandbox_->start(spec("echo one; echo two; echo x > $TMPDIR/answer; sleep 1000"), wanted).has_value());
    ASSERT_TRUE(look_until([this] { return fs::exists(sandbox_->temp_directory() / "answer"); }));
    sandbox_->read_output();
    EXPECT_THAT(seen_, ElementsAre("a line"));
}

TEST_F(SandboxTest, ItsEndMayBeAwaitedWithoutTheLoop) {
    const std::string script = "trap 'echo told; printf last; exit 0' TERM; sleep 1000 & echo ready; wait; wait";
    SandboxSpec wanted = spec(script);
    wanted.variables = {{"PATH", "/usr/bin:/bin"}};
    ASSERT_TRUE(sandbox_->start(wanted, events()).has_value());
    ASSERT_TRUE(run_to_line());
    sandbox_->kill_group(SIGTERM);
    sandbox_->await_end(std::chrono::steady_clock::now() + kPatience);
    EXPECT_THAT(seen_, ElementsAre("ready", "told", "last"));
    EXPECT_THAT(exits_, IsEmpty());
    sandbox_->await_end(std::chrono::steady_clock::now() + kPatience);  // returns at once
}

TEST_F(SandboxTest, AwaitingItsEndEndsAtItsLimitAndByALineThatDestroysIt) {
    ASSERT_TRUE(sandbox_->start(spec("trap '' TERM; echo ready; sleep 1000"), events()).has_value());
    ASSERT_TRUE(run_to_line());
    sandbox_->await_end(std::chrono::steady_clock::now() + std::chrono::milliseconds(20));
    EXPECT_THAT(seen_, ElementsAre("ready"));

    sandbox_ = std::make_unique<Sandbox>(loop_.get_executor(), folder_.path);
    SandboxEvents wanted = events();
    wanted.on_line = [this](OutputStream, std::string_view) { sandbox_.reset(); };
    ASSERT_TRUE(sandbox_->start(spec("echo one; echo two; sleep 1000"), wanted).has_value());
    sandbox_->await_end(std::chrono::steady_clock::now() + kPatience);
    EXPECT_EQ(sandbox_, nullptr);
}

TEST_F(SandboxTest, IsKilledOnDemand) {
    ASSERT_TRUE(sandbox_->start(spec("echo ready; sleep 1000"), events()).has_value());
    ASSERT_TRUE(run_to_line());
    sandbox_->kill_group(SIGKILL);
    ASSERT_TRUE(run_to_end());
    EXPECT_THAT(seen_, ElementsAre("ready", "signal 9"));
    sandbox_->kill_group(SIGKILL);
    sandbox_->read_output();
}

TEST_F(SandboxTest, ItsPeakMemoryOutlivesTheProgram) {
    ASSERT_TRUE(sandbox_->start(spec("echo ready; sleep 1000; exit"), events()).has_value());
    ASSERT_TRUE(run_to_line());
    const auto peak = sandbox_->read_peak_memory_kilobytes();
    EXPECT_GT(peak, 100U);
    EXPECT_LT(peak, 64U * 1024);
    sandbox_->kill_group(SIGKILL);
    ASSERT_TRUE(run_to_end());
    EXPECT_GE(exits_[0].peak_memory_kilobytes, peak);
    EXPECT_LT(exits_[0].peak_memory_kilobytes, 64U * 1024);
}

TEST_F(SandboxTest, AProgramSmallerThanWeWhoseMemoryNobodyAskedForTellsWhatItHadAtItsStart) {
    const std::string ours(64 << 20, 'x');
    const auto gate = (folder_.path / "gate").native();
    ASSERT_TRUE(sandbox_->start(spec("while [ ! -e " + gate + " ]; do :; done; exit 3"), events()).has_value());
    write_file(gate, "");
    ASSERT_TRUE(run_to_end());
    EXPECT_GT(exits_[0].peak_memory_kilobytes, 0U);
    EXPECT_LT(exits_[0].peak_memory_kilobytes, 32U * 1024) << ours.size();
}

TEST_F(SandboxTest, WhatCannotStartIsReportedAndMayBeTriedAgain) {
    SandboxSpec missing{.command = {"./bootstrap"}, .search_path = "", .directory = folder_.path, .variables = {}};
    const auto path = (folder_.path / "bootstrap").native();
    EXPECT_EQ(sandbox_->start(missing, events()).error().message(), "Couldn't find valid bootstrap(s): [" + path + "]");
    write_file(path, "#!/bin/sh\necho found\n");
    const auto refused = sandbox_->start(missing, events());
    EXPECT_EQ(refused.error(), source::Problem(ProblemCode::unreadable, "fork/exec " + path + ": permission denied"));
    EXPECT_FALSE(sandbox_->running());
    sandbox_->kill_group(SIGKILL);
    sandbox_->read_output();
    fs::permissions(path, fs::perms(0755));
    ASSERT_TRUE(sandbox_->start(missing, events()).has_value());
    ASSERT_TRUE(run_to_end());
    EXPECT_THAT(seen_, ElementsAre("found", "exit 0"));
}

TEST_F(SandboxTest, AProgramThatIsStillBeingWrittenIsTriedAgain) {
    const SandboxSpec wanted = busy_program();
    ASSERT_TRUE(sandbox_->start(wanted, events()).has_value());
    EXPECT_TRUE(sandbox_->running());
    EXPECT_LT(sandbox_->pid(), 0);
    loop_.run_one();
    EXPECT_THAT(seen_, IsEmpty());
    writer_ = FileDescriptor();
    ASSERT_TRUE(run_to_end());
    EXPECT_THAT(seen_, ElementsAre("ran", "exit 0"));
}

TEST_F(SandboxTest, AProgramThatStaysBusyIsReported) {
    SandboxSpec wanted = busy_program();
    wanted.busy_patience = std::chrono::milliseconds(20);
    ASSERT_TRUE(sandbox_->start(wanted, events()).has_value());
    ASSERT_TRUE(run_to_end());
    EXPECT_THAT(seen_, ElementsAre("fork/exec " + path_ + ": text file busy"));
    EXPECT_FALSE(sandbox_->running());
    SandboxEvents deaf = events();
    deaf.on_refused = nullptr;
    EXPECT_EQ(sandbox_->start(wanted, deaf).error().code(), ProblemCode::busy) << "at once where nobody could be told";
    writer_ = FileDescriptor();
    ASSERT_TRUE(sandbox_->start(wanted, events()).has_value());
    ASSERT_TRUE(run_to_end(2));
    EXPECT_THAT(seen_, ElementsAre(testing::_, "ran", "exit 0"));
}

TEST_F(SandboxTest, ABusyProgramMayBeKilledOrDestroyed) {
    const SandboxSpec wanted = busy_program();
    ASSERT_TRUE(sandbox_->start(wanted, events()).has_value());
    sandbox_->kill_group(SIGKILL);
    EXPECT_THAT(seen_, IsEmpty()) << "the end comes from the loop";
    ASSERT_TRUE(run_to_end());
    EXPECT_THAT(seen_, ElementsAre("signal 9"));
    ASSERT_TRUE(sandbox_->start(wanted, events()).has_value());
    sandbox_.reset();
    writer_ = FileDescriptor();
    loop_.restart();
    loop_.run();
    EXPECT_THAT(seen_, ElementsAre("signal 9"));
}

TEST_F(SandboxTest, WithTooFewDescriptorsItIsRefusedAndStartsLater) {
    const boost::asio::posix::stream_descriptor reactor(loop_);  // has what the loop itself needs
    std::string refusal;
    std::size_t free = 0;
    do {
        const FewDescriptors few(free);
        sandbox_ = std::make_unique<Sandbox>(loop_.get_executor(), folder_.path);
        const auto started = sandbox_->start(spec("true"), events());
        refusal = started.has_error() ? started.error().message() : "";
        EXPECT_EQ(sandbox_->running(), refusal.empty());
        if (!refusal.empty()) {
            EXPECT_EQ(refusal, "fork/exec /usr/bin/sh: too many open files") << free;
            EXPECT_EQ(started.error().code(), ProblemCode::exhausted);
            sandbox_.reset();
        }
    } while (!refusal.empty() && ++free < 20);
    EXPECT_GT(free, 4U) << "two pipes";
    ASSERT_TRUE(run_to_end());
    ASSERT_TRUE(sandbox_->start(spec("echo again"), events()).has_value());
    ASSERT_TRUE(run_to_end(2));
    EXPECT_THAT(seen_, ElementsAre("exit 0", "again", "exit 0"));
    sandbox_.reset();
    EXPECT_TRUE(fs::is_empty(folder_.path)) << "of those that were refused";
}

TEST_F(SandboxTest, AnEmptyCommandIsAProblem) {
    EXPECT_EQ(sandbox_->start({}, events()).error().code(), ProblemCode::invalid);
}

TEST_F(SandboxTest, ATempFolderThatIsNotThereIsAProblem) {
    Sandbox sandbox(loop_.get_executor(), "/no/such/folder");
    EXPECT_EQ(sandbox.start(spec("true"), events()).error().code(), ProblemCode::unreadable);
    EXPECT_FALSE(sandbox.running());
}

}  // namespace
}  // namespace understudy::process
