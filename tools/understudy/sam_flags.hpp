#pragma once

#include <string>
#include <vector>

namespace understudy::cli {

/// What stands here for the first flag of `sam local` among a command line's words that `understudy serve` has not:
/// `-n of SAM CLI is --env-vars here`. Empty where there is none.
std::string name_counterpart(const std::vector<std::string>& words);

}  // namespace understudy::cli
