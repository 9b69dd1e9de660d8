#pragma once

#include "emulator/record/exchange.hpp"
#include "tools/replay/promote_rules.hpp"

#include <string>

namespace understudy::replay {

/// A step that gives a function its event, past every front door.
std::string to_invoke_step(const record::Invocation& invocation, const PromoteRules& rules);

/// A step for a call of the Lambda API that it answered by itself, or throttled: that answer is expected again. Empty
/// for any other exchange, and where no step can make such a call.
std::string to_refused_invoke_step(const record::Exchange& exchange, const PromoteRules& rules);

}  // namespace understudy::replay
