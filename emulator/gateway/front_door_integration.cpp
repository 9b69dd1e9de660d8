// From a request that may pass to the event for its function, or to the answer of a route that has none.
#include "emulator/event/api_findings.hpp"
#include "emulator/event/request_findings.hpp"
#include "emulator/gateway/front_door.hpp"
#include "emulator/gateway/host_name.hpp"
#include "emulator/gateway/own_answer.hpp"
#include "emulator/gateway/parameter_mapping.hpp"
#include "emulator/gateway/route_explanation.hpp"
#include "emulator/gateway/stage_variables.hpp"
#include "emulator/gateway/target_choice.hpp"
#include "emulator/gateway/visit.hpp"
#include "emulator/http/utf8.hpp"

#include <iterator>
#include <utility>

namespace understudy::gateway {
namespace {

/// A load balancer's rule, or a route, at the beginning of a sentence.
std::string begin_with(const app::Api& api, const app::Route& route, std::string_view key) {
    std::string text = api.kind == app::ApiKind::alb ? rule_in_words(route) : "the route " + std::string(key);
    text.front() = 'T';
    return text;
}

event::Finding not_emulated(const std::string& type, app::ApiKind kind, const std::string& route) {
    return {"integration-not-emulated", type,
            route + " leads to an integration of type " + type + ", which this emulator does not do: it answers " +
                (kind == app::ApiKind::alb ? "503." : "500.")};
}

event::Finding no_weight(const std::string& rule) {
    return {"alb-no-weight", rule,
            rule + " forwards to target groups which all have the weight 0: none of them gets a request."};
}

/// The stage or the base path that stands in front of the path. Where a request has nothing behind it there is not even
/// the path's slash.
std::string before_path(const event::Place& place) {
    if (!place.stage_path.ends_with(place.path)) return place.stage_path;
    return place.stage_path.substr(0, place.stage_path.size() - place.path.size());
}

event::Finding not_by_post(std::string_view key, const std::string& method) {
    return {"integration-method", std::string(key),
            "The integration of " + std::string(key) + " calls Lambda by " + method +
                ": AWS answers 500, since Lambda is invoked by POST only. Cure: httpMethod (IntegrationHttpMethod): "
                "POST, whatever the route's own method."};
}

}  // namespace

Verdict FrontDoor::integrate(Visit& visit, Pass&& pass) const {
    if (visit.purpose == Visit::Purpose::preflight) {
        return answer_preflight(visit);
    }
    visit.place.authorizer = std::move(pass.authorizer);
    const app::Integration& integration = api_->routes[visit.route].integration;
    if (const auto* lambda = std::get_if<app::LambdaIntegration>(&integration)) {
        if (api_->kind != app::ApiKind::rest || lambda->invoke_method == "POST") {
            return invoke(visit, *lambda, std::move(pass));
        }
        Answer refused = fail(visit, ErrorKind::integration_failure);
        refused.findings = std::move(pass.findings);
        refused.findings.push_back(not_by_post(visit.place.route, lambda->invoke_method));
        return refused;
    }
    if (const auto* forward = std::get_if<app::WeightedForward>(&integration)) {
        return forward_to_one(visit, *forward, std::move(pass));
    }
    Answer answer = answer_by_itself(visit, integration);
    std::ranges::move(pass.findings, std::back_inserter(answer.findings));
    return answer;
}

/// The id of the trace is the chance: events of load balancers have no other, and a replay brings it back.
Verdict FrontDoor::forward_to_one(Visit& visit, const app::WeightedForward& forward, Pass&& pass) const {
    const app::WeightedTarget* chosen = choose_target(forward, visit.facts.trace_root);
    const auto* lambda = chosen == nullptr ? nullptr : std::get_if<app::LambdaIntegration>(&chosen->target);
    if (lambda != nullptr) return invoke(visit, *lambda, std::move(pass));
    const std::string rule = begin_with(*api_, api_->routes[visit.route], visit.place.route);
    if (chosen == nullptr) return fail_with(visit, no_weight(rule));
    return fail_with(visit, not_emulated(std::get<app::UnsupportedIntegration>(chosen->target).type, api_->kind, rule));
}

/// A route that leads nowhere, or to what cannot be done.
Answer FrontDoor::fail_with(const Visit& visit, event::Finding finding) const {
    Answer answer = fail(visit, ErrorKind::not_configured);
    answer.findings.push_back(std::move(finding));
    return answer;
}

Answer FrontDoor::answer_preflight(const Visit& visit) const {
    http::Response response = cors_->preflight(visit.request);
    if (rendering_.deviates(app::Deviation::preflight)) response.status = 200;
    return {answers_.finish(std::move(response), visit.ticket, visit.facts.time), {}};
}

/// HTTP APIs and load balancers do not stream, whatever their integration says.
app::TransferMode FrontDoor::transfer_of(const app::LambdaIntegration& integration) const {
    const bool can_stream = api_->kind == app::ApiKind::rest || api_->kind == app::ApiKind::url;
    return can_stream ? integration.transfer : app::TransferMode::buffered;
}

/// The request as the mappings of an HTTP API make it, with the place it is then at; none where there are no mappings.
std::optional<http::Request> FrontDoor::change_request(Visit& visit, const app::LambdaIntegration& integration) const {
    if (api_->kind != app::ApiKind::http) return std::nullopt;
    if (integration.request_parameters.empty() && integration.response_parameters.empty()) return std::nullopt;
    visit.ticket.context = context_of(visit, visit.place.authorizer);
    if (!integration.response_parameters.empty()) visit.ticket.mappings = &integration.response_parameters;
    if (integration.request_parameters.empty()) return std::nullopt;
    event::Place& place = visit.place;
    MappedRequest mapped = map_request(integration.request_parameters, visit.request, place, *visit.ticket.context);
    if (mapped.path != place.path) {
        place.stage_path = before_path(place) + mapped.path;
        place.path = std::move(mapped.path);
    }
    return http::Request{.method = visit.request.method,
                         .target = place.path + '?' + mapped.query,
                         .minor_version = visit.request.minor_version,
                         .headers = std::move(mapped.headers),
                         .body = visit.request.body};
}

Verdict FrontDoor::invoke(Visit& visit, const app::LambdaIntegration& integration, Pass&& pass) const {
    visit.place.api_key = std::move(pass.api_key);
    visit.place.api_key_id = std::move(pass.api_key_id);
    visit.place.access_key = std::move(pass.access_key);
    const auto changed = change_request(visit, integration);
    if (changed) visit.place.query = changed->query();
    visit.ticket.payload = integration.payload;
    visit.ticket.transfer = transfer_of(integration);
    if (const auto& group = integration.target_group) visit.place.target_group_arn = group->arn;
    visit.ticket.headers =
        to_mode(integration.target_group ? integration.target_group->multi_value_headers : api_->multi_value_headers);
    event::RenderedEvent event =
        rendering_.event(changed ? *changed : visit.request, visit.place, visit.facts, visit.trace.event, visit.ticket);
    std::ranges::move(pass.findings, std::back_inserter(event.findings));
    const bool is_text = event.body.form == event::BodyForm::text;
    if (is_text && rendering_.deviates(app::Deviation::damaged_text) &&
        http::replace_invalid_utf8(visit.request.body)) {
        Answer answer = fail(visit, ErrorKind::malformed_reply);
        answer.sent = std::move(event.body);
        return answer;
    }
    if (event.json.size() > limits_.event) {
        Answer answer = fail(visit, ErrorKind::request_too_large);
        answer.findings = std::move(event.findings);
        answer.sent = std::move(event.body);
        answer.findings.push_back(event::event_too_large(visit.request.body.size(), event.json.size(), limits_.event));
        return answer;
    }
    if (answers_.are_customised()) visit.ticket.context = context_of(visit, visit.place.authorizer);
    visit.ticket.sent = std::move(event.body);
    const bool canonical = api_->kind == app::ApiKind::http && integration.payload == app::PayloadFormat::v1;
    if (canonical && !visit.ticket.content_type_name.empty()) visit.ticket.content_type_name = "Content-Type";
    const auto variables = visit.place.stage_variables;
    Verdict verdict(std::in_place_type<Accepted>);
    auto& accepted = std::get<Accepted>(verdict);
    accepted.function = fill_in_stage_variables(integration.function, variables);
    accepted.qualifier = fill_in_stage_variables(integration.qualifier, variables);
    accepted.event = std::move(event.json);
    accepted.ticket = std::move(visit.ticket);
    accepted.findings = std::move(event.findings);
    accepted.transfer = accepted.ticket.transfer;
    accepted.timeout = integration.timeout.value_or(limits_.integration_timeout);
    return verdict;
}

Answer FrontDoor::answer_by_itself(const Visit& visit, const app::Integration& integration) const {
    const auto finish = [&](http::Response response) {
        return Answer{answers_.finish(std::move(response), visit.ticket, visit.facts.time), {}};
    };
    if (const auto* mock = std::get_if<app::MockIntegration>(&integration)) {
        if (rendering_.binary().everything() && !mock->converts_to_text)
            return fail_with(visit, event::mock_with_binary(*api_, api_->routes[visit.route]));
        if (!takes(*mock, visit.request.headers)) return fail(visit, ErrorKind::unsupported_media);
        return finish(to_response(*mock, visit.request.headers));
    }
    if (const auto* fixed = std::get_if<app::FixedResponse>(&integration)) return finish(to_response(*fixed));
    if (const auto* redirect = std::get_if<app::Redirect>(&integration)) {
        const auto host = host_of(visit.request.headers);
        return finish(to_response(*redirect, {.protocol = visit.facts.forwarded_proto,
                                              .host = host.empty() ? identity_.domain : host,
                                              .port = visit.facts.forwarded_port,
                                              .target = {visit.staged.path, visit.target.query},
                                              .prefix = visit.target.path.substr(0, visit.entrance.prefix)}));
    }
    const app::Route& route = api_->routes[visit.route];
    return fail_with(visit, not_emulated(std::get<app::UnsupportedIntegration>(integration).type, api_->kind,
                                         begin_with(*api_, route, visit.place.route)));
}

}  // namespace understudy::gateway
