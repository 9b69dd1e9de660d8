#pragma once

#include "emulator/source/problem.hpp"
#include "tools/package/package_files.hpp"

#include <filesystem>

namespace understudy::package {

/// Reads what is to be deployed: a zip file, a folder (its content lies below /var/task), or a program, which counts as
/// `bootstrap` whatever its name. A zip file is untrusted, see `check_entries`.
/// Errors: not_found, unreadable; invalid for what is neither file nor folder, see `find_path_kind`; malformed for a
/// damaged zip; those of `check_entries`.
source::Result<Package> read_package(const std::filesystem::path& path);

}  // namespace understudy::package
