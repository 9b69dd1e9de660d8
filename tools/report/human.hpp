#pragma once

#include "emulator/source/diagnostic.hpp"
#include "tools/report/summary.hpp"
#include "tools/scenario/load_problem.hpp"
#include "tools/scenario/result.hpp"

#include <span>
#include <string>

namespace understudy::report {

/// The report for people. Every text ends in a line break, and none holds what could move a terminal's cursor.

/// Scenario files that could not be read.
std::string render_load_problems(std::span<const scenario::LoadProblem> problems, source::Colour colour);

/// One run: a line with its name, front and time; where it did not pass, everything that helps to see why.
std::string render_run(const scenario::RunResult& run, source::Colour colour);

/// Why a run's application did not start, all of it; empty where it did.
std::string render_problems(const scenario::RunResult& run, source::Colour colour);

/// What did not go well in a run, without its first line: its problem, and the steps that did not pass. Empty where
/// nothing is to be told.
std::string render_failure(const scenario::RunResult& run, source::Colour colour);

}  // namespace understudy::report
