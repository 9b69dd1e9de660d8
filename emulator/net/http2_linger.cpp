// What a client of HTTP/2 still sends when it has its answer.
#include "emulator/net/http2_connection.hpp"
#include "emulator/net/http2_stream.hpp"

#include <nghttp2/nghttp2.h>

namespace understudy::net {

void Http2Stream::linger() {
    linger_timer_.emplace(connection_->socket().executor(), limits_.linger);
    linger_timer_->async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
        const auto self = weak.lock();
        if (error || !self || !self->connection_) return;
        const auto connection = self->connection_;
        self->end_linger();
        connection->flush();
    });
}

void Http2Stream::throw_away(std::size_t size) {
    thrown_away_ += size;
    if (linger_timer_ && thrown_away_ > limits_.linger_bytes) end_linger();
}

void Http2Stream::end_linger() {
    linger_timer_.reset();
    nghttp2_submit_rst_stream(connection_->session(), NGHTTP2_FLAG_NONE, id_, NGHTTP2_NO_ERROR);
}

}  // namespace understudy::net
