#pragma once

#include <string>
#include <utility>
#include <vector>

namespace understudy::cli {

/// The commands and the options of each, with their dashes.
using CommandOptions = std::vector<std::pair<std::string, std::vector<std::string>>>;

/// A bash script that completes commands and their options, and files elsewhere.
std::string render_bash_completion(const CommandOptions& commands);

}  // namespace understudy::cli
