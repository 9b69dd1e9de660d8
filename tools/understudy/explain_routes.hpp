#pragma once

#include "emulator/app/application.hpp"
#include "emulator/gateway/stage.hpp"
#include "emulator/http/message.hpp"
#include "tools/understudy/explain_report.hpp"

#include <string_view>

namespace understudy::cli {

/// Adds where a request goes: stage and path, the route that takes it with what that asks, and those that nearly do.
/// Adds nothing where its target or stage leads nowhere.
/// Tested by: Explain.ARouteThatNearlyFitsSaysWhyItDoesNot
void explain_route(Explanation& explanation, const app::Application& application, const app::Api& api,
                   const gateway::Entrance& entrance, const http::Request& request, std::string_view source_ip);

}  // namespace understudy::cli
