#pragma once

#include "tools/report/summary.hpp"
#include "tools/scenario/load_problem.hpp"
#include "tools/scenario/result.hpp"

#include <span>
#include <string>
#include <string_view>

namespace understudy::report {

/// A page that needs nothing but itself: no script, no font, nothing of the network, and its own policy forbids them.
/// Each run with its steps, each step as it went: what was sent, the event that the function received, its log, what
/// came back, what differs. It is filtered by verdict, follows the reader's light or dark mode, and fits a phone.
std::string render_html(std::span<const scenario::RunResult> runs, const Summary& summary);
/// The same where scenario files could not be read.
std::string render_html(std::span<const scenario::LoadProblem> problems);

}  // namespace understudy::report
