#pragma once

#include "tools/scenario/result.hpp"
#include "tools/scenario/scenario.hpp"

#include <string>
#include <vector>

namespace understudy::scenario {

/// Puts `***` in the place of each secret, in a text.
std::string mask(std::string text, const std::vector<std::string>& secrets);

/// Masks the values of the scenario's secrets wherever they stand in a result, also as base64.
void mask_secrets(const Scenario& scenario, RunResult& result);

}  // namespace understudy::scenario
