#include "emulator/endpoints.hpp"

#include "emulator/gateway/api_selector.hpp"

#include <algorithm>

namespace understudy {
namespace {

bool has_staged_paths(const app::Api& api) {
    return api.kind == app::ApiKind::rest || api.kind == app::ApiKind::websocket;
}

std::string with_scheme_of(const app::Api& api, std::string gateway) {
    if (api.kind == app::ApiKind::websocket) gateway.replace(0, std::string_view("http").size(), "ws");
    return gateway;
}

/// Where an API answers whatever host is asked.
std::string to_path_url(const app::Api& api, const std::string& gateway) {
    return with_scheme_of(api, gateway) + "/_apis/" + (api.name.empty() ? api.id : api.name);
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
    const bool staged = has_staged_paths(api) && !api.stages.empty();
    return to_path_url(api, gateway) + (staged ? '/' + api.stages.front().name : std::string());
}

std::vector<std::string> to_further_stage_urls(const app::Api& api, const std::string& gateway) {
    std::vector<std::string> urls;
    for (std::size_t i = 0; i < api.stages.size(); ++i) {
        const std::string& name = api.stages[i].name;
        const bool is_first = has_staged_paths(api) ? i == 0 : name == "$default";
        if (!is_first) urls.push_back(to_path_url(api, gateway) + '/' + name);
    }
    return urls;
}

std::string to_connections_url(const app::Application& application, const std::string& gateway) {
    const auto is_websocket = [](const app::Api& api) { return api.kind == app::ApiKind::websocket; };
    const auto api = std::ranges::find_if(application.apis, is_websocket);
    if (std::ranges::count_if(application.apis, is_websocket) != 1 || api->stages.empty()) return {};
    return gateway + "/_apis/" + (api->name.empty() ? api->id : api->name) + '/' + api->stages.front().name;
}

}  // namespace understudy
