#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace understudy::app {

/// What AWS says to a variable of this name when a function is made with it; nullopt where it takes the name.
///
/// Rule: names fit `[a-zA-Z]([a-zA-Z0-9_])+`, and the reserved ones cannot be set
/// (docs.aws.amazon.com/lambda/latest/dg, configuration-envvars; API_Environment). Tested by:
/// Variables.NamesThatAwsRefusesAreToldWithTheReason
std::optional<std::string> find_name_fault(std::string_view name);

}  // namespace understudy::app
