#pragma once

#include "emulator/emulator.hpp"
#include "emulator/lambda/variables.hpp"
#include "emulator/running_environment.hpp"

#include <string>

namespace understudy {

/// What functions find among their variables: the dummy ones or our own.
lambda::Credentials choose_credentials(Credentials choice);

/// How the environments of a function's version are started. `endpoints` are ours: the gateway's may come later.
/// Lifetime: refers to the settings' application, and to the endpoints.
EnvironmentPlan make_plan(const Settings& settings, const app::Function& function, const std::string& version,
                          const Endpoints& endpoints);

}  // namespace understudy
