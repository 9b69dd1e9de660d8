#include "emulator/net/websocket_connections.hpp"

#include "emulator/net/websocket_front.hpp"

#include <algorithm>
#include <utility>

namespace understudy::net {

void WebSocketConnections::add(std::shared_ptr<SocketClient> client) {
    std::string id = client->session.client().connection.id;
    clients_.insert_or_assign(std::move(id), std::move(client));
}

std::shared_ptr<SocketClient> WebSocketConnections::find(const std::string& id, std::string_view api_id,
                                                         std::string_view stage) const {
    const auto found = clients_.find(id);
    if (found == clients_.end()) return nullptr;
    const SocketClient& client = *found->second;
    const bool is_here = client.front->api_id() == api_id && client.session.client().stage == stage;
    return is_here && client.socket->open() ? found->second : nullptr;
}

void WebSocketConnections::move_to(const std::vector<std::shared_ptr<WebSocketFront>>& fronts) {
    for (const auto& [id, client] : clients_) {
        const auto next =
            std::ranges::find_if(fronts, [&](const auto& front) { return front->api_id() == client->front->api_id(); });
        if (next == fronts.end()) {
            client->socket->close(http::WebSocketClose::going_away, "Going away");
            continue;
        }
        client->front = *next;
        client->session.move_to((*next)->door());
    }
}

}  // namespace understudy::net
