#pragma once

#include "emulator/event/facts.hpp"
#include "emulator/event/place.hpp"
#include "emulator/event/rendered_event.hpp"
#include "emulator/http/message.hpp"

#include <string_view>

namespace understudy::event {

/// The event of an HTTP API, payload format 2.0, written once. Empty optional members are left out.
/// `trace` is `Trace::event`.
///
/// Rule: keys as captured [aws-lambda-go: events/testdata/apigw-v2-request-no-authorizer.json;
/// aws-lambda-dotnet: Tools/LambdaTestTool-v2, Snapshots/V2_*.json].
/// Tested by: HttpEvent.TheWholeEventOfAGet, HttpEvent.TheWholeEventOfAPost
RenderedEvent render_http_event(const http::Request& request, const Place& place, const Facts& facts,
                                std::string_view trace);

}  // namespace understudy::event
