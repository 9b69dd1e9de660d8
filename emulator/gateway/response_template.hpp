#pragma once

#include "emulator/http/headers.hpp"

#include <string>
#include <utility>
#include <vector>

namespace understudy::gateway {

/// The response template for a request, of those that a MOCK method or a gateway response has by media type; null where
/// it has none. Unverified: that of the first type of Accept, else of application/json, else the first.
/// Tested by: OwnAnswer.MockMethods, GatewayResponses.StatusHeadersAndTemplates
const std::pair<std::string, std::string>* choose_template(
    const std::vector<std::pair<std::string, std::string>>& templates, const http::Headers& request);

}  // namespace understudy::gateway
