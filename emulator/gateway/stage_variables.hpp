#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace understudy::gateway {

/// A text with its `${stageVariables.x}` filled in; one that the stage does not have becomes empty.
/// Tested by: FrontDoorRoutes.TheStageMayChooseTheFunction, AccessControl.TheStageMayChooseTheAuthorizersFunction
std::string fill_in_stage_variables(std::string_view text,
                                    std::span<const std::pair<std::string, std::string>> variables);

}  // namespace understudy::gateway
