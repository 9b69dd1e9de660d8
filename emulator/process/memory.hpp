#pragma once

#include "emulator/process/file_descriptor.hpp"

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string_view>

namespace understudy::process {

/// The value of `VmHWM` in the text of `/proc/PID/status`; none in that of a process without memory (a dead one).
std::optional<std::uint64_t> parse_peak_memory(std::string_view status);

/// The largest resident set that a process ever had, read with one system call on a kept descriptor.
/// The kernel writes all of the status for it, which takes some microseconds: to be asked where the number is shown.
class PeakMemory {
  public:
    PeakMemory() = default;
    /// Preconditions: the process has not been reaped.
    explicit PeakMemory(pid_t pid);

    /// In kB; the last known value when the process has ended, 0 where the system never told.
    std::uint64_t read_kilobytes();

  private:
    FileDescriptor status_;
    std::uint64_t largest_ = 0;
};

}  // namespace understudy::process
