#pragma once

#include "emulator/http/message.hpp"

#include <cstdint>
#include <optional>
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

/// Whether a line of that name holds `token` in its comma-separated list, without case.
bool lists_token(const http::Headers& headers, std::string_view name, std::string_view token);

/// Whether a Connection line of the reply asks to close.
bool asks_to_close(const http::Response& response);

/// Whether the reply's body may be written (RFC 9110, 6.4.1).
bool carries_body(const http::Response& response, const Framing& framing);

/// Status line and header lines, ready to be written. Lines keep their order. `Content-Length` is made true, and
/// added where it is missing and may be sent; `Transfer-Encoding` is left out; `Connection` is made to say what will
/// happen; a line end or NUL inside a name or value becomes a space.
std::string render_head(const http::Response& response, const Framing& framing);

/// How a client learns where a body ends that is written bit by bit.
enum class BodyEnd : std::uint8_t {
    no_body,  ///< HEAD, 204, 304.
    length,   ///< The reply's own Content-Length.
    chunked,
    close,  ///< The end of the connection.
};

/// Rule: `Transfer-Encoding: chunked` is added where neither it nor a Content-Length is given
/// (docs.aws.amazon.com/apigateway/latest/developerguide, response-streaming-lambda-configure); HTTP/1.0 knows no
/// chunks. Tested by: ResponseHead.AStreamedBodyEndsAsVersionAndLengthSay
BodyEnd choose_body_end(const http::Response& head, const Framing& framing);

/// The number in the first Content-Length line; nullopt where there is none, or no number.
std::optional<std::uint64_t> stated_length(const http::Response& head);

/// As `render_head`, for a body that is written bit by bit.
std::string render_stream_head(const http::Response& head, const Framing& framing, BodyEnd end);

/// `0`, the trailers and the empty line.
std::string render_last_chunk(const http::Headers& trailers);

}  // namespace understudy::net
