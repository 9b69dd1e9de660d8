#pragma once

#include "emulator/process/child_process.hpp"
#include "emulator/process/output.hpp"
#include "emulator/process/spawn.hpp"
#include "emulator/source/problem.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::process {

/// What one execution environment runs.
struct SandboxSpec {
    /// Program and arguments, run without a shell. A program that is found by `search_path` is told its whole path.
    std::vector<std::string> command;
    std::string search_path;  ///< Where a program without a slash is looked for (`find_program`).
    std::string directory;    ///< Working directory: absolute.
    Variables variables;      ///< The whole environment, but for `TMPDIR`, which is added unless it is here.
    /// How long a program that somebody has open for writing, as a linker has, is tried again.
    std::chrono::milliseconds busy_patience{1000};
    int descriptor = -1;  ///< Where not negative: a native program, open, that is run for the command's first word.
};

/// What a sandbox tells, from the executor (lines also from within `read_output`). Each may destroy the sandbox.
struct SandboxEvents {
    /// A line of the program's output, valid during the call.
    Output::OnLine on_line;
    /// The program has ended: its group is killed, every line has been handed out. Called once a start.
    ChildProcess::OnExit on_exit;
    /// Called instead, where the program was busy when it was started and could not be run later either.
    std::function<void(source::Problem)> on_refused = {};
};

/// The process side of an execution environment: the program with all that it starts, its output and its temp
/// directory.
///
/// What leaves the program's group (`setsid`, daemons) is found in the tree of processes when the group is killed, and
/// by its `TMPDIR` and its outputs when the sandbox goes. It takes an orphan without these to outlive the sandbox
/// (`Orphans`).
///
/// Memory is observed, not limited: a limit has its place between `start`'s two steps, making the surroundings and
/// running the program. Destroying the sandbox leaves no process and no file. To be used on the executor's thread only.
class Sandbox {
  public:
    /// `temp_parent`: where the sandbox's temp directory is made.
    Sandbox(boost::asio::any_io_executor executor, std::filesystem::path temp_parent);
    ~Sandbox();
    Sandbox(const Sandbox&) = delete;
    Sandbox& operator=(const Sandbox&) = delete;

    /// Runs the program. May be called again after `on_exit`: the temp directory and its files are kept. A program that
    /// is busy counts as running while it is tried again; without `on_refused` it is a problem at once.
    /// Errors: those of `find_program`, `spawn` and `TempDirectory::make`, and those of `spawn` where there are no
    /// descriptors for the output's pipes; nothing is running then.
    source::Result<void> start(const SandboxSpec& spec, SandboxEvents events);

    /// Signals the program and all of its group. SIGKILL goes to all of its descendants, in the group or not. A program
    /// that is still tried again ends as if by this signal.
    void kill_group(int signal);
    /// Hands out the lines written so far, so that those logged before a response come before it.
    void read_output();
    /// Waits, without the loop, until the program has ended or the time has come; its lines are handed out meanwhile.
    /// The end itself is not told: the sandbox is to be destroyed behind it.
    void await_end(std::chrono::steady_clock::time_point limit);
    /// Hands out unfinished lines that have been read: what an invocation wrote belongs to its own log.
    void end_lines();
    /// The largest resident set so far of the program and what it has started (`PeakMemory`), in kB. Where the program
    /// is gone and was smaller than we are, its `Exit` tells the largest value that was read here, or at its start.
    std::uint64_t read_peak_memory_kilobytes();

    bool running() const;
    /// Negative where there is no process.
    pid_t pid() const;
    /// Empty before the first start.
    const std::filesystem::path& temp_directory() const;

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace understudy::process
