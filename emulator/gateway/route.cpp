#include "emulator/gateway/route.hpp"

#include "emulator/http/headers.hpp"

#include <algorithm>
#include <array>

namespace understudy::gateway {
namespace {

/// What ANY stands for on a REST API (api-gateway-set-up-simple-proxy).
constexpr std::array<std::string_view, 7> kAny = {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"};

/// A path whose leading slashes count as one.
std::string_view with_one_slash(std::string_view path) {
    const auto first = path.find_first_not_of('/');
    return first == std::string_view::npos ? "/" : path.substr(first - 1);
}

/// `http://host/path` without its scheme and host; nullopt where it has none.
std::optional<std::string_view> behind_authority(std::string_view target) {
    const auto scheme_end = target.find("://");
    if (scheme_end == std::string_view::npos) return std::nullopt;
    const std::string_view scheme = target.substr(0, scheme_end);
    if (!http::same_name(scheme, "http") && !http::same_name(scheme, "https")) return std::nullopt;
    target.remove_prefix(scheme_end + 3);
    return target.substr(std::min(target.find_first_of("/?"), target.size()));
}

}  // namespace

std::optional<Target> parse_target(std::string_view target) {
    if (!target.starts_with('/')) {
        const auto rest = behind_authority(target);
        if (!rest) return std::nullopt;
        target = *rest;
    }
    const auto mark = std::min(target.find('?'), target.size());
    const std::string_view path = target.substr(0, mark);
    return Target{path.empty() ? "/" : path, target.substr(std::min(mark + 1, target.size()))};
}

std::optional<Route> find_route(app::ApiKind front, std::string_view method, std::string_view path) {
    if (front == app::ApiKind::http) return Route{"$default", std::string(path), std::nullopt};
    if (std::ranges::find(kAny, method) == kAny.end()) return std::nullopt;
    const std::string_view shown = with_one_slash(path);
    if (shown == "/") return Route{"/", "/", std::nullopt};
    const std::string_view proxy = shown.substr(1);
    return Route{"/{proxy+}", std::string(shown), std::string(proxy.substr(0, proxy.size() - proxy.ends_with('/')))};
}

}  // namespace understudy::gateway
