#pragma once

#include "emulator/source/problem.hpp"
#include "tools/scenario/parts.hpp"
#include "tools/scenario/scenario.hpp"

#include <span>
#include <vector>

namespace understudy::scenario {

/// Adds problems for what `expect_failure` says that no run has: names that are none of the matrix, and values that
/// their lists do not hold. Fronts are left to who knows the application's.
void check_expected_failures(const Part& own, std::span<const Variant> variants,
                             std::vector<source::Problem>& problems);

/// Keeps the expected failures that a run meets, but for its front. Problems: one without a reason, and fronts that the
/// application has not.
void read_expected_failures(source::Node list, const Variant& variant, Scenario& scenario,
                            std::vector<source::Problem>& problems);

}  // namespace understudy::scenario
