#pragma once

#include "tools/scenario/result.hpp"
#include "tools/scenario/scenario.hpp"

namespace understudy::scenario {

/// Compares what was seen of the function, its events and log in `result`, and the time taken, with what the step
/// expects: adds to `differences`.
void judge_observed(const Step& step, StepResult& result);

}  // namespace understudy::scenario
