#include "emulator/event/websocket_reply.hpp"

#include "emulator/event/explicit_reply.hpp"

#include <array>

namespace understudy::event {
namespace {

/// Written by the handshake itself; unverified.
constexpr std::array<std::string_view, 6> kDroppedByWebSocket = {
    "Connection", "Content-Length", "Date", "Transfer-Encoding", "Upgrade", "Sec-WebSocket-Accept"};

}  // namespace

Reply render_websocket_reply(std::string_view payload) {
    ReplyRules rules;
    rules.maps = ReplyRules::Maps::single_then_multi;
    rules.dropped = kDroppedByWebSocket;
    return render_object(parse_proxy_reply(payload), rules, "a WebSocket API");
}

bool lets_in(const Reply& reply) {
    const auto* response = std::get_if<http::Response>(&reply.result);
    return response && response->status >= 200 && response->status < 300;
}

}  // namespace understudy::event
