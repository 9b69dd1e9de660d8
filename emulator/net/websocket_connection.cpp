#include "emulator/net/websocket_connection.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <utility>

namespace understudy::net {
namespace {

using Clock = std::chrono::steady_clock;
using http::WebSocketClose;

/// How long the client's close frame is waited for.
constexpr std::chrono::seconds kMaxClosing{5};
constexpr const char* kGoingAway = "Going away";
/// So much may wait for a client that sends and does not read; a hundred of the largest messages.
constexpr std::size_t kMostUnsent = std::size_t{16} * 1024 * 1024;

std::uint16_t to_number(WebSocketClose code) {
    return static_cast<std::uint16_t>(code);
}

Clock::time_point later(Clock::time_point from, std::chrono::nanoseconds by) {
    return from + std::chrono::duration_cast<Clock::duration>(by);
}

template <class... Ts>
struct Choose : Ts... {
    using Ts::operator()...;
};

}  // namespace

WebSocketConnection::WebSocketConnection(std::shared_ptr<Listener> listener, std::unique_ptr<StreamSocket> socket,
                                         WebSocketTerms terms, WebSocketEvents events)
    : listener_(std::move(listener)),
      socket_(std::move(socket)),
      terms_(terms),
      events_(std::move(events)),
      reader_(terms.limits),
      begun_(Clock::now()),
      last_active_(begun_),
      timer_(std::in_place, socket_->executor()) {}

void WebSocketConnection::begin(std::string_view bytes) {
    reader_.feed(bytes);
    boost::asio::post(socket_->executor(), [self = shared_from_this()] {
        self->take_input();
        if (self->socket_) self->socket_->take_over(self);
    });
    watch_clock();
}

void WebSocketConnection::close() {
    if (state_ == State::closed) return;
    state_ = State::closed;
    const auto self = shared_from_this();
    events_ = {};
    timer_.reset();
    socket_.reset();
    std::exchange(listener_, nullptr)->forget(self);
}

/// A close is awaited whatever waits.
bool WebSocketConnection::is_held_up() const {
    return state_ == State::open && (paused_ || out_.size() > kMostUnsent);
}

void WebSocketConnection::resume() {
    paused_ = false;
    read_on();
}

/// What was not looked at while it was held up may have come before.
void WebSocketConnection::read_on() {
    if (!socket_) return;
    boost::asio::post(socket_->executor(), [self = shared_from_this()] {
        self->take_input();
        const bool waits = !self->socket_ || self->is_held_up() || self->socket_->waits_readable();
        if (!waits) self->socket_->wait_readable(self, StreamSocket::Rest::anything);
    });
}

void WebSocketConnection::on_readable() {
    if (is_held_up()) return;
    const auto self = shared_from_this();
    const auto room = listener_->scratch();
    const auto moved = socket_->read_message(room);
    if (moved.status == Moved::Status::moved) {
        last_active_ = Clock::now();
        reader_.feed({room.data(), moved.size});
        take_input();
    } else if (moved.status != Moved::Status::would_block) {
        const bool ours = state_ == State::closing;
        end(ours ? close_code_ : to_number(WebSocketClose::abnormal), ours ? close_reason_ : "");
    }
    if (state_ != State::closed && !is_held_up()) socket_->wait_readable(self, StreamSocket::Rest::nothing);
}

/// What is answered to many small frames goes out at once: others wait for each write.
void WebSocketConnection::take_input() {
    const bool within = std::exchange(taking_, true);
    while (state_ != State::closed && !is_held_up()) {
        auto input = reader_.next();
        if (!input) break;
        take(std::move(*input));
    }
    taking_ = within;
    if (!taking_) flush();
}

void WebSocketConnection::take(http::WebSocketInput&& input) {
    std::visit(Choose{
                   [this](http::TextMessage& message) {
                       const auto on_message = events_.on_message;  // the callback may drop the events
                       if (state_ == State::open && on_message) on_message(std::move(message.text));
                   },
                   [this](const http::PingMessage& ping) {
                       if (state_ == State::open) push(http::render_pong_frame(ping.payload));
                   },
                   [](const http::PongMessage&) {},
                   [this](const http::CloseMessage& message) {
                       if (state_ == State::closing) return end(close_code_, close_reason_);
                       push(http::render_close_frame(message.code, message.reason));
                       flush();
                       end(message.code, message.reason);
                   },
                   [this](const http::WebSocketFault& fault) {
                       if (state_ == State::closing) return end(close_code_, close_reason_);
                       start_close(to_number(fault.code), fault.reason);
                       flush();
                       // The client's close frame will not be read, so its end has to do.
                       if (socket_ && out_.empty()) socket_->end_writing();
                   },
               },
               input);
}

void WebSocketConnection::send_text(std::string_view text) {
    if (state_ != State::open) return;
    last_active_ = Clock::now();
    push(http::render_text_frame(text));
}

void WebSocketConnection::start_close(std::uint16_t code, std::string_view reason) {
    if (state_ != State::open) return;
    close_code_ = code;
    close_reason_ = reason;
    state_ = State::closing;
    closing_since_ = Clock::now();
    const bool held_up = std::exchange(paused_, false) || out_.size() > kMostUnsent;
    push(http::render_close_frame(code, reason));
    if (state_ == State::closing) watch_clock();
    if (held_up) read_on();
}

void WebSocketConnection::push(std::string_view frame) {
    out_ += frame;
    if (!taking_) flush();
}

/// A broken socket is noticed where it is read.
void WebSocketConnection::flush() {
    if (waits_writable_ || !socket_) return;
    const bool held_up = is_held_up();
    std::size_t written = 0;
    Moved moved{Moved::Status::moved, 0};
    while (written < out_.size() && moved.status == Moved::Status::moved) {
        moved = socket_->write(std::string_view(out_).substr(written), {});
        written += moved.size;
    }
    const bool is_broken = moved.status == Moved::Status::broken;
    out_.erase(0, is_broken ? out_.size() : written);
    if (held_up && !is_held_up()) read_on();
    if (out_.empty()) return;
    waits_writable_ = true;
    socket_->wait_writable([self = shared_from_this()](const boost::system::error_code& error) {
        self->waits_writable_ = false;
        if (!error) self->flush();
    });
}

void WebSocketConnection::watch_clock() {
    const auto due = state_ == State::closing
                         ? closing_since_ + kMaxClosing
                         : std::min(later(last_active_, terms_.idle), later(begun_, terms_.lifetime));
    timer_->expires_at(due);
    timer_->async_wait([self = shared_from_this()](const boost::system::error_code& error) {
        if (!error && self->state_ != State::closed) self->on_clock();
    });
}

void WebSocketConnection::on_clock() {
    const auto now = Clock::now();
    if (paused_) last_active_ = now;  // The client may have sent what was not read.
    if (state_ == State::closing) {
        if (now >= closing_since_ + kMaxClosing) return end(close_code_, close_reason_);
    } else if (now >= later(last_active_, terms_.idle) || now >= later(begun_, terms_.lifetime)) {
        return start_close(to_number(WebSocketClose::going_away), kGoingAway);
    }
    watch_clock();
}

void WebSocketConnection::end(std::uint16_t code, const std::string& reason) {
    const auto self = shared_from_this();
    const auto on_close = events_.on_close;
    const std::string kept = reason;
    if (socket_) socket_->end_writing();
    close();
    if (on_close) on_close(code, kept);
}

WebSocket::WebSocket(std::shared_ptr<WebSocketConnection> connection) : connection_(std::move(connection)) {}

WebSocket& WebSocket::operator=(WebSocket&& other) noexcept {
    if (this != &other) {
        const WebSocket dropped(std::exchange(connection_, std::exchange(other.connection_, nullptr)));
    }
    return *this;
}

WebSocket::~WebSocket() {
    if (!connection_) return;
    connection_->forget_events();
    connection_->start_close(to_number(WebSocketClose::going_away), kGoingAway);
}

void WebSocket::send_text(std::string_view text) {
    if (connection_) connection_->send_text(text);
}

void WebSocket::close(WebSocketClose code, std::string_view reason) {
    if (connection_) connection_->start_close(to_number(code), reason);
}

void WebSocket::pause() {
    if (connection_) connection_->pause();
}

void WebSocket::resume() {
    if (connection_) connection_->resume();
}

bool WebSocket::open() const {
    return connection_ && connection_->open();
}

Clock::time_point WebSocket::last_active() const {
    return connection_ ? connection_->last_active() : Clock::time_point();
}

}  // namespace understudy::net
