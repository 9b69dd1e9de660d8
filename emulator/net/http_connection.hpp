#pragma once

#include "emulator/net/http_listener.hpp"
#include "emulator/net/http_server.hpp"
#include "emulator/net/request_parser.hpp"
#include "emulator/net/response_head.hpp"
#include "emulator/net/stream_socket.hpp"

#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::net {

/// One accepted connection: reads a request, hands it out, writes its reply, and again.
/// Kept alive by the listener's list and by operations under way; a responder may keep what is left after `close`.
class Connection : public ReadObserver, public std::enable_shared_from_this<Connection> {
  public:
    Connection(std::shared_ptr<Listener> listener, AcceptedSocket socket, Peer peer);

    void start();
    /// Ends the connection at once. Nothing is called back any more.
    void close();
    void on_readable() override;

    // The responder's side.
    void send(http::Response response);
    bool peer_is_there() const { return state_ == State::responding && !peer_gone_; }
    void watch_peer(std::function<void()> callback);

  private:
    enum class State : std::uint8_t {
        reading,     ///< A request's bytes, or the wait for its first one.
        responding,  ///< A responder is out.
        writing,     ///< The rest of a reply that the socket did not take at once.
        lingering,   ///< Everything is written; what still arrives is thrown away until the peer closes.
        closed,
    };
    /// A reply on its way out.
    struct Reply {
        std::string head;
        http::Body body;
        std::string_view body_bytes;  ///< Of `body`; empty where it may not be sent.
        std::size_t written = 0;
    };

    void wait_readable();
    void read_once();
    void read_body();
    void on_bytes(std::string_view bytes);
    void on_end_of_stream();
    void on_cut_off();
    void advance();
    std::size_t parse(std::string_view bytes);
    void parse_pending();
    void answer_expectation();
    void dispatch();
    void hand_out(const HttpServer::OnRequest& receiver, Framing framing);
    void refuse(Malformed fault);
    void start_reply(http::Response response, Framing framing);
    void write();
    void on_written();
    void linger();
    void on_peer_gone();

    std::shared_ptr<Listener> listener_;
    std::optional<StreamSocket> socket_;  ///< Empty once closed, so that a responder may outlive the io_context.
    Peer peer_;
    State state_ = State::reading;
    RequestParser parser_;
    std::string pending_;  ///< Arrived and not yet parsed: part of a head, or pipelined requests.
    Framing framing_;
    Reply reply_;
    std::function<void()> peer_callback_;
    std::optional<boost::asio::steady_timer> linger_timer_;
    std::size_t drained_ = 0;  ///< Bytes thrown away while lingering.
    bool advancing_ = false;   ///< `advance` is on the stack: a reply must not start it again.
    bool peer_gone_ = false;
    bool continue_sent_ = false;
};

}  // namespace understudy::net
