#include "emulator/net/websocket_front.hpp"

#include "emulator/net/gateway_call.hpp"

#include <optional>
#include <utility>
#include <variant>

namespace understudy::net {
namespace {

using Clock = Deadlines::Clock;
using Purpose = gateway::WebSocketCall::Purpose;

WebSocketTerms scaled_terms(double clock_scale) {
    WebSocketTerms terms;
    const auto scale = [clock_scale](std::chrono::nanoseconds nominal) {
        return std::chrono::duration_cast<std::chrono::nanoseconds>(nominal / clock_scale);
    };
    terms.idle = scale(terms.idle);
    terms.lifetime = scale(terms.lifetime);
    return terms;
}

/// Messages of one connection that functions have at a time; a client that sends more waits, as its writes do. Ours.
constexpr std::size_t kMostUnderWay = 128;

/// What a call is shown as. A handshake is a request, and shown as such.
std::string_view title_of(Purpose purpose) {
    return purpose == Purpose::message ? "MESSAGE" : "DISCONNECT";
}

gateway::ConnectionState state_of(const SocketClient& client) {
    const gateway::WebSocketClient& known = client.session.client();
    const auto idle =
        std::chrono::duration_cast<std::chrono::system_clock::duration>(Clock::now() - client.socket->last_active());
    return {known.connection.connected_at, std::chrono::system_clock::now() - idle, known.source_ip,
            known.connection.user_agent};
}

}  // namespace

WebSocketFront::WebSocketFront(gateway::WebSocketDoor door, double clock_scale, Deadlines& deadlines, RandomIds& ids,
                               WebSocketConnections& connections, Front::Ends ends)
    : door_(std::make_shared<gateway::WebSocketDoor>(std::move(door))),
      clock_scale_(clock_scale),
      deadlines_(deadlines),
      ids_(ids),
      connections_(connections),
      ends_(std::move(ends)) {}

http::Response WebSocketFront::refuse(gateway::ErrorKind kind, const event::Facts& facts) const {
    return door_->refuse(kind, facts);
}

void WebSocketFront::on_request(http::Request&& request, const gateway::Entrance& entrance, const event::Facts& facts,
                                Responder responder) {
    using Upgrade = gateway::WebSocketDoor::Upgrade;
    const auto arrived = Clock::now();
    if (ends_.record) responder = ends_.record->watch(request, entrance, facts, std::move(responder));
    auto offer = parse_websocket_offer(request);
    auto admission =
        door_->admit(request, offer ? Upgrade::asked : Upgrade::not_asked, entrance, facts, ids_.gateway_id());
    if (const auto* call = std::get_if<gateway::ConnectionsCall>(&admission)) {
        return on_call(*call, request, facts, std::move(responder));
    }
    if (auto* answer = std::get_if<gateway::Answer>(&admission)) {
        const int status = answer->response.status;
        std::move(responder).send(std::move(answer->response));
        for (const event::Finding& finding : answer->findings) ends_.on_finding(finding);
        return tell(request.method, request.target, status, arrived, facts.request_id);
    }
    const auto client = std::make_shared<SocketClient>(SocketClient{
        .front = shared_from_this(),
        .session = gateway::WebSocketSession(door_, std::move(std::get<gateway::WebSocketClient>(admission))),
        .facts = facts,
        .target = request.target,
        .offer = std::move(*offer),
        .arrived = arrived,
        .responder = std::move(responder),
        .socket = std::nullopt});
    perform(client, client->session.on_handshake(std::move(request), facts));
}

void WebSocketFront::on_call(const gateway::ConnectionsCall& call, const http::Request& request,
                             const event::Facts& facts, Responder responder) {
    const auto arrived = Clock::now();
    for (const event::Finding& finding : call.findings) ends_.on_finding(finding);
    http::Response response = answer_call(call, request, facts);
    const int status = response.status;
    std::move(responder).send(std::move(response));
    tell(request.method, request.target, status, arrived, facts.request_id);
}

http::Response WebSocketFront::answer_call(const gateway::ConnectionsCall& call, const http::Request& request,
                                           const event::Facts& facts) {
    const Client client = connections_.find(call.connection_id, door_->api_id(), call.stage);
    if (!client) return door_->answer_gone(facts);
    switch (call.kind) {
        case gateway::ConnectionsCall::Kind::send:
            client->socket->send_text(request.body);
            return door_->answer_sent(facts);
        case gateway::ConnectionsCall::Kind::describe:
            return door_->answer_described(state_of(*client), facts);
        case gateway::ConnectionsCall::Kind::disconnect:
            break;
    }
    client->socket->close(http::WebSocketClose::normal, {});
    return door_->answer_disconnected(facts);
}

void WebSocketFront::perform(const Client& client, gateway::WebSocketStep step) {
    for (const event::Finding& finding : step.findings) ends_.on_finding(finding);
    if (auto* call = std::get_if<gateway::WebSocketCall>(&step.action)) return start_function(client, std::move(*call));
    if (const auto* accepted = std::get_if<gateway::AcceptHandshake>(&step.action)) {
        return accept(client, accepted->headers);
    }
    if (auto* refused = std::get_if<gateway::RefuseHandshake>(&step.action)) {
        return refuse(client, std::move(refused->response));
    }
    if (const auto* message = std::get_if<gateway::SendMessage>(&step.action)) client->socket->send_text(message->text);
}

void WebSocketFront::start_function(const Client& client, gateway::WebSocketCall call) {
    const auto begun = Clock::now();
    const std::string id = ids_.uuid();
    const Purpose purpose = call.ticket.purpose;
    const auto pending = std::make_shared<std::optional<gateway::WebSocketCall::Ticket>>(std::move(call.ticket));
    const auto deadline = std::make_shared<Deadlines::Handle>();
    const auto finish = [self = shared_from_this(), client, pending, deadline, begun,
                         id](const gateway::FunctionReply& reply) {
        const auto ticket = std::exchange(*pending, std::nullopt);
        if (!ticket) return;
        self->deadlines_.call_off(*deadline);
        auto step = client->session.on_reply(*ticket, reply, std::chrono::system_clock::now());
        const int status = step.status;
        self->perform(client, std::move(step));
        if (status != 0) self->tell(title_of(ticket->purpose), ticket->route, status, begun, id);
    };
    *deadline = deadlines_.add(deadline_of(begun, call.timeout, clock_scale_), [finish] {
        finish({gateway::FunctionReply::Kind::timed_out, {}});
    });
    auto invocation = make_invocation(id, std::move(call.event), std::move(call.trace));
    invocation.is_authorizer = purpose == Purpose::authorizer;
    invocation.exchange = exchange_of(*client, id);
    const bool is_message = purpose == Purpose::message;
    if (is_message) begin_message(*client);
    ends_.invoke(call.function, call.qualifier, std::move(invocation),
                 [finish, client, is_message](lambda::Outcome&& outcome) {
                     finish(to_reply(std::move(outcome)));
                     if (is_message) end_message(*client);
                 });
}

void WebSocketFront::begin_message(SocketClient& client) {
    if (++client.under_way == kMostUnderWay) client.socket->pause();
}

/// The function has ended, and not only the gateway's wait: what waits for it is no longer held.
void WebSocketFront::end_message(SocketClient& client) {
    if (client.under_way-- == kMostUnderWay) client.socket->resume();
}

/// The handshake's, until that is answered.
std::uint64_t WebSocketFront::exchange_of(const SocketClient& client, const std::string& id) const {
    if (client.responder) return client.responder->exchange();
    return ends_.record ? ends_.record->open(door_->stage_index(client.session.client()), id) : 0;
}

/// A client that has gone meanwhile was let in nevertheless: its end is told as any other's.
void WebSocketFront::accept(const Client& client, const http::Headers& headers) {
    const WebSocketEvents events{
        .on_message = [client](std::string&& text) { client->front->on_message(client, text); },
        .on_close = [client](std::uint16_t code,
                             const std::string& reason) { client->front->on_close(client, code, reason); }};
    auto responder = std::exchange(client->responder, std::nullopt);
    client->socket.emplace(
        std::move(*responder).accept_websocket(client->offer, headers, scaled_terms(clock_scale_), events));
    tell("GET", client->target, 101, client->arrived, client->facts.request_id);
    if (!client->socket->open()) return on_close(client, static_cast<int>(http::WebSocketClose::abnormal), {});
    connections_.add(client);
}

void WebSocketFront::refuse(const Client& client, http::Response response) {
    const int status = response.status;
    std::move(*std::exchange(client->responder, std::nullopt)).send(std::move(response));
    tell("GET", client->target, status, client->arrived, client->facts.request_id);
}

void WebSocketFront::on_message(const Client& client, std::string_view text) {
    perform(client, client->session.on_message(text, ids_.gateway_id(), draw_facts(*client)));
}

void WebSocketFront::on_close(const Client& client, int code, std::string_view reason) {
    connections_.remove(client->session.client().connection.id);
    perform(client, client->session.on_close(code, reason, draw_facts(*client)));
}

event::Facts WebSocketFront::draw_facts(const SocketClient& client) {
    event::Facts facts = client.facts;
    draw_ids(facts, ids_, std::chrono::system_clock::now());
    return facts;
}

void WebSocketFront::tell(std::string_view method, std::string_view target, int status, Clock::time_point since,
                          std::string_view request_id) const {
    const auto duration = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - since);
    ends_.on_answered({method, target, status, duration, request_id});
}

}  // namespace understudy::net
