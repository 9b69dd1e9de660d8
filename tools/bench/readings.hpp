#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::bench {

inline constexpr double kKilobytesPerMegabyte = 1024;

/// The value of a line such as `VmRSS:  1234 kB` in the text of `/proc/PID/status`, in kB.
std::optional<std::uint64_t> parse_status_line(std::string_view status, std::string_view name);

/// Processor time of the whole machine, in ticks.
struct MachineTime {
    std::uint64_t total = 0;
    std::uint64_t idle = 0;
    std::uint64_t steal = 0;
};
/// The first line of `/proc/stat`.
MachineTime parse_machine_time(std::string_view stat);
/// The hypervisor's share of the time between two readings; 0 where no time has passed.
double steal_between(const MachineTime& before, const MachineTime& after);
/// The share that any process used.
double busy_between(const MachineTime& before, const MachineTime& after);

/// All calls in the summary that `strace -c -U calls,name` writes.
std::optional<std::uint64_t> parse_call_count(std::string_view summary);

// What the system says now; 0 or nothing where it does not.

std::string read_file(const std::string& path);
MachineTime read_machine_time();
std::uint64_t read_status_kilobytes(pid_t pid, std::string_view name);
/// Nanoseconds on a processor since the process's main thread began.
std::uint64_t read_cpu_time(pid_t pid);
std::vector<pid_t> find_children(pid_t parent);

}  // namespace understudy::bench
