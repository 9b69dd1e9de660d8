#pragma once

#include "emulator/event/facts.hpp"
#include "emulator/event/place.hpp"
#include "emulator/event/rendered_event.hpp"
#include "emulator/http/message.hpp"

#include <string_view>

namespace understudy::event {

/// The event of an HTTP API, payload format 1.0, written once. `trace` is `Trace::event`.
///
/// Rule: `version`, canonical header names and Content-Length, where a REST API has none; decoded path parameters; the
/// route key for a resource id [aws-lambda-dotnet: Tools/LambdaTestTool-v2, Snapshots/V1_*HttpV1.json; API Gateway
/// developer guide, http-api-develop-integrations-lambda]. Tested by: Http1Event.TheWholeEventOfAGet,
/// Http1Event.TheWholeEventOfAPost
RenderedEvent render_http1_event(const http::Request& request, const Place& place, const Facts& facts,
                                 std::string_view trace);

}  // namespace understudy::event
