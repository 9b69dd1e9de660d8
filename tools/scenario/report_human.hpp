#pragma once

#include "emulator/source/diagnostic.hpp"
#include "tools/scenario/load.hpp"
#include "tools/scenario/result.hpp"

#include <span>
#include <string>

namespace understudy::scenario {

/// The report for people. Every text ends in a line break.

/// Scenario files that could not be read.
std::string render_load_problems(std::span<const LoadProblem> problems, source::Colour colour);

/// One run: a line with its name, front and time; where it did not pass, everything that helps to see why.
std::string render_run(const RunResult& run, source::Colour colour);

}  // namespace understudy::scenario
