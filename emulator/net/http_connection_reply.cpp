// Replies in one piece, refusals, and the end of a connection.

#include "emulator/net/http_connection.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace understudy::net {

using boost::system::error_code;

/// Answers what is no request, or will not become one.
void Connection::refuse(http::Response response) {
    if (state_ != State::reading) return;
    const bool head_request = parser_.request().method == "HEAD";
    pending_ = {};
    reader_.reset();
    start_reply(std::move(response), {false, head_request, 1});
}

/// Bytes of a request have come, and not the last ones.
void Connection::watch_progress() {
    stall_watch_.on_progress(StallWatch::Clock::now());
    if (stall_watch_.looks()) return;
    const http::Request* head = parser_.head_done() ? &parser_.request() : nullptr;
    if (const auto patience = listener_->patience()(head)) look_later(*patience);
}

void Connection::look_later(StallWatch::Clock::duration wait) {
    stall_watch_.look_after(socket_->executor(), wait, [weak = weak_from_this()] {
        if (const auto self = weak.lock()) self->look_for_stall();
    });
}

void Connection::look_for_stall() {
    stall_watch_.end();
    if (state_ != State::reading || !parser_.started()) return;
    const auto listener = listener_;  // the callbacks may close the server
    const http::Request* head = parser_.head_done() ? &parser_.request() : nullptr;
    const auto patience = listener->patience()(head);
    if (!patience) return;
    const auto left = stall_watch_.left(*patience, StallWatch::Clock::now());
    if (left.count() > 0) return look_later(left);
    refuse(listener->on_stalled()(head, peer_));
}

void Connection::send(http::Response response) {
    if (state_ != State::responding) return;
    Framing framing = framing_;
    if (asks_to_close(response)) framing.keep_alive = false;
    const auto callback = std::exchange(peer_callback_, nullptr);
    start_reply(std::move(response), framing);
}

bool Connection::peer_is_there() const {
    return (state_ == State::responding || state_ == State::streaming) && !peer_gone_;
}

void Connection::watch_peer(std::function<void()> callback) {
    if ((state_ == State::responding || state_ == State::streaming) && !peer_gone_) {
        peer_callback_ = std::move(callback);
    } else {
        callback();
    }
}

void Connection::watch_reading(std::function<void()> on_unread) {
    if (state_ == State::responding) unread_callback_ = std::move(on_unread);
}

void Connection::start_reply(http::Response response, Framing framing) {
    framing_ = framing;
    reply_.head = render_head(response, framing);
    reply_.body = std::move(response.body);
    if (carries_body(response, framing)) reply_.body_bytes = reply_.body.view();
    state_ = State::writing;
    write_reply();
}

void Connection::write_reply() {
    on_moved(listener_->turn());
    const std::size_t total = reply_.head.size() + reply_.body_bytes.size();
    while (reply_.written < total) {
        const std::size_t in_head = std::min(reply_.written, reply_.head.size());
        const auto moved = socket_->write(std::string_view(reply_.head).substr(in_head),
                                          reply_.body_bytes.substr(reply_.written - in_head));
        if (moved.status == StreamSocket::Status::broken) {
            on_reset();
            return close();
        }
        if (moved.status == StreamSocket::Status::would_block) {
            return socket_->wait_writable([self = shared_from_this()](const error_code&) {
                if (self->state_ == State::writing) self->write_reply();
            });
        }
        reply_.written += moved.size;
    }
    on_written();
}

void Connection::on_written() {
    reply_ = {};
    if (!framing_.keep_alive) return peer_gone_ ? close() : linger();
    state_ = State::reading;
    if (advancing_) return;
    advance();
    wait_readable();
}

/// Closing with unread bytes would reset the connection, and the peer might lose the reply.
void Connection::linger() {
    state_ = State::lingering;
    pending_ = {};
    socket_->end_writing();
    linger_timer_.emplace(socket_->executor(), listener_->limits().linger);
    linger_timer_->async_wait([self = shared_from_this()](const error_code& error) {
        if (!error) self->close();
    });
    wait_readable();
}

}  // namespace understudy::net
