#pragma once

#include "emulator/process/child_process.hpp"
#include "emulator/process/output.hpp"
#include "emulator/process/sandbox.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace understudy::process {

/// Long enough for a loaded machine; no test waits for it to pass.
inline constexpr std::chrono::seconds kPatience{60};

/// Runs the loop until something is true, and says whether it became so.
template <class Condition>
bool run_until(boost::asio::io_context& loop, Condition is_met) {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (!is_met()) {
        loop.restart();
        if (std::chrono::steady_clock::now() > end || loop.run_one_for(kPatience) == 0) return is_met();
    }
    return true;
}

/// Looks until something is true that nobody tells, and says whether it became so.
template <class Condition>
bool look_until(Condition is_met) {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (!is_met()) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::yield();
    }
    return true;
}

/// Waits until a process that is not our child has ended.
inline bool wait_until_gone(pid_t pid) {
    const FileDescriptor process(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    if (!process) return errno == ESRCH;
    pollfd ended{.fd = process.get(), .events = POLLIN, .revents = 0};
    return ::poll(&ended, 1, static_cast<int>(std::chrono::milliseconds(kPatience).count())) == 1;
}

inline bool is_alive(pid_t pid) {
    const FileDescriptor process(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    pollfd ended{.fd = process.get(), .events = POLLIN, .revents = 0};
    return process && ::poll(&ended, 1, 0) == 0;
}

inline std::size_t open_descriptors() {
    const std::filesystem::directory_iterator all("/proc/self/fd");
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

inline std::string test_program() {
    return UNDERSTUDY_PROGRAM_DIR "/process_test_program";
}

inline ChildSpec shell(const std::string& script) {
    return {.program = "/bin/sh", .arguments = {"sh", "-c", script}, .directory = "/", .variables = {}};
}

/// An output with its pipes.
inline std::unique_ptr<Output> open_output(boost::asio::any_io_executor executor, Output::OnLine on_line) {
    auto output = std::make_unique<Output>(std::move(executor), std::move(on_line));
    EXPECT_FALSE(output->open());
    return output;
}

/// A program that runs beneath the test, and all that it told.
struct Trial {
    boost::asio::io_context loop;
    std::vector<std::string> lines;   ///< Of both streams.
    std::vector<std::string> errors;  ///< Of standard error alone.
    std::optional<Exit> exit;
    Output output{loop.get_executor(), [this](OutputStream stream, std::string_view line) {
                      EXPECT_FALSE(exit.has_value()) << "a line after the end: " << line;
                      lines.emplace_back(line);
                      if (stream == OutputStream::standard_error) errors.emplace_back(line);
                  }};
    ChildProcess child{loop.get_executor()};

    Trial() { EXPECT_FALSE(output.open()); }
    source::Result<void> start(const ChildSpec& spec) {
        auto started = child.start(spec, output.child_ends(), [this](Exit how) {
            output.finish();
            exit = how;
        });
        if (started.has_value()) output.start_reading();
        return started;
    }
    bool run_to_end() {
        return run_until(loop, [this] { return exit.has_value(); });
    }
    bool run_to_line(std::size_t count = 1) {
        return run_until(loop, [this, count] { return lines.size() >= count; });
    }
    /// Runs the whole program and hands out its lines.
    std::vector<std::string> run(const ChildSpec& spec) {
        const auto started = start(spec);
        EXPECT_TRUE(started.has_value()) << started.error();
        EXPECT_TRUE(run_to_end());
        return lines;
    }
};

/// Runs a program until it has left a daemon that has nothing of ours, and ends it. Returns the daemon's number.
inline pid_t leave_daemon(Trial& trial) {
    const std::string daemon =
        "/usr/bin/env -i /usr/bin/setsid -f /bin/sh -c 'echo $$; exec /bin/sleep 1000 >/dev/null 2>&1'";
    EXPECT_TRUE(trial.start(shell(daemon + "; exec /bin/sleep 1000")).has_value());
    EXPECT_TRUE(trial.run_to_line());
    trial.child.kill_group(SIGKILL);
    EXPECT_TRUE(trial.run_to_end());
    return std::stoi(trial.lines.at(0));
}

/// Whether somebody still has to wait for the process, dead or alive.
inline bool is_kept(pid_t pid) {
    return ::kill(pid, 0) == 0;
}

/// A folder of the test's own.
struct Folder {
    std::filesystem::path path = [] {
        std::string name = (std::filesystem::temp_directory_path() / "process_test-XXXXXX").native();
        EXPECT_NE(::mkdtemp(name.data()), nullptr);
        return name;
    }();
    ~Folder() { std::filesystem::remove_all(path); }
};

/// Writes a file and hands out its path.
inline std::filesystem::path write_file(const std::filesystem::path& path, std::string_view text,
                                        std::filesystem::perms mode = std::filesystem::perms(0644)) {
    std::ofstream(path) << text;
    std::filesystem::permissions(path, mode);
    return path;
}

}  // namespace understudy::process
