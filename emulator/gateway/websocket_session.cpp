#include "emulator/gateway/websocket_session.hpp"

#include "emulator/event/request_findings.hpp"
#include "emulator/event/text.hpp"
#include "emulator/event/trace.hpp"
#include "emulator/event/websocket_event.hpp"
#include "emulator/event/websocket_reply.hpp"
#include "emulator/gateway/limits.hpp"
#include "emulator/gateway/stage_variables.hpp"
#include "emulator/gateway/websocket_findings.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

namespace understudy::gateway {
namespace {

using Purpose = WebSocketCall::Purpose;

constexpr std::string_view kConnect = "$connect";
constexpr std::string_view kDisconnect = "$disconnect";
constexpr std::string_view kProtocol = "Sec-WebSocket-Protocol";

/// Whether a client names the subprotocol among those that it speaks (RFC 6455, 4.1).
bool asks_for(const http::Headers& headers, std::string_view protocol) {
    return std::ranges::any_of(headers, [protocol](http::HeaderLine line) {
        if (!http::same_name(line.name, kProtocol)) return false;
        for (std::string_view rest = line.value; !rest.empty();) {
            const std::string_view one = rest.substr(0, rest.find(','));
            if (event::trim(one) == protocol) return true;
            rest.remove_prefix(std::min(one.size() + 1, rest.size()));
        }
        return false;
    });
}

}  // namespace

WebSocketSession::WebSocketSession(std::shared_ptr<WebSocketDoor> door, WebSocketClient client)
    : door_(std::move(door)), client_(std::move(client)) {}

WebSocketStep WebSocketSession::on_handshake(http::Request request, event::Facts facts) {
    request_ = std::move(request);
    facts_ = std::move(facts);
    const auto route = door_->routes().find(kConnect);
    if (!route) return {AcceptHandshake{}};
    const event::Trace trace = event::to_trace(request_.headers, facts_);
    event::Place place = door_->describe(client_, kConnect);
    place.public_host = facts_.public_host;
    place.query = request_.query();
    const std::string event = event::render_websocket_event(event::WebSocketConnect{request_, trace.event},
                                                            client_.connection, place, facts_);
    return proceed(door_->access().check(
        {request_, place, facts_, trace.event, *route, door_->stage_index(client_), event}, facts_.time));
}

WebSocketStep WebSocketSession::proceed(AccessDecision decision) {
    if (auto* refusal = std::get_if<Refusal>(&decision)) return refuse(std::move(*refusal));
    if (auto* ask = std::get_if<AskAuthorizer>(&decision)) {
        pending_ = std::move(ask->pending);
        return {WebSocketCall{.function = std::move(ask->function),
                              .qualifier = std::move(ask->qualifier),
                              .event = std::move(ask->event),
                              .trace = event::to_trace(request_.headers, facts_).function,
                              .timeout = ask->timeout,
                              .ticket = {.purpose = Purpose::authorizer,
                                         .route = std::string(kConnect),
                                         .request_id = facts_.extended_request_id}}};
    }
    auto& pass = std::get<Pass>(decision);
    client_.authorizer = std::move(pass.authorizer);
    return connect(std::move(pass.findings));
}

WebSocketStep WebSocketSession::on_authorized(const FunctionReply& reply, Time now) {
    const auto route = door_->routes().find(kConnect);
    if (!route) return refuse({.kind = ErrorKind::not_configured});
    const event::Place place = door_->describe(client_, kConnect);
    return proceed(door_->access().decide({request_, place, facts_, {}, *route, door_->stage_index(client_)}, pending_,
                                          reply, now));
}

WebSocketStep WebSocketSession::connect(std::vector<event::Finding> findings) {
    const auto route = door_->routes().find(kConnect);
    if (!route) return refuse({.kind = ErrorKind::not_configured});
    const event::Trace trace = event::to_trace(request_.headers, facts_);
    WebSocketStep step = call(*route, event::WebSocketConnect{request_, trace.event}, facts_, Purpose::connect);
    for (event::Finding& finding : findings) step.findings.push_back(std::move(finding));
    return step;
}

WebSocketStep WebSocketSession::on_message(std::string_view text, std::string_view message_id,
                                           const event::Facts& facts) {
    const auto route = door_->routes().select(text);
    if (route) {
        if (auto refusal = throttle(*route, facts)) return std::move(*refusal);
        if (auto refusal = validate(*route, text, facts)) return std::move(*refusal);
        return call(*route, event::WebSocketMessage{text, message_id}, facts, Purpose::message);
    }
    WebSocketStep step = send_error(ErrorKind::no_route, facts.extended_request_id);
    step.findings.push_back(find_no_message_route());
    return step;
}

/// Only `$connect` asks who comes; the other routes have a rate at most.
std::optional<WebSocketStep> WebSocketSession::throttle(std::size_t route, const event::Facts& facts) const {
    if (door_->route(route).access.authorization != app::Authorization::none) return std::nullopt;
    const event::Place place = door_->describe(client_, door_->route(route).path);
    const auto decision =
        door_->access().check({http::Request{}, place, facts, {}, route, door_->stage_index(client_)}, facts.time);
    const auto* refusal = std::get_if<Refusal>(&decision);
    if (refusal == nullptr) return std::nullopt;
    return send_error(refusal->kind, facts.extended_request_id);
}

std::optional<WebSocketStep> WebSocketSession::validate(std::size_t route, std::string_view text,
                                                        const event::Facts& facts) const {
    const auto fault = door_->access().find_message_fault(route, text);
    if (!fault) return std::nullopt;
    WebSocketStep step = send_error(ErrorKind::bad_body, facts.extended_request_id);
    step.findings.push_back(find_refused_message(door_->route(route).path, *fault));
    return step;
}

WebSocketStep WebSocketSession::on_close(int code, std::string_view reason, const event::Facts& facts) {
    const auto route = door_->routes().find(kDisconnect);
    if (!route) return {Rest{}};
    return call(*route, event::WebSocketDisconnect{code, reason}, facts, Purpose::disconnect);
}

WebSocketStep WebSocketSession::call(std::size_t index, const event::WebSocketOccasion& occasion,
                                     const event::Facts& facts, Purpose purpose) const {
    const app::Route& route = door_->route(index);
    const auto* lambda = std::get_if<app::LambdaIntegration>(&route.integration);
    if (lambda == nullptr) return answer_by_itself(route, facts, purpose);
    event::Place place = door_->describe(client_, route.path);
    http::Headers headers;
    if (purpose == Purpose::connect) {
        headers = request_.headers;
        place.public_host = facts.public_host;
        place.query = request_.query();
    }
    return {WebSocketCall{.function = fill_in_stage_variables(lambda->function, place.stage_variables),
                          .qualifier = fill_in_stage_variables(lambda->qualifier, place.stage_variables),
                          .event = event::render_websocket_event(occasion, client_.connection, place, facts),
                          .trace = event::to_trace(headers, facts).function,
                          .timeout = lambda->timeout.value_or(kWebSocketLimits.integration_timeout),
                          .ticket = {purpose, route.path, facts.extended_request_id, route.replies}}};
}

WebSocketStep WebSocketSession::answer_by_itself(const app::Route& route, const event::Facts& facts,
                                                 Purpose purpose) const {
    if (const auto* mock = std::get_if<app::MockIntegration>(&route.integration)) {
        const std::string body = mock->templates.empty() ? std::string() : mock->templates.front().second;
        if (purpose == Purpose::connect && mock->status / 100 == 2) return {AcceptHandshake{}};
        if (purpose == Purpose::connect) {
            return {RefuseHandshake{door_->refuse(http::Response{mock->status, {}, body}, facts).response}};
        }
        if (purpose == Purpose::message && route.replies && !body.empty())
            return send_reply(body, {purpose, route.path, facts.extended_request_id, true});
        return {Rest{}};
    }
    WebSocketStep step{Rest{}};
    if (purpose == Purpose::connect) step = refuse({.kind = ErrorKind::not_configured});
    if (purpose == Purpose::message) step = send_error(ErrorKind::not_configured, facts.extended_request_id);
    step.findings.push_back(find_unemulated(route.path));
    return step;
}

WebSocketStep WebSocketSession::on_reply(const WebSocketCall::Ticket& ticket, const FunctionReply& reply, Time now) {
    const std::size_t size = reply.payload.size();
    if (reply.kind == FunctionReply::Kind::succeeded && size > kWebSocketLimits.reply) {
        return on_reply(ticket, {FunctionReply::Kind::function_error, {}, size}, now);
    }
    WebSocketStep step = settle_reply(ticket, reply, now);
    if (reply.oversized) step.findings.push_back(event::reply_too_large(*reply.oversized, kWebSocketLimits.reply));
    return step;
}

WebSocketStep WebSocketSession::settle_reply(const WebSocketCall::Ticket& ticket, const FunctionReply& reply,
                                             Time now) {
    switch (ticket.purpose) {
        case Purpose::authorizer:
            return on_authorized(reply, now);
        case Purpose::connect:
            return on_connected(reply);
        case Purpose::message:
        case Purpose::disconnect:
            break;
    }
    return on_answered(ticket, reply);
}

WebSocketStep WebSocketSession::on_connected(const FunctionReply& reply) {
    if (reply.kind != FunctionReply::Kind::succeeded) return refuse({.kind = to_error(reply.kind)});
    event::Reply answer = event::render_websocket_reply(reply.payload);
    auto* response = std::get_if<http::Response>(&answer.result);
    if (response == nullptr) {
        return refuse({.kind = ErrorKind::malformed_reply, .findings = std::move(answer.findings)});
    }
    if (!event::lets_in(answer)) {
        return {RefuseHandshake{door_->refuse(std::move(*response), facts_).response}, std::move(answer.findings)};
    }
    AcceptHandshake accept;
    if (const auto protocol = response->headers.last(kProtocol)) {
        accept.headers.add(kProtocol, *protocol);
        if (!asks_for(request_.headers, *protocol)) {
            answer.findings.push_back(find_unasked_protocol(std::string(*protocol)));
        }
    }
    request_ = {};
    return {std::move(accept), std::move(answer.findings)};
}

WebSocketStep WebSocketSession::on_answered(const WebSocketCall::Ticket& ticket, const FunctionReply& reply) const {
    if (reply.kind != FunctionReply::Kind::succeeded) return fail(to_error(reply.kind), ticket);
    event::Reply answer = event::render_websocket_reply(reply.payload);
    const auto* response = std::get_if<http::Response>(&answer.result);
    WebSocketStep step =
        response == nullptr ? fail(ErrorKind::malformed_reply, ticket) : WebSocketStep{Rest{}, {}, response->status};
    step.findings = std::move(answer.findings);
    if (response == nullptr || response->body.empty() || ticket.purpose == Purpose::disconnect) return step;
    if (!ticket.two_way) {
        step.findings.push_back(find_unsent_reply(ticket.route));
        return step;
    }
    WebSocketStep sent = send_reply(response->body.view(), ticket);
    if (sent.status != 0) step.status = sent.status;
    step.action = std::move(sent.action);
    std::ranges::move(sent.findings, std::back_inserter(step.findings));
    return step;
}

WebSocketStep WebSocketSession::send_reply(std::string_view text, const WebSocketCall::Ticket& ticket) const {
    if (text.size() <= kWebSocketLimits.body) return {SendMessage{std::string(text)}};
    WebSocketStep step = fail(ErrorKind::malformed_reply, ticket);
    step.findings.push_back(find_large_reply(ticket.route, text.size()));
    return step;
}

/// There is nobody left to tell of a `$disconnect` that fails.
WebSocketStep WebSocketSession::fail(ErrorKind kind, const WebSocketCall::Ticket& ticket) const {
    WebSocketStep step{Rest{}};
    if (ticket.purpose == Purpose::message) step = send_error(kind, ticket.request_id);
    step.status = gateway_error(app::ApiKind::websocket, kind).status;
    return step;
}

WebSocketStep WebSocketSession::refuse(Refusal refusal) const {
    Answer answer = door_->refuse(std::move(refusal), client_.connection.id, facts_);
    return {RefuseHandshake{std::move(answer.response)}, std::move(answer.findings)};
}

WebSocketStep WebSocketSession::send_error(ErrorKind kind, std::string_view request_id) const {
    return {SendMessage{render_websocket_error(kind, client_.connection.id, request_id)}};
}

}  // namespace understudy::gateway
