#include "emulator/net/http2_connection.hpp"

#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace understudy::net {
namespace {

/// API Gateway's and ALB's number
/// (docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html).
constexpr std::uint32_t kMaxStreams = 128;
/// What a client may send ahead, on a stream and in all.
constexpr std::int32_t kWindow = 1024 * 1024;
/// Frames with neither data nor the end of a stream in them, which only cost (CVE-2019-9518): more than any client has
/// a use for, on one connection.
constexpr std::size_t kMostIdleFrames = 1000;
/// Frames that are made before the socket is asked.
constexpr std::size_t kFillSize = 64 * 1024;

std::string_view to_view(const std::uint8_t* bytes, std::size_t size) {
    return {reinterpret_cast<const char*>(bytes), size};
}

}  // namespace

struct Http2Connection::Callbacks {
    static Http2Connection& self(void* user) { return *static_cast<Http2Connection*>(user); }

    static int on_begin_headers(nghttp2_session*, const nghttp2_frame* frame, void* user) {
        Http2Connection& connection = self(user);
        if (frame->hd.type != NGHTTP2_HEADERS || frame->headers.cat != NGHTTP2_HCAT_REQUEST) return 0;
        connection.streams_[frame->hd.stream_id] = std::make_shared<Http2Stream>(
            connection.shared_from_this(), frame->hd.stream_id, connection.listener_->limits());
        return 0;
    }
    static int on_header(nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name, std::size_t name_size,
                         const std::uint8_t* value, std::size_t value_size, std::uint8_t, void* user) {
        Http2Stream* stream = self(user).find(frame->hd.stream_id);
        if (stream != nullptr) stream->add_header(to_view(name, name_size), to_view(value, value_size));
        return 0;
    }
    static int on_frame(nghttp2_session* session, const nghttp2_frame* frame, void* user) {
        Http2Connection& connection = self(user);
        const bool is_headers = frame->hd.type == NGHTTP2_HEADERS;
        if (!is_headers && frame->hd.type != NGHTTP2_DATA) return 0;
        const bool ended = (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;
        const bool is_idle = !is_headers && !ended && frame->hd.length == frame->data.padlen;
        if (is_idle && ++connection.idle_frames_ > kMostIdleFrames)
            return nghttp2_session_terminate_session(session, NGHTTP2_ENHANCE_YOUR_CALM);
        Http2Stream* stream = connection.find(frame->hd.stream_id);
        if (stream == nullptr || stream->taken()) return 0;
        if (is_headers) stream->end_headers();
        if (ended || stream->fault()) {
            connection.arrived_.push_back(stream->shared_from_this());
        } else if (is_headers && stream->expects_continue()) {
            static std::string name = ":status";
            static std::string value = "100";
            const nghttp2_nv line{reinterpret_cast<std::uint8_t*>(name.data()),
                                  reinterpret_cast<std::uint8_t*>(value.data()), name.size(), value.size(),
                                  NGHTTP2_NV_FLAG_NONE};
            nghttp2_submit_headers(session, NGHTTP2_FLAG_NONE, frame->hd.stream_id, nullptr, &line, 1, nullptr);
        }
        return 0;
    }
    static int on_data(nghttp2_session*, std::uint8_t, std::int32_t id, const std::uint8_t* bytes, std::size_t size,
                       void* user) {
        Http2Stream* stream = self(user).find(id);
        if (stream == nullptr) return 0;
        if (stream->taken()) {
            stream->throw_away(size);
        } else {
            stream->add_body(to_view(bytes, size));
        }
        return 0;
    }
    /// Who has the whole reply need not send the rest of the request (RFC 9113, 8.1): it would only cost. A client that
    /// is sending may read the reply behind its request only, and loses it by a reset: curl 7.88 does.
    static int on_frame_sent(nghttp2_session* session, const nghttp2_frame* frame, void* user) {
        const bool carries_reply = frame->hd.type == NGHTTP2_HEADERS || frame->hd.type == NGHTTP2_DATA;
        const bool ended = carries_reply && (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;
        if (!ended || nghttp2_session_get_stream_remote_close(session, frame->hd.stream_id) != 0) return 0;
        Http2Stream* stream = self(user).find(frame->hd.stream_id);
        if (stream != nullptr && stream->fault()) {
            stream->linger();
        } else {
            nghttp2_submit_rst_stream(session, NGHTTP2_FLAG_NONE, frame->hd.stream_id, NGHTTP2_NO_ERROR);
        }
        return 0;
    }
    static int on_stream_close(nghttp2_session*, std::int32_t id, std::uint32_t, void* user) {
        Http2Connection& connection = self(user);
        auto stream = connection.streams_.extract(id);
        if (!stream) return 0;
        stream.mapped()->detach();
        connection.gone_.push_back(std::move(stream.mapped()));
        return 0;
    }
};

Http2Connection::Http2Connection(std::shared_ptr<Listener> listener, std::unique_ptr<StreamSocket> socket, Peer peer)
    : listener_(std::move(listener)), socket_(std::move(socket)), peer_(std::move(peer)) {
    peer_.http2 = true;
    nghttp2_session_callbacks* callbacks = nullptr;
    nghttp2_session_callbacks_new(&callbacks);
    nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, &Callbacks::on_begin_headers);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, &Callbacks::on_header);
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, &Callbacks::on_frame);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, &Callbacks::on_data);
    nghttp2_session_callbacks_set_on_frame_send_callback(callbacks, &Callbacks::on_frame_sent);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, &Callbacks::on_stream_close);
    nghttp2_session_server_new(&session_, callbacks, this);
    nghttp2_session_callbacks_del(callbacks);
}

