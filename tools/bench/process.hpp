#pragma once

#include <sys/types.h>

#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

namespace understudy::bench {

/// SIGINT or SIGTERM has come: everything is to be cleaned up.
class Interrupted : public std::runtime_error {
  public:
    Interrupted() : std::runtime_error("interrupted") {}
};

/// From now on the two signals make blocking calls fail and `throw_if_interrupted` throw.
void catch_interrupts();
/// Errors: `Interrupted`.
void throw_if_interrupted();

/// The processor that this thread, and what it starts, may use while the pin lives. Does nothing on a machine without
/// such a processor.
class Pin {
  public:
    explicit Pin(int processor);
    ~Pin();
    Pin(const Pin&) = delete;
    Pin& operator=(const Pin&) = delete;

  private:
    std::vector<std::byte> before_;
};

/// What a process is started with.
struct ProcessPlan {
    enum class Errors : unsigned char { shown, dropped };
    std::vector<std::string> command;    ///< The first word is a path or found along PATH.
    std::vector<std::string> variables;  ///< NAME=VALUE, besides our own.
    Errors errors = Errors::shown;       ///< What becomes of standard error.
};

/// A process of ours with its output in our hands; ended by the destructor.
class Process {
  public:
    /// Errors: std::system_error.
    explicit Process(const ProcessPlan& plan);
    ~Process();
    Process(Process&& other) noexcept;
    Process& operator=(Process&&) = delete;

    pid_t pid() const { return pid_; }
    /// The next line of standard output. Errors: std::runtime_error where it ends before one.
    std::string read_line();
    /// Waits until it ends by itself. Returns its exit code, or 128 and the signal.
    int wait();
    /// Asks it to end by a signal and waits; forces it after some seconds.
    void end(int signal);

  private:
    pid_t pid_ = -1;
    int output_ = -1;
    std::string unread_;
};

/// Runs to the end; the output goes nowhere. Returns its exit code. Errors: std::system_error.
int run(const ProcessPlan& plan);

/// A directory that goes when this does.
class TempDirectory {
  public:
    TempDirectory();
    ~TempDirectory();
    TempDirectory(const TempDirectory&) = delete;
    TempDirectory& operator=(const TempDirectory&) = delete;
    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

}  // namespace understudy::bench
