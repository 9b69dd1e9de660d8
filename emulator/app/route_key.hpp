#pragma once

#include "emulator/app/api.hpp"

#include <string>

namespace understudy::app {

/// A route as reports show it and throttles name it: `GET /users/{id}`, `$default`.
/// Tested by: RouteKey.HasTheMethodWhereTheRouteHasOne
std::string route_key(const Route& route);

}  // namespace understudy::app
