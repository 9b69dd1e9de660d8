#include "emulator/net/websocket_connections.hpp"

#include "emulator/net/websocket_front.hpp"

#include <algorithm>
#include <utility>

namespace understudy::net {

void WebSocketConnections::settle(SocketClient& client) const {
    const auto now =
        std::ranges::find_if(fronts_, [&](const auto& front) { return front->api_id() == client.front->api_id(); });
    if (now == fronts_.end()) return client.socket->close(http::WebSocketClose::going_away, "Going away");
    client.front = *now;
    client.session.move_to((*now)->door());
}

void WebSocketConnections::add(const std::shared_ptr<SocketClient>& client) {
    clients_.insert_or_assign(client->session.client().connection.id, client);
    settle(*client);
}

std::shared_ptr<SocketClient> WebSocketConnections::find(const std::string& id, std::string_view api_id,
                                                         std::string_view stage) const {
    const auto found = clients_.find(id);
    if (found == clients_.end()) return nullptr;
    const SocketClient& client = *found->second;
    const bool is_here = client.front->api_id() == api_id && client.session.client().stage == stage;
    return is_here && client.socket->open() ? found->second : nullptr;
}

void WebSocketConnections::move_to(std::vector<std::shared_ptr<WebSocketFront>> fronts) {
    fronts_ = std::move(fronts);
    for (const auto& [id, client] : clients_) settle(*client);
}

void WebSocketConnections::clear() {
    clients_.clear();
    fronts_.clear();
}

}  // namespace understudy::net
