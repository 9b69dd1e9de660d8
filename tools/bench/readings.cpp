#include "tools/bench/readings.hpp"

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace understudy::bench {
namespace {

std::optional<std::uint64_t> parse_number(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t\n");
    if (begin == std::string_view::npos) return std::nullopt;
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data() + begin, text.data() + text.size(), number);
    if (error != std::errc()) return std::nullopt;
    return number;
}

std::string to_proc(pid_t pid, std::string_view file) {
    return "/proc/" + std::to_string(pid) + '/' + std::string(file);
}

}  // namespace

std::optional<std::uint64_t> parse_status_line(std::string_view status, std::string_view name) {
    const std::string start = '\n' + std::string(name) + ':';
    const std::size_t line = status.find(start);
    if (line == std::string_view::npos) return std::nullopt;
    return parse_number(status.substr(line + start.size()));
}

MachineTime parse_machine_time(std::string_view stat) {
    // cpu user nice system idle iowait irq softirq steal guest guest_nice; the last two are in user and nice already.
    constexpr int kIdle = 3, kWait = 4, kSteal = 7;
    std::istringstream words(std::string(stat.substr(0, stat.find('\n'))));
    std::string label;
    words >> label;
    MachineTime time;
    std::uint64_t ticks = 0;
    for (int i = 0; i <= kSteal && words >> ticks; ++i) {
        time.total += ticks;
        if (i == kIdle || i == kWait) time.idle += ticks;
        if (i == kSteal) time.steal = ticks;
    }
    return time;
}

double steal_between(const MachineTime& before, const MachineTime& after) {
    if (after.total <= before.total) return 0;
    return static_cast<double>(after.steal - before.steal) / static_cast<double>(after.total - before.total);
}

double busy_between(const MachineTime& before, const MachineTime& after) {
    if (after.total <= before.total) return 0;
    return 1 - static_cast<double>(after.idle - before.idle) / static_cast<double>(after.total - before.total);
}

std::optional<std::uint64_t> parse_call_count(std::string_view summary) {
    std::istringstream lines{std::string(summary)};
    for (std::string line; std::getline(lines, line);) {
        if (line.ends_with(" total")) return parse_number(line);
    }
    return std::nullopt;
}

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

MachineTime read_machine_time() {
    return parse_machine_time(read_file("/proc/stat"));
}

std::uint64_t read_status_kilobytes(pid_t pid, std::string_view name) {
    return parse_status_line(read_file(to_proc(pid, "status")), name).value_or(0);
}

std::uint64_t read_cpu_time(pid_t pid) {
    return parse_number(read_file(to_proc(pid, "schedstat"))).value_or(0);
}

std::vector<pid_t> find_children(pid_t parent) {
    std::vector<pid_t> children;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator("/proc", ignored)) {
        const auto pid = parse_number(entry.path().filename().string());
        if (!pid) continue;
        const auto own = static_cast<pid_t>(*pid);
        if (parse_status_line(read_file(to_proc(own, "status")), "PPid") == static_cast<std::uint64_t>(parent)) {
            children.push_back(own);
        }
    }
    return children;
}

}  // namespace understudy::bench
