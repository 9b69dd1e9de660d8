#pragma once

#include "emulator/process/file_descriptor.hpp"

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace understudy::process {

/// The value of `VmHWM` in the text of `/proc/PID/status`; none in that of a process without memory (a dead one).
std::optional<std::uint64_t> parse_peak_memory(std::string_view status);

/// What a process shares with others, so that it counts once over all of them, in kB.
struct SharedMemory {
    std::uint64_t all = 0;
    std::uint64_t anonymous = 0;  ///< With those that it was forked from, and that were forked from it, alone.
    friend bool operator==(const SharedMemory&, const SharedMemory&) = default;
};
/// From the text of `/proc/PID/smaps_rollup`: what is resident less this process's part of it. 0 for what is not told.
SharedMemory parse_shared_memory(std::string_view rollup);

/// The largest resident set of this process so far, in kB.
std::uint64_t own_peak_memory();
/// What the kernel may be wrong by where it says how large a process was, in kB.
inline constexpr std::uint64_t kPeakInaccuracy = 1024;

/// The largest resident set that a process ever had, and those of what it has started and still runs, less what these
/// share with each other when it is asked for.
///
/// Two system calls on kept descriptors where nothing was started by the process's first thread; children of its other
/// threads are not looked for, since that would take some calls each for every thread. What is shared takes the kernel
/// up to milliseconds to tell, and is asked for only where the sum is larger than ever. Where the kernel keeps no lists
/// of children it is the process alone.
/// The kernel writes all of the status for it, which takes some microseconds: to be asked where the number is shown.
class PeakMemory {
  public:
    PeakMemory() = default;
    /// Preconditions: the process has not been reaped.
    explicit PeakMemory(pid_t pid);

    /// In kB; the last known value when the process has ended, 0 where the system never told.
    std::uint64_t read_kilobytes();
    /// Takes note of the process right after its start, for `read_kilobytes` to tell once it has ended. It may still be
    /// in our memory then, on its way to its program: a value as large as `ours` (`own_peak_memory`) says nothing.
    void look_at_start(std::uint64_t ours);

  private:
    std::optional<std::uint64_t> read_own() const;
    void add_descendants(std::vector<pid_t>& found) const;
    std::uint64_t read_family(std::uint64_t own, const std::vector<pid_t>& descendants);

    pid_t pid_ = -1;
    FileDescriptor status_;
    FileDescriptor children_;  ///< Of the first thread.
    std::uint64_t largest_ = 0;
    std::uint64_t largest_sum_ = 0;  ///< With what is shared counted for each.
};

}  // namespace understudy::process
