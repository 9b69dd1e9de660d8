#pragma once

#include "emulator/net/http_listener.hpp"
#include "emulator/net/read_wait.hpp"
#include "emulator/net/stream_socket.hpp"
#include "emulator/net/websocket.hpp"

#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::net {

/// A connection behind the reply that made it a WebSocket: frames in and out, and the clocks that end it.
class WebSocketConnection : public ReadObserver,
                            public OpenConnection,
                            public std::enable_shared_from_this<WebSocketConnection> {
  public:
    WebSocketConnection(std::shared_ptr<Listener> listener, std::unique_ptr<StreamSocket> socket, WebSocketTerms terms,
                        WebSocketEvents events);

    /// `bytes`: what was read behind the request. Events come in later turns of the loop.
    void begin(std::string_view bytes);
    /// Ends the connection at once. Nothing is told any more.
    void close() override;
    /// It has clocks of its own.
    bool awaits_peer() const override { return false; }
    void on_readable() override;

    // The handle's side.
    void send_text(std::string_view text);
    void start_close(std::uint16_t code, std::string_view reason);
    void pause() { paused_ = true; }
    void resume();
    void forget_events() { events_ = {}; }
    bool open() const { return state_ == State::open; }
    std::chrono::steady_clock::time_point last_active() const { return last_active_; }

  private:
    enum class State : std::uint8_t {
        open,
        closing,  ///< Our close frame is out, the client's is awaited.
        closed,
    };

    void take_input();
    void read_on();
    bool is_held_up() const;
    void take(http::WebSocketInput&& input);
    void push(std::string_view frame);
    void flush();
    void watch_clock();
    void on_clock();
    void end(std::uint16_t code, const std::string& reason);

    std::shared_ptr<Listener> listener_;
    std::unique_ptr<StreamSocket> socket_;  ///< Null once closed.
    WebSocketTerms terms_;
    WebSocketEvents events_;
    http::WebSocketReader reader_;
    State state_ = State::open;
    std::string out_;
    bool waits_writable_ = false;
    bool taking_ = false;  ///< Input is being looked at; what is pushed meanwhile goes out behind it.
    bool paused_ = false;
    std::chrono::steady_clock::time_point begun_;
    std::chrono::steady_clock::time_point last_active_;
    std::chrono::steady_clock::time_point closing_since_;
    std::optional<boost::asio::steady_timer> timer_;  ///< Gone once closed: a handle may outlive the io_context.
    std::uint16_t close_code_ = 0;
    std::string close_reason_;
};

}  // namespace understudy::net
