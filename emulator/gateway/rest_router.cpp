#include "emulator/gateway/rest_router.hpp"

namespace understudy::gateway {

std::string_view with_one_slash(std::string_view path) {
    const auto first = path.find_first_not_of('/');
    return first == std::string_view::npos ? "/" : path.substr(first == 0 ? 0 : first - 1);
}

RestRouter::RestRouter(const app::Api& api) {
    for (std::size_t i = 0; i < api.routes.size(); ++i) tree_.add(api.routes[i].path, api.routes[i].method, i);
}

std::optional<RouteMatch> RestRouter::find(std::string_view method, std::string_view path) const {
    path = with_one_slash(path);
    path.remove_prefix(1);
    if (path.ends_with('/')) path.remove_suffix(1);
    return tree_.find(method, path);
}

}  // namespace understudy::gateway
