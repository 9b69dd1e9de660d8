#pragma once

#include "tools/report/summary.hpp"
#include "tools/scenario/load_problem.hpp"
#include "tools/scenario/result.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace understudy::report {

/// TAP 14 (testanything.org): the version line; a test point for each run with its diagnostics as YAML, numbered from
/// 1; the plan at the end. A run that fails as expected is `not ok … # TODO reason`, which counts as passed.
inline constexpr std::string_view kTapHead = "TAP version 14\n";
std::string render_tap_point(const scenario::RunResult& run, std::size_t number);
std::string render_tap_end(const Summary& summary);

/// The same where scenario files could not be read: `Bail out!` behind what each problem says.
std::string render_tap_bail_out(std::span<const scenario::LoadProblem> problems);

}  // namespace understudy::report
