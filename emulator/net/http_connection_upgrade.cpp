// Connections that go on with another protocol.

#include "emulator/net/http2_connection.hpp"
#include "emulator/net/http_connection.hpp"
#include "emulator/net/websocket_connection.hpp"

#include <algorithm>
#include <utility>

namespace understudy::net {

/// Whether the connection's first bytes are, or may become, HTTP/2's preface; they are kept then.
bool Connection::begins_http2(std::string_view bytes) {
    constexpr std::string_view kPreface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    const std::size_t size = std::min(bytes.size(), kPreface.size() - pending_.size());
    version_known_ = bytes.substr(0, size) != kPreface.substr(pending_.size(), size);
    if (version_known_) return false;
    pending_ += bytes;
    if (pending_.size() >= kPreface.size()) become_http2();
    return true;
}

void Connection::become_http2() {
    const auto self = shared_from_this();
    const auto next = std::make_shared<Http2Connection>(listener_, std::move(socket_), std::move(peer_));
    listener_->keep(next);
    const std::string bytes = std::move(pending_);
    close();
    next->begin(bytes);
}

std::shared_ptr<WebSocketConnection> Connection::upgrade(const http::Headers& lines, WebSocketTerms terms,
                                                         WebSocketEvents events) {
    if (state_ != State::responding || peer_gone_) return nullptr;
    const std::string head = render_head({101, lines, {}}, {true, false, 1});
    // Where the socket does not take it whole, the peer is not reading: nothing was written before.
    if (socket_->write(head, {}).size != head.size()) return nullptr;
    const auto self = shared_from_this();
    auto next = std::make_shared<WebSocketConnection>(listener_, std::move(socket_), terms, std::move(events));
    listener_->keep(next);
    next->begin(pending_);
    close();
    return next;
}

}  // namespace understudy::net
