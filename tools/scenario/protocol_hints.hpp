#pragma once

#include "tools/scenario/result.hpp"
#include "tools/scenario/scenario.hpp"

#include <string>
#include <vector>

namespace understudy::scenario {

/// What probably happened to a reply that is none of the step's protocol, or lacks what that protocol has no place for.
/// Preconditions: the step calls a method, and `result` has its differences.
std::vector<std::string> to_protocol_hints(const Step& step, const StepResult& result);

}  // namespace understudy::scenario
