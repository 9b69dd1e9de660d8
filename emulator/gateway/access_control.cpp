#include "emulator/gateway/access_control.hpp"

#include "emulator/gateway/access/authorizer_event.hpp"
#include "emulator/gateway/access/authorizer_reply.hpp"
#include "emulator/gateway/access/grant_cache.hpp"
#include "emulator/gateway/access/identity_source.hpp"
#include "emulator/gateway/access/json_web_token.hpp"
#include "emulator/gateway/access/request_signature.hpp"
#include "emulator/gateway/access/request_validation.hpp"
#include "emulator/gateway/access/signature_message.hpp"
#include "emulator/gateway/access/usage.hpp"
#include "emulator/gateway/access_refusal.hpp"
#include "emulator/gateway/authorizers.hpp"
#include "emulator/gateway/rendering.hpp"
#include "emulator/gateway/route_explanation.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace understudy::gateway {
namespace {

using Time = std::chrono::system_clock::time_point;

/// Far more callers than anyone tries at once on one machine.
constexpr std::size_t kKeptGrants = 1000;

/// How long the gateway waits for an authorizer [API Gateway developer guide, http-api-quotas; limits].
constexpr std::chrono::seconds kRestTimeout{29};
constexpr std::chrono::seconds kHttpTimeout{10};

/// When an issuer's keys were fetched, and how soon they may be again.
struct Fetched {
    std::chrono::milliseconds rest{0};
    std::optional<Time> at = {};
};

}  // namespace

struct AccessControl::State {
    State(const app::Application& application, std::shared_ptr<const app::Api> described)
        : api(std::move(described)),
          region(application.region),
          authorizers(complete(api->authorizers)),
          patterns(to_patterns(authorizers)),
          rendering(application, *api),
          usage(application.api_keys, application.usage_plans),
          models(api->models) {}

    bool is_rest() const { return api->kind == app::ApiKind::rest; }
    bool has_rest_authorizers() const { return has_authorizers_of_rest(api->kind); }
    const app::Route& route_of(const RouteRequest& request) const { return api->routes[request.route]; }
    std::string_view service() const { return api->kind == app::ApiKind::url ? "lambda" : "execute-api"; }

    std::optional<Refusal> check_signature(const http::Request& request, Time now) const;
    AccessDecision check_iam(const RouteRequest& request, Time now);
    AccessDecision check_authorizer(const RouteRequest& request, Time now);
    AccessDecision check_token(const RouteRequest& request, const app::Authorizer& authorizer, Time now);
    bool may_fetch(const std::string& issuer, Time now) const;
    AccessDecision check_lambda(const RouteRequest& request, std::size_t index, Time now);
    AccessDecision reuse(const RouteRequest& request, const access::Grant& grant, const PendingAccess& pending,
                         Time now);
    std::string authorizer_event(const RouteRequest& request, const app::Authorizer& authorizer,
                                 const std::vector<std::string>& identities, std::string_view method_arn) const;
    AccessDecision settle(const RouteRequest& request, const access::Grant& grant, std::string_view method_arn,
                          std::chrono::milliseconds latency, Time now);
    AccessDecision admit(const RouteRequest& request, Pass pass, std::string_view usage_key, Time now);
    std::optional<Refusal> use_key(const RouteRequest& request, Pass& pass, std::string_view value, Time now);
    std::optional<Refusal> use_route(const RouteRequest& request, Time now);
    std::optional<Refusal> validate(const RouteRequest& request) const;