Http2Connection::~Http2Connection() {
    nghttp2_session_del(session_);
}

void Http2Connection::begin(std::string_view bytes) {
    const auto list_size = static_cast<std::uint32_t>(listener_->limits().header_bytes);
    const std::array<nghttp2_settings_entry, 3> settings{
        {{NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, kMaxStreams},
         {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, static_cast<std::uint32_t>(kWindow)},
         {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, list_size}}};
    nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, settings.data(), settings.size());
    nghttp2_session_set_local_window_size(session_, NGHTTP2_FLAG_NONE, 0, kWindow);
    const auto self = shared_from_this();
    on_moved(listener_->turn());
    receive(bytes);
    if (!closed()) socket_->wait_readable(self, StreamSocket::Rest::nothing);
}

void Http2Connection::close() {
    if (closed()) return;
    const auto self = shared_from_this();
    nghttp2_session_terminate_session(session_, NGHTTP2_NO_ERROR);
    if (!flushing_ && fill()) drain();
    socket_.reset();
    stall_watch_.end();
    for (const auto& [id, stream] : std::exchange(streams_, {})) stream->detach();
    arrived_.clear();
    gone_.clear();
    drained_.clear();
    std::exchange(listener_, nullptr)->forget(self);
}

bool Http2Connection::awaits_peer() const {
    return std::ranges::all_of(streams_, [](const auto& entry) { return entry.second->awaits_peer(); });
}

/// The peer is gone: whoever answers it is told.
void Http2Connection::on_end() {
    if (closed()) return;
    const auto streams = std::exchange(streams_, {});
    for (const auto& [id, stream] : streams) stream->detach();
    close();
    for (const auto& [id, stream] : streams) stream->tell_gone();
}

void Http2Connection::on_readable() {
    const auto self = shared_from_this();
    on_moved(listener_->turn());
    const auto room = listener_->scratch();
    const auto moved = socket_->read_message(room);
    switch (moved.status) {
        case Moved::Status::moved:
            receive({room.data(), moved.size});
            break;
        case Moved::Status::would_block:
            break;
        case Moved::Status::ended:
        case Moved::Status::broken:
            return on_end();
    }
    if (!closed() && !socket_->waits_readable()) socket_->wait_readable(self, StreamSocket::Rest::nothing);
}

