// From a request to the route that takes it, or the answer of the gateway.
#include "emulator/gateway/front_door.hpp"
#include "emulator/gateway/visit.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace understudy::gateway {
namespace {

/// Rule: [Elastic Load Balancing guide, load-balancer-troubleshooting, "HTTP 463"].
constexpr std::ptrdiff_t kMostForwards = 30;

std::ptrdiff_t count_forwards(const http::Headers& headers) {
    std::ptrdiff_t count = 0;
    for (const auto [name, value] : headers) {
        if (http::same_name(name, "X-Forwarded-For")) count += std::ranges::count(value, ',') + 1;
    }
    return count;
}

/// What a load balancer refuses whatever its rules say: TRACE, a WebSocket to a function, and too long a way.
std::optional<ErrorKind> find_alb_refusal(const http::Request& request) {
    if (count_forwards(request.headers) > kMostForwards) return ErrorKind::too_many_forwards;
    if (request.method == "TRACE") return ErrorKind::method_not_allowed;
    if (http::same_name(request.headers.last("Upgrade").value_or(""), "websocket")) return ErrorKind::bad_request;
    return std::nullopt;
}

/// Whether a REST API's host answers for the service, whatever the API has there. Where the stage is implied the path
/// stands behind it, where AWS has no such rule.
///
/// Rule: [API Gateway developer guide, api-gateway-known-issues]. Tested by:
/// FrontDoorRoutes.RestHostsAnswerTheServicesHealthChecks
bool is_for_the_service(app::ApiKind kind, const Entrance& entrance, std::string_view path) {
    if (kind != app::ApiKind::rest || entrance.kind == Entrance::Kind::implied) return false;
    path.remove_prefix(std::min(entrance.prefix, path.size()));
    return path == "/ping" || path == "/sping";
}

/// Unverified: all but the body.
http::Response say_healthy() {
    return {200, {{"Content-Type", "text/plain"}}, "healthy"};
}

event::Finding find_reserved_path(std::string_view path) {
    return {"rest-reserved-path", "",
            "API Gateway answers " + std::string(path) +
                " itself, as its own health check, and no API sees it: a resource of this name is reached behind a "
                "stage or a base path."};
}

}  // namespace

/// Takes the target apart and puts the visit at its stage; says why it is at none, where it is not.
std::optional<ErrorKind> FrontDoor::enter_stage(Visit& visit) const {
    const auto target = parse_target(visit.request.target);
    if (!target) return ErrorKind::bad_request;
    visit.target = *target;
    auto staged = resolve_stage(*api_, visit.entrance, target->path);
    if (!staged) return ErrorKind::no_stage;
    visit.staged = std::move(*staged);
    return std::nullopt;
}

/// What is over a limit is refused as such, whatever else is wrong with it; gateway responses know its route.
std::optional<Answer> FrontDoor::route(Visit& visit) const {
    const auto unplaced = enter_stage(visit);
    if (const auto excess = find_excess(visit.request, limits_, visit.entrance.prefix)) {
        if (!unplaced) find_place(visit);
        return fail_large(visit, *excess, visit.request.body.size());
    }
    if (is_for_the_service(api_->kind, visit.entrance, visit.target.path)) {
        return Answer{answers_.finish(say_healthy(), visit.ticket, visit.facts.time),
                      {find_reserved_path(visit.target.path.substr(visit.entrance.prefix))}};
    }
    if (unplaced) return fail(visit, *unplaced);
    if (api_->kind == app::ApiKind::alb) {
        if (const auto refusal = find_alb_refusal(visit.request)) return fail(visit, *refusal);
    }
    return match_route(visit);
}

/// A preflight is answered without a route, but where `$default` would take it and asks for a credential
/// (http-api-cors).
std::optional<Answer> FrontDoor::match_route(Visit& visit) const {
    const bool matched = find_place(visit);
    if (cors_ && is_preflight(visit.request)) {
        visit.purpose = Visit::Purpose::preflight;
        const bool guarded = matched && api_->routes[visit.route].path == "$default" &&
                             api_->kind == app::ApiKind::http &&
                             api_->routes[visit.route].access.authorization != app::Authorization::none;
        if (!guarded) {
            return answer_preflight(visit);
        }
    }
    if (matched) return std::nullopt;
    Answer answer = fail(visit, ErrorKind::no_route);
    if (visit.entrance.kind == Entrance::Kind::implied) {
        answer.findings = find_stage_in_path(*api_, router_, visit.place.method, seen_by_rules(visit));
    }
    if (answer.findings.empty()) answer.findings = find_near_miss(*api_, visit.place.method, visit.staged.path);
    return answer;
}

AlbRequest FrontDoor::seen_by_rules(const Visit& visit) {
    return {visit.request, {visit.staged.path, visit.target.query}, visit.facts.source_ip};
}

/// Finds the route and describes the place; false where no route takes the request.
bool FrontDoor::find_place(Visit& visit) const {
    visit.place.method = routed_method(api_->kind, visit.request);
    auto match = router_.find(visit.place.method, visit.staged.path, seen_by_rules(visit));
    if (!match || match->route >= api_->routes.size()) return false;
    visit.route = match->route;
    visit.place.path_parameters = std::move(match->parameters);
    describe_place(visit);
    return true;
}

void FrontDoor::describe_place(Visit& visit) const {
    const bool is_rest = api_->kind == app::ApiKind::rest;
    const app::Route& route = api_->routes[visit.route];
    event::Place& place = visit.place;
    place.account = identity_.account;
    place.api_id = api_->id;
    place.stage = stage_name(*api_, visit.staged.stage);
    place.deployment_id = identity_.deployment_id;
    place.domain = identity_.domain;
    place.public_host = visit.facts.public_host;
    place.base_path = visit.staged.base_path;
    place.route = identity_.route_keys[visit.route];
    place.resource_id = identity_.resource_ids[visit.route];
    place.operation_name = route.operation_name;
    place.target_group_arn = identity_.target_group_arn;
    place.path = is_rest ? with_one_slash(visit.staged.path) : visit.staged.path;
    place.stage_path = visit.staged.stage_path;
    place.query = visit.target.query;
    place.stage_variables = stage_variables(*api_, visit.staged.stage);
    place.endpoint = api_->endpoint;
    rendering_.describe(place);
}

}  // namespace understudy::gateway
