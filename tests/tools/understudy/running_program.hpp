#pragma once

#include "tests/support/program.hpp"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

extern char** environ;

namespace understudy::test {

/// A run of the program with its output in files.
class RunningProgram {
  public:
    /// `err` is a descriptor for its stderr; without, that goes into a file. `out` is a file for its stdout; without,
    /// that is read here.
    explicit RunningProgram(std::vector<std::string> words, int err = -1, const char* out = nullptr) {
        char name[] = "/tmp/understudy-test-XXXXXX";
        directory_ = ::mkdtemp(name);
        const std::string program = UNDERSTUDY_PROGRAM_DIR "/understudy";
        words.insert(words.begin(), program);
        std::vector<char*> arguments;
        for (std::string& word : words) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_addopen(&actions, 2, (directory_ / "err").c_str(), O_WRONLY | O_CREAT, 0600);
        if (err >= 0) ::posix_spawn_file_actions_adddup2(&actions, err, 2);
        if (::pipe(pipe_) != 0) throw std::runtime_error("pipe");
        ::posix_spawn_file_actions_adddup2(&actions, pipe_[1], 1);
        if (out != nullptr) ::posix_spawn_file_actions_addopen(&actions, 1, out, O_WRONLY, 0);
        ::posix_spawn_file_actions_addclose(&actions, pipe_[0]);
        EXPECT_EQ(::posix_spawn(&pid_, program.c_str(), &actions, nullptr, arguments.data(), environ), 0);
        ::posix_spawn_file_actions_destroy(&actions);
        ::close(pipe_[1]);
    }
    ~RunningProgram() {
        if (pid_ > 0) {
            ::kill(pid_, SIGKILL);
            wait();
        }
        if (pipe_[0] >= 0) ::close(pipe_[0]);
        std::filesystem::remove_all(directory_);
    }

    /// The first line on stdout; waits for it.
    std::string read_line() {
        std::string line;
        for (char byte; ::read(pipe_[0], &byte, 1) == 1 && byte != '\n';) line += byte;
        return line;
    }
    /// All of stdout, until the program ends.
    std::string read_rest() {
        std::string text;
        for (char byte; ::read(pipe_[0], &byte, 1) == 1;) text += byte;
        return text;
    }
    /// Nobody reads stdout any more.
    void close_out() {
        ::close(pipe_[0]);
        pipe_[0] = -1;
    }
    void send(int signal) const { ::kill(pid_, signal); }
    int wait() {
        int status = 0;
        ::waitpid(pid_, &status, 0);
        pid_ = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    }
    std::string err() const { return read_file(directory_ / "err"); }
    const std::filesystem::path& directory() const { return directory_; }

  private:
    std::filesystem::path directory_;
    pid_t pid_ = -1;
    int pipe_[2] = {-1, -1};
};

}  // namespace understudy::test
