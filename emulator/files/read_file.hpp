#pragma once

#include "emulator/source/problem.hpp"

#include <cstddef>
#include <limits>
#include <string>

namespace understudy::files {

/// All bytes of a file, or its first ones. Errors: not_found; unreadable, also for a folder, with the system's reason.
source::Result<std::string> read_file(const std::string& path,
                                      std::size_t most = std::numeric_limits<std::size_t>::max());

}  // namespace understudy::files
