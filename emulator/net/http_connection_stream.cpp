// Replies whose body is written bit by bit.

#include "emulator/net/http_connection.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace understudy::net {
namespace {

/// Written bytes of a backlog that are kept before the rest is moved to the front.
constexpr std::size_t kMaxWrittenKept = 1024 * 1024;

/// A chunk's first line.
std::string to_chunk_head(std::size_t size) {
    std::array<char, 16> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), size, 16).ptr;
    return std::string(digits.data(), end) + "\r\n";
}

}  // namespace

void Connection::start(http::Response head) {
    if (state_ != State::responding) return;
    if (asks_to_close(head)) framing_.keep_alive = false;
    stream_.end = choose_body_end(head, framing_);
    stream_.left = stated_length(head).value_or(0);
    if (stream_.end == BodyEnd::close) framing_.keep_alive = false;
    state_ = State::streaming;
    std::string text = render_stream_head(head, framing_, stream_.end);
    const std::string_view body = head.body.view();
    if (body.empty() || stream_.end == BodyEnd::no_body) return push(text, {}, {});
    if (stream_.end == BodyEnd::chunked) {
        text += to_chunk_head(body.size());
        return push(text, body, "\r\n");
    }
    push(text, {}, {});
    push_body(body);
}

void Connection::write(std::string_view bytes) {
    if (state_ == State::streaming && !stream_.broken) push_body(bytes);
}

void Connection::push_body(std::string_view bytes) {
    if (stream_.end == BodyEnd::no_body) return;
    if (stream_.end == BodyEnd::length) {
        bytes = bytes.substr(0, std::min<std::uint64_t>(bytes.size(), stream_.left));
        stream_.left -= bytes.size();
    }
    if (bytes.empty()) return;  // an empty chunk would be the last one
    if (stream_.end == BodyEnd::chunked) return push(to_chunk_head(bytes.size()), bytes, "\r\n");
    push(bytes, {}, {});
}

/// Writes what the socket takes, behind what already waits, and keeps the rest.
void Connection::push(std::string_view first, std::string_view second, std::string_view third) {
    std::array<std::string_view, 3> parts{first, second, third};
    const bool waits = !reply_.head.empty();
    bool full = waits;
    while (!full && !(parts[0].empty() && parts[1].empty() && parts[2].empty())) {
        const auto moved = socket_->write(parts[0], parts[1], parts[2]);
        if (moved.status == StreamSocket::Status::broken) return break_stream();
        full = moved.status == StreamSocket::Status::would_block;
        std::size_t gone = moved.size;
        for (std::string_view& part : parts) {
            const std::size_t size = std::min(gone, part.size());
            part.remove_prefix(size);
            gone -= size;
        }
    }
    for (const std::string_view part : parts) reply_.head += part;
    if (!waits && !reply_.head.empty()) wait_to_flush();
}

void Connection::wait_to_flush() {
    socket_->wait_writable([self = shared_from_this()](const boost::system::error_code&) {
        if (self->state_ == State::streaming) self->flush();
        if (self->state_ == State::writing) self->write_reply();
    });
}

void Connection::flush() {
    while (reply_.written < reply_.head.size()) {
        const auto moved = socket_->write(std::string_view(reply_.head).substr(reply_.written), {});
        if (moved.status == StreamSocket::Status::broken) return break_stream();
        if (moved.status == StreamSocket::Status::would_block) break;
        reply_.written += moved.size;
    }
    if (reply_.written == reply_.head.size()) return on_flushed();
    if (reply_.written > kMaxWrittenKept) reply_.head.erase(0, std::exchange(reply_.written, 0));
    wait_to_flush();
}

void Connection::on_flushed() {
    reply_ = {};
    if (const auto callback = std::exchange(stream_.on_drained, nullptr)) callback();
}

/// Whoever writes is told in a later turn: it does not expect to be called back from within `write`.
void Connection::break_stream() {
    stream_.broken = true;
    reply_ = {};
    boost::asio::post(socket_->executor(), [self = shared_from_this()] {
        if (self->state_ != State::streaming) return;
        if (!self->peer_gone_) self->on_peer_gone();
        self->close();
    });
}

std::size_t Connection::backlog() const {
    return state_ == State::streaming ? reply_.head.size() - reply_.written : 0;
}

void Connection::watch_drain(std::function<void()> callback) {
    if (state_ != State::streaming || stream_.broken) return;
    stream_.on_drained = std::move(callback);
    if (!reply_.head.empty()) return;
    boost::asio::post(socket_->executor(), [self = shared_from_this()] {
        if (self->state_ == State::streaming && self->reply_.head.empty()) self->on_flushed();
    });
}

void Connection::finish(const http::Headers& trailers) {
    if (state_ != State::streaming) return;
    const bool short_of_length = stream_.end == BodyEnd::length && stream_.left > 0;
    if (short_of_length) framing_.keep_alive = false;
    end_stream(stream_.end == BodyEnd::chunked ? render_last_chunk(trailers) : std::string());
}

void Connection::abort() {
    if (state_ == State::responding) return close();
    if (state_ != State::streaming) return;
    framing_.keep_alive = false;
    end_stream({});
}

void Connection::end_stream(std::string_view rest) {
    if (stream_.broken) return close();
    peer_callback_ = nullptr;
    stream_ = {};
    reply_.head += rest;
    state_ = State::writing;
    write_reply();
}

}  // namespace understudy::net
