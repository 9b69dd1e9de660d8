#pragma once

#include "emulator/http/message.hpp"
#include "emulator/lambda/invocation.hpp"
#include "emulator/lambda/runtime_call.hpp"

#include <chrono>
#include <string_view>

namespace understudy::lambda {

/// The answer to `/next`. The event's bytes are shared with the invocation, not copied.
///
/// Rule: empty headers are omitted, Content-Type never is.
/// Tested by: RuntimeReply.EmptyHeadersAreOmitted, RuntimeReply.TheWholeHeaderSet
http::Response render_event(const Invocation& invocation, std::chrono::system_clock::time_point deadline);

/// 202 `{"status":"OK"}`
http::Response render_accepted();

/// 400: the id in the path is not the current invocation's.
http::Response render_invalid_request_id();
/// 400: a response mode other than `streaming`.
http::Response render_invalid_response_mode();
/// 403: the call is not allowed now. State names as RIE has them: `Running`, `InvocationResponse`.
http::Response render_invalid_transition(std::string_view from, std::string_view to);
/// 403: an extension registers behind the runtime's first `next`.
http::Response render_registration_closed();
/// 413: the response is over the limit.
http::Response render_too_large();
/// 413: the streamed response is over its limit.
http::Response render_stream_too_large();

/// 400: the request's body broke off.
http::Response render_truncated();

http::Response render_pong();
http::Response render_fixed(const FixedCall& call);

}  // namespace understudy::lambda
