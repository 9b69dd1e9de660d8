#include "emulator/gateway/websocket_routes.hpp"

#include "emulator/gateway/json_member.hpp"

#include <algorithm>

namespace understudy::gateway {
namespace {

/// `$request.body.a.b` or `${request.body.a.b}` as `a`, `b`; empty for an expression about something else.
std::vector<std::string> parse_selection(std::string_view expression) {
    if (expression.starts_with("${") && expression.ends_with('}')) {
        expression.remove_suffix(1);
        expression.remove_prefix(2);
    } else if (expression.starts_with('$')) {
        expression.remove_prefix(1);
    }
    constexpr std::string_view kBody = "request.body.";
    if (!expression.starts_with(kBody)) return {};
    expression.remove_prefix(kBody.size());
    std::vector<std::string> names;
    while (!expression.empty()) {
        const auto end = std::min(expression.find('.'), expression.size());
        names.emplace_back(expression.substr(0, end));
        expression.remove_prefix(std::min(end + 1, expression.size()));
    }
    return names;
}

}  // namespace

WebSocketRoutes::WebSocketRoutes(const app::Api& api) : selection_(parse_selection(api.route_selection)) {
    for (std::size_t i = 0; i < api.routes.size(); ++i) keys_.emplace(api.routes[i].path, i);
}

std::optional<std::size_t> WebSocketRoutes::find(std::string_view key) const {
    const auto found = keys_.find(key);
    if (found == keys_.end()) return std::nullopt;
    return found->second;
}

std::optional<std::size_t> WebSocketRoutes::select(std::string_view message) const {
    if (const auto key = find_json_text(message, selection_); key && !key->starts_with('$')) {
        if (const auto route = find(*key)) return route;
    }
    return find("$default");
}

}  // namespace understudy::gateway
