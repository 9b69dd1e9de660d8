#pragma once

#include "emulator/emulator.hpp"
#include "emulator/net/gateway_listener.hpp"
#include "emulator/net/http_server.hpp"
#include "emulator/net/tls.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy {

/// `http://127.0.0.1:3000`
std::string to_url(std::string_view scheme, const net::Endpoint& endpoint);

/// The address that events show, if any.
std::optional<net::PublicAddress> to_public(const std::optional<PublicAddress>& address);

/// What the gateway's TLS connections share; null without TLS. Errors: those of `net::read_identity` and
/// `net::TlsContext::make`.
source::Result<std::shared_ptr<net::TlsContext>> make_tls(const std::optional<TlsFiles>& files);

/// Where an API answers, a WebSocket API by `ws` or `wss`, at the stage that AWS takes where the path names none, else
/// at the first. One that is alone answers at the root, with that stage implied.
std::string to_api_url(const app::Application& application, const app::Api& api, const std::string& gateway);
/// Where its stages answer, the one that is meant there with that URL.
std::vector<Endpoints::Stage> to_stages(const app::Application& application, const app::Api& api,
                                        const std::string& gateway);

/// Where `@connections` of the only WebSocket API is called, at its first stage; empty where there is none, or several.
std::string to_connections_url(const app::Application& application, const std::string& gateway);

}  // namespace understudy
