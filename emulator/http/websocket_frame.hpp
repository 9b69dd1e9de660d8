#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace understudy::http {

/// The close codes that are used here (RFC 6455, 7.4.1).
enum class WebSocketClose : std::uint16_t {
    normal = 1000,
    going_away = 1001,
    protocol_error = 1002,
    unsupported_data = 1003,
    no_status = 1005,  ///< Never on the wire: the close frame held no code.
    abnormal = 1006,   ///< Never on the wire: there was no close frame.
    invalid_payload = 1007,
    too_big = 1009,
};

/// What a client sent, in whole.
struct TextMessage {
    std::string text;
    friend bool operator==(const TextMessage&, const TextMessage&) = default;
};
struct PingMessage {
    std::string payload;
    friend bool operator==(const PingMessage&, const PingMessage&) = default;
};
struct PongMessage {
    friend bool operator==(const PongMessage&, const PongMessage&) = default;
};
struct CloseMessage {
    std::uint16_t code = static_cast<std::uint16_t>(WebSocketClose::no_status);
    std::string reason = {};
    friend bool operator==(const CloseMessage&, const CloseMessage&) = default;
};
/// The connection has to be closed with this code; nothing that follows is read.
struct WebSocketFault {
    WebSocketClose code = WebSocketClose::protocol_error;
    std::string reason = {};
    friend bool operator==(const WebSocketFault&, const WebSocketFault&) = default;
};
using WebSocketInput = std::variant<TextMessage, PingMessage, PongMessage, CloseMessage, WebSocketFault>;

/// The most bytes of a frame and of a message.
struct WebSocketLimits {
    std::size_t frame = 32 * 1024;
    std::size_t message = 128 * 1024;
};

/// Reads what a WebSocket client sends, cut anywhere (RFC 6455, 5). No extensions.
///
/// Rule: text only, a binary frame is closed with 1003; a frame over 32 KB or a message over 128 KB with 1009
/// (docs.aws.amazon.com/apigateway/latest/developerguide: limits, websocket-api-develop-binary-media-types).
/// Tested by: WebSocketReader.FaultsHaveTheirCloseCodes
class WebSocketReader {
  public:
    explicit WebSocketReader(WebSocketLimits limits) : limits_(limits) {}

    void feed(std::string_view bytes) {
        if (!failed_) pending_ += bytes;
    }
    /// The next thing that is there in whole; nullopt where more bytes are needed.
    std::optional<WebSocketInput> next();

  private:
    struct Frame;
    std::optional<WebSocketInput> take(Frame&& frame);
    std::optional<WebSocketInput> take_control(Frame&& frame);
    WebSocketInput fail(WebSocketClose code, std::string reason);

    WebSocketLimits limits_;
    std::string pending_;
    std::string message_;  ///< Of the frames so far.
    bool in_message_ = false;
    bool failed_ = false;
};

/// A message of the server in one frame.
std::string render_text_frame(std::string_view text);
/// Preconditions: `payload` came in a ping.
std::string render_pong_frame(std::string_view payload);
/// A reason is cut to the 123 bytes that fit. `no_status` makes an empty frame.
std::string render_close_frame(std::uint16_t code, std::string_view reason);

}  // namespace understudy::http
