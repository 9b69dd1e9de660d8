#pragma once

#include "emulator/app/template.hpp"

#include <string>
#include <vector>

namespace understudy::gateway {

/// What is to be told of each of a template's models and patterns: why it cannot be used and what comes of it, else
/// what in it is not checked, or means what people may not expect, each pattern once; empty where there is nothing. AWS
/// may understand what cannot be compiled here: a pattern that looks ahead, say. Tested by:
/// Expressions.ModelsAndPatternsThatCannotBeUsedAreTold, Expressions.WhatModelsDoNotCheckIsToldOnce
std::vector<std::string> find_faults(const std::vector<app::Expression>& expressions,
                                     const std::vector<app::Api>& apis);

}  // namespace understudy::gateway
