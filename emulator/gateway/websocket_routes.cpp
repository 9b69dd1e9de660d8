#include "emulator/gateway/websocket_routes.hpp"

namespace understudy::gateway {

WebSocketRoutes::WebSocketRoutes(const app::Api& api) : selection_(api.route_selection) {
    for (std::size_t i = 0; i < api.routes.size(); ++i) keys_.emplace(api.routes[i].path, i);
}

std::optional<std::size_t> WebSocketRoutes::find(std::string_view key) const {
    const auto found = keys_.find(key);
    if (found == keys_.end()) return std::nullopt;
    return found->second;
}

std::optional<std::size_t> WebSocketRoutes::select(std::string_view message) const {
    if (const auto key = selection_.evaluate(message); key && !key->starts_with('$')) {
        if (const auto route = find(*key)) return route;
    }
    return find("$default");
}

}  // namespace understudy::gateway
