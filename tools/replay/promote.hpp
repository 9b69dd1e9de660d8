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
    std::string template_file;                                 ///< In place of a command and a front.
};

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

/// The text of a scenario file that sends what was recorded and expects what came back: a step for each exchange.
/// Messages of the schema are written as YAML; other bodies as JSON, text or hex; events alone are invocations.
/// Precondition: there is an exchange, and no other group.
std::string to_scenario(const PromoteGroup& group, const PromoteRules& rules);

}  // namespace understudy::replay
