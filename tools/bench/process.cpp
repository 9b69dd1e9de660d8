#include "tools/bench/process.hpp"

#include <fcntl.h>
#include <sched.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <thread>
#include <utility>

namespace understudy::bench {
namespace {

constexpr std::chrono::seconds kMostWait{5};
constexpr std::chrono::milliseconds kLook{2};

volatile std::sig_atomic_t interrupted = 0;

[[noreturn]] void fail(int error, const std::string& what) {
    throw std::system_error(error, std::generic_category(), what);
}

std::vector<char*> to_pointers(std::vector<std::string>& words) {
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    return pointers;
}

std::vector<std::string> to_variables(const std::vector<std::string>& own) {
    std::vector<std::string> all;
    for (char** variable = environ; *variable != nullptr; ++variable) all.emplace_back(*variable);
    all.insert(all.end(), own.begin(), own.end());
    return all;
}

/// Starts `plan` with `output` as its standard output.
pid_t spawn(const ProcessPlan& plan, int output) {
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    if (plan.errors == ProcessPlan::Errors::dropped) {
        ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    }
    std::vector<std::string> command = plan.command;
    std::vector<std::string> variables = to_variables(plan.variables);
    pid_t pid = -1;
    const int error = ::posix_spawnp(&pid, command.front().c_str(), &actions, nullptr, to_pointers(command).data(),
                                     to_pointers(variables).data());
    ::posix_spawn_file_actions_destroy(&actions);
    if (error != 0) fail(error, command.front());
    return pid;
}

int to_code(int status) {
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int wait_for(pid_t pid) {
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0) {
        if (errno != EINTR) fail(errno, "waitpid");
        throw_if_interrupted();
    }
    return to_code(status);
}

}  // namespace

void catch_interrupts() {
    struct sigaction action {};
    action.sa_handler = [](int) { interrupted = 1; };
    ::sigaction(SIGINT, &action, nullptr);  // Without SA_RESTART: what blocks shall return.
    ::sigaction(SIGTERM, &action, nullptr);
}

void throw_if_interrupted() {
    if (interrupted != 0) throw Interrupted();
}

Pin::Pin(int processor) : before_(sizeof(cpu_set_t)) {
    cpu_set_t set;
    ::sched_getaffinity(0, sizeof set, &set);
    std::memcpy(before_.data(), &set, sizeof set);
    CPU_ZERO(&set);
    CPU_SET(processor, &set);
    ::sched_setaffinity(0, sizeof set, &set);
}

Pin::~Pin() {
    cpu_set_t set;
    std::memcpy(&set, before_.data(), sizeof set);
    ::sched_setaffinity(0, sizeof set, &set);
}

Process::Process(const ProcessPlan& plan) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail(errno, "pipe2");
    output_ = ends[0];
    try {
        pid_ = spawn(plan, ends[1]);
    } catch (...) {
        ::close(ends[0]);
        ::close(ends[1]);
        throw;
    }
    ::close(ends[1]);
}

Process::Process(Process&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), output_(std::exchange(other.output_, -1)) {}

Process::~Process() {
    end(SIGTERM);
    if (output_ >= 0) ::close(output_);
}

std::string Process::read_line() {
    std::size_t end = 0;
    while ((end = unread_.find('\n')) == std::string::npos) {
        std::array<char, 4096> part;
        const ssize_t got = ::read(output_, part.data(), part.size());
        if (got < 0) throw_if_interrupted();
        if (got <= 0) throw std::runtime_error("a program ended before it said that it is ready");
        unread_.append(part.data(), static_cast<std::size_t>(got));
    }
    std::string line = unread_.substr(0, end);
    unread_.erase(0, end + 1);
    return line;
}

int Process::wait() {
    const int code = wait_for(pid_);
    pid_ = -1;
    return code;
}

void Process::end(int signal) {
    if (pid_ < 0) return;
    ::kill(pid_, signal);
    const auto latest = std::chrono::steady_clock::now() + kMostWait;
    while (::waitpid(pid_, nullptr, WNOHANG) == 0) {
        if (std::chrono::steady_clock::now() > latest) ::kill(pid_, SIGKILL);
        std::this_thread::sleep_for(kLook);
    }
    pid_ = -1;
}

int run(const ProcessPlan& plan) {
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    pid_t pid = -1;
    try {
        pid = spawn(plan, nowhere);
    } catch (...) {
        ::close(nowhere);
        throw;
    }
    ::close(nowhere);
    try {
        return wait_for(pid);
    } catch (const Interrupted&) {
        ::kill(pid, SIGTERM);
        ::waitpid(pid, nullptr, 0);
        throw;
    }
}

TempDirectory::TempDirectory() {
    std::string name = (std::filesystem::temp_directory_path() / "understudy-bench-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) fail(errno, "mkdtemp");
    path_ = name;
}

TempDirectory::~TempDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace understudy::bench
