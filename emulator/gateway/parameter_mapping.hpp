#pragma once

#include "emulator/app/integration.hpp"
#include "emulator/event/place.hpp"
#include "emulator/gateway/gateway_responses.hpp"
#include "emulator/http/message.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace understudy::gateway {

/// What an HTTP API's mappings make of a request: headers, query and path; its body stays. `place.path`, `.stage_path`
/// are changed too; `query` is what the request's is from now on, and lives with the caller.
///
/// Rule: values are taken from the request as it came; a mapping of a reserved header does nothing; several values are
/// joined by commas [API Gateway developer guide, http-api-parameter-mapping]. Unverified: a value that is not there
/// changes nothing; the order of the entries is kept; that a function's event shows another path.
/// Tested by: ParameterMapping.OfRequests
struct MappedRequest {
    http::Headers headers;
    std::string query;
    std::string path;  ///< Without the stage.
};
MappedRequest map_request(const std::vector<app::ParameterMapping>& mappings, const http::Request& request,
                          const event::Place& place, const ResponseContext& context);

/// What they make of the reply to it, by its status: headers and status. `context` is the request's.
///
/// Rule: the same page. Unverified: that the gateway's own errors are not mapped.
/// Tested by: ParameterMapping.OfReplies
void map_response(const std::vector<app::ResponseMapping>& mappings, http::Response& response,
                  const ResponseContext& context);

}  // namespace understudy::gateway
