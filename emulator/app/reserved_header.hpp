#pragma once

#include <string_view>

namespace understudy::app {

/// Whether API Gateway keeps a header to itself: no parameter mapping of an HTTP API may change it. Upper and lower
/// case are one.
///
/// Rule: [API Gateway developer guide, http-api-parameter-mapping]. Tested by: ReservedHeader.IsKeptInUpperAndLowerCase
bool is_reserved_header(std::string_view name);

}  // namespace understudy::app
