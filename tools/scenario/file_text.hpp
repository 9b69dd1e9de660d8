#pragma once

#include "emulator/source/problem.hpp"

#include <string>

namespace understudy::scenario {

/// All bytes of a file. Errors: not_found; unreadable for folders too, with the system's reason.
source::Result<std::string> read_file(const std::string& path);

}  // namespace understudy::scenario
