#pragma once

#include "emulator/app/profile.hpp"
#include "emulator/event/reply.hpp"

#include <string_view>

namespace understudy::event {

/// Reads a function's reply as an HTTP API does, payload format 1.0: `statusCode` must be there, keys that it does not
/// know are ignored, `headers` come in front of `multiValueHeaders`.
///
/// Rule: [aws-lambda-dotnet: Tools/LambdaTestTool-v2, Snapshots/V1_*HttpV1.json; API Gateway developer guide,
/// http-api-develop-integrations-lambda]. Tested by: Http1Reply.Replies
Reply render_http1_reply(std::string_view payload, app::Profile profile = app::Profile::aws);

}  // namespace understudy::event
