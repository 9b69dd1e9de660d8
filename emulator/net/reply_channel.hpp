#pragma once

#include "emulator/http/message.hpp"
#include "emulator/net/websocket.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

namespace understudy::net {

/// The side of a connection that a responder talks to: one request that was handed out and is not answered yet, in
/// whatever version of HTTP it came. Calls that no longer fit, because the connection has ended, do nothing.
class ReplyChannel {
  public:
    virtual ~ReplyChannel() = default;

    virtual void send(http::Response response) = 0;
    /// Begins a reply whose body is written bit by bit; what `head` holds of a body is its first part.
    virtual void start(http::Response head) = 0;
    virtual void write(std::string_view bytes) = 0;
    /// Written bytes of the body that the connection could not pass on yet.
    virtual std::size_t backlog() const = 0;
    virtual void watch_drain(std::function<void()> callback) = 0;
    virtual void finish(const http::Headers& trailers) = 0;
    /// There will be no reply, or no more of it.
    virtual void abort() = 0;

    /// Answers with 101 and goes on as a WebSocket. Null where the version of HTTP does not do that.
    virtual std::shared_ptr<WebSocketConnection> upgrade(const http::Headers& lines, WebSocketTerms terms,
                                                         WebSocketEvents events) = 0;

    /// The number of the exchange under which it is recorded; 0: it is not.
    virtual std::uint64_t exchange() const { return 0; }

    virtual bool peer_is_there() const = 0;
    virtual void watch_peer(std::function<void()> callback) = 0;
    /// Tells where the peer has not read the reply, if that can be known.
    virtual void watch_reading(std::function<void()> on_unread) { static_cast<void>(on_unread); }
};

}  // namespace understudy::net
