#include "emulator/gateway/http_router.hpp"

namespace understudy::gateway {

HttpRouter::HttpRouter(const app::Api& api, TrailingSlash slash) : slash_(slash) {
    for (std::size_t i = 0; i < api.routes.size(); ++i) {
        if (api.routes[i].path != "$default") {
            tree_.add(api.routes[i].path, api.routes[i].method, i);
        } else if (!default_) {
            default_ = i;
        }
    }
}

std::optional<RouteMatch> HttpRouter::find(std::string_view method, std::string_view path) const {
    if (path.starts_with('/')) path.remove_prefix(1);
    if (slash_ == TrailingSlash::is_ignored && path.ends_with('/')) path.remove_suffix(1);
    if (auto match = tree_.find(method, path)) return match;
    if (default_) return RouteMatch{*default_};
    return std::nullopt;
}

}  // namespace understudy::gateway
