#pragma once

#include "emulator/net/http_listener.hpp"
#include "emulator/net/http_server.hpp"
#include "emulator/net/reply_channel.hpp"
#include "emulator/net/request_parser.hpp"
#include "emulator/net/response_head.hpp"
#include "emulator/net/stall_watch.hpp"
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
class Connection : public ReadObserver,
                   public OpenConnection,
                   public ReplyChannel,
                   public std::enable_shared_from_this<Connection> {
  public:
    Connection(std::shared_ptr<Listener> listener, std::unique_ptr<StreamSocket> socket, Peer peer);

    void begin();
    void close() override;
    bool awaits_peer() const override;
    void on_readable() override;

    // The responder's side.
    void send(http::Response response) override;
    void start(http::Response head) override;
    void write(std::string_view bytes) override;
    std::size_t backlog() const override;
    void watch_drain(std::function<void()> callback) override;
    void finish(const http::Headers& trailers) override;
    void abort() override;
    std::shared_ptr<WebSocketConnection> upgrade(const http::Headers& lines, WebSocketTerms terms,
                                                 WebSocketEvents events) override;
    bool peer_is_there() const override;
    void watch_peer(std::function<void()> callback) override;
    void watch_reading(std::function<void()> on_unread) override;

  private:
    enum class State : std::uint8_t {
        reading,     ///< A request's bytes, or the wait for its first one.
        responding,  ///< A responder is out.
        streaming,   ///< A reply is begun, and its stream is out.
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
    /// A reply whose body is written bit by bit. What the socket did not take is in `reply_.head`.
    struct Stream {
        BodyEnd end = BodyEnd::chunked;
        std::uint64_t left = 0;  ///< Of a stated length.
        std::function<void()> on_drained;
        bool broken = false;  ///< The socket takes nothing any more.
    };

    void wait_readable();
    void read_once();
    void read_body();
    void on_bytes(std::string_view bytes);
    bool begins_http2(std::string_view bytes);
    void become_http2();
    void pass_body();
    void resume_body();
    void on_end_of_stream();
    void on_cut_off();
    Framing closing_framing();
    void cut_off_reader();
    void on_fault(Malformed fault);
    void advance();
    std::size_t parse(std::string_view bytes);
    void parse_pending();
    void answer_expectation();
    void dispatch();
    void hand_out(const HttpServer::OnRequest& receiver, Framing framing);
    void refuse(http::Response response);
    void watch_progress();
    void look_later(StallWatch::Clock::duration wait);
    void look_for_stall();
    void start_reply(http::Response response, Framing framing);
    void write_reply();
    void on_written();
    void push_body(std::string_view bytes);
    void push(std::string_view first, std::string_view second, std::string_view third);
    void wait_to_flush();
    void flush();
    void on_flushed();
    void break_stream();
    void end_stream(std::string_view rest);
    void linger();
    void on_peer_gone();
    void on_reset();

    std::shared_ptr<Listener> listener_;
    std::unique_ptr<StreamSocket> socket_;  ///< Null once closed, so that a responder may outlive the io_context.
    Peer peer_;
    State state_ = State::reading;
    RequestParser parser_;
    std::unique_ptr<BodyReader> reader_;  ///< Of the request that arrives; null where it is to be whole.
    bool asked_for_reader_ = false;
    bool version_known_ = false;  ///< Whether the peer has shown that it does not speak HTTP/2.
    std::string pending_;         ///< Arrived and not yet parsed: part of a head, or pipelined requests.
    Framing framing_;
    Reply reply_;
    Stream stream_;
    std::function<void()> peer_callback_;
    std::function<void()> unread_callback_;  ///< Until the peer has sent something behind the reply.
    std::optional<boost::asio::steady_timer> linger_timer_;
    StallWatch stall_watch_;
    std::size_t drained_ = 0;  ///< Bytes thrown away while lingering.
    bool advancing_ = false;   ///< `advance` is on the stack: a reply must not start it again.
    bool peer_gone_ = false;
    bool continue_sent_ = false;
    bool held_ = false;  ///< The reader wants no more of the body for now.
};

}  // namespace understudy::net
