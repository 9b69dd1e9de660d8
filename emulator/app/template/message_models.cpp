#include "emulator/app/template/message_models.hpp"

#include "emulator/app/template/models.hpp"

namespace understudy::app::templates {
namespace {

constexpr std::string_view kModel = "AWS::ApiGatewayV2::Model";

std::string model_name(const Resource& model) {
    const Value& name = model.properties.get("Name");
    return name.is_text() && !name.text.empty() ? name.text : model.id;
}

/// Why messages are not checked though the route says how; empty where they are.
std::string_view find_obstacle(const Value& selection, const Value& models, ApiKind kind, const Route& route) {
    if (kind != ApiKind::websocket) return "models of routes are for WebSocket APIs: they check nothing here";
    if (route.path == "$connect" || route.path == "$disconnect") {
        return "models of $connect and $disconnect, which take no messages, are not emulated";
    }
    if (!selection.present()) return "RequestModels without a ModelSelectionExpression check nothing";
    if (!models.present()) return "a ModelSelectionExpression without RequestModels is not emulated";
    const std::string_view text = selection.text;
    const bool reads_body = text.starts_with("$request.body.") || text.starts_with("${request.body.");
    if (text.starts_with('$') && text != "$default" && !reads_body) {
        return "a ModelSelectionExpression that reads anything but $request.body is not emulated: nothing is checked";
    }
    return {};
}

}  // namespace

void read_message_models(ApiDraft& draft, Reading& reading) {
    if (draft.api.kind != ApiKind::websocket) return;
    Value schemas{.kind = ValueKind::map};
    for (const Resource& resource : reading.resources) {
        if (resource.type != kModel || reading.find_api(resource.properties.get("ApiId")) != &draft) continue;
        schemas.members.push_back({.key = model_name(resource), .value = resource.properties.get("Schema")});
    }
    add_models(schemas, draft.api, reading.findings);
}

void read_message_validation(const Value& properties, ApiKind kind, Route& route, Reading& reading) {
    const Value& selection = properties.get("ModelSelectionExpression");
    const Value& models = properties.get("RequestModels");
    const Value& given = selection.present() ? selection : models;
    if (!given.present()) return;
    if (const std::string_view obstacle = find_obstacle(selection, models, kind, route); !obstacle.empty()) {
        if (given.node) reading.findings.note(*given.node, std::string(obstacle));
        return;
    }
    route.model_selection = read_text(selection, reading.findings);
    RequestValidation validation{.body = true};
    for (const auto& [key, model] : read_pairs(models, reading.findings)) {
        const Resource* resource = reading.find(models.get(key).resource);
        const bool is_model = resource != nullptr && resource->type == kModel;
        validation.models[key] = is_model ? model_name(*resource) : model;
    }
    route.validation = std::move(validation);
}

}  // namespace understudy::app::templates
