#pragma once

#include "emulator/http/message.hpp"

#include <string>
#include <string_view>

namespace understudy::net {

/// What the request, and the connection, ask of the reply's framing.
struct Framing {
    bool keep_alive = true;
    bool head_request = false;  ///< The reply to HEAD has the headers of a body, and no body.
    int minor_version = 1;      ///< The request's HTTP/1.x.

    friend bool operator==(const Framing&, const Framing&) = default;
};

/// Whether a Connection line of the reply asks to close.
bool asks_to_close(const http::Response& response);

/// Whether the reply's body may be written (RFC 9110, 6.4.1).
bool carries_body(const http::Response& response, const Framing& framing);

/// Status line and header lines, ready to be written. Lines keep their order. `Content-Length` is made true, and
/// added where it is missing and may be sent; `Transfer-Encoding` is left out; `Connection` is made to say what will
/// happen; a line end or NUL inside a name or value becomes a space.
std::string render_head(const http::Response& response, const Framing& framing);

}  // namespace understudy::net
