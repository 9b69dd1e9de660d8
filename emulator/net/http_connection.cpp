#include "emulator/net/http_connection.hpp"

#include "emulator/http/growth.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <utility>

namespace understudy::net {
namespace {

/// A body grows by this much at a time: what may have to be zeroed is still in the cache when its bytes arrive.
constexpr std::size_t kBodyStep = 512 * 1024;
/// Pipelined bytes that are kept while a reply is due; more stay in the kernel.
constexpr std::size_t kMaxPipelined = 64 * 1024;
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace

Connection::Connection(std::shared_ptr<Listener> listener, std::unique_ptr<StreamSocket> socket, Peer peer)
    : listener_(std::move(listener)),
      socket_(std::move(socket)),
      peer_(std::move(peer)),
      parser_(listener_->limits()),
      version_known_(listener_->limits().versions == Versions::http1) {}

void Connection::begin() {
    on_moved(listener_->turn());
    wait_readable();
}

/// While it lingers, a timer of its own runs.
bool Connection::awaits_peer() const {
    return (state_ == State::reading && !held_) || state_ == State::writing;
}

void Connection::close() {
    if (state_ == State::closed) return;
    state_ = State::closed;
    const auto self = shared_from_this();
    if (stream_.on_drained) boost::asio::post(socket_->executor(), std::move(stream_.on_drained));
    socket_.reset();
    linger_timer_.reset();
    stall_watch_.end();
    const auto callback = std::exchange(peer_callback_, nullptr);
    unread_callback_ = nullptr;
    reply_ = {};
    stream_ = {};
    reader_.reset();
    pending_ = {};
    parser_.reset();
    std::exchange(listener_, nullptr)->forget(self);
}

void Connection::wait_readable() {
    // Pipelined bytes over the limit stay in the kernel until replies are out.
    const bool full = state_ != State::reading && pending_.size() >= kMaxPipelined;
    if (full || held_ || state_ == State::closed || peer_gone_) return;
    // It may have begun, and stood still, while the one before it was answered.
    const bool begun = state_ == State::reading && parser_.started();
    if (begun && listener_->patience()) watch_progress();
    if (socket_->waits_readable()) return;
    // Nobody but the peer ends a request that is half read, so nothing of its end may be missed.
    const bool midway = state_ == State::lingering || begun;
    socket_->wait_readable(shared_from_this(), midway ? StreamSocket::Rest::anything : StreamSocket::Rest::nothing);
}

void Connection::on_readable() {
    on_moved(listener_->turn());
    if (state_ == State::reading && parser_.body_left() > 0) {
        read_body();
    } else {
        read_once();
    }
    wait_readable();
}

/// Reads into the shared scratch room, so that an idle connection owns no buffer.
void Connection::read_once() {
    const auto room = listener_->scratch();
    const auto moved = socket_->read_message(room);
    switch (moved.status) {
        case StreamSocket::Status::moved:
            listener_->add_received(moved.size);
            return on_bytes({room.data(), moved.size});
        case StreamSocket::Status::would_block:
            return;
        case StreamSocket::Status::ended:
            return on_end_of_stream();
        case StreamSocket::Status::broken:
            on_reset();
            if (state_ == State::reading) return on_cut_off();
            on_peer_gone();
            return close();
    }
}

/// Reads a body of known length straight to where it stays.
void Connection::read_body() {
    std::string& body = parser_.request().body;
    while (parser_.body_left() > 0) {
        const std::size_t step = std::min(parser_.body_left(), kBodyStep);
        Moved moved;
        http::append_written(body, step, [&](char* to) {
            moved = socket_->read({to, step});
            return moved.size;
        });
        parser_.body_arrived(moved.size);
        listener_->add_received(moved.size);
        if (moved.status == StreamSocket::Status::ended || moved.status == StreamSocket::Status::broken) {
            pass_body();
            return on_cut_off();
        }
        if (parser_.body_left() == 0) break;
        if (moved.size == step && !reader_) continue;
        pass_body();
        if (moved.size < step || held_ || state_ != State::reading) return;
    }
    advance();
}

void Connection::on_bytes(std::string_view bytes) {
    if (state_ == State::lingering) {
        drained_ += bytes.size();
        if (drained_ > listener_->limits().linger_bytes) close();
        return;
    }
    if (!version_known_ && begins_http2(bytes)) return;
    if (state_ == State::reading) unread_callback_ = nullptr;
    if (state_ != State::reading || !pending_.empty()) {
        pending_ += bytes;
    } else {
        pending_.assign(bytes.substr(parse(bytes)));
    }
    advance();
}

void Connection::on_end_of_stream() {
    // A peer that has only half-closed still reads its reply; one that asked for nothing more is gone.
    if (state_ == State::reading) return on_cut_off();
    if (state_ == State::lingering) return close();
    on_peer_gone();
}

/// No more will come of the request that is being read.
void Connection::on_cut_off() {
    if (state_ != State::reading) return;
    held_ = false;
    if (reader_) {
        peer_gone_ = true;
        return cut_off_reader();
    }
    if (!parser_.head_done() || !listener_->on_truncated()) return close();
    peer_gone_ = true;
    const auto listener = listener_;  // the callback may close the server
    hand_out(listener->on_truncated(), closing_framing());
}

Framing Connection::closing_framing() {
    return {false, parser_.request().method == "HEAD", parser_.request().minor_version};
}

void Connection::cut_off_reader() {
    const auto reader = std::exchange(reader_, nullptr);
    framing_ = closing_framing();
    state_ = State::responding;
    reader->on_cut_off(Responder(shared_from_this()));
}

/// What has arrived is no request, or not the rest of one.
void Connection::on_fault(Malformed fault) {
    if (reader_) return cut_off_reader();
    const auto listener = listener_;  // the callback may close the server
    refuse(listener->on_malformed()({fault, parser_.request(), parser_.head_done()}, peer_));
}

/// Hands on what has arrived of a body that somebody reads as it comes.
void Connection::pass_body() {
    const auto fault = parser_.fault();
    const bool broken = fault && fault != Malformed::body_too_large;  // whoever reads it as it comes limits it himself
    if (!listener_->on_head() || !parser_.head_done() || broken) return;
    const auto listener = listener_;  // the callbacks may close the server
    if (!std::exchange(asked_for_reader_, true)) {
        reader_ = listener->on_head()(parser_.request());
        if (state_ != State::reading) return;
        if (reader_) parser_.lift_body_limit();
        if (fault) parse_pending();
    }
    if (!reader_ || parser_.request().body.empty()) return;
    auto reader = std::move(reader_);
    std::string bytes = std::move(parser_.request().body);
    continue_sent_ = true;  // nobody waits for it any more
    reader->on_body(bytes);
    if (state_ != State::reading) return;
    reader_ = std::move(reader);
    bytes.clear();
    parser_.request().body = std::move(bytes);
    held_ = reader_->hold([weak = weak_from_this()] {
        if (const auto self = weak.lock()) self->resume_body();
    });
}

void Connection::resume_body() {
    if (!std::exchange(held_, false)) return;
    wait_readable();
}

/// The kernel resets a connection whose peer closes it with bytes unread, or to which bytes come once it is closed.
void Connection::on_reset() {
    if (const auto callback = std::exchange(unread_callback_, nullptr)) callback();
}

void Connection::on_peer_gone() {
    peer_gone_ = true;
    if (const auto callback = std::exchange(peer_callback_, nullptr)) callback();
}

/// Hands out the requests that have arrived, until one of them is incomplete or is not answered at once.
void Connection::advance() {
    if (advancing_) return;
    advancing_ = true;
    const auto self = shared_from_this();
    while (state_ == State::reading) {
        parse_pending();
        pass_body();
        if (state_ != State::reading) break;
        if (const auto fault = parser_.fault()) {
            on_fault(*fault);
        } else if (parser_.done()) {
            dispatch();
        } else {
            if (parser_.head_done()) answer_expectation();
            break;
        }
    }
    advancing_ = false;
    if (state_ == State::reading && peer_gone_) close();
}

/// Feeds the parser, and a body of known length, from `bytes`; returns how many were used.
std::size_t Connection::parse(std::string_view bytes) {
    std::size_t used = parser_.body_left() == 0 ? parser_.feed(bytes) : 0;
    if (parser_.body_left() > 0 && !parser_.fault()) {
        const auto part = bytes.substr(used, parser_.body_left());
        parser_.request().body += part;
        parser_.body_arrived(part.size());
        used += part.size();
    }
    return used;
}

void Connection::parse_pending() {
    if (pending_.empty() || parser_.fault() || parser_.done()) return;
    pending_.erase(0, parse(pending_));
    if (pending_.empty() && pending_.capacity() > kMaxPipelined) pending_ = {};
}

void Connection::answer_expectation() {
    if (continue_sent_ || !parser_.expects_continue() || !parser_.request().body.empty()) return;
    continue_sent_ = true;
    // Where the socket does not take it whole, the peer is not reading: no client pipelines and then expects.
    if (socket_->write(kContinue, {}).size != kContinue.size()) close();
}

void Connection::dispatch() {
    const auto listener = listener_;  // the callback may close the server
    hand_out(listener->on_request(),
             {parser_.keep_alive(), parser_.request().method == "HEAD", parser_.request().minor_version});
}

void Connection::hand_out(const HttpServer::OnRequest& receiver, Framing framing) {
    http::Request request = std::move(parser_.request());
    framing_ = framing;
    parser_.reset();
    continue_sent_ = false;
    asked_for_reader_ = false;
    held_ = false;
    state_ = State::responding;
    if (const auto reader = std::exchange(reader_, nullptr)) {
        return reader->on_end(std::move(request), Responder(shared_from_this()));
    }
    receiver(std::move(request), Responder(shared_from_this()), peer_);
}

}  // namespace understudy::net
