#include "emulator/app/template/message_models.hpp"
#include "emulator/app/template/selection_expressions.hpp"
#include "emulator/app/template/serverless.hpp"

#include <algorithm>

namespace understudy::app::templates {
namespace {

/// What SAM refuses: an API that looks guarded would let everybody in.
void check_auth(const ApiDraft& draft, Findings& findings) {
    const Value& auth = draft.properties.get("Auth");
    if (!auth.present() || !auth.node) return;
    const Value& type = auth.get("AuthType");
    if (!draft.properties.get("Routes").get("$connect").present()) {
        findings.fail(auth, "Auth of a WebSocketApi is for its $connect route: '" + draft.id + "' has none");
    }
    if (!type.present()) findings.fail_required(auth, "AuthType", "AuthType is AWS_IAM, CUSTOM or NONE", *auth.node);
    if (type.text == "CUSTOM" && !auth.get("AuthArn").present()) {
        findings.fail_required(auth, "AuthArn", "AuthType CUSTOM asks for an AuthArn", *auth.node);
    }
}

void read_connect_authorizer(ApiDraft& draft, const Value& auth, Route& connect, Reading& reading) {
    Findings& findings = reading.findings;
    const std::string type = read_text(auth.get("AuthType"), findings);
    if (type == "AWS_IAM") connect.access.authorization = Authorization::iam;
    if (type != "CUSTOM") return;
    const Value& name = auth.get("Name");
    Authorizer authorizer{.name = name.present() ? name.text : draft.id + "ConnectAuthorizer",
                          .function = read_target(auth.get("AuthArn"), reading).function,
                          .identity_sources = {}};
    for (const Value* source : auth.get("IdentitySource").each()) {
        authorizer.identity_sources.push_back(read_text(*source, findings));
    }
    connect.access = {.authorization = Authorization::authorizer, .authorizer = authorizer.name};
    reading.trusted_authorizers.emplace(draft.api.id, authorizer.name);  // SAM makes the permission, or there is a role
    draft.api.authorizers.push_back(std::move(authorizer));
}

bool is_alphanumeric(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    });
}

void check_route_key(const Entry& route, Findings& findings) {
    const std::string& key = route.key;
    if (is_alphanumeric(key) || key == "$connect" || key == "$disconnect" || key == "$default" || !route.node) return;
    findings.fail(*route.node, "a route of a WebSocketApi is $connect, $disconnect, $default or letters and digits");
}

/// The logical id of the route that SAM makes: `ChatDefaultRoute`.
std::string route_id(const ApiDraft& draft, std::string_view key) {
    std::string name = to_lower(key.substr(key.starts_with('$') ? 1 : 0));
    if (!name.empty()) name[0] = to_upper(name.substr(0, 1))[0];
    return draft.id + name + "Route";
}

/// Whether the replies of a route reach its client; notes where they were meant to and do not. SAM makes no route
/// response: one of the template's own has to name the route that it makes.
bool read_replies(const Entry& route, const ApiDraft& draft, Reading& reading) {
    const Value& selection = route.value.get("RouteResponseSelectionExpression");
    if (!selection.present()) return false;
    check_reply_selection(selection, reading.findings);
    const std::string id = route_id(draft, route.key);
    const bool made = std::ranges::any_of(reading.resources, [&id](const Resource& resource) {
        return resource.type == "AWS::ApiGatewayV2::RouteResponse" && resource.properties.get("RouteId").text == id;
    });
    if (!made && selection.node) {
        reading.findings.note(*selection.node,
                              "SAM makes no route response: on AWS, and so here, no reply of " + route.key + " of '" +
                                  draft.id +
                                  "' reaches a client without an AWS::ApiGatewayV2::RouteResponse with the "
                                  "RouteResponseKey $default and the RouteId !Ref " +
                                  id);
    }
    return made;
}

}  // namespace

void read_serverless_websocket(ApiDraft& draft, Reading& reading) {
    Findings& findings = reading.findings;
    const Value& properties = draft.properties;
    const Value& routes = properties.get("Routes");
    if (routes.members.empty())
        findings.fail_required(properties, "Routes", "the WebSocket API '" + draft.id + "' has no Routes", draft.node);
    if (const Value& selection = properties.get("RouteSelectionExpression"); selection.present()) {
        draft.api.route_selection = read_text(selection, findings);
        check_route_selection(selection, findings);
    } else {
        findings.fail_required(properties, "RouteSelectionExpression",
                               "the WebSocket API '" + draft.id + "' has no RouteSelectionExpression", draft.node);
    }
    if (properties.get("StageName").text == "$default") {
        findings.fail(draft.node, "a WebSocket API has no stage named $default");
    }
    check_auth(draft, findings);
    draft.api.api_key_from_authorizer = is_key_from_authorizer(properties.get("ApiKeySelectionExpression"), findings);
    for (const Entry& entry : routes.members) {
        check_route_key(entry, findings);
        const LambdaTarget target = read_target(entry.value.get("FunctionArn"), reading);
        Route route{.path = entry.key,
                    .integration = LambdaIntegration{.function = target.function,
                                                     .qualifier = target.qualifier,
                                                     .timeout = read_milliseconds(entry.value.get("IntegrationTimeout"),
                                                                                  findings)},
                    .operation_name = read_text(entry.value.get("OperationName"), findings),
                    .replies = read_replies(entry, draft, reading)};
        read_message_validation(entry.value, ApiKind::websocket, route, reading);
        if (entry.key == "$connect") read_connect_authorizer(draft, properties.get("Auth"), route, reading);
        route.access.api_key_required = read_key_required(entry.value, route, ApiKind::websocket, findings);
        add_route(draft, std::move(route), {}, entry.value, findings);
    }
}

}  // namespace understudy::app::templates
