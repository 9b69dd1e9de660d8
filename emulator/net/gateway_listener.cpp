#include "emulator/net/gateway_listener.hpp"

#include "emulator/event/text.hpp"
#include "emulator/gateway/host_guard.hpp"
#include "emulator/gateway/host_name.hpp"
#include "emulator/gateway/target.hpp"
#include "emulator/net/gateway_call.hpp"
#include "emulator/net/recorded_api.hpp"

#include <chrono>
#include <utility>

namespace understudy::net {

GatewayListener::GatewayListener(boost::asio::io_context& context, ServerLimits limits, RandomIds& ids,
                                 std::optional<PublicAddress> address, std::shared_ptr<TlsContext> tls, Ends ends)
    : ids_(ids),
      tls_(std::move(tls)),
      address_(std::move(address)),
      ends_(std::move(ends)),
      server_(
          context, limits,
          [this](http::Request&& request, Responder responder, const Peer& peer) {
              on_request(std::move(request), std::move(responder), peer);
          },
          [this](const BrokenRequest& broken, const Peer& peer) { return refuse_malformed(broken, peer); }) {
    server_.on_shortage(ends_.on_shortage);
    server_.on_stalled([this](const http::Request* head) { return find_patience(head); },
                       [this](const http::Request* head, const Peer& peer) { return refuse_stalled(head, peer); });
}

void GatewayListener::open(std::shared_ptr<const Site> site) {
    site_ = std::move(site);
    server_.end_silent(site_->silence);
}

boost::system::result<Endpoint> GatewayListener::listen(const std::string& address, std::uint16_t port) {
    return tls_ ? server_.listen_tls(address, port, tls_) : server_.listen(address, port);
}

event::Facts GatewayListener::gather_facts(const Peer& peer) {
    event::Facts facts;
    draw_ids(facts, ids_, std::chrono::system_clock::now());
    facts.source_ip = peer.address;
    facts.http2 = peer.http2;
    facts.forwarded_proto = address_ ? address_->proto : peer.secure ? "https" : "http";
    facts.forwarded_port = address_ ? address_->port : peer.server_port;
    if (address_) facts.public_host = address_->host;
    return facts;
}

/// A name that the user has given to the emulator is no name of a stranger's page.
bool GatewayListener::is_ours(std::string_view host) const {
    const bool given =
        address_ && event::to_lower(gateway::without_port(address_->host)) == event::to_lower(std::string(host));
    return given || site_->selector.declares(host);
}

/// The API that a request is for, or the answer to one that is for none.
std::variant<gateway::Selection, http::Response> GatewayListener::choose(const http::Request& head) const {
    if (gateway::is_rebound(head.headers) && !is_ours(gateway::host_of(head.headers))) return gateway::refuse_rebound();
    const auto target = gateway::parse_target(head.target);
    const auto chosen = site_->selector.select(gateway::host_of(head), target ? target->path : std::string_view("/"));
    if (const auto* why = std::get_if<gateway::Unselected>(&chosen)) return site_->selector.refuse(*why);
    return std::get<gateway::Selection>(chosen);
}

void GatewayListener::on_request(http::Request&& request, Responder responder, const Peer& peer) {
    gateway::adopt_host_of_target(request);
    auto chosen = choose(request);
    if (auto* refusal = std::get_if<http::Response>(&chosen)) {
        return refuse(request, std::move(*refusal), std::move(responder));
    }
    const auto& selection = std::get<gateway::Selection>(chosen);
    event::Facts facts = gather_facts(peer);
    if (ends_.on_arrival) ends_.on_arrival(request, facts);
    site_->fronts[selection.api]->on_request(std::move(request), selection.entrance, facts, std::move(responder));
}

std::optional<gateway::Selection> GatewayListener::find_selection(const http::Request& head) const {
    const auto target = gateway::parse_target(head.target);
    const auto chosen = site_->selector.select(gateway::host_of(head), target ? target->path : std::string_view("/"));
    const auto* selection = std::get_if<gateway::Selection>(&chosen);
    return selection == nullptr ? std::nullopt : std::optional(*selection);
}

/// The API that a request is for, as far as its head has told; null where it might be any.
const ApiFront* GatewayListener::find_front(const http::Request* head) const {
    if (head == nullptr) return site_->fronts.size() == 1 ? site_->fronts.front().get() : nullptr;
    const auto selection = find_selection(*head);
    return selection ? site_->fronts[selection->api].get() : nullptr;
}

/// An API's answer to what has no end yet: told and recorded as any other.
http::Response GatewayListener::refuse_unfinished(gateway::ErrorKind kind, const http::Request& head,
                                                  const gateway::Selection& selection, const Peer& peer) {
    const ApiFront& front = *site_->fronts[selection.api];
    const event::Facts facts = gather_facts(peer);
    http::Response response = front.refuse_body(kind, head, selection.entrance, facts);
    if (const auto record = front.record()) {
        record->record_refused(head, selection.entrance, facts, response,
                               "the request's body: it was refused before its end");
    }
    tell_answered(head, response.status);
    return response;
}

/// Without such a time there is one API, and that one waits as long as the client likes.
std::optional<std::chrono::milliseconds> GatewayListener::find_patience(const http::Request* head) const {
    if (!site_->unnamed_patience) return std::nullopt;
    const ApiFront* front = find_front(head);
    return front == nullptr ? site_->unnamed_patience : front->patience();
}

http::Response GatewayListener::refuse_stalled(const http::Request* head, const Peer& peer) {
    constexpr auto kStalled = gateway::ErrorKind::request_stalled;
    if (const auto selection = head == nullptr ? std::nullopt : find_selection(*head)) {
        return refuse_unfinished(kStalled, *head, *selection, peer);
    }
    const ApiFront* front = find_front(head);
    http::Response response =
        front == nullptr ? gateway::refuse_unnamed() : front->refuse(kStalled, gather_facts(peer));
    if (head != nullptr) tell_answered(*head, response.status);
    return response;
}

/// The API that the head names answers.
http::Response GatewayListener::refuse_malformed(const BrokenRequest& broken, const Peer& peer) {
    if (!broken.head_done) return refuse_broken_head(broken, peer);
    const http::Request& head = broken.head;
    auto chosen = choose(head);
    if (const auto* selection = std::get_if<gateway::Selection>(&chosen)) {
        return refuse_unfinished(to_error(broken.fault), head, *selection, peer);
    }
    http::Response response = std::get<http::Response>(std::move(chosen));
    tell_answered(head, response.status);
    return response;
}

/// The API that the part of the head before its fault names answers and is recorded, else the first one answers; no
/// stage of it is known.
http::Response GatewayListener::refuse_broken_head(const BrokenRequest& broken, const Peer& peer) {
    const bool begun = !broken.head.method.empty();
    const ApiFront* named = begun ? find_front(&broken.head) : nullptr;
    const ApiFront& front = named == nullptr ? *site_->fronts.front() : *named;
    const event::Facts facts = gather_facts(peer);
    http::Response response = front.refuse(to_error(broken.fault), facts);
    if (const auto record = named == nullptr ? nullptr : named->record()) {
        record->record_broken(broken.head, facts.request_id, response);
    }
    if (begun) tell_answered(broken.head, response.status);
    return response;
}

/// No function was asked.
void GatewayListener::tell_answered(const http::Request& head, int status) const {
    ends_.on_answered({head.method, head.target, status, {}, "-"});
}

void GatewayListener::refuse(const http::Request& request, http::Response response, Responder responder) {
    const int status = response.status;
    std::move(responder).send(std::move(response));
    tell_answered(request, status);
}

}  // namespace understudy::net
