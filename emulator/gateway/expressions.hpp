#pragma once

#include "emulator/app/template.hpp"

#include <string>
#include <vector>

namespace understudy::gateway {

/// Why each of a template's models and patterns cannot be used, and what comes of it; empty for those that can.
/// AWS may understand what cannot be compiled here: a pattern that looks ahead, say.
/// Tested by: Expressions.ModelsAndPatternsThatCannotBeUsedAreTold
std::vector<std::string> find_faults(const std::vector<app::Expression>& expressions,
                                     const std::vector<app::Api>& apis);

}  // namespace understudy::gateway
