#pragma once

#include "emulator/source/problem.hpp"

#include <filesystem>
#include <string_view>

namespace understudy::process {

/// Finds the file that a command's first word names, as a shell would.
///
/// A name with a slash is taken from `directory`; any other is looked for in the folders of `search_path`, whose
/// entries are separated by colons (an empty or relative entry counts from `directory`). The first runnable file wins.
/// A file that is there and may not be run is returned where nothing better is found, so that running it says why.
/// Errors: `not_found` with `Couldn't find valid bootstrap(s): [PATH PATH…]`, AWS's words, naming every path that was
/// tried.
source::Result<std::filesystem::path> find_program(std::string_view name, std::string_view search_path,
                                                   const std::filesystem::path& directory);

}  // namespace understudy::process
