#pragma once

#include "tools/understudy/command_spec.hpp"

#include <span>
#include <string>
#include <string_view>

namespace understudy::cli {

/// A script that lets a shell complete commands, their options with what they are for, the choices of those that have
/// some, and files elsewhere; behind `--` it completes files.
/// Preconditions: `shell` is `bash`, `zsh` or `fish`.
std::string render_completion(std::string_view shell, std::span<const CommandSpec> commands);

}  // namespace understudy::cli
