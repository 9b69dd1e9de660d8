#include "emulator/app/template/http_resources.hpp"

#include "emulator/app/template/functions.hpp"
#include "emulator/app/template/integrations.hpp"
#include "emulator/app/template/message_models.hpp"
#include "emulator/app/template/openapi.hpp"
#include "emulator/app/template/selection_expressions.hpp"
#include "emulator/app/template/serverless.hpp"
#include "emulator/app/template/value_rules.hpp"

#include <algorithm>

namespace understudy::app::templates {
namespace {

ApiDraft* find_owner(const Resource& resource, Reading& reading) {
    ApiDraft* draft = reading.find_api(resource.properties.get("ApiId"));
    if (draft == nullptr) {
        reading.findings.note(resource.key,
                              "the API of " + describe(resource) + " is not in the template: it is left out");
    }
    return draft;
}

/// A route key (`GET /users`, `$default`) in a route's method and path; of a WebSocket API all is path.
void set_key(Route& route, const std::string& key, ApiKind kind) {
    const std::size_t space = key.find(' ');
    if (kind == ApiKind::websocket || space == std::string::npos) {
        route.path = key;
        return;
    }
    route.method = to_method(std::string_view(key).substr(0, space));
    route.path = key.substr(space + 1);
}

/// Those of replies stand in lists, by status.
void check_reply_mappings(const Value& parameters, Findings& findings) {
    for (const Entry& status : parameters.members) {
        for (const Value& parameter : status.value.get("ResponseParameters").items) {
            check_value(parameter.get("Destination"), "ReplyParameter.Destination", findings);
        }
    }
}

/// Says that AWS takes no route key of an HTTP API that ends in `/` but the root's. One of a definition it takes, and
/// makes no route of it: add_route.
void check_route_key(const Value& key, const Route& route, ApiKind kind, Findings& findings) {
    if (kind != ApiKind::http || !ends_in_slash(route.path)) return;
    findings.fail(key, "AWS takes no route key that ends in '/', but for the root's");
}

Integration read_integration_resource(const Resource& resource, ApiKind kind, Reading& reading) {
    const Value& properties = resource.properties;
    check_reply_mappings(properties.get("ResponseParameters"), reading.findings);
    const IntegrationParts parts{.origin = properties,
                                 .type = properties.get("IntegrationType"),
                                 .uri = properties.get("IntegrationUri"),
                                 .timeout = properties.get("TimeoutInMillis"),
                                 .content_handling = properties.get("ContentHandlingStrategy"),
                                 .transfer = properties.get("ResponseTransferMode"),
                                 .payload = properties.get("PayloadFormatVersion"),
                                 .request_templates = properties.get("RequestTemplates"),
                                 .request_parameters = properties.get("RequestParameters"),
                                 .response_parameters = properties.get("ResponseParameters"),
                                 .subtype = properties.get("IntegrationSubtype"),
                                 .method = properties.get("IntegrationMethod"),
                                 .credentials = properties.get("CredentialsArn"),
                                 .passthrough = properties.get("PassthroughBehavior")};
    return read_integration(parts, kind, reading);
}

/// The integration behind a route's target, `integrations/ID`.
const Resource* find_integration(const Value& target, const Reading& reading) {
    constexpr std::string_view kPrefix = "integrations/";
    if (!target.text.starts_with(kPrefix)) return nullptr;
    const std::string_view id = std::string_view(target.text).substr(kPrefix.size());
    for (const Resource& resource : reading.resources) {
        if (resource.type == "AWS::ApiGatewayV2::Integration" && make_id(resource.id, 10) == id) return &resource;
    }
    return nullptr;
}

std::string authorizer_name(const Resource& resource) {
    const Value& name = resource.properties.get("Name");
    return name.is_text() && !name.text.empty() ? name.text : resource.id;
}

Access read_access(const Resource& route, const Reading& reading, Findings& findings) {
    const Value& properties = route.properties;
    Access access{.scopes = read_texts(properties.get("AuthorizationScopes"), findings)};
    const std::string& type = properties.get("AuthorizationType").text;
    if (type == "AWS_IAM") access.authorization = Authorization::iam;
    if (type != "JWT" && type != "CUSTOM") return access;
    access.authorization = Authorization::authorizer;
    const Value& id = properties.get("AuthorizerId");
    const Resource* authorizer = reading.find(id.resource);
    access.authorizer = authorizer == nullptr ? id.text : authorizer_name(*authorizer);
    return access;
}

void read_route(const Resource& resource, Reading& reading) {
    ApiDraft* draft = find_owner(resource, reading);
    if (draft == nullptr) return;
    Findings& findings = reading.findings;
    const Value& properties = resource.properties;
    Route route{.integration = {},
                .access = read_access(resource, reading, findings),
                .operation_name = read_text(properties.get("OperationName"), findings),
                .line = resource.key.position().line};
    set_key(route, read_text(properties.get("RouteKey"), findings), draft->api.kind);
    check_route_key(properties.get("RouteKey"), route, draft->api.kind, findings);
    route.access.api_key_required = read_key_required(properties, route, draft->api.kind, findings);
    const bool keyed = route.path == "$default" || draft->api.kind == ApiKind::websocket || !route.method.empty();
    if (route.path.empty() || !keyed) {
        return findings.fail_required(properties, "RouteKey",
                                      "the RouteKey of " + describe(resource) + " is METHOD /PATH or $default",
                                      resource.key);
    }
    const Resource* integration = find_integration(properties.get("Target"), reading);
    if (integration == nullptr) {
        return findings.note(resource.key, describe(resource) + " has no integration in the template: it is left out");
    }
    route.integration = read_integration_resource(*integration, draft->api.kind, reading);
    check_reply_selection(properties.get("RouteResponseSelectionExpression"), findings);
    const std::string id = make_id(resource.id, 10);
    route.replies =
        properties.get("RouteResponseSelectionExpression").present() &&
        std::ranges::any_of(reading.resources, [&id](const Resource& other) {
            return other.type == "AWS::ApiGatewayV2::RouteResponse" && other.properties.get("RouteId").text == id;
        });
    read_message_validation(properties, draft->api.kind, route, reading);
    const Value origin{.node = resource.key};
    add_route(*draft, std::move(route), {.authorizer = true, .api_key = true}, origin, findings);
}

/// Notes a route response that belongs to no route, of the template's own or made by SAM.
void check_route_response(const Resource& response, Reading& reading) {
    const Value& id = response.properties.get("RouteId");
    const auto is_it = [&id](const Resource& route) {
        return route.type == "AWS::ApiGatewayV2::Route" && make_id(route.id, 10) == id.text;
    };
    const auto makes_it = [&id](const ApiDraft& draft) {
        return draft.api.kind == ApiKind::websocket && id.text.starts_with(draft.id) && id.text.ends_with("Route");
    };
    if (!id.is_text() || std::ranges::any_of(reading.resources, is_it) || std::ranges::any_of(reading.drafts, makes_it))
        return;
    reading.findings.note(id.node.value_or(response.key),
                          "the RouteId of " + describe(response) +
                              " names no route of the template: no reply reaches a client because of it");
}

void read_http_authorizer(const Resource& resource, Reading& reading) {
    ApiDraft* draft = find_owner(resource, reading);
    if (draft == nullptr) return;
    Findings& findings = reading.findings;
    const Value& properties = resource.properties;
    Authorizer authorizer{.name = authorizer_name(resource),
                          .identity_sources = read_texts(properties.get("IdentitySource"), findings),
                          .ttl = read_seconds(properties.get("AuthorizerResultTtlInSeconds"), findings)};
    if (properties.get("AuthorizerType").text == "JWT") {
        authorizer.kind = AuthorizerKind::jwt;
        authorizer.issuer = read_text(properties.get("JwtConfiguration").get("Issuer"), findings);
        authorizer.audiences = read_texts(properties.get("JwtConfiguration").get("Audience"), findings);
    } else {
        set_function(authorizer, properties.get("AuthorizerUri"), reading);
        authorizer.payload = read_payload_format(properties.get("AuthorizerPayloadFormatVersion"));
        if (properties.get("EnableSimpleResponses").is_true()) authorizer.reply = AuthorizerReply::simple;
    }
    if (properties.get("AuthorizerCredentialsArn").present()) {
        reading.trusted_authorizers.emplace(draft->api.id, authorizer.name);
    }
    draft->api.authorizers.push_back(std::move(authorizer));
}

void read_stage(const Resource& resource, Reading& reading) {
    ApiDraft* draft = find_owner(resource, reading);
    if (draft == nullptr) return;
    Findings& findings = reading.findings;
    const Value& properties = resource.properties;
    Stage stage{.name = read_text(properties.get("StageName"), findings),
                .variables = read_pairs(properties.get("StageVariables"), findings),
                .throttle = read_throttle(properties.get("DefaultRouteSettings"), findings)};
    read_route_settings(properties.get("RouteSettings"), stage, findings);
    draft->api.stages.push_back(std::move(stage));
}

/// An API with a Target has one route and a stage of its own.
void read_quick_create(ApiDraft& draft, Reading& reading) {
    const Value& target = draft.properties.get("Target");
    if (!target.present()) return;
    Route route{.integration = {}, .line = draft.node.position().line};
    const Value& key = draft.properties.get("RouteKey");
    set_key(route, key.present() ? key.text : "$default", ApiKind::http);
    check_route_key(key, route, draft.api.kind, reading.findings);
    const LambdaTarget function = read_target(target, reading);
    route.integration = LambdaIntegration{.function = function.function, .qualifier = function.qualifier};
    add_route(draft, std::move(route), {}, target, reading.findings);
    draft.api.stages.push_back({.name = "$default"});
}

void read_api(ApiDraft& draft, Reading& reading) {
    const Value& properties = draft.properties;
    if (properties.get("Body").present()) read_openapi_body(properties.get("Body"), draft, reading);
    const Value& cors = properties.get("CorsConfiguration");
    if (cors.present()) draft.api.cors = read_cors(cors, reading.findings);
    const Value& selection = properties.get("RouteSelectionExpression");
    if (draft.api.kind == ApiKind::websocket && selection.present()) {
        draft.api.route_selection = read_text(selection, reading.findings);
        check_route_selection(selection, reading.findings);
    }
    const Value& keys = properties.get("ApiKeySelectionExpression");
    if (draft.api.kind == ApiKind::websocket) {
        draft.api.api_key_from_authorizer = is_key_from_authorizer(keys, reading.findings);
    } else if (keys.present() && keys.node) {
        reading.findings.note(*keys.node, "an ApiKeySelectionExpression is for WebSocket APIs: it does nothing here");
    }
    read_quick_create(draft, reading);
}

}  // namespace

void read_http_resources(Reading& reading) {
    for (ApiDraft& draft : reading.drafts) {
        if (draft.type == "AWS::ApiGatewayV2::Api") read_api(draft, reading);
        read_message_models(draft, reading);
    }
    for (const Resource& resource : reading.resources) {
        if (resource.type == "AWS::ApiGatewayV2::Route") read_route(resource, reading);
        if (resource.type == "AWS::ApiGatewayV2::Authorizer") read_http_authorizer(resource, reading);
        if (resource.type == "AWS::ApiGatewayV2::Stage") read_stage(resource, reading);
        if (resource.type == "AWS::ApiGatewayV2::RouteResponse") check_route_response(resource, reading);
    }
}

}  // namespace understudy::app::templates
