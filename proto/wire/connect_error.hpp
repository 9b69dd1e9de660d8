#pragma once

#include "proto/wire/status.hpp"

#include <string>
#include <string_view>

namespace understudy::wire {

/// The HTTP status of a unary reply that is a success; with any other, the body is an error.
inline constexpr int kHttpOk = 200;

/// The body of a Connect unary reply that is no success: `{"code":"not_found","message":"no such thing"}`, without
/// `message` where there is none, and with `details`, their values in base64 without padding, where there are some;
/// always `application/json` (connectrpc.com/docs/protocol, "Unary-Response"). Preconditions: `status` is not ok.
std::string render_connect_error(const Status& status);

/// How a call ended whose reply is not 200. The body's `code` decides where it names one; else the HTTP status does, as
/// for a gateway's own `{"message":"Forbidden"}` (`Message` on some fronts) and for bodies that are no JSON. The
/// message is the body's, or says which HTTP status came without one. Unknown keys are tolerated,
/// details that are not of their form left out. Never ok.
Status parse_connect_error(int http_status, std::string_view body);

}  // namespace understudy::wire
