#include "emulator/process/memory.hpp"

#include "emulator/process/descendants.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace understudy::process {

std::optional<std::uint64_t> parse_peak_memory(std::string_view status) {
    constexpr std::string_view kName = "\nVmHWM:";
    const std::size_t name = status.find(kName);
    if (name == std::string_view::npos) return {};
    const std::size_t number = status.find_first_not_of(" \t", name + kName.size());
    if (number == std::string_view::npos) return {};
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(status.data() + number, status.data() + status.size(), value);
    if (error != std::errc()) return {};
    return value;
}

std::uint64_t own_peak_memory() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::uint64_t>(usage.ru_maxrss);
}

PeakMemory::PeakMemory(pid_t pid) {
    const std::string process = "/proc/" + std::to_string(pid);
    status_ = FileDescriptor(::open((process + "/status").c_str(), O_RDONLY | O_CLOEXEC));
    const std::string children = process + "/task/" + std::to_string(pid) + "/children";
    children_ = FileDescriptor(::open(children.c_str(), O_RDONLY | O_CLOEXEC));
}

std::uint64_t PeakMemory::read_descendants() {
    std::array<char, 4096> text;  // NOLINT: not initialised, as a read fills it.
    const ssize_t size = children_ ? ::pread(children_.get(), text.data(), text.size(), 0) : 0;
    if (size <= 0) return 0;
    std::uint64_t sum = 0;
    for (const pid_t child : parse_children({text.data(), static_cast<std::size_t>(size)})) {
        sum += PeakMemory(child).read_kilobytes();
    }
    return sum;
}

std::optional<std::uint64_t> PeakMemory::read_own() const {
    std::array<char, 4096> text;  // NOLINT: not initialised, as a read fills it.
    const ssize_t size = status_ ? ::pread(status_.get(), text.data(), text.size(), 0) : 0;
    if (size <= 0) return {};
    return parse_peak_memory({text.data(), static_cast<std::size_t>(size)});
}

std::uint64_t PeakMemory::read_kilobytes() {
    if (const auto peak = read_own()) largest_ = std::max(largest_, *peak + read_descendants());
    return largest_;
}

void PeakMemory::look_at_start(std::uint64_t ours) {
    const auto peak = read_own();
    if (peak && *peak + kPeakInaccuracy < ours) largest_ = std::max(largest_, *peak);
}

}  // namespace understudy::process
