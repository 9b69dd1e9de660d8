#pragma once

#include "emulator/http/message.hpp"
#include "emulator/net/websocket.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <utility>

namespace understudy::net {

class ReplyChannel;

/// What may wait for a client in memory before the function is held up, in bytes.
inline constexpr std::size_t kMostBacklog = 1024 * 1024;

/// The body of a reply that is being written. Destroying it unfinished is `abort`.
/// May outlive the server and its io_context; it then writes to nobody.
class ResponseStream {
  public:
    ResponseStream(ResponseStream&&) noexcept = default;
    ResponseStream& operator=(ResponseStream&& other) noexcept;
    ~ResponseStream();

    /// Sends the next bytes of the body, at once: as one chunk on HTTP/1.1, plain on HTTP/1.0 and where the head stated
    /// a length (bytes beyond it are dropped). What the connection does not take waits in memory.
    void write(std::string_view bytes);
    /// How many bytes wait.
    std::size_t backlog() const;
    /// `callback` runs once, from the event loop, when no bytes wait any more, also because the peer is gone; it may
    /// write. Dropped where the body ends first.
    void on_drained(std::function<void()> callback);

    /// Ends the body behind the bytes that wait. Trailers go out on HTTP/2 and behind chunks, else they are dropped.
    void finish(const http::Headers& trailers) &&;
    /// Cuts the reply off behind the bytes that wait, so that the client sees that it is not whole: the connection is
    /// closed before the last chunk or the stated length; HTTP/2 resets the stream.
    void abort() &&;

    /// False once the peer has closed, or half-closed, its end. A half-closed peer still gets the rest.
    bool open() const;
    /// As `Responder::on_peer_gone`; replaces the callback that was given there.
    void on_peer_gone(std::function<void()> callback);

  private:
    friend class Responder;
    explicit ResponseStream(std::shared_ptr<ReplyChannel> channel);
    std::shared_ptr<ReplyChannel> channel_;
};

/// The right to answer one request, once, at any later time. Destroying it unanswered closes the connection (HTTP/2:
/// resets the stream). May outlive the server and its io_context; it then answers nobody.
class Responder {
  public:
    explicit Responder(std::shared_ptr<ReplyChannel> channel);
    Responder(Responder&&) noexcept = default;
    Responder& operator=(Responder&& other) noexcept;
    ~Responder();

    /// Writes the reply: head and body with one system call where the socket takes them. The connection stays open
    /// where the request's version and Connection header, and the reply's, let it; a Connection line that says
    /// otherwise is corrected, a missing one added. The body is always framed by its true length.
    void send(http::Response response) &&;

    /// Writes the head at once, with what it holds of the body; the rest is the stream's. A Content-Length is taken at
    /// its word; without one the body is chunked, and on HTTP/1.0 it ends with the connection.
    ResponseStream start(http::Response head) &&;

    /// Answers with 101, the lines that a WebSocket's begin needs, and `lines` behind them (a subprotocol). Frames that
    /// came early are not lost; no event comes before this returns. Over HTTP/2, or where the peer is gone, there is
    /// none: the connection or stream ends, and the socket is not `open`.
    WebSocket accept_websocket(const WebSocketOffer& offer, const http::Headers& lines, WebSocketTerms terms,
                               WebSocketEvents events) &&;

    /// False once the peer has closed, or half-closed, its end. A reply to a half-closed peer is still written.
    bool open() const;

    /// `callback` runs once, from the event loop, when the peer closes before the reply is sent; at once where it has
    /// closed already. It may destroy or use this responder. Dropped when the reply is sent.
    void on_peer_gone(std::function<void()> callback);

    /// `callback` runs once, from the event loop or from within `send`, where the connection breaks before the peer has
    /// read a reply that is sent whole: its end is closed with bytes of it unread. Dropped when the peer asks for more.
    /// Over HTTP/2 nothing is told. To be set before `send`.
    void on_unread(std::function<void()> callback);

    /// The number of the exchange under which the reply is recorded; 0: it is not.
    std::uint64_t exchange() const;
    /// The connection's side, for a responder that stands in front of it.
    std::shared_ptr<ReplyChannel> take_channel() && { return std::exchange(channel_, nullptr); }

  private:
    std::shared_ptr<ReplyChannel> channel_;
};

}  // namespace understudy::net
