#pragma once

#include "emulator/gateway/access/grant_cache.hpp"
#include "emulator/gateway/access/json_web_token.hpp"
#include "emulator/gateway/access/request_validation.hpp"
#include "emulator/gateway/access/usage.hpp"
#include "emulator/gateway/access_control.hpp"
#include "emulator/gateway/access_refusal.hpp"
#include "emulator/gateway/authorizers.hpp"
#include "emulator/gateway/rendering.hpp"

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::gateway {

/// What stands behind `AccessControl`: who the caller is, is in access_control_callers.cpp; what the caller may, in
/// access_control.cpp.
struct AccessControl::State {
    using Time = std::chrono::system_clock::time_point;
    /// Far more callers than anyone tries at once on one machine.
    static constexpr std::size_t kKeptGrants = 1000;

    /// When an issuer's keys were fetched, and how soon they may be again.
    struct Fetched {
        std::chrono::milliseconds rest{0};
        std::optional<Time> at = {};
    };

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

    std::optional<Refusal> check_method_arn(const RouteRequest& request) const;
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
    std::optional<Refusal> find_refusal(const RouteRequest& request, Pass& pass, std::string_view usage_key, Time now);
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
    access::Signatures token_signatures = access::Signatures::checked;
    std::map<std::string, Fetched> fetched;  ///< By issuer, where keys can be fetched.
    Secrets secrets;
};

}  // namespace understudy::gateway
