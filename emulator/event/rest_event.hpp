#pragma once

#include "emulator/event/facts.hpp"
#include "emulator/event/media_type.hpp"
#include "emulator/event/place.hpp"
#include "emulator/event/rendered_event.hpp"
#include "emulator/http/message.hpp"

#include <string_view>

namespace understudy::event {

/// The event of a REST API's Lambda proxy integration (payload format 1.0, without `version`), written once. `trace` is
/// `Trace::event`.
///
/// Rule: keys, nulls, added and removed headers, raw path, form-decoded query as recorded from AWS
/// [localstack: tests/aws/services/apigateway/test_apigateway_lambda.snapshot.json].
/// Tested by: RestEvent.TheWholeEventOfAGet, RestEvent.TheWholeEventOfAPost
RenderedEvent render_rest_event(const http::Request& request, const Place& place, const BinaryMediaTypes& binary,
                                const Facts& facts, std::string_view trace);

}  // namespace understudy::event
