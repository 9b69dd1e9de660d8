#pragma once

#include "tools/scenario/descriptors.hpp"

#include <map>
#include <memory>
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
    std::map<std::string, std::string> parameters = {};        ///< Values of the template's.
    std::string folder = {};                                   ///< Where it will lie, absolute; empty: not known.
};

}  // namespace understudy::replay
