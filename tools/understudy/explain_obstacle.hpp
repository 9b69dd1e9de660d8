#pragma once

#include "emulator/app/application.hpp"
#include "emulator/event/finding.hpp"
#include "emulator/gateway/function_reply.hpp"

#include <optional>
#include <string>

namespace understudy::cli {

/// What keeps an invocation from its function, whatever that would answer.
struct Obstacle {
    gateway::FunctionReply::Kind reply = gateway::FunctionReply::Kind::no_function;  ///< What its caller meets.
    event::Finding finding;
};

/// None where the invocation gets through: to a function that is there, in a version that it has, and that may run.
/// Tested by: Explain.WhatLeadsToNoFunctionIsAnsweredAsServeDoes
std::optional<Obstacle> find_obstacle(const app::Application& application, const std::string& function,
                                      const std::string& qualifier);

}  // namespace understudy::cli
