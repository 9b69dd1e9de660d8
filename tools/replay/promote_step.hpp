#pragma once

#include "emulator/record/exchange.hpp"
#include "tools/replay/promote_rules.hpp"

#include <string>
#include <vector>

namespace understudy::replay {

/// A step of a scenario, at the indent of a list's item.
std::string to_step(const record::Exchange& exchange, const PromoteRules& rules);

/// The front door that a scenario of this exchange has; empty for one of an event alone. `api`: as it was recorded;
/// null where it was not.
std::string choose_front(const record::Exchange& exchange, const record::Api* api, const PromoteRules& rules);

/// The media types of its bodies that are no text: at least these are binary.
std::vector<std::string> guess_binary_types(const record::Exchange& exchange);

}  // namespace understudy::replay
