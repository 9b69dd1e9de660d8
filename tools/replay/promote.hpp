#pragma once

#include "tools/replay/promote_group.hpp"
#include "tools/replay/promote_rules.hpp"

#include <string>

namespace understudy::replay {

/// The text of a scenario file that sends what was recorded and expects what came back: a step for each exchange.
/// Messages of the schema are written as YAML; other bodies as JSON, text or hex; events alone are invocations.
/// Precondition: there is an exchange, and no other group.
std::string to_scenario(const PromoteGroup& group, const PromoteRules& rules);

}  // namespace understudy::replay
