#pragma once

#include "handler/rpc/method_table.hpp"

#include <string>
#include <string_view>

namespace understudy::rpc {

/// The reply as a front door wants it: `{"statusCode":…,"headers":{…},"body":"…","isBase64Encoded":…}` and no other
/// key, since a REST API answers 502 to one it does not know. Bytes go as base64, the empty message too; text as text.
/// A header name that is repeated goes as the front door wants it, which may be in `multiValueHeaders`.
///
/// Rule: docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html ("Output format")
std::string render_proxy_reply(const Reply& reply, Repeats repeats = Repeats::joined);

/// A call that came as a proxy event, answered.
struct Served {
    std::string response;  ///< What the function returns.
    std::string method;    ///< See Reply.
    wire::Status status;
};

/// Answers one event, of an HTTP front door or of a WebSocket API (see `serve_socket_event`). A reply that is too large
/// for Lambda (6 291 556 bytes with its base64) becomes `resource_exhausted`, which says more than the gateway's 502
/// would. Errors: throws UnknownEvent.
Served serve_event(const MethodTable& methods, std::string_view event);

}  // namespace understudy::rpc
