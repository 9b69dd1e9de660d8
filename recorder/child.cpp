#include "recorder/child.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace understudy::recorder {
namespace {

std::vector<char*> to_pointers(const std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
    pointers.push_back(nullptr);
    return pointers;
}

std::string name_signal(int signal) {
    constexpr std::array<std::pair<int, const char*>, 15> kNames{{{SIGHUP, "hangup"},
                                                                  {SIGINT, "interrupt"},
                                                                  {SIGQUIT, "quit"},
                                                                  {SIGILL, "illegal instruction"},
                                                                  {SIGTRAP, "trace/breakpoint trap"},
                                                                  {SIGABRT, "aborted"},
                                                                  {SIGBUS, "bus error"},
                                                                  {SIGFPE, "floating point exception"},
                                                                  {SIGKILL, "killed"},
                                                                  {SIGUSR1, "user defined signal 1"},
                                                                  {SIGSEGV, "segmentation fault"},
                                                                  {SIGUSR2, "user defined signal 2"},
                                                                  {SIGPIPE, "broken pipe"},
                                                                  {SIGALRM, "alarm clock"},
                                                                  {SIGTERM, "terminated"}}};
    for (const auto& [number, name] : kNames) {
        if (number == signal) return name;
    }
    return "signal " + std::to_string(signal);
}

/// A path is run as it is: the C library would take a file that it cannot run for a script of the shell.
void exec(const std::vector<char*>& words, const std::vector<char*>& environment) {
    if (std::strchr(words.front(), '/') != nullptr) {
        ::execve(words.front(), words.data(), environment.data());
    } else {
        ::execvpe(words.front(), words.data(), environment.data());
    }
}

}  // namespace

void become(const Command& command) {
    exec(to_pointers(command.words), to_pointers(command.environment));
}

std::optional<pid_t> start_child(const Command& command, const sigset_t& mask, bool* ran) {
    *ran = false;
    std::array<int, 2> news{};  // The reason why it could not be run; closed by a successful exec.
    if (::pipe2(news.data(), O_CLOEXEC) != 0) return std::nullopt;
    const auto words = to_pointers(command.words), environment = to_pointers(command.environment);
    const pid_t parent = ::getpid();
    const pid_t child = ::fork();
    if (child == 0) {
        ::setpgid(0, 0);
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent) ::_exit(1);
        ::sigprocmask(SIG_SETMASK, &mask, nullptr);
        exec(words, environment);
        const int reason = errno;
        if (::write(news[1], &reason, sizeof reason) < 0) ::_exit(1);
        ::_exit(1);
    }
    const int fork_error = errno;
    ::close(news[1]);
    int reason = 0;
    const bool failed = child < 0 || ::read(news[0], &reason, sizeof reason) == sizeof reason;
    ::close(news[0]);
    if (!failed) {
        *ran = true;
        return child;
    }
    if (child > 0) ::waitpid(child, nullptr, 0);
    errno = child < 0 ? fork_error : reason;
    return std::nullopt;
}

std::string describe_end(int status) {
    if (WIFSIGNALED(status)) return "Runtime exited with error: signal: " + name_signal(WTERMSIG(status));
    if (WEXITSTATUS(status) == 0) return "Runtime exited without providing a reason";
    return "Runtime exited with error: exit status " + std::to_string(WEXITSTATUS(status));
}

void end_as(int status) {
    if (!WIFSIGNALED(status)) ::_exit(WEXITSTATUS(status));
    const int signal = WTERMSIG(status);
    const rlimit none{0, 0};  // The core was the other one's.
    ::setrlimit(RLIMIT_CORE, &none);
    ::signal(signal, SIG_DFL);
    sigset_t only;
    ::sigemptyset(&only);
    ::sigaddset(&only, signal);
    ::sigprocmask(SIG_UNBLOCK, &only, nullptr);
    ::kill(::getpid(), signal);
    constexpr int kShells = 128;
    ::_exit(kShells + signal);
}

}  // namespace understudy::recorder
