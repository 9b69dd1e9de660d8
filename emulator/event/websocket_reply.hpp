#pragma once

#include "emulator/event/reply.hpp"

#include <string_view>

namespace understudy::event {

/// Reads a function's reply to an event of a WebSocket API. To CONNECT, a status from 200 to 299 lets the client in and
/// any other refuses it with that status; headers go into the handshake. To MESSAGE, the body is what a route response
/// sends. Without `statusCode` the reply is malformed (unverified).
///
/// Rule: [API Gateway developer guide, apigateway-websocket-api-route-keys-connect-disconnect,
/// websocket-connect-route-subprotocol]. Tested by: WebSocketReply.Replies
Reply render_websocket_reply(std::string_view payload);

/// Whether a reply to CONNECT lets the client in.
bool lets_in(const Reply& reply);

}  // namespace understudy::event
