#pragma once

#include "emulator/gateway/api_selector.hpp"
#include "emulator/gateway/unnamed_request.hpp"
#include "emulator/net/answered_request.hpp"
#include "emulator/net/api_front.hpp"
#include "emulator/net/arrival.hpp"
#include "emulator/net/http_server.hpp"
#include "emulator/net/random_ids.hpp"
#include "emulator/net/tls.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace understudy::net {

/// What stands in events in place of how the client reached us: the address of a deployed API.
struct PublicAddress {
    std::string host;  ///< With a port where it is not the protocol's own.
    std::string proto;
    std::uint16_t port = 0;
};

/// All APIs of an application, as one: a reload replaces it whole.
struct Site {
    std::vector<std::shared_ptr<ApiFront>> fronts;  ///< As `app::Application::apis`.
    gateway::ApiSelector selector;
    /// How long a request may stand still that is for none of them yet, of a sole API its own limit; nullopt: as long
    /// as it likes.
    std::optional<std::chrono::milliseconds> unnamed_patience = {};
    /// How long a connection may be silent on which no request is under way.
    std::chrono::milliseconds silence = gateway::kSilence;
};

/// The one listener before all APIs: finds out which of them a request is for.
class GatewayListener {
  public:
    struct Ends {
        std::function<void(const AnsweredRequest&)> on_answered;
        OnArrival on_arrival = {};  ///< Null where nobody wants to know.
        /// `HttpServer::on_shortage`
        std::function<void()> on_shortage = {};
    };

    /// `limits`: how much is read of a request. `tls`: null for plain connections. Lifetime: `ids` outlives it.
    GatewayListener(boost::asio::io_context& context, ServerLimits limits, RandomIds& ids,
                    std::optional<PublicAddress> address, std::shared_ptr<TlsContext> tls, Ends ends);

    /// From now on requests go here; those in flight end where they began. To be called before `listen`.
    void open(std::shared_ptr<const Site> site);

    boost::system::result<Endpoint> listen(const std::string& address, std::uint16_t port);
    void close() { server_.close(); }

  private:
    void on_request(http::Request&& request, Responder responder, const Peer& peer);
    void refuse(const http::Request& request, http::Response response, Responder responder);
    std::variant<gateway::Selection, http::Response> choose(const http::Request& head) const;
    std::optional<gateway::Selection> find_selection(const http::Request& head) const;
    const ApiFront* find_front(const http::Request* head) const;
    std::optional<std::chrono::milliseconds> find_patience(const http::Request* head) const;
    http::Response refuse_stalled(const http::Request* head, const Peer& peer);
    http::Response refuse_unfinished(gateway::ErrorKind kind, const http::Request& head,
                                     const gateway::Selection& selection, const Peer& peer);
    http::Response refuse_malformed(const BrokenRequest& broken, const Peer& peer);
    http::Response refuse_broken_head(const BrokenRequest& broken, const Peer& peer);
    void tell_answered(const http::Request& head, int status) const;
    bool is_ours(std::string_view host) const;
    event::Facts gather_facts(const Peer& peer);

    RandomIds& ids_;
    std::shared_ptr<TlsContext> tls_;
    std::optional<PublicAddress> address_;
    Ends ends_;
    std::shared_ptr<const Site> site_;
    HttpServer server_;
};

}  // namespace understudy::net
