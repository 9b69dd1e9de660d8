#pragma once

#include "handler/rpc/method_table.hpp"
#include "handler/rpc/proxy_event.hpp"
#include "handler/rpc/proxy_reply.hpp"

namespace understudy::rpc {

/// Answers what a WebSocket API sends. Who comes is let in, who goes is let go. A message is a call:
///
///     {"method": "package.Service/Method", "message": {…}}       the request in protobuf's JSON mapping
///     {"method": "package.Service/Method", "message": "CgYI…"}   the request's bytes in base64
///
/// and the reply's body is the response in the same form, JSON or base64 alone; the empty message is the empty text. A
/// call that fails is answered with Connect's error, as over HTTP. The route needs a route response to pass it on.
///
/// Rule: WebSocket APIs take no binary frames, and no messages over 128 KB: a larger reply becomes
/// `resource_exhausted` (docs.aws.amazon.com/apigateway/latest/developerguide/limits.html,
/// websocket-api-develop-binary-media-types.html)
Served serve_socket_event(const MethodTable& methods, const SocketEvent& event);

}  // namespace understudy::rpc