void Http2Connection::receive(std::string_view bytes) {
    const auto used =
        nghttp2_session_mem_recv(session_, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    hand_out();
    if (closed()) return;
    flush();
    if (closed()) return;
    if (!streams_.empty() && listener_->patience()) watch_progress();
    const bool over = nghttp2_session_want_read(session_) == 0 && nghttp2_session_want_write(session_) == 0;
    if (used < 0 || over) on_end();
}

/// Acts upon what nghttp2 told while it read or wrote.
void Http2Connection::hand_out() {
    for (const auto& stream : std::exchange(gone_, {})) stream->tell_gone();
    for (const auto& stream : std::exchange(arrived_, {})) {
        if (!closed() && !stream->taken()) dispatch(stream);
    }
}

void Http2Connection::dispatch(const std::shared_ptr<Http2Stream>& stream) {
    const auto listener = listener_;  // the callbacks may close the server
    const auto fault = stream->fault();
    const bool has_head = stream->head() != nullptr;
    http::Request request = stream->take_request();
    Responder responder(stream);
    if (fault) return std::move(responder).send(listener->on_malformed()({*fault, request, has_head}, peer_));
    listener->on_request()(std::move(request), std::move(responder), peer_);
}

/// The client has sent something while it has requests under way.
void Http2Connection::watch_progress() {
    stall_watch_.on_progress(StallWatch::Clock::now());
    if (stall_watch_.looks()) return;
    for (const auto& [id, stream] : streams_) {
        if (stream->taken()) continue;
        if (const auto patience = listener_->patience()(stream->head())) return look_later(*patience);
    }
}

void Http2Connection::look_later(StallWatch::Clock::duration wait) {
    stall_watch_.look_after(socket_->executor(), wait, [weak = weak_from_this()] {
        if (const auto self = weak.lock()) self->look_for_stall();
    });
}

/// Answers the requests that are still not whole.
void Http2Connection::look_for_stall() {
    stall_watch_.end();
    const auto listener = listener_;  // the callbacks may close the server
    const auto now = StallWatch::Clock::now();
    auto next = StallWatch::Clock::duration::max();
    for (const auto& [id, stream] : std::map(streams_)) {
        if (closed()) return;
        const auto patience = stream->taken() ? std::nullopt : listener->patience()(stream->head());
        if (!patience) continue;
        if (const auto left = stall_watch_.left(*patience, now); left.count() > 0) {
            next = std::min(next, left);
            continue;
        }
        const bool within_head = stream->head() == nullptr;
        http::Response response = listener->on_stalled()(stream->head(), peer_);
        stream->take_request();
        Responder(stream).send(std::move(response));
        // No frame of another stream may stand within a header block (RFC 9113, 4.3): nothing else can come.
        if (within_head) return on_end();
    }
    if (!closed() && next != StallWatch::Clock::duration::max()) look_later(next);
}

Http2Stream* Http2Connection::find(std::int32_t id) {
    const auto found = streams_.find(id);
    return found == streams_.end() ? nullptr : found->second.get();
}

/// Makes frames until there are enough of them. False where there are none.
bool Http2Connection::fill() {
    if (written_ == out_.size()) {
        out_.clear();
        written_ = 0;
        while (out_.size() < kFillSize) {
            const std::uint8_t* bytes = nullptr;
            const auto size = nghttp2_session_mem_send(session_, &bytes);
            if (size <= 0) break;
            out_ += to_view(bytes, static_cast<std::size_t>(size));
        }
    }
    return !out_.empty();
}

/// Writes what was made. False where the socket took not all of it.
bool Http2Connection::drain() {
    while (written_ < out_.size()) {
        const auto moved = socket_->write(std::string_view(out_).substr(written_), {});
        if (moved.status != Moved::Status::moved) return false;
        written_ += moved.size;
    }
    return true;
}

void Http2Connection::flush() {
    if (flushing_ || closed()) return;
    on_moved(listener_->turn());
    const auto self = shared_from_this();
    flushing_ = true;
    bool full = false;
    while (!full && fill()) full = !drain();
    flushing_ = false;
    for (const auto& stream : std::exchange(drained_, {})) stream->tell_drained();
    if (closed()) return;
    if (!gone_.empty()) hand_out();
    if (closed() || !full || std::exchange(waits_writable_, true)) return;
    socket_->wait_writable([self](const boost::system::error_code& error) {
        self->waits_writable_ = false;
        if (!error) self->flush();
    });
}

}  // namespace understudy::net
