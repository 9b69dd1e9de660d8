#pragma once

#include "tools/understudy/command_spec.hpp"

#include <span>
#include <string>

namespace understudy::cli {

/// A bash script that completes commands and their options, and files elsewhere.
std::string render_bash_completion(std::span<const CommandSpec> commands);

}  // namespace understudy::cli
