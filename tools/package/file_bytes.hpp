#pragma once

#include "emulator/source/problem.hpp"

#include <cstddef>
#include <filesystem>
#include <limits>
#include <string>
#include <string_view>

namespace understudy::package {

/// All bytes of a file, or the first ones. Errors: not_found, unreadable.
source::Result<std::string> read_file_bytes(const std::filesystem::path& path,
                                            std::size_t most = std::numeric_limits<std::size_t>::max());

/// Whether anybody may execute it.
bool is_executable(const std::filesystem::path& path);

/// Writes a file in one go: it is there whole, or as it was. Errors: unreadable with the system's reason.
source::Result<void> write_file_bytes(const std::filesystem::path& path, std::string_view bytes);

}  // namespace understudy::package
