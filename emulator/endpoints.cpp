#include "emulator/endpoints.hpp"

#include "emulator/gateway/api_selector.hpp"

#include <algorithm>

namespace understudy {
namespace {

constexpr std::string_view kDefaultStage = "$default";

/// Of an API that has stages: the one that an address means which names none. The paths of an HTTP API may.
std::size_t find_main_stage(const app::Api& api) {
    if (api.kind != app::ApiKind::http) return 0;
    const auto found = std::ranges::find(api.stages, kDefaultStage, &app::Stage::name);
    return found == api.stages.end() ? 0 : static_cast<std::size_t>(found - api.stages.begin());
}

bool has_stages(const app::Api& api) {
    return api.kind != app::ApiKind::url && api.kind != app::ApiKind::alb && !api.stages.empty();
}

std::string with_scheme_of(const app::Api& api, std::string gateway) {
    if (api.kind == app::ApiKind::websocket) gateway.replace(0, std::string_view("http").size(), "ws");
    return gateway;
}

/// Where an API answers whatever host is asked.
std::string to_path_url(const app::Api& api, const std::string& gateway) {
    return with_scheme_of(api, gateway) + "/_apis/" + (api.name.empty() ? api.id : api.name);
}

std::string to_stage_url(const app::Api& api, std::size_t stage, const std::string& gateway) {
    const std::string& name = api.stages.at(stage).name;
    return to_path_url(api, gateway) + (name == kDefaultStage ? "" : '/' + name);
}

}  // namespace

std::string to_url(std::string_view scheme, const net::Endpoint& endpoint) {
    return std::string(scheme) + "://" + endpoint.address + ':' + std::to_string(endpoint.port);
}

std::optional<net::PublicAddress> to_public(const std::optional<PublicAddress>& address) {
    if (!address) return std::nullopt;
    return net::PublicAddress{address->host, address->proto, address->port};
}

source::Result<std::shared_ptr<net::TlsContext>> make_tls(const std::optional<TlsFiles>& files) {
    if (!files) return std::shared_ptr<net::TlsContext>();
    const bool given = !files->certificate.empty() || !files->key.empty();
    const auto identity = given ? net::read_identity(files->certificate, files->key)
                                : source::Result<net::TlsIdentity>(net::make_identity({}));
    if (!identity) return identity.error();
    return net::TlsContext::make(*identity, net::TlsContext::Alpn::http2_and_http1);
}

std::string to_api_url(const app::Application& application, const app::Api& api, const std::string& gateway) {
    if (gateway::sole_api(application)) return with_scheme_of(api, gateway);
    return has_stages(api) ? to_stage_url(api, find_main_stage(api), gateway) : to_path_url(api, gateway);
}

std::vector<Endpoints::Stage> to_stages(const app::Application& application, const app::Api& api,
                                        const std::string& gateway) {
    std::vector<Endpoints::Stage> stages;
    if (!has_stages(api)) return stages;
    const std::size_t main = find_main_stage(api);
    for (std::size_t i = 0; i < api.stages.size(); ++i) {
        stages.push_back(
            {api.stages[i].name, i == main ? to_api_url(application, api, gateway) : to_stage_url(api, i, gateway)});
    }
    return stages;
}

std::string to_connections_url(const app::Application& application, const std::string& gateway) {
    const auto is_websocket = [](const app::Api& api) { return api.kind == app::ApiKind::websocket; };
    const auto api = std::ranges::find_if(application.apis, is_websocket);
    if (std::ranges::count_if(application.apis, is_websocket) != 1 || api->stages.empty()) return {};
    return gateway + "/_apis/" + (api->name.empty() ? api->id : api->name) + '/' + api->stages.front().name;
}

}  // namespace understudy
