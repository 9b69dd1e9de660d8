// Who the caller is: signatures, tokens, and functions that are asked.

#include "emulator/gateway/access/authorizer_event.hpp"
#include "emulator/gateway/access/authorizer_reply.hpp"
#include "emulator/gateway/access/identity_source.hpp"
#include "emulator/gateway/access/request_signature.hpp"
#include "emulator/gateway/access/signature_message.hpp"
#include "emulator/gateway/access_control_state.hpp"
#include "emulator/gateway/stage_variables.hpp"

#include <algorithm>
#include <utility>

namespace understudy::gateway {
namespace {

/// How long the gateway waits for an authorizer [API Gateway developer guide, http-api-quotas; limits].
constexpr std::chrono::seconds kRestTimeout{29};
constexpr std::chrono::seconds kHttpTimeout{10};

}  // namespace

std::optional<Refusal> AccessControl::State::check_method_arn(const RouteRequest& request) const {
    if (!is_rest() || route_of(request).access.authorization == app::Authorization::none) return std::nullopt;
    return refuse_method_arn(access::render_method_arn(region, request.place));
}

/// Precondition: there are secrets.
std::optional<Refusal> AccessControl::State::check_signature(const http::Request& request, Time now) const {
    const access::SignatureTerms terms{region, service(), secrets};
    const auto checked = access::check_signature(request, terms, now);
    const auto* fault = std::get_if<access::SignatureFault>(&checked);
    if (fault == nullptr) return std::nullopt;
    return refuse_signature(api->kind, *fault, access::render_signature_message(*fault, request, terms, now));
}

AccessDecision AccessControl::State::check_iam(const RouteRequest& request, Time now) {
    Pass pass;
    const http::Request& as_signed = request.as_signed ? *request.as_signed : request.request;
    if (!secrets) {
        pass.findings.push_back(find_unchecked_iam());
    } else if (auto refusal = check_signature(as_signed, now)) {
        return std::move(*refusal);
    }
    std::string access_key = "AKIAIOSFODNN7EXAMPLE";
    const auto parsed = access::parse_signature(as_signed);
    if (const auto* signature = std::get_if<access::Signature>(&parsed)) access_key = signature->access_key;
    if (!has_rest_authorizers()) pass.authorizer = access::render_iam_authorizer(request.place.account, access_key);
    pass.access_key = std::move(access_key);
    return admit(request, std::move(pass), "", now);
}

AccessDecision AccessControl::State::check_authorizer(const RouteRequest& request, Time now) {
    const auto found = std::ranges::find(authorizers, route_of(request).access.authorizer, &app::Authorizer::name);
    if (found == authorizers.end()) return Refusal{.kind = ErrorKind::not_configured};
    if (found->kind == app::AuthorizerKind::jwt) return check_token(request, *found, now);
    return check_lambda(request, static_cast<std::size_t>(found - authorizers.begin()), now);
}

AccessDecision AccessControl::State::check_token(const RouteRequest& request, const app::Authorizer& authorizer,
                                                 Time now) {
    const access::Caller caller{request.request, request.place, request.facts};
    const auto credential = access::find_identity(authorizer.identity_sources.front(), caller);
    if (!credential) return refuse_token(access::refuse_missing_token());
    const auto set = keys.find(authorizer.issuer);
    const access::TokenTerms terms{authorizer.issuer, authorizer.audiences, route_of(request).access.scopes,
                                   token_signatures};
    const auto verdict = access::check_token(*credential, terms, set == keys.end() ? nullptr : &set->second, now);
    if (const auto* refused = std::get_if<access::RefusedToken>(&verdict)) {
        if (refused->lacks_key && may_fetch(authorizer.issuer, now)) return AskKeys{authorizer.issuer};
        return refuse_token(*refused);
    }
    return admit(request, Pass{.authorizer = std::get<access::AcceptedToken>(verdict).authorizer}, "", now);
}

bool AccessControl::State::may_fetch(const std::string& issuer, Time now) const {
    const auto found = fetched.find(issuer);
    return found != fetched.end() && (!found->second.at || now >= *found->second.at + found->second.rest);
}

AccessDecision AccessControl::State::check_lambda(const RouteRequest& request, std::size_t index, Time now) {
    const app::Authorizer& authorizer = authorizers[index];
    const access::Caller caller{request.request, request.place, request.facts};
    const auto identities = access::find_identities(authorizer.identity_sources, caller);
    if (!identities) return Refusal{.kind = ErrorKind::unauthorized};
    if (authorizer.kind == app::AuthorizerKind::token && !patterns[index].matches_all(identities->front())) {
        return Refusal{.kind = ErrorKind::unauthorized};
    }
    PendingAccess pending{.authorizer = index, .method_arn = access::render_method_arn(region, request.place)};
    if (access::time_to_live(authorizer, api->kind) > std::chrono::seconds(0)) {
        pending.cache_key = access::render_cache_key(index, request.place.stage, *identities);
        if (const auto grant = cache.find(pending.cache_key, now)) return reuse(request, *grant, pending, now);
    }
    const auto& variables = request.place.stage_variables;
    AskAuthorizer asked{.function = fill_in_stage_variables(authorizer.function, variables),
                        .qualifier = fill_in_stage_variables(authorizer.qualifier, variables),
                        .event = authorizer_event(request, authorizer, *identities, pending.method_arn),
                        .timeout = has_rest_authorizers() ? kRestTimeout : kHttpTimeout,
                        .pending = {}};
    asked.pending = std::move(pending);
    return asked;
}

AccessDecision AccessControl::State::reuse(const RouteRequest& request, const access::Grant& grant,
                                           const PendingAccess& pending, Time now) {
    auto decision = settle(request, grant, pending.method_arn, {}, now);
    auto* refusal = std::get_if<Refusal>(&decision);
    if (refusal != nullptr && !grant.names(pending.method_arn)) {
        refusal->findings.push_back(find_cached_policy(pending.method_arn));
    }
    return decision;
}

std::string AccessControl::State::authorizer_event(const RouteRequest& request, const app::Authorizer& authorizer,
                                                   const std::vector<std::string>& identities,
                                                   std::string_view method_arn) const {
    if (authorizer.kind == app::AuthorizerKind::token) {
        return access::render_token_event(method_arn, identities.front());
    }
    if (!request.connect_event.empty()) return access::render_rest_request_event(method_arn, request.connect_event);
    const http::Request head{
        request.request.method, request.request.target, request.request.minor_version, request.request.headers, {}};
    Ticket form;
    form.payload = authorizer.payload;
    const std::string event = rendering.event(head, request.place, request.facts, request.trace, form).json;
    if (is_rest()) return access::render_rest_request_event(method_arn, event);
    if (authorizer.payload == app::PayloadFormat::v1) {
        return access::render_http1_request_event(method_arn, identities, event);
    }
    return access::render_http_request_event(method_arn, identities, event);
}

AccessDecision AccessControl::State::settle(const RouteRequest& request, const access::Grant& grant,
                                            std::string_view method_arn, std::chrono::milliseconds latency, Time now) {
    Pass pass;
    pass.authorizer =
        has_rest_authorizers() ? access::render_rest_authorizer(grant, latency) : access::render_http_authorizer(grant);
    const auto evaluation = grant.evaluate(method_arn, access::to_condition_keys(request.request, request.facts, now));
    for (const access::Oddity& oddity : evaluation.oddities) pass.findings.push_back(find_policy_condition(oddity));
    if (auto refusal = refuse_effect(api->kind, evaluation.effect)) {
        refusal->findings = std::move(pass.findings);
        refusal->authorizer = std::move(pass.authorizer);
        return std::move(*refusal);
    }
    return admit(request, std::move(pass), grant.usage_key, now);
}

}  // namespace understudy::gateway
