#include "emulator/endpoints.hpp"

#include "emulator/gateway/api_selector.hpp"

namespace understudy {

std::string to_url(std::string_view scheme, const net::Endpoint& endpoint) {
    return std::string(scheme) + "://" + endpoint.address + ':' + std::to_string(endpoint.port);
}

source::Problem cannot_listen(const std::string& address, std::uint16_t port, const std::string& flag,
                              const boost::system::error_code& error) {
    std::string text = "cannot listen on " + address + ':' + std::to_string(port) + ": " + error.message();
    if (error == std::errc::address_in_use || error == std::errc::permission_denied)
        text += "; choose another port with " + flag + " (0 picks a free one)";
    return {source::ProblemCode::unreadable, text};
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
    std::string url = gateway;
    if (api.kind == app::ApiKind::websocket) url.replace(0, std::string_view("http").size(), "ws");
    if (gateway::sole_api(application)) return url;
    url += "/_apis/" + (api.name.empty() ? api.id : api.name);
    const bool staged = api.kind == app::ApiKind::rest || api.kind == app::ApiKind::websocket;
    if (staged && !api.stages.empty()) url += '/' + api.stages.front().name;
    return url;
}

}  // namespace understudy
