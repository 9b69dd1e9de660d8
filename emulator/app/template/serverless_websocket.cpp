#include "emulator/app/template/message_models.hpp"
#include "emulator/app/template/serverless.hpp"

namespace understudy::app::templates {
namespace {

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

}  // namespace

void read_serverless_websocket(ApiDraft& draft, Reading& reading) {
    Findings& findings = reading.findings;
    const Value& properties = draft.properties;
    const Value& routes = properties.get("Routes");
    if (routes.members.empty())
        findings.fail_required(properties, "Routes", "the WebSocket API '" + draft.id + "' has no Routes", draft.node);
    if (const Value& selection = properties.get("RouteSelectionExpression"); selection.present()) {
        draft.api.route_selection = read_text(selection, findings);
    } else {
        findings.fail_required(properties, "RouteSelectionExpression",
                               "the WebSocket API '" + draft.id + "' has no RouteSelectionExpression", draft.node);
    }
    if (properties.get("StageName").text == "$default") {
        findings.fail(draft.node, "a WebSocket API has no stage named $default");
    }
    for (const Entry& entry : routes.members) {
        const LambdaTarget target = read_target(entry.value.get("FunctionArn"), reading);
        Route route{.path = entry.key,
                    .integration = LambdaIntegration{.function = target.function,
                                                     .qualifier = target.qualifier,
                                                     .timeout = read_milliseconds(entry.value.get("IntegrationTimeout"),
                                                                                  findings)},
                    .operation_name = read_text(entry.value.get("OperationName"), findings),
                    .replies = entry.value.get("RouteResponseSelectionExpression").present()};
        read_message_validation(entry.value, ApiKind::websocket, route, reading);
        if (entry.key == "$connect") read_connect_authorizer(draft, properties.get("Auth"), route, reading);
        add_route(draft, std::move(route), {}, entry.value, findings);
    }
}

}  // namespace understudy::app::templates
