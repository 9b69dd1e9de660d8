#include "emulator/net/responder.hpp"

#include "emulator/net/reply_channel.hpp"

#include <utility>

namespace understudy::net {

ResponseStream::ResponseStream(std::shared_ptr<ReplyChannel> channel) : channel_(std::move(channel)) {}

ResponseStream& ResponseStream::operator=(ResponseStream&& other) noexcept {
    if (this != &other) {
        const ResponseStream unfinished(std::exchange(channel_, std::exchange(other.channel_, nullptr)));
    }
    return *this;
}

ResponseStream::~ResponseStream() {
    if (channel_) channel_->abort();
}

void ResponseStream::write(std::string_view bytes) {
    if (channel_) channel_->write(bytes);
}

std::size_t ResponseStream::backlog() const {
    return channel_ ? channel_->backlog() : 0;
}

void ResponseStream::on_drained(std::function<void()> callback) {
    if (channel_) channel_->watch_drain(std::move(callback));
}

void ResponseStream::finish(const http::Headers& trailers) && {
    if (const auto channel = std::exchange(channel_, nullptr)) channel->finish(trailers);
}

void ResponseStream::abort() && {
    if (const auto channel = std::exchange(channel_, nullptr)) channel->abort();
}

bool ResponseStream::open() const {
    return channel_ && channel_->peer_is_there();
}

void ResponseStream::on_peer_gone(std::function<void()> callback) {
    if (channel_) channel_->watch_peer(std::move(callback));
}

Responder::Responder(std::shared_ptr<ReplyChannel> channel) : channel_(std::move(channel)) {}

Responder& Responder::operator=(Responder&& other) noexcept {
    if (this != &other) {
        const Responder unanswered(std::exchange(channel_, std::exchange(other.channel_, nullptr)));
    }
    return *this;
}

Responder::~Responder() {
    if (channel_) channel_->abort();
}

void Responder::send(http::Response response) && {
    if (const auto channel = std::exchange(channel_, nullptr)) channel->send(std::move(response));
}

ResponseStream Responder::start(http::Response head) && {
    auto channel = std::exchange(channel_, nullptr);
    if (channel) channel->start(std::move(head));
    return ResponseStream(std::move(channel));
}

WebSocket Responder::accept_websocket(const WebSocketOffer& offer, const http::Headers& lines, WebSocketTerms terms,
                                      WebSocketEvents events) && {
    const auto channel = std::exchange(channel_, nullptr);
    if (!channel) return WebSocket(nullptr);
    http::Headers all{{"Upgrade", "websocket"}, {"Connection", "Upgrade"}};
    all.add("Sec-WebSocket-Accept", offer.accept);
    for (const auto [name, value] : lines) all.add(name, value);
    auto connection = channel->upgrade(all, terms, std::move(events));
    if (!connection) channel->abort();
    return WebSocket(std::move(connection));
}

std::uint64_t Responder::exchange() const {
    return channel_ ? channel_->exchange() : 0;
}

bool Responder::open() const {
    return channel_ && channel_->peer_is_there();
}

void Responder::on_peer_gone(std::function<void()> callback) {
    if (channel_) channel_->watch_peer(std::move(callback));
}

void Responder::on_unread(std::function<void()> callback) {
    if (channel_) channel_->watch_reading(std::move(callback));
}

}  // namespace understudy::net
