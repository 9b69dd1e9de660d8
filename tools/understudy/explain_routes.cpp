#include "tools/understudy/explain_routes.hpp"

#include "emulator/gateway/alb_rules.hpp"
#include "emulator/gateway/route_explanation.hpp"
#include "emulator/gateway/router.hpp"
#include "emulator/gateway/target.hpp"
#include "emulator/gateway/target_choice.hpp"
#include "tools/understudy/explain_access.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::cli {
namespace {

std::string_view field_name(app::AlbCondition::Field field) {
    using Field = app::AlbCondition::Field;
    switch (field) {
        case Field::path:
            break;
        case Field::host:
            return "host";
        case Field::header:
            return "header";
        case Field::method:
            return "method";
        case Field::query:
            return "query";
        case Field::source_ip:
            return "source address";
    }
    return "path";
}

std::string explain_condition(const app::AlbCondition& condition) {
    std::string text = "the " + std::string(field_name(condition.field));
    if (!condition.header.empty()) text += ' ' + condition.header;
    text += " is none of";
    for (const std::string& value : condition.values) text += ' ' + value;
    return text;
}

/// The rules of a load balancer that hold but for one condition, and those that another goes before.
std::vector<std::string> explain_rules(const app::Api& api, const gateway::AlbRequest& request,
                                       std::optional<std::size_t> taken) {
    const gateway::AlbRules rules(api);
    std::vector<std::string> misses;
    for (std::size_t i = 0; i < api.routes.size(); ++i) {
        if (i == taken || api.routes[i].conditions.empty()) continue;
        const auto failed = rules.failed_conditions(i, request);
        if (failed.size() > 1) continue;
        misses.push_back(shown_route(api, api.routes[i]) + ": " +
                         (failed.empty() ? "one of a lower number goes before it"
                                         : explain_condition(api.routes[i].conditions.at(failed.front()))));
    }
    return misses;
}

std::vector<std::string> explain_misses(const app::Api& api, std::string_view method,
                                        const gateway::AlbRequest& request, std::optional<std::size_t> taken) {
    if (api.kind == app::ApiKind::alb) return explain_rules(api, request, taken);
    if (api.kind == app::ApiKind::url) return {};
    std::vector<std::string> misses;
    for (const auto& miss : gateway::explain_routes(api, method, request.target.path, taken)) {
        misses.push_back(shown_route(api, api.routes.at(miss.route)) + ": " + miss.text);
    }
    return misses;
}

std::string shown_target(const app::LambdaIntegration& lambda) {
    const std::string function = shown_function(lambda.function, lambda.qualifier);
    return lambda.target_group ? function + " in " + lambda.target_group->arn : function;
}
std::string shown_target(const app::UnsupportedIntegration&) {
    return "a target group that is not emulated";
}

/// The target groups that a load balancer's rule spreads its requests over; nothing where it has one.
std::vector<std::string> explain_targets(const app::Route& route) {
    const auto* forward = std::get_if<app::WeightedForward>(&route.integration);
    if (forward == nullptr) return {};
    const int total = gateway::total_weight(*forward);
    std::vector<std::string> targets;
    for (const auto& [target, weight] : forward->targets) {
        targets.push_back(std::to_string(weight) + " of " + std::to_string(total) +
                          " requests: " + std::visit([](const auto& one) { return shown_target(one); }, target));
    }
    return targets;
}

}  // namespace

void explain_route(Explanation& explanation, const app::Application& application, const app::Api& api,
                   const gateway::Entrance& entrance, const http::Request& request, std::string_view source_ip) {
    const auto target = gateway::parse_target(request.target);
    const auto staged = target ? gateway::resolve_stage(api, entrance, target->path) : std::nullopt;
    if (!staged) return;
    explanation.path = staged->path;
    explanation.stage = gateway::stage_name(api, staged->stage);
    const gateway::AlbRequest seen{request, {staged->path, target->query}, source_ip};
    const std::string_view method = gateway::routed_method(api.kind, request);
    const auto match = gateway::Router(api).find(method, staged->path, seen);
    const bool taken = match && match->route < api.routes.size();
    explanation.near_misses = explain_misses(api, method, seen, taken ? std::optional(match->route) : std::nullopt);
    if (!taken) return;
    const app::Route& route = api.routes[match->route];
    explanation.route = shown_route(api, route);
    explanation.targets = explain_targets(route);
    for (const auto& parameter : match->parameters) {
        explanation.parameters.push_back(std::string(parameter.name) + '=' + std::string(parameter.value));
    }
    explanation.access = explain_access(application, api, route, explanation.stage);
}

}  // namespace understudy::cli
