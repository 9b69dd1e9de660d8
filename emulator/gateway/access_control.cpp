#include "emulator/gateway/access_control.hpp"

#include "emulator/app/route_key.hpp"
#include "emulator/gateway/access/authorizer_reply.hpp"
#include "emulator/gateway/access_control_state.hpp"
#include "emulator/gateway/selection_expression.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace understudy::gateway {

using Time = std::chrono::system_clock::time_point;

AccessDecision AccessControl::State::admit(const RouteRequest& request, Pass pass, std::string_view usage_key,
                                           Time now) {
    auto refusal = find_refusal(request, pass, usage_key, now);
    if (!refusal) return pass;
    refusal->authorizer = std::move(pass.authorizer);
    std::ranges::move(pass.findings, std::back_inserter(refusal->findings));
    return std::move(*refusal);
}

/// What a caller who is known may not.
std::optional<Refusal> AccessControl::State::find_refusal(const RouteRequest& request, Pass& pass,
                                                          std::string_view usage_key, Time now) {
    if (has_rest_authorizers() && route_of(request).access.api_key_required) {
        const auto header = request.request.headers.last("x-api-key").value_or("");
        const auto value = api->api_key_from_authorizer ? usage_key : header;
        if (auto refusal = use_key(request, pass, value, now)) return refusal;
    }
    if (auto refusal = use_route(request, now)) return refusal;
    return validate(request);
}

std::optional<Refusal> AccessControl::State::use_key(const RouteRequest& request, Pass& pass, std::string_view value,
                                                     Time now) {
    const auto use = usage.find_key(value, request.place.api_id, request.place.stage);
    if (!use) return Refusal{.kind = ErrorKind::invalid_api_key};
    const auto verdict = usage.use_key(*use, app::route_key(route_of(request)), now);
    if (verdict == access::UsageVerdict::rate_exceeded) return Refusal{.kind = ErrorKind::rate_exceeded};
    if (verdict == access::UsageVerdict::quota_exceeded) return Refusal{.kind = ErrorKind::quota_exceeded};
    pass.api_key = usage.key(*use).value;
    pass.api_key_id = usage.key(*use).id;
    return std::nullopt;
}

std::optional<Refusal> AccessControl::State::use_route(const RouteRequest& request, Time now) {
    if (request.stage >= api->stages.size()) return std::nullopt;
    const auto verdict = usage.use_route(api->stages[request.stage], app::route_key(route_of(request)), now);
    if (verdict == access::UsageVerdict::pass) return std::nullopt;
    return Refusal{.kind = ErrorKind::rate_exceeded};
}

std::optional<Refusal> AccessControl::State::validate(const RouteRequest& request) const {
    const auto& validation = route_of(request).validation;
    if (!validation || !is_rest()) return std::nullopt;
    const auto missing = access::missing_parameters(*validation, request.request, request.place);
    if (!missing.empty()) {
        return Refusal{.kind = ErrorKind::bad_parameters, .message = access::render_missing(missing)};
    }
    auto fault = access::find_body_fault(*validation, models, request.request);
    if (!fault) return std::nullopt;
    Refusal refusal{.kind = ErrorKind::bad_body};
    refusal.findings.push_back(
        {kBodyRefused, fault->reason, "The request validator refuses the body: " + fault->explained + '.'});
    refusal.validation_error = '[' + fault->words + ']';
    return refusal;
}

AccessControl::AccessControl(const app::Application& application, std::shared_ptr<const app::Api> api)
    : state_(std::make_unique<State>(application, std::move(api))) {}
AccessControl::AccessControl(AccessControl&&) noexcept = default;
AccessControl& AccessControl::operator=(AccessControl&&) noexcept = default;
AccessControl::~AccessControl() = default;

bool AccessControl::set_keys(const std::string& issuer, std::string_view key_set) {
    auto parsed = access::parse_key_set(key_set);
    if (parsed) state_->keys.insert_or_assign(issuer, std::move(*parsed));
    return parsed.has_value();
}

void AccessControl::fetch_keys_of(const std::string& issuer, std::chrono::milliseconds rest) {
    state_->fetched[issuer].rest = rest;
}

bool AccessControl::on_keys(const std::string& issuer, const std::optional<std::string>& key_set, Time now) {
    state_->fetched[issuer].at = now;
    return !key_set || set_keys(issuer, *key_set);
}

void AccessControl::assume_token_signatures() {
    state_->token_signatures = access::Signatures::assumed;
}

void AccessControl::check_signatures(Secrets secrets) {
    state_->secrets = std::move(secrets);
}

std::optional<Refusal> AccessControl::check_call(const http::Request& request, Time now) const {
    return state_->secrets ? state_->check_signature(request, now) : std::nullopt;
}

std::vector<std::string> AccessControl::issuers() const {
    std::vector<std::string> names;
    for (const app::Authorizer& authorizer : state_->authorizers) {
        const bool is_new = std::ranges::find(names, authorizer.issuer) == names.end();
        if (authorizer.kind == app::AuthorizerKind::jwt && is_new) names.push_back(authorizer.issuer);
    }
    return names;
}

AccessDecision AccessControl::check(const RouteRequest& request, Time now) {
    if (auto refusal = state_->check_method_arn(request)) return std::move(*refusal);
    switch (state_->route_of(request).access.authorization) {
        case app::Authorization::iam:
            return state_->check_iam(request, now);
        case app::Authorization::authorizer:
            return state_->check_authorizer(request, now);
        case app::Authorization::none:
            break;
    }
    return state_->admit(request, {}, "", now);
}

AccessDecision AccessControl::decide(const RouteRequest& request, const PendingAccess& pending,
                                     const FunctionReply& reply, Time now) {
    if (pending.authorizer >= state_->authorizers.size()) return Refusal{.kind = ErrorKind::not_configured};
    const app::Authorizer& authorizer = state_->authorizers[pending.authorizer];
    if (reply.kind != FunctionReply::Kind::succeeded) return refuse_failed_authorizer(state_->api->kind, reply);
    auto parsed = state_->has_rest_authorizers() ? access::parse_rest_grant(reply.payload)
                                                 : access::parse_http_grant(reply.payload, authorizer.reply);
    if (const auto* problem = std::get_if<std::string>(&parsed))
        return refuse_unusable_reply(authorizer.name, *problem);
    const auto grant = std::make_shared<const access::Grant>(std::get<access::Grant>(std::move(parsed)));
    if (!pending.cache_key.empty()) {
        state_->cache.keep(pending.cache_key, grant, now + access::time_to_live(authorizer, state_->api->kind));
    }
    const auto latency = std::chrono::duration_cast<std::chrono::milliseconds>(now - request.facts.time);
    return state_->settle(request, *grant, pending.method_arn, latency, now);
}

std::optional<access::BodyFault> AccessControl::find_message_fault(std::size_t index, std::string_view message) const {
    const app::Route& route = state_->api->routes[index];
    if (!route.validation || route.model_selection.empty()) return std::nullopt;
    const auto& models = route.validation->models;
    const auto key = SelectionExpression(route.model_selection).evaluate(message);
    auto chosen = models.find(key.value_or("$default"));
    if (chosen == models.end()) chosen = models.find("$default");
    if (chosen != models.end()) return state_->models.find_fault(chosen->second, message);
    const std::string none = "no model is chosen, and there is none for $default";
    return access::BodyFault{none, none, none};
}

}  // namespace understudy::gateway
