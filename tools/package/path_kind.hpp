#pragma once

#include "emulator/source/problem.hpp"

#include <cstdint>
#include <filesystem>

namespace understudy::package {

/// What a package is made of.
enum class PathKind : std::uint8_t { file, folder };

/// What a path names, links followed. Errors: not_found; invalid for links in a circle, and for pipes, devices and
/// sockets, which would be waited for; unreadable with the system's reason.
/// Tested by: PathKind.*
source::Result<PathKind> find_path_kind(const std::filesystem::path& path);

/// That a path names something else.
source::Problem refuse_kind(const std::filesystem::path& path);

/// The same of what lies in a folder that is to be packed, or is one.
source::Problem refuse_kind_in_folder(const std::filesystem::path& path);

/// That a link leads back to itself, at once or by way of others.
source::Problem refuse_circle(const std::filesystem::path& link);

}  // namespace understudy::package
