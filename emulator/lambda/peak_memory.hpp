#pragma once

#include <cstdint>

namespace understudy::lambda {

/// What the REPORT line of a process that has ended says of its memory, in kB: the most that was `seen` of it. Of one
/// that had ended before anybody looked at it (0) the system tells only that it was no larger than `bound`, the larger
/// of it and us; as far as we are larger than the function may be, that says nothing of it.
std::int64_t to_peak_kilobytes(std::uint64_t seen, std::uint64_t bound, int memory_megabytes);

}  // namespace understudy::lambda
