#pragma once

#include "tools/replay/exchange_feed.hpp"
#include "tools/replay/promote_rules.hpp"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace understudy::replay {

/// Exchanges that one scenario can send: it has one front door, and one function unless a template has several.
using PromoteGroup = std::vector<std::shared_ptr<const Selected>>;

/// Sorts exchanges by who was asked, in the order in which they came. What came through no front door is with the first
/// of its function.
/// Tested by: Promote.ExchangesOfSeveralFrontsAreAScenarioEach
std::vector<PromoteGroup> to_groups(std::span<const std::shared_ptr<const Selected>> exchanges,
                                    const PromoteRules& rules);

/// Who a group asks, in words: `API Orders (rest), function orders`, `front door http`.
std::string to_group_text(const PromoteGroup& group, const PromoteRules& rules);
/// A name for the file of a group's scenario, without its ending: of letters, digits, `-`, `_` and `.`.
std::string to_group_name(const PromoteGroup& group, const PromoteRules& rules);

}  // namespace understudy::replay
