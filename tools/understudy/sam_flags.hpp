#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace understudy::cli {

/// What stands here for the first flag of `sam local` among a command line's words that `understudy serve` has not:
/// `-n of SAM CLI is --env-vars here`. Empty where there is none.
std::string name_counterpart(const std::vector<std::string>& words);

/// What stands here for a parameter of SAM CLI's configuration file that `understudy serve` does not take from there:
/// `has no counterpart: …` for `warm_containers`. Empty where there is no such parameter.
std::string_view counterpart_of_key(std::string_view key);

}  // namespace understudy::cli
