#pragma once

#include "tools/replay/exchange_feed.hpp"
#include "tools/scenario/descriptors.hpp"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace understudy::replay {

/// How exchanges become a scenario.
struct PromoteRules {
    scenario::SchemaFiles schema;                              ///< As the scenario names it.
    std::shared_ptr<const scenario::Descriptors> descriptors;  ///< Null: no body is known to be a message.
    std::vector<std::string> command;                          ///< Empty: a placeholder.
    std::string front;                                         ///< Empty: the recorded one.
};

/// The text of a scenario file that sends what was recorded and expects what came back: a step for each exchange.
/// Messages of the schema are written as YAML; other bodies as JSON, text or hex; events alone are invocations.
/// Precondition: there is an exchange.
std::string to_scenario(std::span<const std::shared_ptr<const Selected>> exchanges, const PromoteRules& rules);

}  // namespace understudy::replay
