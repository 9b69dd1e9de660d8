#include "tools/understudy/explain_report.hpp"

#include "emulator/app/single_function.hpp"
#include "emulator/endpoints.hpp"
#include "emulator/event/api_findings.hpp"
#include "emulator/event/grpc_finding.hpp"
#include "emulator/gateway/api_identity.hpp"
#include "emulator/gateway/api_selector.hpp"
#include "emulator/gateway/derived_id.hpp"
#include "emulator/gateway/front_door.hpp"
#include "emulator/gateway/host_guard.hpp"
#include "emulator/gateway/host_name.hpp"
#include "emulator/gateway/target.hpp"
#include "emulator/gateway/websocket_door.hpp"
#include "emulator/net/gateway_call.hpp"
#include "emulator/net/gateway_limits.hpp"
#include "emulator/net/head_fault.hpp"
#include "tools/understudy/explain_access.hpp"
#include "tools/understudy/explain_obstacle.hpp"
#include "tools/understudy/explain_reply.hpp"
#include "tools/understudy/explain_routes.hpp"
#include "tools/understudy/explain_websocket.hpp"
#include "tools/understudy/sent_response.hpp"

#include <algorithm>
#include <utility>

namespace understudy::cli {
namespace {

/// As a client would send it to an API of that name.
http::Request complete(const http::Request& request, const std::string& domain) {
    http::Request sent = request;
    sent.headers = {};
    if (!request.headers.contains("Host")) sent.headers.add("Host", domain);
    for (const auto line : request.headers) sent.headers.add(line.name, line.value);
    const bool framed = request.headers.contains("Content-Length") || request.headers.contains("Transfer-Encoding");
    if (!request.body.empty() && !framed) sent.headers.add("Content-Length", std::to_string(request.body.size()));
    return sent;
}

/// Of those that take requests for functions.
std::string_view front_in_words(app::ApiKind kind) {
    if (kind == app::ApiKind::rest) return "a REST API";
    if (kind == app::ApiKind::url) return "a function URL";
    return kind == app::ApiKind::alb ? "a load balancer" : "an HTTP API";
}

/// What the listener refuses has no route and makes no event.
void explain_fault(Explanation& explanation, const app::Application& application, const app::Api& api,
                   net::Malformed fault, const event::Facts& facts) {
    const gateway::ErrorKind kind = net::to_error(fault);
    explanation.answer = api.kind == app::ApiKind::websocket
                             ? gateway::WebSocketDoor(application, api).refuse(kind, facts)
                             : gateway::FrontDoor(application, api).refuse(kind, facts);
    const bool is_size = fault == net::Malformed::headers_too_large || fault == net::Malformed::body_too_large;
    explanation.findings.push_back(
        {is_size ? "unread-request" : "malformed-request", "", std::string(net::explain_head_fault(fault))});
}

/// A WebSocket's message is the body here, and no body there.
std::optional<net::Malformed> find_fault_of(const app::Api& api, const http::Request& request, app::Profile profile) {
    net::ServerLimits limits = net::gateway_limits(profile);
    if (api.kind == app::ApiKind::websocket) limits.body_bytes = SIZE_MAX;
    return net::find_fault(request, limits);
}

void explain_sizes(Explanation& explanation, const app::Application& application, const app::Api& api,
                   const http::Request& request) {
    if (api.kind == app::ApiKind::websocket) return;
    const gateway::Limits limits = gateway::limits_under(application.profile, api);
    explanation.sizes = {{"target", request.target.size(), limits.target},
                         {"headers", gateway::header_sum(request, limits.header_sum), limits.headers},
                         {"body", request.body.size(), limits.body}};
}

event::Finding find_no_path(const std::string& target) {
    return {"target-without-path", "",
            "The target " + target +
                " is neither a path, which begins with '/', nor a URL of http or https: no API can be asked for it."};
}

/// What the settings have told a request may tell again.
void add(std::vector<event::Finding>& findings, std::vector<event::Finding> more) {
    for (event::Finding& finding : more) {
        if (std::ranges::find(findings, finding) == findings.end()) findings.push_back(std::move(finding));
    }
}

/// Whoever asks by the content type alone means gRPC; of live requests only those of its clients are told.
void explain_grpc(Explanation& explanation, const app::Api& api, const http::Request& request) {
    const auto told = [](const event::Finding& finding) { return finding.id == event::kNativeGrpc; };
    if (std::ranges::any_of(explanation.findings, told)) return;
    auto finding = event::find_native_grpc(request, front_in_words(api.kind), event::GrpcSign::content_type);
    if (finding) explanation.findings.push_back(*std::move(finding));
}

/// An authorizer says yes, without being asked, if there is somebody to be asked.
gateway::Verdict admit(Explanation& explanation, gateway::FrontDoor& door, const app::Application& application,
                       const app::Api& api, const gateway::Entrance& entrance, const http::Request& request,
                       const event::Facts& facts) {
    gateway::Verdict verdict = door.admit(request, entrance, facts);
    auto* call = std::get_if<gateway::AuthorizerCall>(&verdict);
    if (call == nullptr) return verdict;
    if (auto obstacle = find_obstacle(application, call->function, call->qualifier)) {
        explanation.findings.push_back(std::move(obstacle->finding));
        return door.authorized(call->pending, request, {obstacle->reply, {}}, facts.time);
    }
    explanation.authorizer = {shown_function(call->function, call->qualifier), std::move(call->event)};
    const app::Authorizer& authorizer = api.authorizers.at(call->pending.access.authorizer);
    std::string yes = consenting_reply(application, api, explanation.stage, authorizer);
    return door.authorized(call->pending, request, {gateway::FunctionReply::Kind::succeeded, std::move(yes)},
                           facts.time);
}

void explain_call(Explanation& explanation, gateway::FrontDoor& door, const app::Application& application,
                  const app::Api& api, const http::Request& request, gateway::Accepted accepted,
                  const event::Facts& facts, const std::optional<std::string>& reply) {
    explanation.body = explain_body(api, request, accepted.ticket.sent.form, application.profile);
    explanation.sizes.push_back({"event", accepted.event.size(), door.limits().event});
    add(explanation.findings, std::move(accepted.findings));
    if (auto obstacle = find_obstacle(application, accepted.function, accepted.qualifier)) {
        explanation.findings.push_back(std::move(obstacle->finding));
        explanation.answer = door.answer(accepted.ticket, {obstacle->reply, {}}, facts.time).response;
        return;
    }
    explanation.call = {shown_function(std::move(accepted.function), accepted.qualifier), std::move(accepted.event)};
    if (!reply) return;
    explanation.sizes.push_back({"reply", reply->size(), door.limits().reply});
    explanation.streams = accepted.transfer == app::TransferMode::stream;
    auto answer = answer_reply(door, api, accepted.ticket, *reply, facts.time);
    explanation.response = std::move(answer.response);
    add(explanation.findings, std::move(answer.findings));
}

/// What a listener of a load balancer says of itself, in redirects and to functions, is its protocol and its port.
event::Facts as_seen_by(const app::Api& api, event::Facts facts) {
    if (!api.listener) return facts;
    facts.forwarded_proto = api.listener->protocol;
    facts.forwarded_port = api.listener->port;
    return facts;
}

Explanation explain_api(const app::Application& application, const app::Api& api, const gateway::Entrance& entrance,
                        const http::Request& written, const std::optional<std::string>& reply,
                        const event::Facts& told) {
    const event::Facts facts = as_seen_by(api, told);
    Explanation explanation{.front = std::string(app::kind_name(api.kind)), .api = api.name, .id = api.id};
    if (api.kind == app::ApiKind::rest || api.kind == app::ApiKind::http) explanation.profile = application.profile;
    const http::Request request = complete(written, gateway::identify(application, api).domain);
    explain_sizes(explanation, application, api, request);
    if (const auto fault = find_fault_of(api, request, application.profile)) {
        explain_fault(explanation, application, api, *fault, facts);
        return explanation;
    }
    if (!gateway::parse_target(request.target)) explanation.findings.push_back(find_no_path(request.target));
    if (api.kind == app::ApiKind::websocket) {
        explain_websocket(explanation, application, api, entrance, request, facts, reply);
        return explanation;
    }
    gateway::FrontDoor door(application, api);
    door.access().assume_token_signatures();
    explain_route(explanation, application, api, entrance, request, facts.source_ip);
    add(explanation.findings, event::find_in_api(api));
    gateway::Verdict verdict = admit(explanation, door, application, api, entrance, request, facts);
    if (auto* accepted = std::get_if<gateway::Accepted>(&verdict)) {
        explain_call(explanation, door, application, api, request, std::move(*accepted), facts, reply);
    } else if (auto* answer = std::get_if<gateway::Answer>(&verdict)) {
        explanation.answer = std::move(answer->response);
        if (answer->sent.form != event::BodyForm::none) {
            explanation.body = explain_body(api, request, answer->sent.form, application.profile);
        }
        add(explanation.findings, std::move(answer->findings));
    }
    explain_grpc(explanation, api, request);
    return explanation;
}

app::Application with_ids(const app::Application& application) {
    app::Application named = application;
    for (app::Api& api : named.apis) {
        if (!api.id.empty()) continue;
        api.id = gateway::derive_id(api.name, app::kind_name(api.kind), api.kind == app::ApiKind::url ? 32 : 10);
    }
    return named;
}

/// A head that cannot be read names no API either: the first one answers, as in `serve`.
Explanation explain_unselected(const app::Application& application, const http::Request& request,
                               http::Response refusal, const event::Facts& facts) {
    Explanation explanation;
    const auto fault = net::find_fault(request, net::gateway_limits(application.profile));
    if (fault && *fault != net::Malformed::body_too_large && !application.apis.empty()) {
        explain_fault(explanation, application, application.apis.front(), *fault, facts);
    } else {
        explanation.answer = std::move(refusal);
    }
    return explanation;
}

/// Of what is written bit by bit no length is stated.
void state_lengths(Explanation& explanation, std::string_view method) {
    if (explanation.answer) explanation.answer = to_sent_response(*explanation.answer, method);
    if (explanation.response && !explanation.streams)
        explanation.response = to_sent_response(*explanation.response, method);
}

/// Nothing says which of several APIs is asked: no host is given, which may still be that of any of them. A head that
/// cannot be read is refused before that counts.
void tell_of_choice(Explanation& explanation, const app::Application& application, const app::Api& api,
                    const http::Request& request) {
    if (net::find_head_fault(request)) return;
    explanation.findings.push_back({"names-no-api", "",
                                    "serve answers 404 to this, which does not say for which of its " +
                                        std::to_string(application.apis.size()) + " APIs it is. Ask this one at " +
                                        to_api_url(application, api, "http://127.0.0.1:3000") +
                                        " or by the host that it has on AWS."});
}

/// One of several APIs that a request may be for. Its path has a stage in front, as on AWS, where routes say so that
/// take what is behind it and not the whole.
Explanation explain_one_of_several(const app::Application& application, const app::Api& api,
                                   const http::Request& request, const std::optional<std::string>& reply,
                                   const event::Facts& facts) {
    const auto has_stage = [](const event::Finding& finding) { return finding.id == "stage-in-path"; };
    Explanation explanation = explain_api(application, api, {}, request, reply, facts);
    if (std::ranges::any_of(explanation.findings, has_stage)) {
        const gateway::Entrance by_path{.kind = gateway::Entrance::Kind::by_path};
        explanation = explain_api(application, api, by_path, request, reply, facts);
    }
    tell_of_choice(explanation, application, api, request);
    return explanation;
}

/// The emulator's own guard, of which AWS knows nothing.
void tell_of_guard(Explanation& explanation, const http::Request& request) {
    if (explanation.front.empty() && explanation.findings.empty()) explanation.answer = gateway::refuse_rebound();
    explanation.findings.push_back(
        {"foreign-page", "",
         "serve answers 403 to this, which looks like a web page that calls under a name of its own, " +
             std::string(gateway::host_of(request.headers)) +
             "; AWS has no such rule. Call by an address, as localhost, by a name that the template declares, or by "
             "that of serve --public-url."});
}

std::vector<Explanation> explain_selected(const app::Application& application, const gateway::ApiSelector& selector,
                                          const http::Request& request, const std::optional<std::string>& reply,
                                          const event::Facts& facts) {
    const auto target = gateway::parse_target(request.target);
    const auto selected = selector.select(gateway::host_of(request.headers), target ? target->path : "/");
    std::vector<Explanation> explanations;
    if (const auto* selection = std::get_if<gateway::Selection>(&selected)) {
        explanations.push_back(
            explain_api(application, application.apis.at(selection->api), selection->entrance, request, reply, facts));
        return explanations;
    }
    const auto why = std::get<gateway::Unselected>(selected);
    const bool may_be_any = why == gateway::Unselected::ambiguous && target && !request.headers.contains("Host");
    if (!may_be_any) {
        explanations.push_back(explain_unselected(application, request, selector.refuse(why), facts));
        return explanations;
    }
    for (const app::Api& api : application.apis) {
        explanations.push_back(explain_one_of_several(application, api, request, reply, facts));
    }
    return explanations;
}

}  // namespace

std::vector<Explanation> explain_request(const app::Application& application, const http::Request& request,
                                         const std::optional<std::string>& reply, const event::Facts& facts) {
    const app::Application named = with_ids(application);
    const gateway::ApiSelector selector(named, gateway::sole_api(named));
    auto explanations = explain_selected(named, selector, request, reply, facts);
    for (Explanation& explanation : explanations) state_lengths(explanation, request.method);
    if (gateway::is_rebound(request.headers) && !selector.declares(gateway::host_of(request.headers))) {
        for (Explanation& explanation : explanations) tell_of_guard(explanation, request);
    }
    return explanations;
}

}  // namespace understudy::cli
