#pragma once

#include "emulator/http/message.hpp"
#include "emulator/source/problem.hpp"

#include <string_view>

namespace understudy::cli {

/// Makes the target that a user has typed the request's. A URL of `http` or `https` is asked as a client does that is
/// given it, with the lines that come of it where the request has none of them: its host as Host, its user as
/// Authorization; its fragment stays with the client. One of `ws` or `wss` is asked by the handshake of WebSocket,
/// unless the request has a body, which is a message. Any other target is the one that is sent.
/// Tested by: ExplainedRequest.AUrlIsAskedAsAClientDoes, ExplainedRequest.AnyOtherTargetIsTheOneThatIsSent
void set_target(http::Request& request, std::string_view typed);

/// Adds what a client of WebSocket sends in its handshake, but for lines that are there.
void add_handshake(http::Headers& headers);

/// Errors: invalid where Content-Length is a number and another one than the body's size: no client that means
/// this body sends it. Tested by: ExplainedRequest.AContentLengthOfAnotherBodyIsRefused
source::Result<void> check_length(const http::Request& request);

}  // namespace understudy::cli
