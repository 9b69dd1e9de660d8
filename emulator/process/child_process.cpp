#include "emulator/process/child_process.hpp"

#include "emulator/process/memory.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <cerrno>
#include <optional>
#include <ostream>
#include <utility>

namespace understudy::process {
namespace {

using source::Result;

/// `ours`: our own largest resident set when the child was made. It shared our memory until it ran its program, and the
/// kernel counts that, so a smaller number than ours says nothing about the child.
Exit to_exit(int status, const rusage& usage, std::uint64_t ours) {
    const auto largest = static_cast<std::uint64_t>(usage.ru_maxrss);
    const std::uint64_t peak = largest > ours + kPeakInaccuracy ? largest : 0;
    if (WIFSIGNALED(status)) return {ExitKind::signal, WTERMSIG(status), peak, largest};
    return {ExitKind::code, WEXITSTATUS(status), peak, largest};
}

}  // namespace

struct ChildProcess::State : std::enable_shared_from_this<State> {
    explicit State(boost::asio::any_io_executor executor) : ended(std::move(executor)) {}

    void wait_for_end();
    void kill_group(int signal) const;
    std::optional<Exit> reap(int options);

    boost::asio::posix::stream_descriptor ended;
    OnExit on_exit;
    pid_t pid = -1;  // Negative when nothing is running.
    std::uint64_t own_peak = 0;
};

void ChildProcess::State::wait_for_end() {
    ended.async_wait(boost::asio::posix::descriptor_base::wait_read,
                     [weak = weak_from_this()](const boost::system::error_code& error) {
                         const auto self = weak.lock();
                         if (self == nullptr || error == boost::asio::error::operation_aborted) return;
                         if (const auto exit = self->reap(WNOHANG)) {
                             // The callback may destroy the process, and itself with it.
                             const OnExit callback = std::move(self->on_exit);
                             callback(*exit);
                         } else {
                             self->wait_for_end();
                         }
                     });
}

void ChildProcess::State::kill_group(int signal) const {
    if (pid > 0) ::kill(-pid, signal);
}

/// Kills what is left of the group while the dead leader still keeps the group's number from being used anew.
std::optional<Exit> ChildProcess::State::reap(int options) {
    siginfo_t info{};
    if (::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT | options) == 0 && info.si_pid == 0) return {};
    kill_group(SIGKILL);
    int status = 0;
    rusage usage{};
    pid_t reaped = 0;
    do {
        reaped = ::wait4(pid, &status, 0, &usage);
    } while (reaped < 0 && errno == EINTR);
    // Where the program around us ignores SIGCHLD, the system keeps no status; the end itself is still reported.
    boost::system::error_code ignored;
    ended.close(ignored);
    pid = -1;
    return to_exit(status, usage, own_peak);
}

ChildProcess::ChildProcess(boost::asio::any_io_executor executor)
    : state_(std::make_shared<State>(std::move(executor))) {}

ChildProcess::~ChildProcess() {
    if (!running()) return;
    kill_group(SIGKILL);
    state_->reap(0);
}

Result<void> ChildProcess::start(const ChildSpec& spec, ChildOutput output, OnExit on_exit) {
    auto spawned = spawn(spec, output);
    if (spawned.has_error()) return spawned.error();
    state_->pid = spawned->pid;
    state_->own_peak = own_peak_memory();
    state_->on_exit = std::move(on_exit);
    boost::system::error_code error;
    if (state_->ended.assign(spawned->pidfd.get(), error)) {
        state_->kill_group(SIGKILL);
        state_->reap(0);
        return refused_start(spec.program, error.value());
    }
    spawned->pidfd.release();
    state_->wait_for_end();
    return {};
}

void ChildProcess::kill_group(int signal) {
    state_->kill_group(signal);
}

bool ChildProcess::running() const {
    return state_->pid > 0;
}

pid_t ChildProcess::pid() const {
    return state_->pid;
}

int ChildProcess::descriptor() const {
    return running() ? state_->ended.native_handle() : -1;
}

std::ostream& operator<<(std::ostream& out, const Exit& exit) {
    out << (exit.kind == ExitKind::code ? "exit " : "signal ") << exit.number;
    return out << ", " << exit.peak_memory_kilobytes << " kB";
}

}  // namespace understudy::process
