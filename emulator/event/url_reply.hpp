#pragma once

#include "emulator/app/integration.hpp"
#include "emulator/event/reply.hpp"

#include <string>
#include <string_view>

namespace understudy::event {

/// Reads a function's whole reply as a function URL does. With `stream` the invoke mode is RESPONSE_STREAM and the
/// function did not stream: its reply is the body, whatever it says.
///
/// Rule: recorded in eight shapes [localstack: test_lambda.snapshot.json TestLambdaURL::test_lambda_url_invocation,
/// test_lambda_url_echo_invoke]. Tested by: UrlReply.Replies, UrlReply.InStreamModeAReplyIsTheBody
Reply render_url_reply(std::string payload, app::TransferMode mode);

/// The prelude of a streamed reply: status, headers and cookies, with an empty body. A missing status is 200, a missing
/// Content-Type `application/octet-stream`, and `body` and `isBase64Encoded` are not read (unverified).
Reply render_url_stream_head(std::string_view prelude);

}  // namespace understudy::event
