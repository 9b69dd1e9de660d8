#pragma once

#include "emulator/app/profile.hpp"
#include "emulator/event/reply.hpp"

#include <string>

namespace understudy::event {

/// Reads a function's reply as an HTTP API does (payload format 2.0): an object with `statusCode` says what to answer,
/// anything else is the body of a 200, byte for byte.
///
/// Rule: [API Gateway developer guide, http-api-develop-integrations-lambda; aws-lambda-dotnet:
/// Tools/LambdaTestTool-v2, Snapshots/V2_*.json]. Tested by: HttpReply.InferredReplies, HttpReply.ExplicitReplies
Reply render_http_reply(std::string payload, app::Profile profile = app::Profile::aws);

}  // namespace understudy::event
