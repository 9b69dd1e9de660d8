#pragma once

#include "tools/match/value.hpp"
#include "tools/replay/compare.hpp"
#include "tools/replay/rules.hpp"

#include <cstdint>

namespace understudy::replay {

/// What is compared: `reply.status` is a place of replies alone.
enum class Edge : std::uint8_t { response, reply };

/// What two values differ in, but for what the rules leave out, redacted values, and what stands in place of the
/// recorded.
Compared compare_values(const match::Value& recorded, const match::Value& actual, const ReplayRules& rules, Edge edge);

}  // namespace understudy::replay
