#pragma once

#include "emulator/app/application.hpp"

#include <string>
#include <vector>

namespace understudy::gateway {

/// The stages of an API with routes that ask for an API key, where no key opens them: nobody may call these routes.
/// Tested by: Application.AStageThatNoKeyOpensIsToldAtTheStart
std::vector<std::string> find_closed_stages(const app::Application& application, const app::Api& api);

}  // namespace understudy::gateway
