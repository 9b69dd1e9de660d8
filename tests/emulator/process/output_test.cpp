#include "emulator/process/output.hpp"

#include "emulator/process/lines.hpp"
#include "tests/emulator/process/running.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <memory>

namespace understudy::process {
namespace {

using testing::ElementsAre;
using Texts = std::vector<std::string>;

/// An Output whose pipes the test itself writes to.
class OutputTest : public testing::Test {
  protected:
    OutputTest()
        : out_(::dup(output_->child_ends().standard_output)), error_(::dup(output_->child_ends().standard_error)) {
        output_->start_reading();
    }
    static void write(const FileDescriptor& end, std::string_view text) {
        ASSERT_EQ(::write(end.get(), text.data(), text.size()), static_cast<ssize_t>(text.size()));
    }
    bool run_to(std::size_t count) {
        return run_until(loop_, [this, count] { return lines_.size() >= count; });
    }

    boost::asio::io_context loop_;
    Texts lines_;
    std::unique_ptr<Output> output_ =
        open_output(loop_.get_executor(), [this](OutputStream stream, std::string_view line) {
            lines_.push_back((stream == OutputStream::standard_output ? "out " : "error ") + std::string(line));
        });
    FileDescriptor out_;
    FileDescriptor error_;
};

TEST_F(OutputTest, LinesCarryTheNameOfTheirStream) {
    write(out_, "one\n");
    ASSERT_TRUE(run_to(1));
    write(error_, "two\n");
    ASSERT_TRUE(run_to(2));
    EXPECT_THAT(lines_, ElementsAre("out one", "error two"));
}

TEST_F(OutputTest, AnUnfinishedLineWaitsForItsRest) {
    write(out_, "a\nb");
    ASSERT_TRUE(run_to(1));
    write(error_, "between\n");
    ASSERT_TRUE(run_to(2));
    write(out_, "c\n");
    ASSERT_TRUE(run_to(3));
    EXPECT_THAT(lines_, ElementsAre("out a", "error between", "out bc"));
}

TEST_F(OutputTest, TheLastLineComesWhenTheStreamIsClosed) {
    write(out_, "no newline");
    out_ = FileDescriptor();
    ASSERT_TRUE(run_to(1));
    EXPECT_THAT(lines_, ElementsAre("out no newline"));
    write(error_, "the other goes on\n");
    ASSERT_TRUE(run_to(2));
}

TEST_F(OutputTest, WhatIsWrittenCanBeReadWithoutTheLoop) {
    output_->read_available();
    EXPECT_TRUE(lines_.empty());
    write(out_, "one\ntwo\nunfinished");
    write(error_, "three\n");
    output_->read_available();
    EXPECT_THAT(lines_, ElementsAre("out one", "out two", "error three"));
}

TEST_F(OutputTest, TheEndDoesNotWaitForOtherWriters) {
    write(out_, "one\nunfinished");
    output_->finish();
    EXPECT_THAT(lines_, ElementsAre("out one", "out unfinished"));
    output_->finish();
    output_->read_available();
    loop_.run_for(std::chrono::seconds(0));
    EXPECT_EQ(lines_.size(), 2U);
}

TEST_F(OutputTest, AllThatAPipeHoldsIsReadAtTheEnd) {
    const int capacity = ::fcntl(out_.get(), F_SETPIPE_SZ, 1 << 20);
    ASSERT_EQ(capacity, 1 << 20);
    std::string text;
    while (text.size() < 1U << 20) text += std::string(1023, 'x') + '\n';
    write(out_, text);
    output_->finish();
    EXPECT_EQ(lines_.size(), 1024U);
}

TEST_F(OutputTest, AReceiverMayDestroyIt) {
    int calls = 0;
    auto output = open_output(loop_.get_executor(), [](OutputStream, std::string_view) {});
    const auto proof = std::make_shared<int>(1);
    output = open_output(loop_.get_executor(), [&, proof](OutputStream, std::string_view) {
        output.reset();
        calls += *proof;
    });
    const FileDescriptor end(::dup(output->child_ends().standard_output));
    output->start_reading();
    write(end, "one\ntwo\nunfinished");
    EXPECT_TRUE(run_until(loop_, [&] { return calls > 0; }));
    loop_.run_for(std::chrono::seconds(0));
    EXPECT_EQ(calls, 1);
}

TEST_F(OutputTest, AReceiverMayDestroyItWhileItEnds) {
    write(out_, "one\ntwo\n");
    write(error_, "three\n");
    int calls = 0;
    std::unique_ptr<Output> output;
    output = open_output(loop_.get_executor(), [&](OutputStream, std::string_view) {
        output.reset();
        ++calls;
    });
    const FileDescriptor end(::dup(output->child_ends().standard_output));
    output->start_reading();
    write(end, "one\ntwo\n");
    output->finish();
    EXPECT_EQ(calls, 1);
}

TEST_F(OutputTest, AReceiverThatReadsAgainDoesNotMixLines) {
    Texts seen;
    std::unique_ptr<Output> output;
    FileDescriptor end;
    output = open_output(loop_.get_executor(), [&](OutputStream, std::string_view line) {
        if (line == "one") write(end, "three\n");
        output->read_available();
        seen.emplace_back(line);
    });
    end = FileDescriptor(::dup(output->child_ends().standard_output));
    output->start_reading();
    write(end, "one\ntwo\n");
    EXPECT_TRUE(run_until(loop_, [&] { return seen.size() == 3; }));
    EXPECT_THAT(seen, ElementsAre("one", "two", "three"));
}

TEST_F(OutputTest, NothingComesAfterDestruction) {
    write(out_, "one\n");
    output_.reset();
    loop_.run_for(std::chrono::seconds(0));
    EXPECT_TRUE(lines_.empty());
}

TEST_F(OutputTest, ItsPipesLeaveTheStandardNumbersToTheChild) {
    std::array<FileDescriptor, 3> kept;
    for (int i = 0; i < 3; ++i) {
        kept[static_cast<std::size_t>(i)] = FileDescriptor(::fcntl(i, F_DUPFD_CLOEXEC, 3));
        ::close(i);
    }
    auto output = open_output(loop_.get_executor(), [](OutputStream, std::string_view) {});
    const ChildOutput ends = output->child_ends();
    output.reset();
    for (int i = 0; i < 3; ++i) {
        if (kept[static_cast<std::size_t>(i)]) ::dup2(kept[static_cast<std::size_t>(i)].get(), i);
    }
    EXPECT_GT(ends.standard_output, 2);
    EXPECT_GT(ends.standard_error, 2);
}

TEST(ProgramOutput, ComesBeforeTheEnd) {
    Trial trial;
    const auto lines = trial.run(shell("i=0; while [ $i -lt 2000 ]; do echo line $i; i=$((i + 1)); done; printf last"));
    ASSERT_EQ(lines.size(), 2001U);
    for (std::size_t i = 0; i < 2000; ++i) ASSERT_EQ(lines[i], "line " + std::to_string(i));
    EXPECT_EQ(lines.back(), "last");
}

TEST(ProgramOutput, KeepsStreamsApart) {
    Trial trial;
    trial.run(shell("echo out; echo error >&2; printf unfinished >&2"));
    EXPECT_THAT(trial.errors, ElementsAre("error", "unfinished"));
    EXPECT_EQ(trial.lines.size(), 3U);
}

TEST(ProgramOutput, MayBeMegabytesWithoutANewline) {
    const auto lines = Trial().run(shell("/usr/bin/head -c 3000000 /dev/zero; echo"));
    std::size_t size = 0;
    for (const auto& line : lines) {
        EXPECT_LE(line.size(), Lines::kLongestLine);
        size += line.size();
        EXPECT_EQ(line.find_first_not_of('\0'), std::string::npos);
    }
    EXPECT_EQ(size, 3000000U);
    EXPECT_EQ(lines.size(), 12U);
}

TEST(ProgramOutput, AGrandchildThatKeepsThePipesDoesNotDelayTheEnd) {
    const Folder folder;
    // A session of its own takes it out of the group, so that it outlives the program.
    ChildSpec spec = shell(
        "/usr/bin/setsid /bin/sh -c 'echo $$ > pid; exec /bin/sleep 1000' &"
        "while ! [ -s pid ]; do :; done; echo last");
    spec.directory = folder.path.native();
    EXPECT_THAT(Trial().run(spec), ElementsAre("last"));
    pid_t grandchild = -1;
    std::ifstream(folder.path / "pid") >> grandchild;
    ASSERT_GT(grandchild, 1);
    EXPECT_TRUE(is_alive(grandchild));
    ::kill(grandchild, SIGKILL);
}

}  // namespace
}  // namespace understudy::process
