#pragma once

#include "emulator/emulator.hpp"
#include "emulator/running_environment.hpp"

#include <string>

namespace understudy {

/// How the environments of a function's version are started. `lambda_endpoint` is where our Lambda API answers.
/// Lifetime: refers to the settings' application.
EnvironmentPlan make_plan(const Settings& settings, const app::Function& function, const std::string& version,
                          const std::string& lambda_endpoint);

}  // namespace understudy
