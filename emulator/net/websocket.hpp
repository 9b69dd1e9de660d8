#pragma once

#include "emulator/http/message.hpp"
#include "emulator/http/websocket_frame.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::net {

class WebSocketConnection;

/// What a request to become a WebSocket connection holds (RFC 6455, 4.2.1).
struct WebSocketOffer {
    std::string accept;  ///< The value of the reply's Sec-WebSocket-Accept.
};
/// Errors: nullopt for a request that does not ask for it, or not rightly.
std::optional<WebSocketOffer> parse_websocket_offer(const http::Request& request);

/// How long a WebSocket connection may last; real times, a scaled clock's already divided.
///
/// Rule: 10 minutes without a frame, 2 hours in all (docs.aws.amazon.com/apigateway/latest/developerguide, limits);
/// both end with 1001. Tested by: WebSocket.IdleAndOldConnectionsAreToldToGoAway
struct WebSocketTerms {
    http::WebSocketLimits limits = {};
    std::chrono::nanoseconds idle = std::chrono::minutes(10);
    std::chrono::nanoseconds lifetime = std::chrono::hours(2);
};

/// Told from the event loop. Either may destroy the `WebSocket`.
struct WebSocketEvents {
    std::function<void(std::string&& text)> on_message;
    /// The last event: what the client's close frame said, or ours; 1005 without a code, 1006 without a frame.
    std::function<void(std::uint16_t code, const std::string& reason)> on_close;
};

/// A connection that has become a WebSocket. Destroying it closes it as `close(going_away)` does, and nothing is told
/// any more. May outlive the server and its io_context.
class WebSocket {
  public:
    explicit WebSocket(std::shared_ptr<WebSocketConnection> connection);
    WebSocket(WebSocket&&) noexcept = default;
    WebSocket& operator=(WebSocket&& other) noexcept;
    ~WebSocket();

    /// Sends a message in one frame; what the socket does not take waits. Does nothing once it is closed.
    void send_text(std::string_view text);
    /// Sends a close frame and waits some seconds for the client's; `on_close` follows.
    void close(http::WebSocketClose code, std::string_view reason);
    /// Nothing more is read, until `resume`: the client's writes are held up. To be called from `on_message` or later.
    void pause();
    /// Reads on. Events come in later turns of the loop.
    void resume();
    /// Whether messages can still be sent.
    bool open() const;
    /// When the client last sent a frame, or got one.
    std::chrono::steady_clock::time_point last_active() const;

  private:
    std::shared_ptr<WebSocketConnection> connection_;
};

}  // namespace understudy::net
