#pragma once

#include "emulator/event/finding.hpp"
#include "emulator/gateway/access/model.hpp"

#include <cstddef>
#include <string>

namespace understudy::gateway {

/// What is told of a session of a WebSocket API. `route`: its key, `$connect`.

/// That a message names no route. Tested by: WebSocketSession.AMessageWithoutARouteIsForbidden
event::Finding find_no_message_route();
/// That a route's model refuses a message. Tested by: WebSocketSession.MessagesThatTheirModelRefuses
event::Finding find_refused_message(const std::string& route, const access::BodyFault& fault);
/// That a reply is for nobody. Tested by: WebSocketSession.AReplyThatReachesNobodyIsTold
event::Finding find_unsent_reply(const std::string& route);
/// That a reply is too large for a message; `size` in bytes. Tested by: WebSocketSession.AReplyOverALimitIsToldWithIt
event::Finding find_large_reply(const std::string& route, std::size_t size);
/// That a subprotocol is chosen which the client does not speak.
/// Tested by: WebSocketSession.ASubprotocolThatTheClientDoesNotAskForIsSentAndTold
event::Finding find_unasked_protocol(const std::string& protocol);
/// That a route's integration fails here. Tested by: WebSocketSession.RoutesWithoutAFunction
event::Finding find_unemulated(const std::string& route);

}  // namespace understudy::gateway
