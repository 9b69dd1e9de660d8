#pragma once

#include "emulator/http/headers.hpp"
#include "emulator/http/websocket_frame.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::http {

/// What a client of a WebSocket writes and reads, for one that talks to servers of our own only: the key of its
/// handshake is RFC 6455's sample (1.3) and its masks are zeros, since there is no cache between that either could
/// fool.

/// A handshake with these lines besides its own. `authority` is `127.0.0.1:3000`, `target` is `/path?query`.
std::string render_client_handshake(std::string_view authority, std::string_view target, const Headers& headers);

/// A text message, in as many frames as it takes with at most `max_frame` bytes each. Precondition: one at least.
///
/// Rule: a frame has at most 32 KB, a longer message comes in several
/// (docs.aws.amazon.com/apigateway/latest/developerguide: limits).
/// Tested by: WebSocketClient.MessagesAreReadAsTheyWereInFramesThatAreNotTooLong
std::string render_client_message(std::string_view text, std::size_t max_frame = WebSocketLimits{}.frame);

/// A close frame. Precondition: the code may be sent (RFC 6455, 7.4).
std::string render_client_close(std::uint16_t code);

/// A frame of a server that does not cut its messages into several.
struct ServerFrame {
    enum class Kind : std::uint8_t { text, close, other };

    Kind kind = Kind::other;
    std::string payload;
    friend bool operator==(const ServerFrame&, const ServerFrame&) = default;
};

/// Takes a whole frame of a server off the bytes; nullopt where there is none yet.
std::optional<ServerFrame> take_server_frame(std::string& bytes);

/// The code of a close frame; `no_status` where it has none.
std::uint16_t parse_close_code(std::string_view payload);

}  // namespace understudy::http
