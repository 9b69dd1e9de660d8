#pragma once

#include "emulator/event/facts.hpp"
#include "emulator/event/place.hpp"
#include "emulator/event/rendered_event.hpp"
#include "emulator/http/message.hpp"

#include <string_view>

namespace understudy::event {

/// The event of a function URL: payload format 2.0 with differences. `trace` is `Trace::event`.
///
/// Rule: `$default` throughout, the account `anonymous` where nobody is authorized, a UUID for an id, the TLS headers,
/// cookies both in `cookies` and in the headers [localstack: test_lambda.snapshot.json
/// test_lambda_url_echo_http_fixture_default; aws-lambda-rust-runtime: lambda_function_url_request.json].
/// Tested by: UrlEvent.TheWholeEventOfAGet, UrlEvent.TheWholeEventOfAPost
RenderedEvent render_url_event(const http::Request& request, const Place& place, const Facts& facts,
                               std::string_view trace);

}  // namespace understudy::event
