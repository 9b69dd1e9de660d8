#pragma once

#include "emulator/process/spawn.hpp"
#include "emulator/source/problem.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>

namespace understudy::process {

/// Whether a process ended by itself.
enum class ExitKind : std::uint8_t {
    code,    ///< It ended by itself.
    signal,  ///< It was killed.
};

/// How a process ended.
struct Exit {
    ExitKind kind = ExitKind::code;
    int number = 0;                           ///< Exit code or signal.
    std::uint64_t peak_memory_kilobytes = 0;  ///< Largest resident set; 0 where it was no larger than ours.
    /// What the largest resident set was at most: ours, where that was larger. 0 where the system kept no status.
    std::uint64_t memory_bound_kilobytes = 0;

    friend bool operator==(const Exit&, const Exit&) = default;
};

/// `exit 3, 1024 kB`, for logs and failed tests.
std::ostream& operator<<(std::ostream& out, const Exit& exit);

/// One running program and all that it starts, as long as that stays in its process group.
///
/// When the program ends, the rest of its group is killed with it. Destroying the object kills the group, waits for
/// the program and reaps it; no callback comes after that. To be used on the executor's thread only.
class ChildProcess {
  public:
    using OnExit = std::function<void(Exit)>;

    explicit ChildProcess(boost::asio::any_io_executor executor);
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    /// Runs the program; see `spawn` for its surroundings and for the errors. `on_exit` is called once, from the
    /// executor, and may destroy this object.
    /// Preconditions: nothing is running.
    source::Result<void> start(const ChildSpec& spec, ChildOutput output, OnExit on_exit);

    /// Sends a signal to the program and everything in its group. Nothing happens when it has ended.
    void kill_group(int signal);

    bool running() const;
    /// Meaningful while it is running.
    pid_t pid() const;
    /// Becomes readable when the program ends; negative where nothing is running.
    int descriptor() const;

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace understudy::process
