#include "emulator/lambda/peak_memory.hpp"

#include <algorithm>

namespace understudy::lambda {

std::int64_t to_peak_kilobytes(std::uint64_t seen, std::uint64_t bound, int memory_megabytes) {
    if (seen > 0) return static_cast<std::int64_t>(seen);
    return std::min(static_cast<std::int64_t>(bound), std::int64_t{1024} * memory_megabytes);
}

}  // namespace understudy::lambda
