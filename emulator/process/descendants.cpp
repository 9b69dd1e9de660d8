#include "emulator/process/descendants.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

namespace understudy::process {
namespace {

namespace fs = std::filesystem;

/// How long ends are waited for. SIGKILL takes effect at once, but for a process in an uninterruptible wait.
constexpr std::chrono::milliseconds kPatience{1000};
/// Looks at all processes: one that forks while it is looked for is found by the next.
constexpr int kMostLooks = 8;
/// Looks, a millisecond apart, at a process whose environment is empty.
constexpr int kMostExecLooks = 20;

std::string read_file(const fs::path& path) {
    std::string text;
    const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    std::array<char, 4096> part;  // NOLINT: not initialised, as a read fills it.
    while (file) {
        const ssize_t size = ::read(file.get(), part.data(), part.size());
        if (size <= 0) break;
        text.append(part.data(), static_cast<std::size_t>(size));
    }
    return text;
}

std::optional<pid_t> to_pid(std::string_view name) {
    pid_t pid = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), pid);
    if (error != std::errc() || end != name.data() + name.size() || pid <= 0) return {};
    return pid;
}

/// A process that is just running another program has no environment for a moment; one without a program, as the
/// kernel's own, never has one.
std::string read_environment(pid_t pid) {
    const std::string folder = "/proc/" + std::to_string(pid);
    std::string environment = read_file(folder + "/environ");
    for (int look = 0; environment.empty() && look < kMostExecLooks; ++look) {
        char program = 0;
        if (::readlink((folder + "/exe").c_str(), &program, 1) < 0) break;
        ::poll(nullptr, 0, 1);
        environment = read_file(folder + "/environ");
    }
    return environment;
}

/// Whether the process was started with this variable: the environment is a list of texts that each end with a zero.
bool has_variable(pid_t pid, std::string_view variable) {
    if (variable.empty()) return false;
    const std::string environment = read_environment(pid);
    for (std::size_t at = 0; (at = environment.find(variable, at)) != std::string::npos; ++at) {
        const std::size_t behind = at + variable.size();
        const bool begins = at == 0 || environment[at - 1] == '\0';
        if (begins && (behind == environment.size() || environment[behind] == '\0')) return true;
    }
    return false;
}

bool writes_to(pid_t pid, const std::vector<std::string>& outputs) {
    for (const char* descriptor : {"1", "2"}) {
        std::error_code ignored;
        const fs::path target = fs::read_symlink("/proc/" + std::to_string(pid) + "/fd/" + descriptor, ignored);
        if (std::ranges::find(outputs, target.native()) != outputs.end()) return true;
    }
    return false;
}

bool is_marked(pid_t pid, const Marks& marks) {
    return writes_to(pid, marks.outputs) || has_variable(pid, marks.variable);
}

Processes find_marked(const Marks& marks) {
    Processes found;
    std::error_code ignored;
    const fs::directory_iterator all("/proc", ignored);
    for (auto entry = begin(all); entry != end(all); entry.increment(ignored)) {
        const auto pid = to_pid(entry->path().filename().native());
        if (!pid || *pid == ::getpid() || !is_marked(*pid, marks)) continue;
        FileDescriptor process = hold(*pid);
        // The number may have become another process's since the look.
        if (process && is_marked(*pid, marks)) found.push_back(std::move(process));
    }
    return found;
}

/// SIGKILL is its own hindrance: the end of a child brings SIGCHLD, which interrupts the wait for the next.
void await_end(const FileDescriptor& process, std::chrono::steady_clock::time_point limit) {
    using std::chrono::milliseconds;
    if (!process) return;  // poll() passes over a negative number, and would wait all of the time.
    pollfd ended{.fd = process.get(), .events = POLLIN, .revents = 0};
    int found = 0;
    do {
        const auto left = std::chrono::ceil<milliseconds>(limit - std::chrono::steady_clock::now());
        found = ::poll(&ended, 1, static_cast<int>(std::max(left, milliseconds(0)).count()));
    } while (found < 0 && errno == EINTR);
}

}  // namespace

std::vector<pid_t> parse_children(std::string_view text) {
    std::vector<pid_t> children;
    while (!text.empty()) {
        const std::size_t space = std::min(text.find_first_of(" \n"), text.size());
        if (const auto pid = to_pid(text.substr(0, space))) children.push_back(*pid);
        text.remove_prefix(std::min(space + 1, text.size()));
    }
    return children;
}

FileDescriptor hold(pid_t pid) {
    return FileDescriptor(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
}

/// Children belong to the thread that started them.
std::vector<pid_t> find_children(pid_t pid) {
    std::vector<pid_t> children;
    std::error_code ignored;
    const fs::directory_iterator tasks("/proc/" + std::to_string(pid) + "/task", ignored);
    for (auto task = begin(tasks); task != end(tasks); task.increment(ignored)) {
        const std::vector<pid_t> own = parse_children(read_file(task->path() / "children"));
        children.insert(children.end(), own.begin(), own.end());
    }
    return children;
}

Processes find_descendants(pid_t root) {
    Processes found;
    std::vector<pid_t> waiting = find_children(root);
    while (!waiting.empty()) {
        const pid_t pid = waiting.back();
        waiting.pop_back();
        if (FileDescriptor process = hold(pid)) found.push_back(std::move(process));
        const std::vector<pid_t> below = find_children(pid);
        waiting.insert(waiting.end(), below.begin(), below.end());
    }
    return found;
}

void kill_all(const Processes& processes) {
    for (const FileDescriptor& process : processes) {
        ::syscall(SYS_pidfd_send_signal, process.get(), SIGKILL, nullptr, 0);
    }
    const auto limit = std::chrono::steady_clock::now() + kPatience;
    for (const FileDescriptor& process : processes) await_end(process, limit);
}

void kill_marked(const Marks& marks) {
    for (int look = 0; look < kMostLooks; ++look) {
        const Processes found = find_marked(marks);
        if (found.empty()) return;
        kill_all(found);
    }
}

}  // namespace understudy::process
