#pragma once

#include <cstddef>

namespace understudy::bench {

/// How often this program has allocated memory by `new`.
std::size_t allocations();

}  // namespace understudy::bench
