#include "emulator/gateway/websocket_door.hpp"

#include "emulator/event/event_fields.hpp"
#include "emulator/gateway/gateway_error.hpp"
#include "emulator/gateway/limits.hpp"
#include "emulator/gateway/target.hpp"
#include "emulator/http/utf8.hpp"

#include <algorithm>
#include <utility>

namespace understudy::gateway {
namespace {

Ticket to_ticket(const event::Facts& facts) {
    Ticket ticket;
    ticket.request_id = facts.request_id;
    ticket.extended_request_id = facts.extended_request_id;
    return ticket;
}

event::Finding find_unsigned_call() {
    return {"connections-unsigned", "",
            "This call of @connections is not signed. Without --check-signatures nobody minds here; AWS answers 403 "
            "Missing Authentication "
            "Token to whoever does not sign as execute-api."};
}

event::Finding find_binary_message() {
    return {"connections-not-text", "",
            "A message to a client is not UTF-8. It goes out in a text frame nevertheless, and the client closes the "
            "connection with 1007. Cure: send base64."};
}

event::Finding find_no_handshake() {
    return {"websocket-no-handshake", "",
            "A WebSocket API takes WebSocket handshakes at its stage, and POST, GET and DELETE at "
            "STAGE/@connections/ID; all else is refused with 403."};
}

}  // namespace

WebSocketDoor::WebSocketDoor(const app::Application& application, const app::Api& api)
    : api_(std::make_shared<const app::Api>(api)),
      identity_(identify(application, api)),
      routes_(api),
      answers_(api, application.profile),
      access_(application, api_) {}

Admission WebSocketDoor::admit(const http::Request& request, Upgrade upgrade, const Entrance& entrance,
                               const event::Facts& facts, std::string connection_id) const {
    if (const auto excess = find_excess(request, kWebSocketLimits, entrance.prefix))
        return fail({.kind = *excess}, facts);
    const auto target = parse_target(request.target);
    if (!target) return fail({.kind = ErrorKind::bad_request}, facts);
    const auto staged = resolve_stage(*api_, entrance, target->path);
    if (!staged) return fail({.kind = ErrorKind::no_stage}, facts);
    const std::string_view stage = stage_name(*api_, staged->stage);
    if (auto id = parse_connection_path(staged->path)) return admit_call(request, std::move(*id), stage, facts);
    if (upgrade == Upgrade::not_asked || staged->path != "/") {
        return fail({.kind = ErrorKind::no_route, .findings = {find_no_handshake()}}, facts);
    }
    WebSocketClient client{.connection = {.id = std::move(connection_id),
                                          .connected_at = facts.time,
                                          .domain = {},
                                          .user_agent = std::string(request.headers.last("User-Agent").value_or(""))},
                           .source_ip = facts.source_ip,
                           .stage = std::string(stage)};
    event::Place place = describe(client, {});
    place.public_host = facts.public_host;
    client.connection.domain = event::domain_name(request.headers, place);
    return client;
}

Admission WebSocketDoor::admit_call(const http::Request& request, std::string connection_id, std::string_view stage,
                                    const event::Facts& facts) const {
    if (auto refusal = access_.check_call(request, facts.time)) return fail(std::move(*refusal), facts);
    const auto kind = to_connections_call(request.method);
    if (!kind) return fail({.kind = ErrorKind::no_route}, facts);
    if (!may_be_connection(connection_id)) {
        return fail({.kind = ErrorKind::bad_connection, .message = "Invalid connectionId: " + connection_id}, facts);
    }
    ConnectionsCall call{*kind, std::move(connection_id), std::string(stage)};
    if (!is_signed(request)) call.findings.push_back(find_unsigned_call());
    if (*kind == ConnectionsCall::Kind::send && http::replace_invalid_utf8(request.body)) {
        call.findings.push_back(find_binary_message());
    }
    return call;
}

event::Place WebSocketDoor::describe(const WebSocketClient& client, std::string_view route) const {
    const auto stage = std::ranges::find(api_->stages, client.stage, &app::Stage::name);
    event::Place place;
    place.account = identity_.account;
    place.api_id = api_->id;
    place.stage = client.stage;
    place.domain = client.connection.domain.empty() ? std::string_view(identity_.domain) : client.connection.domain;
    place.route = route;
    if (stage != api_->stages.end()) place.stage_variables = stage->variables;
    place.authorizer = client.authorizer;
    return place;
}

std::size_t WebSocketDoor::stage_index(const WebSocketClient& client) const {
    const auto stage = std::ranges::find(api_->stages, client.stage, &app::Stage::name);
    return static_cast<std::size_t>(stage - api_->stages.begin());
}

Answer WebSocketDoor::fail(Refusal refusal, const event::Facts& facts) const {
    return {answers_.fail(refusal, to_ticket(facts), facts.time), std::move(refusal.findings)};
}

Answer WebSocketDoor::refuse(Refusal refusal, std::string_view connection_id, const event::Facts& facts) const {
    const GatewayError& error = gateway_error(app::ApiKind::websocket, refusal.kind);
    http::Response response{error.status,
                            {{"Content-Type", "application/json"}},
                            render_websocket_error(refusal.kind, connection_id, facts.extended_request_id)};
    return {answers_.finish_error(std::move(response), error.type, to_ticket(facts), facts.time),
            std::move(refusal.findings)};
}

Answer WebSocketDoor::refuse(http::Response reply, const event::Facts& facts) const {
    http::Response response{reply.status, {}, std::move(reply.body)};
    if (const auto type = reply.headers.last("Content-Type")) response.headers.add("Content-Type", *type);
    return {answers_.finish(std::move(response), to_ticket(facts), facts.time), {}};
}

http::Response WebSocketDoor::refuse(ErrorKind kind, const event::Facts& facts) const {
    Ticket ticket = to_ticket(facts);
    ticket.close = true;
    return answers_.fail({.kind = kind}, ticket, facts.time);
}

http::Response WebSocketDoor::answer_sent(const event::Facts& facts) const {
    return answers_.finish({200, {}, {}}, to_ticket(facts), facts.time);
}

http::Response WebSocketDoor::answer_disconnected(const event::Facts& facts) const {
    return answers_.finish({204, {}, {}}, to_ticket(facts), facts.time);
}

http::Response WebSocketDoor::answer_described(const ConnectionState& state, const event::Facts& facts) const {
    return answers_.finish({200, {{"Content-Type", "application/json"}}, render_connection(state)}, to_ticket(facts),
                           facts.time);
}

http::Response WebSocketDoor::answer_gone(const event::Facts& facts) const {
    return fail({.kind = ErrorKind::gone}, facts).response;
}

}  // namespace understudy::gateway
