#include "tools/understudy/explain_websocket.hpp"

#include "emulator/gateway/limits.hpp"
#include "emulator/gateway/target.hpp"
#include "emulator/gateway/websocket_session.hpp"
#include "emulator/http/utf8.hpp"
#include "emulator/http/websocket_frame.hpp"
#include "emulator/net/websocket.hpp"
#include "tools/understudy/explain_access.hpp"
#include "tools/understudy/explain_connections.hpp"
#include "tools/understudy/explain_obstacle.hpp"
#include "tools/understudy/explained_request.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <memory>
#include <utility>

namespace understudy::cli {
namespace {

using gateway::FunctionReply;
using Upgrade = gateway::WebSocketDoor::Upgrade;

constexpr const char* kConnection = "Z3xConnectedIdA=";
constexpr const char* kMessage = "Z3xMessageIdAAA=";

void keep_findings(Explanation& explanation, std::vector<event::Finding> findings) {
    std::ranges::move(findings, std::back_inserter(explanation.findings));
}

/// What becomes of a step at its end.
void explain_end(Explanation& explanation, gateway::WebSocketStep step) {
    if (auto* refuse = std::get_if<gateway::RefuseHandshake>(&step.action)) {
        (explanation.call ? explanation.response : explanation.answer) = std::move(refuse->response);
    } else if (auto* accept = std::get_if<gateway::AcceptHandshake>(&step.action)) {
        explanation.response = http::Response{101, std::move(accept->headers), {}};
    } else if (auto* send = std::get_if<gateway::SendMessage>(&step.action)) {
        explanation.message = std::move(send->text);
    }
    keep_findings(explanation, std::move(step.findings));
}

void explain_step(Explanation& explanation, gateway::WebSocketSession& session, const app::Application& application,
                  gateway::WebSocketStep step, const event::Facts& facts, const std::optional<std::string>& reply) {
    auto* call = std::get_if<gateway::WebSocketCall>(&step.action);
    if (call == nullptr) return explain_end(explanation, std::move(step));
    keep_findings(explanation, std::move(step.findings));
    explanation.sizes.push_back({"event", call->event.size(), gateway::kWebSocketLimits.event});
    if (auto obstacle = find_obstacle(application, call->function, call->qualifier)) {
        explanation.findings.push_back(std::move(obstacle->finding));
        return explain_end(explanation, session.on_reply(call->ticket, {obstacle->reply, {}}, facts.time));
    }
    explanation.call = {shown_function(call->function, call->qualifier), call->event};
    if (!reply) return;
    explanation.sizes.push_back({"reply", reply->size(), gateway::kWebSocketLimits.reply});
    explain_end(explanation, session.on_reply(call->ticket, {FunctionReply::Kind::succeeded, *reply}, facts.time));
}

void explain_route_of(Explanation& explanation, const app::Application& application, const app::Api& api,
                      std::optional<std::size_t> route) {
    if (!route) return;
    explanation.route = shown_route(api, api.routes.at(*route));
    if (api.routes[*route].path == "$connect") {
        explanation.access = explain_access(application, api, api.routes[*route], explanation.stage);
    }
}

void explain_handshake(Explanation& explanation, gateway::WebSocketSession& session,
                       const app::Application& application, const app::Api& api, const http::Request& request,
                       const event::Facts& facts, const std::optional<std::string>& reply) {
    auto step = session.on_handshake(request, facts);
    auto* call = std::get_if<gateway::WebSocketCall>(&step.action);
    if (call != nullptr && call->ticket.purpose == gateway::WebSocketCall::Purpose::authorizer) {
        FunctionReply decision{FunctionReply::Kind::succeeded,
                               consenting_reply(application, api, explanation.stage, {})};
        if (auto obstacle = find_obstacle(application, call->function, call->qualifier)) {
            explanation.findings.push_back(std::move(obstacle->finding));
            decision = {obstacle->reply, {}};
        } else {
            explanation.authorizer = {shown_function(call->function, call->qualifier), call->event};
        }
        step = session.on_reply(call->ticket, decision, facts.time);
    }
    explain_step(explanation, session, application, std::move(step), facts, reply);
}

std::string shown_code(http::WebSocketClose code) {
    return std::to_string(static_cast<std::uint16_t>(code));
}

/// With which code the connection ends in place of the message being handed on, and why; as `http::WebSocketReader`.
std::optional<std::string> find_close(std::string_view body) {
    if (http::replace_invalid_utf8(body)) {
        return shown_code(http::WebSocketClose::unsupported_data) +
               ": the message is not UTF-8, so that it can only be a binary one, and these are not supported. Sent as "
               "text "
               "it is closed with " +
               shown_code(http::WebSocketClose::invalid_payload) + ". No function is called; encode it as base64, say.";
    }
    if (body.size() <= gateway::kWebSocketLimits.body) return std::nullopt;
    return shown_code(http::WebSocketClose::too_big) + ": the message is over the limit. No function is called.";
}

/// A frame has less room than a message; how a client cuts its messages is not known here.
void tell_frames(Explanation& explanation, std::size_t size) {
    const std::size_t limit = http::WebSocketLimits().frame;
    if (size <= limit) return;
    explanation.findings.push_back({"websocket-frames", "",
                                    "A frame has at most " + std::to_string(limit) +
                                        " bytes: a client that sends this message in one is closed with " +
                                        shown_code(http::WebSocketClose::too_big) + '.'});
}

/// With the lines that a WebSocket's client sends and that were not typed.
http::Request completed_handshake(const http::Request& request) {
    http::Request handshake = request;
    if (request.method == "GET") add_handshake(handshake.headers);
    return handshake;
}

Upgrade upgrade_of(const http::Request& request) {
    return net::parse_websocket_offer(request) ? Upgrade::asked : Upgrade::not_asked;
}

/// Of what was typed only a handshake reaches `$connect`.
void tell_assumed_handshake(Explanation& explanation, const http::Request& request) {
    if (upgrade_of(request) == Upgrade::asked) return;
    explanation.findings.push_back({"assumed-handshake", "",
                                    "This is explained as the handshake of a WebSocket client, whose header lines are "
                                    "added. A plain request without them is answered 403 Forbidden."});
}

/// A client that sends messages has come by a handshake at its stage, which the target names.
http::Request handshake_of_client(const http::Request& request) {
    return completed_handshake({"GET", request.target, 1, request.headers, {}});
}

bool names_no_stage(const http::Request& request) {
    const auto target = gateway::parse_target(request.target);
    return target && target->path == "/";
}

void tell_assumed_client(Explanation& explanation, const http::Request& request) {
    const std::string assumed = names_no_stage(request) ? ", the API's first, as the path names none" : "";
    explanation.access = {"the body is taken for a message of a client that is connected to the stage " +
                          explanation.stage + assumed + ", its $connect answered; a plain request is answered 403"};
}

}  // namespace

void explain_websocket(Explanation& explanation, const app::Application& application, const app::Api& api,
                       const gateway::Entrance& entrance, const http::Request& request, const event::Facts& facts,
                       const std::optional<std::string>& reply) {
    const auto door = std::make_shared<gateway::WebSocketDoor>(application, api);
    if (means_connections(request)) {
        auto admission = door->admit(request, Upgrade::not_asked, entrance, facts, kConnection);
        return explain_connections(explanation, *door, std::move(admission), request, facts);
    }
    const bool is_message = !request.body.empty() && gateway::parse_target(request.target);
    if (is_message) explanation.sizes.push_back({"message", request.body.size(), gateway::kWebSocketLimits.body});
    const http::Request handshake = is_message ? handshake_of_client(request) : completed_handshake(request);
    const bool by_first_stage = is_message && names_no_stage(request);
    auto admission = door->admit(handshake, upgrade_of(handshake), by_first_stage ? gateway::Entrance() : entrance,
                                 facts, kConnection);
    if (auto* answer = std::get_if<gateway::Answer>(&admission)) {
        explanation.answer = std::move(answer->response);
        return keep_findings(explanation, std::move(answer->findings));
    }
    gateway::WebSocketSession session(door, std::move(std::get<gateway::WebSocketClient>(admission)));
    explanation.stage = session.client().stage;
    if (is_message) tell_assumed_client(explanation, request);
    if (is_message) explanation.close = find_close(request.body);
    if (explanation.close) return;
    if (is_message) tell_frames(explanation, request.body.size());
    explain_route_of(explanation, application, api,
                     is_message ? door->routes().select(request.body) : door->routes().find("$connect"));
    if (!is_message) {
        tell_assumed_handshake(explanation, request);
        return explain_handshake(explanation, session, application, api, handshake, facts, reply);
    }
    explain_step(explanation, session, application, session.on_message(request.body, kMessage, facts), facts, reply);
}

}  // namespace understudy::cli
