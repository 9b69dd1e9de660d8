#include "emulator/gateway/router.hpp"

#include "emulator/app/route_key.hpp"
#include "emulator/gateway/rest_router.hpp"
#include "emulator/gateway/route_explanation.hpp"

#include <algorithm>
#include <type_traits>

namespace understudy::gateway {

std::string_view routed_method(app::ApiKind kind, const http::Request& request) {
    if (kind != app::ApiKind::rest) return request.method;
    return request.headers.last("X-HTTP-Method-Override").value_or(request.method);
}

Router::Router(const app::Api& api) {
    switch (api.kind) {
        case app::ApiKind::rest:
            routes_ = RestRouter(api);
            break;
        case app::ApiKind::http:
        case app::ApiKind::websocket:
            routes_ = HttpRouter(api, TrailingSlash::counts);
            break;
        case app::ApiKind::alb:
            routes_ = AlbRules(api);
            break;
        case app::ApiKind::url:
            break;
    }
}

std::optional<RouteMatch> Router::find(std::string_view method, std::string_view path,
                                       const AlbRequest& request) const {
    const auto find_in = [&](const auto& routes) -> std::optional<RouteMatch> {
        using Routes = std::decay_t<decltype(routes)>;
        if constexpr (std::is_same_v<Routes, First>) {
            return RouteMatch{};
        } else if constexpr (std::is_same_v<Routes, AlbRules>) {
            const auto route = routes.find(request);
            return route ? std::optional(RouteMatch{*route}) : std::nullopt;
        } else {
            return routes.find(method, path);
        }
    };
    return std::visit(find_in, routes_);
}

std::vector<event::Finding> find_near_miss(const app::Api& api, std::string_view method, std::string_view path) {
    if (api.kind != app::ApiKind::rest && api.kind != app::ApiKind::http) return {};
    const auto misses = explain_routes(api, method, path, std::nullopt);
    const auto near = std::ranges::find_if(misses, [](const NearMiss& miss) {
        return miss.reason == MissReason::method || miss.reason == MissReason::trailing_slash ||
               miss.reason == MissReason::letter_case || miss.reason == MissReason::empty_parameter;
    });
    if (near == misses.end()) return {};
    const std::string key = app::route_key(api.routes[near->route]);
    const std::string sent = std::string(method) + ' ' + std::string(path);
    return {{"route-near-miss", sent, "No route takes " + sent + "; the nearest is " + key + ": " + near->text + '.'}};
}

std::vector<event::Finding> find_stage_in_path(const app::Api& api, const Router& router, std::string_view method,
                                               const AlbRequest& request) {
    if (api.kind != app::ApiKind::rest) return {};
    const std::string path(with_one_slash(request.target.path));
    const std::size_t end = std::min(path.find('/', 1), path.size());
    const std::string stage = path.substr(1, end - 1);
    const std::string behind = end == path.size() ? "/" : path.substr(end);
    const bool is_stage = std::ranges::find(api.stages, stage, &app::Stage::name) != api.stages.end();
    if (!is_stage || !router.find(method, behind, request)) return {};
    return {{"stage-in-path", stage,
             "No route takes " + std::string(method) + ' ' + path + ": at / the stage is implied, and " + stage +
                 " counts as a part of the path. Ask for " + behind + ", or, with the stage as on AWS, for /_apis/" +
                 api.name + path + " or at the API's own host."}};
}

}  // namespace understudy::gateway
