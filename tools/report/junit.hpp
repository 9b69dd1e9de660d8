#pragma once

#include "tools/report/summary.hpp"
#include "tools/scenario/load_problem.hpp"
#include "tools/scenario/result.hpp"

#include <span>
#include <string>
#include <string_view>

namespace understudy::report {

/// JUnit's XML as CI servers read it; the form is written down in tests/data/junit.xsd. A file is a test suite, a run
/// of it a test case: `failure` where it was not as expected, `error` where it could not run, `skipped` where it failed
/// as expected; an attempt before the one that passed is surefire's `flakyFailure`, one before another that failed is
/// `rerunFailure`. What XML cannot hold stands there as `\x1b`.
std::string render_junit(std::span<const scenario::RunResult> runs, const Summary& summary);

/// The same where scenario files could not be read and nothing was run: an `error` for each problem.
std::string render_junit(std::span<const scenario::LoadProblem> problems);

/// Text as it may stand between tags, and in an attribute between double quotes.
std::string to_xml(std::string_view text);
std::string to_xml_attribute(std::string_view text);

}  // namespace understudy::report
