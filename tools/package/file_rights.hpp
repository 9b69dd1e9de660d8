#pragma once

#include <filesystem>

namespace understudy::package {

/// Whether anybody may execute a file.
bool is_executable(const std::filesystem::path& path);

}  // namespace understudy::package
