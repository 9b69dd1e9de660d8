#pragma once

#include "tools/replay/exchange_feed.hpp"
#include "tools/replay/promote_rules.hpp"

#include <string>

namespace understudy::replay {

/// Why no scenario of this exchange could pass, in words that follow its id: `was refused before its request was
/// whole`; empty where one can. What is not there can be neither sent nor expected. What a front door answered by
/// itself needs that door: a command has no routes, no authorizers and no stage. Tested by:
/// PromoteObstacle.WhatNoScenarioCouldPassIsLeftOut, PromoteObstacle.WhatIsMissingInPartIsLeftOut
std::string find_promote_obstacle(const Selected& selected, const PromoteRules& rules);

}  // namespace understudy::replay
