#pragma once

#include "emulator/source/problem.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace understudy::files {

/// All bytes of a file, or its first ones. Errors: not_found; unreadable, also for a folder, with the system's reason;
/// too_large for all of a device without an end, as /dev/zero.
source::Result<std::string> read_file(const std::string& path, std::optional<std::size_t> most = {});

}  // namespace understudy::files
