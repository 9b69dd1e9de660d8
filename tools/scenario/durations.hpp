#pragma once

#include "emulator/source/problem.hpp"
#include "tools/scenario/shard.hpp"

#include <string>
#include <string_view>

namespace understudy::scenario {

/// What a file of durations holds: an object of JSON, of each run's identity its milliseconds.
/// Errors: malformed, with the file's name.
source::Result<Durations> parse_durations(std::string_view text, const std::string& file);

/// The same file, a line for each run, sorted.
std::string render_durations(const Durations& durations);

}  // namespace understudy::scenario
