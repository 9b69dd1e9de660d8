#pragma once

#include "emulator/net/http2_stream.hpp"
#include "emulator/net/http_listener.hpp"
#include "emulator/net/http_server.hpp"
#include "emulator/net/read_wait.hpp"
#include "emulator/net/stall_watch.hpp"
#include "emulator/net/stream_socket.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct nghttp2_session;

namespace understudy::net {

/// One connection that speaks HTTP/2 (RFC 9113): each of its streams is a request that is handed out and replied to as
/// one of HTTP/1.1 is. nghttp2 turns bytes into frames and back; what its callbacks tell is acted upon when it returns.
/// Kept alive by the listener's list, by its streams' responders and by operations under way.
class Http2Connection : public ReadObserver,
                        public OpenConnection,
                        public std::enable_shared_from_this<Http2Connection> {
  public:
    Http2Connection(std::shared_ptr<Listener> listener, std::unique_ptr<StreamSocket> socket, Peer peer);
    ~Http2Connection() override;
    Http2Connection(const Http2Connection&) = delete;
    Http2Connection& operator=(const Http2Connection&) = delete;

    /// `bytes`: what was read so far, the preface at its begin.
    void begin(std::string_view bytes);
    /// Says GOAWAY, and closes at once.
    void close() override;
    bool awaits_peer() const override;
    void on_readable() override;

    // The streams' side.
    bool closed() const { return socket_ == nullptr; }
    nghttp2_session* session() { return session_; }
    /// Writes what nghttp2 has, as far as the socket takes it.
    void flush();
    void tell_when_flushed(std::shared_ptr<Http2Stream> stream) { drained_.push_back(std::move(stream)); }
    StreamSocket& socket() { return *socket_; }

  private:
    struct Callbacks;

    void receive(std::string_view bytes);
    void hand_out();
    void dispatch(const std::shared_ptr<Http2Stream>& stream);
    Http2Stream* find(std::int32_t id);
    void watch_progress();
    void look_later(StallWatch::Clock::duration wait);
    void look_for_stall();
    bool fill();
    bool drain();
    void on_end();

    std::shared_ptr<Listener> listener_;
    std::unique_ptr<StreamSocket> socket_;  ///< Null once closed.
    Peer peer_;
    nghttp2_session* session_ = nullptr;
    std::map<std::int32_t, std::shared_ptr<Http2Stream>> streams_;
    std::vector<std::shared_ptr<Http2Stream>> arrived_;  ///< Whole requests that are to be handed out.
    std::vector<std::shared_ptr<Http2Stream>> gone_;     ///< Streams that ended, whose writers are to be told.
    std::vector<std::shared_ptr<Http2Stream>> drained_;  ///< Streams of whose bodies nothing waits any more.
    std::string out_;                                    ///< Frames for the socket.
    std::size_t written_ = 0;                            ///< Of `out_`.
    StallWatch stall_watch_;                             ///< Of all streams: the timeout is the connection's.
    std::size_t idle_frames_ = 0;                        ///< Of data, with nothing in them.
    bool flushing_ = false;
    bool waits_writable_ = false;
};

}  // namespace understudy::net
