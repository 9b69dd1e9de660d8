#pragma once

#include "tools/report/summary.hpp"
#include "tools/scenario/load_problem.hpp"
#include "tools/scenario/result.hpp"

#include <functional>
#include <span>
#include <string>

namespace understudy::report {

/// What a file is called from the root of the repository, for links.
using NameFile = std::function<std::string(const std::string& file)>;

/// Workflow commands of GitHub Actions: an `error` for each step that did not pass, a `warning` for a flaky run, at the
/// line that expected otherwise. One command a line, escaped as @actions/core does.
std::string render_annotations(const scenario::RunResult& run, const NameFile& name_file);
std::string render_annotations(std::span<const scenario::LoadProblem> problems, const NameFile& name_file);

/// Markdown for `GITHUB_STEP_SUMMARY`: the counts, and what differs in each run that did not pass. At most
/// `kLongestSummary` bytes: a page that is longer is refused as a whole.
inline constexpr std::size_t kLongestSummary = 1'000'000;
std::string render_markdown(std::span<const scenario::RunResult> runs, const Summary& summary);
std::string render_markdown(std::span<const scenario::LoadProblem> problems);

}  // namespace understudy::report
