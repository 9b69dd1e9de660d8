#pragma once

#include "emulator/source/problem.hpp"
#include "tools/init/project.hpp"

#include <filesystem>
#include <vector>

namespace understudy::init {

/// Writes the files below `folder`, which is made where it is not there. Nothing is written where one of them would lie
/// over another, and nothing stays where one of them cannot be written.
/// Errors: invalid for a file that is there; unreadable with the system's reason.
source::Result<void> write_project(const std::filesystem::path& folder, const std::vector<ProjectFile>& files);

}  // namespace understudy::init