    std::shared_ptr<const app::Api> api;
    std::string region;
    std::vector<app::Authorizer> authorizers;
    std::vector<access::Pattern> patterns;
    Rendering rendering;
    access::Usage usage;
    access::Models models;
    access::GrantCache cache{kKeptGrants};
    std::map<std::string, access::KeySet> keys;
    std::map<std::string, Fetched> fetched;  ///< By issuer, where keys can be fetched.
    Secrets secrets;
};

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
    if (has_rest_authorizers()) pass.access_key = std::move(access_key);
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
    const access::TokenTerms terms{authorizer.issuer, authorizer.audiences, route_of(request).access.scopes};
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
        pending.cache_key = access::render_cache_key(index, *identities);
        if (const auto grant = cache.find(pending.cache_key, now)) return reuse(request, *grant, pending, now);
    }
    AskAuthorizer asked{.function = authorizer.function,
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
    if (refusal != nullptr && grant.evaluate(pending.method_arn) == access::Effect::implicit_deny) {
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
    const std::string event =
        rendering.event(head, request.place, request.facts, request.trace, authorizer.payload).json;
    if (is_rest()) return access::render_rest_request_event(method_arn, event);
    if (authorizer.payload == app::PayloadFormat::v1) {
        return access::render_http1_request_event(method_arn, identities, event);
    }
    return access::render_http_request_event(method_arn, identities, event);
}

AccessDecision AccessControl::State::settle(const RouteRequest& request, const access::Grant& grant,
                                            std::string_view method_arn, std::chrono::milliseconds latency, Time now) {
    if (auto refusal = refuse_effect(api->kind, grant.evaluate(method_arn))) return std::move(*refusal);
    Pass pass;
    pass.authorizer =
        has_rest_authorizers() ? access::render_rest_authorizer(grant, latency) : access::render_http_authorizer(grant);
    return admit(request, std::move(pass), grant.usage_key, now);
}

AccessDecision AccessControl::State::admit(const RouteRequest& request, Pass pass, std::string_view usage_key,
                                           Time now) {
    if (is_rest() && route_of(request).access.api_key_required) {
        const auto header = request.request.headers.last("x-api-key").value_or("");
        const auto value = api->api_key_from_authorizer ? usage_key : header;
        if (auto refusal = use_key(request, pass, value, now)) return std::move(*refusal);
    }
    if (auto refusal = use_route(request, now)) return std::move(*refusal);
    if (auto refusal = validate(request)) return std::move(*refusal);
    return pass;
}

std::optional<Refusal> AccessControl::State::use_key(const RouteRequest& request, Pass& pass, std::string_view value,
                                                     Time now) {
    const auto use = usage.find_key(value, request.place.api_id, request.place.stage);
    if (!use) return Refusal{.kind = ErrorKind::invalid_api_key};
    const auto verdict = usage.use_key(*use, now);
    if (verdict == access::UsageVerdict::rate_exceeded) return Refusal{.kind = ErrorKind::rate_exceeded};
    if (verdict == access::UsageVerdict::quota_exceeded) return Refusal{.kind = ErrorKind::quota_exceeded};
    pass.api_key = usage.key(*use).value;
    pass.api_key_id = usage.key(*use).id;
    return std::nullopt;
}

std::optional<Refusal> AccessControl::State::use_route(const RouteRequest& request, Time now) {
    if (request.stage >= api->stages.size()) return std::nullopt;
    const auto verdict = usage.use_route(api->stages[request.stage], route_key(route_of(request)), now);
    if (verdict == access::UsageVerdict::pass) return std::nullopt;
    return Refusal{.kind = ErrorKind::rate_exceeded};
}

std::optional<Refusal> AccessControl::State::validate(const RouteRequest& request) const {
    const auto& validation = route_of(request).validation;
    if (!validation) return std::nullopt;
    const auto missing = access::missing_parameters(*validation, request.request, request.place);
    if (!missing.empty()) {
        return Refusal{.kind = ErrorKind::bad_parameters, .message = access::render_missing(missing)};
    }
    auto fault = access::find_body_fault(*validation, models, request.request);
    if (!fault) return std::nullopt;
    Refusal refusal{.kind = ErrorKind::bad_body};
    refusal.findings.push_back({kBodyRefused, "", "The request validator refuses the body: " + *fault + '.'});
    refusal.validation_error = '[' + *fault + ']';
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

}  // namespace understudy::gateway
