// Any routes and any path: the routers agree with the slow explanation on whether a route fits.
#include "emulator/event/wildcard.hpp"
#include "emulator/gateway/http_router.hpp"
#include "emulator/gateway/json_member.hpp"
#include "emulator/gateway/rest_router.hpp"
#include "emulator/gateway/route_explanation.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using namespace understudy;

/// A route a line; the last line is the path.
app::Api to_api(app::ApiKind kind, std::string_view& text) {
    app::Api api{.kind = kind};
    for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
        app::Route& route = api.routes.emplace_back();
        route.method = end % 2 == 0 ? "GET" : "ANY";
        route.path = '/' + std::string(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    return api;
}

bool fits(const gateway::NearMiss& miss) {
    return miss.reason == gateway::MissReason::less_specific;
}

template <class Router>
void check(const app::Api& api, const Router& router, const std::string& path) {
    const auto match = router.find("GET", path);
    const auto misses = gateway::explain_routes(api, "GET", path, std::nullopt);
    if (match.has_value() != std::ranges::any_of(misses, fits)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string input(reinterpret_cast<const char*>(data), size);
    std::string_view rest = input;
    const app::Api rest_api = to_api(app::ApiKind::rest, rest);
    const std::string path = '/' + std::string(rest);
    check(rest_api, gateway::RestRouter(rest_api), path);
    std::string_view http = input;
    const app::Api http_api = to_api(app::ApiKind::http, http);
    check(http_api, gateway::HttpRouter(http_api, gateway::TrailingSlash::counts), path);
    for (const app::Route& route : rest_api.routes) {
        event::matches_wildcards(route.path, path, event::Wildcards::escapable_any_case);
    }
    const std::string names[] = {"action"};
    gateway::find_json_text(input, names);
    return 0;
}
