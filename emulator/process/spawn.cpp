#include "emulator/process/spawn.hpp"

#include "emulator/process/descriptor_limit.hpp"

#include <fcntl.h>
#include <linux/close_range.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <system_error>

/// glibc's clone under its other name, which ThreadSanitizer does not wrap. Its wrapper takes every child for one with
/// memory of its own: in ours, it would switch the sanitizer off for good in the thread that starts the child, and what
/// that thread did before it ended would no longer count as before join().
extern "C" int clone_unwrapped(int (*function)(void*), void* stack, int flags, void* argument, ...) __asm__("__clone");

namespace understudy::process {
namespace {

using source::Problem;
using source::ProblemCode;
using source::Result;

enum class Step : std::uint8_t { surroundings, directory, program };

/// What the child reads, and where it writes why it could not start.
struct Launch {
    const char* program;
    int descriptor;
    const char* directory;
    char* const* arguments;
    char* const* variables;
    ChildOutput output;
    const rlimit* descriptor_limit;  ///< Null: it stays.
    pid_t parent;
    Step step;
    int error;
};

// The functions of the child share our memory, errno included, while we are stopped. They make bare system calls:
// whatever a sanitizer adds, to the code or around functions of libc, would change this process.

[[gnu::no_sanitize("address", "thread", "undefined")]] bool replace_descriptors(const Launch& launch) {
    const ChildOutput output = launch.output;
    if (::syscall(SYS_dup3, output.standard_output, STDOUT_FILENO, 0) < 0) return false;
    if (::syscall(SYS_dup3, output.standard_error, STDERR_FILENO, 0) < 0) return false;
    const long null = ::syscall(SYS_openat, AT_FDCWD, "/dev/null", O_RDONLY, 0);
    if (null < 0) return false;
    if (null != STDIN_FILENO && ::syscall(SYS_dup3, null, STDIN_FILENO, 0) < 0) return false;
    // Asio's sockets are not closed on exec, so everything is closed here; what is to be run is still needed.
    const unsigned int when = launch.descriptor < 0 ? 0 : CLOSE_RANGE_CLOEXEC;
    if (::syscall(SYS_close_range, STDERR_FILENO + 1, ~0U, when) != 0) return false;
    // Last of all, as numbers beyond it may have been needed until here.
    return launch.descriptor_limit == nullptr ||
           ::syscall(SYS_prlimit64, 0, RLIMIT_NOFILE, launch.descriptor_limit, nullptr) == 0;
}

[[gnu::no_sanitize("address", "thread", "undefined")]] bool reset_signals() {
    constexpr int kSignals = 64;
    // The kernel's own structures, as libc hides some signals: all zero is SIG_DFL, and an empty set.
    constexpr std::array<std::uint64_t, 4> kDefaultAction{};
    constexpr std::uint64_t kNone = 0;
    for (int signal = 1; signal <= kSignals; ++signal) {
        if (signal == SIGKILL || signal == SIGSTOP) continue;
        ::syscall(SYS_rt_sigaction, signal, kDefaultAction.begin(), nullptr, sizeof kNone);
    }
    return ::syscall(SYS_rt_sigprocmask, SIG_SETMASK, &kNone, nullptr, sizeof kNone) == 0;
}

[[gnu::no_sanitize("address", "thread", "undefined")]] bool leave_parent(pid_t parent) {
    if (::syscall(SYS_setsid) < 0) return false;
    if (::syscall(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return false;
    // The parent may have died before it was told to take us along.
    return ::syscall(SYS_getppid) == parent;
}

[[gnu::no_sanitize("address", "thread", "undefined")]] int run_child(void* argument) {
    auto& launch = *static_cast<Launch*>(argument);
    if (leave_parent(launch.parent) && replace_descriptors(launch) && reset_signals()) {
        launch.step = Step::directory;
        if (::syscall(SYS_chdir, launch.directory) == 0) {
            launch.step = Step::program;
            if (launch.descriptor < 0) {
                ::syscall(SYS_execve, launch.program, launch.arguments, launch.variables);
            } else {
                ::syscall(SYS_execveat, launch.descriptor, "", launch.arguments, launch.variables, AT_EMPTY_PATH);
            }
        }
    }
    launch.error = errno;
    return 127;
}

/// Blocks every signal of this thread, so that no handler of ours runs in the child. But for SIGCHLD: nobody sends that
/// one to the child, and where it is blocked here while another child ends, it wakes other threads of this process,
/// whose timed reads then fail.
class SignalsBlocked {
  public:
    SignalsBlocked() {
        sigset_t all;
        ::sigfillset(&all);
        ::sigdelset(&all, SIGCHLD);
        ::pthread_sigmask(SIG_BLOCK, &all, &before_);
    }
    ~SignalsBlocked() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    SignalsBlocked(const SignalsBlocked&) = delete;
    SignalsBlocked& operator=(const SignalsBlocked&) = delete;

  private:
    sigset_t before_{};
};

/// Go's words for an error of the system are libc's in lower case.
std::string reason(int error) {
    std::string text = std::generic_category().message(error);
    if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] - 'A' + 'a');
    return text;
}

Problem failure(const ChildSpec& spec, Step step, int error) {
    if (step == Step::directory) return {ProblemCode::invalid, "chdir " + spec.directory + ": " + reason(error)};
    return refused_start(spec.program, error);
}

/// The null-terminated array of pointers that execve wants; valid as long as `texts`.
std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> result;
    result.reserve(texts.size() + 1);
    for (std::string& text : texts) result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

}  // namespace

Problem refused_start(const std::string& program, int error) {
    const auto code = error == ENOENT                      ? ProblemCode::not_found
                      : error == ENOEXEC                   ? ProblemCode::malformed
                      : error == ETXTBSY                   ? ProblemCode::busy
                      : error == EMFILE || error == ENFILE ? ProblemCode::exhausted
                                                           : ProblemCode::unreadable;
    return {code, "fork/exec " + program + ": " + reason(error)};
}

Result<Spawned> spawn(const ChildSpec& spec, ChildOutput output) {
    std::vector<std::string> arguments = spec.arguments;
    std::vector<std::string> variables;
    variables.reserve(spec.variables.size());
    for (const auto& [name, value] : spec.variables) variables.push_back(name + '=' + value);
    const std::vector<char*> argument_pointers = pointers(arguments);
    const std::vector<char*> variable_pointers = pointers(variables);
    const std::optional<rlimit> limit = original_descriptor_limit();
    Launch launch{.program = spec.program.c_str(),
                  .descriptor = spec.descriptor,
                  .directory = spec.directory.c_str(),
                  .arguments = argument_pointers.data(),
                  .variables = variable_pointers.data(),
                  .output = output,
                  .descriptor_limit = limit ? &*limit : nullptr,
                  .parent = ::getpid(),
                  .step = Step::surroundings,
                  .error = 0};

    alignas(16) std::array<std::byte, 16 * 1024> stack;
    int pidfd = -1;
    pid_t pid = -1;
    {
        const SignalsBlocked blocked;
        // As vfork: we go on when the child runs its program or has ended.
        constexpr int kFlags = CLONE_VM | CLONE_VFORK | CLONE_PIDFD | SIGCHLD;
        pid = ::clone_unwrapped(run_child, stack.data() + stack.size(), kFlags, &launch, &pidfd);
        if (pid < 0) launch.error = errno;
    }
    if (launch.error == 0) return Spawned{pid, FileDescriptor(pidfd)};
    if (pid > 0) {
        const FileDescriptor closed(pidfd);
        ::waitpid(pid, nullptr, 0);
    }
    return failure(spec, launch.step, launch.error);
}

}  // namespace understudy::process
