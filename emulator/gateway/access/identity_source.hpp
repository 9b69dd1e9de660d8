#pragma once

#include "emulator/event/facts.hpp"
#include "emulator/event/place.hpp"
#include "emulator/http/message.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::access {

/// Where identity sources look.
struct Caller {
    const http::Request& request;
    const event::Place& place;
    const event::Facts& facts;
};

/// The value of one identity source: `method.request.header.X`, `….querystring.X`, `stageVariables.X`, `context.X` on
/// REST APIs, with `$request` in place of `method.request` and a `$` in front on HTTP APIs, with `route.request` on
/// WebSocket APIs. Errors: nullopt where it is missing or empty, or where the source names nothing that exists.
///
/// Rule: [API Gateway developer guide, configure-api-gateway-lambda-authorization-with-console;
/// http-api-lambda-authorizer, identity sources]. Of a repeated header or key the last counts (unverified).
/// Tested by: IdentitySource.FindsWhatEachSourceNames
std::optional<std::string> find_identity(std::string_view source, const Caller& caller);

/// The values of all of them in their order. Errors: nullopt where one is missing: the caller is not asked for.
std::optional<std::vector<std::string>> find_identities(const std::vector<std::string>& sources, const Caller& caller);

}  // namespace understudy::access
