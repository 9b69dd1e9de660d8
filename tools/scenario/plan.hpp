#pragma once

#include "emulator/source/problem.hpp"
#include "tools/scenario/front.hpp"
#include "tools/scenario/scenario.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::scenario {

/// A run that is to be made: a scenario over one of its fronts. Lifetime: the scenario outlives it.
struct PlannedRun {
    const Scenario* scenario = nullptr;
    Front front = Front::http;
    std::string title;      ///< `name [front, row=1]`, secrets masked; what `--filter` looks into.
    std::string identity;   ///< The same with the file in place of the name: equal from one command to the next.
    std::size_t group = 0;  ///< Runs of the same application, whatever the front, have the same number.
};

/// Every run of the scenarios, in order.
std::vector<PlannedRun> plan_runs(std::span<const Scenario> scenarios);

/// Which runs are wanted.
struct Choice {
    std::vector<std::string> filters;  ///< Texts or patterns; a run has one of them. None: every run.
    std::vector<std::string> tags;     ///< One of `slow` must be there, none of `!slow` may; as for each.
};

/// The runs that are wanted, in their order. A filter that is no pattern is a text only.
std::vector<PlannedRun> choose_runs(std::vector<PlannedRun> runs, const Choice& choice);

/// Whether a filter's text stands in a title, or RE2 finds its pattern there.
bool meets_filter(std::string_view title, const std::string& filter);

/// Whether a scenario with such tags is wanted.
bool meets_tags(std::span<const std::string> tags, std::span<const std::string> wanted);

/// `--list`: a line for each run: title, file and line, and tags, between tabs.
std::string render_list(std::span<const PlannedRun> runs);

}  // namespace understudy::scenario
