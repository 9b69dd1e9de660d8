#pragma once

#include "handler/rpc/method_table.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace understudy::rpc {

/// The reply as a front door wants it: `{"statusCode":…,"headers":{…},"body":"…","isBase64Encoded":…}` and no other
/// key, since a REST API answers 502 to one it does not know. Bytes go as base64, the empty message too; text as text.
/// A header name that is repeated goes as the front door wants it, which may be in `multiValueHeaders`.
///
/// Rule: docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html ("Output format")
std::string render_proxy_reply(const Reply& reply, Repeats repeats = Repeats::joined);

/// The reply for a front door that streams: a prelude of JSON with status and headers, eight NUL bytes, and the body as
/// it is.
///
/// Rule: docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html
std::string render_streamed_reply(const Reply& reply);

/// How the front door takes replies, which the function has to know: its events do not tell.
enum class Transfer : std::uint8_t { buffered, streamed };

/// A call that came as a proxy event, answered.
struct Served {
    std::string response;  ///< What the function returns.
    std::string method;    ///< See Reply.
    wire::Status status;
    Transfer transfer = Transfer::buffered;  ///< Of the response: what a WebSocket API sends is never streamed.
};

/// Answers one event, of an HTTP front door or of a WebSocket API (see `serve_socket_event`). A reply that is too large
/// for Lambda (6 291 556 bytes with its base64) becomes `resource_exhausted`, which says more than the gateway's 502
/// would. Errors: throws UnknownEvent.
Served serve_event(const MethodTable& methods, std::string_view event, Transfer transfer = Transfer::buffered);

}  // namespace understudy::rpc
