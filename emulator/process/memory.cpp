#include "emulator/process/memory.hpp"

#include "emulator/process/descendants.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <numeric>
#include <string>

namespace understudy::process {

namespace {

/// The number in a line of `NAME:   123 kB`; `name` has the newline before it, and the colon.
std::optional<std::uint64_t> find_kilobytes(std::string_view text, std::string_view name) {
    const std::size_t line = text.find(name);
    if (line == std::string_view::npos) return {};
    const std::size_t number = text.find_first_not_of(" \t", line + name.size());
    if (number == std::string_view::npos) return {};
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data() + number, text.data() + text.size(), value);
    if (error != std::errc()) return {};
    return value;
}

/// The kernel tells the two at different times: the part may be larger by now, and leaves nothing.
std::uint64_t take_away(std::uint64_t whole, std::uint64_t part) {
    return whole - std::min(whole, part);
}

std::string in_process(pid_t pid, std::string_view file) {
    return "/proc/" + std::to_string(pid) + '/' + std::string(file);
}

SharedMemory read_shared(pid_t pid) {
    const FileDescriptor rollup(::open(in_process(pid, "smaps_rollup").c_str(), O_RDONLY | O_CLOEXEC));
    std::array<char, 4096> text;  // NOLINT: not initialised, as a read fills it.
    const ssize_t size = rollup ? ::read(rollup.get(), text.data(), text.size()) : 0;
    if (size <= 0) return {};
    return parse_shared_memory({text.data(), static_cast<std::size_t>(size)});
}

}  // namespace

std::optional<std::uint64_t> parse_peak_memory(std::string_view status) {
    return find_kilobytes(status, "\nVmHWM:");
}

SharedMemory parse_shared_memory(std::string_view rollup) {
    const auto shared = [rollup](std::string_view whole, std::string_view part) {
        const auto resident = find_kilobytes(rollup, whole);
        return take_away(resident.value_or(0), find_kilobytes(rollup, part).value_or(resident.value_or(0)));
    };
    return {.all = shared("\nRss:", "\nPss:"), .anonymous = shared("\nAnonymous:", "\nPss_Anon:")};
}

std::uint64_t own_peak_memory() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::uint64_t>(usage.ru_maxrss);
}

PeakMemory::PeakMemory(pid_t pid) : pid_(pid) {
    status_ = FileDescriptor(::open(in_process(pid, "status").c_str(), O_RDONLY | O_CLOEXEC));
    const std::string children = in_process(pid, "task/" + std::to_string(pid) + "/children");
    children_ = FileDescriptor(::open(children.c_str(), O_RDONLY | O_CLOEXEC));
}

void PeakMemory::add_descendants(std::vector<pid_t>& found) const {
    std::array<char, 4096> text;  // NOLINT: not initialised, as a read fills it.
    const ssize_t size = children_ ? ::pread(children_.get(), text.data(), text.size(), 0) : 0;
    if (size <= 0) return;
    for (const pid_t child : parse_children({text.data(), static_cast<std::size_t>(size)})) {
        found.push_back(child);
        PeakMemory(child).add_descendants(found);
    }
}

/// Files are shared with processes that have nothing to do with this one, too: it counts its own of them whole.
std::uint64_t PeakMemory::read_family(std::uint64_t own, const std::vector<pid_t>& descendants) {
    std::vector<std::uint64_t> peaks;
    for (const pid_t pid : descendants) peaks.push_back(PeakMemory(pid).read_own().value_or(0));
    const std::uint64_t sum = std::accumulate(peaks.begin(), peaks.end(), own);
    if (sum <= largest_sum_) return 0;
    largest_sum_ = sum;
    std::uint64_t family = take_away(own, read_shared(pid_).anonymous);
    for (std::size_t i = 0; i < peaks.size(); ++i) family += take_away(peaks[i], read_shared(descendants[i]).all);
    return family;
}

std::optional<std::uint64_t> PeakMemory::read_own() const {
    std::array<char, 4096> text;  // NOLINT: not initialised, as a read fills it.
    const ssize_t size = status_ ? ::pread(status_.get(), text.data(), text.size(), 0) : 0;
    if (size <= 0) return {};
    return parse_peak_memory({text.data(), static_cast<std::size_t>(size)});
}

std::uint64_t PeakMemory::read_kilobytes() {
    const auto own = read_own();
    if (!own) return largest_;
    largest_ = std::max(largest_, *own);
    std::vector<pid_t> descendants;
    add_descendants(descendants);
    if (!descendants.empty()) largest_ = std::max(largest_, read_family(*own, descendants));
    return largest_;
}

void PeakMemory::look_at_start(std::uint64_t ours) {
    const auto peak = read_own();
    if (peak && *peak + kPeakInaccuracy < ours) largest_ = std::max(largest_, *peak);
}

}  // namespace understudy::process
