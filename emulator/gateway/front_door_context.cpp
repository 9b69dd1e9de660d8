// What gateway responses and mappings may name of a request, as far as it has come.
#include "emulator/event/event_fields.hpp"
#include "emulator/event/query.hpp"
#include "emulator/event/time_text.hpp"
#include "emulator/gateway/access/json.hpp"
#include "emulator/gateway/front_door.hpp"
#include "emulator/gateway/visit.hpp"

namespace understudy::gateway {
namespace {

/// Unverified: that of several values of a parameter the last one counts.
void add_parameters(std::string_view query, const event::Place& place, ResponseContext& context) {
    for (const event::Parameter& parameter : event::parse_query(query, "&")) {
        context.variables["method.request.querystring." + parameter.name] = parameter.values.back();
    }
    for (const event::PathParameter& parameter : place.path_parameters) {
        context.variables["method.request.path." + parameter.name] = parameter.value;
    }
}

/// What a REST API's authorizer said: its context, `principalId` and `integrationLatency`.
void add_authorizer(std::string_view authorizer, ResponseContext& context) {
    const auto said = access::parse_json(authorizer);
    if (!said) return;
    for (const auto& [name, value] : said->members) {
        context.variables["context.authorizer." + name] = access::plain_text(value);
    }
}

}  // namespace

/// `authorizer`: `Pass::authorizer`.
std::shared_ptr<const ResponseContext> FrontDoor::context_of(const Visit& visit, std::string_view authorizer) const {
    auto context = std::make_shared<ResponseContext>();
    context->headers = visit.request.headers;
    auto& variables = context->variables;
    variables["context.accountId"] = identity_.account;
    variables["context.apiId"] = api_->id;
    event::Place host;
    host.domain = identity_.domain;
    host.public_host = visit.facts.public_host;
    const std::string_view domain = event::domain_name(visit.request.headers, host);
    variables["context.domainName"] = domain;
    variables["context.domainPrefix"] = event::domain_prefix(host, domain);
    variables["context.extendedRequestId"] = visit.facts.extended_request_id;
    const bool is_http = api_->kind == app::ApiKind::http;
    variables["context.requestId"] = is_http ? visit.facts.extended_request_id : visit.facts.request_id;
    variables["context.httpMethod"] = visit.request.method;
    variables["context.identity.sourceIp"] = visit.facts.source_ip;
    variables["context.identity.userAgent"] = visit.request.headers.last("User-Agent").value_or("");
    variables["context.protocol"] = visit.request.minor_version == 0 ? "HTTP/1.0" : "HTTP/1.1";
    variables["context.requestTime"] = event::to_log_time(visit.facts.time);
    variables["context.requestTimeEpoch"] = std::to_string(event::to_epoch_milliseconds(visit.facts.time));
    variables["context.path"] = visit.request.path();
    if (!is_http) {
        variables["context.deploymentId"] = identity_.deployment_id;
        add_authorizer(authorizer, *context);
    }
    if (visit.staged.path.empty()) return context;
    variables["context.path"] = visit.staged.stage_path;
    variables["context.stage"] = stage_name(*api_, visit.staged.stage);
    variables[is_http ? "context.routeKey" : "context.resourcePath"] = visit.place.route;
    if (!is_http) {
        variables["context.resourceId"] = visit.place.resource_id;
        add_parameters(visit.target.query, visit.place, *context);
    }
    for (const auto& [name, value] : stage_variables(*api_, visit.staged.stage)) {
        variables["stageVariables." + name] = value;
    }
    return context;
}

}  // namespace understudy::gateway
