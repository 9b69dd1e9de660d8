#pragma once

#include "emulator/app/api.hpp"

#include <cstddef>
#include <string>

namespace understudy::cli {

/// What a route answers to, as people read it: `GET /users`, `$connect`; of a load balancer the conditions,
/// `path /a/* or /b, method GET`. `method_width`: how wide the method is written, in columns.
/// Tested by: Banner.AnApplicationsRoutesAreATable, ApplicationChanges.RoutesAreCountedAndTheFirstNamed
std::string render_route_key(const app::Api& api, const app::Route& route, std::size_t method_width = 0);

}  // namespace understudy::cli
