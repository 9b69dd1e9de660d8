#include "emulator/app/template/read_resources.hpp"

#include "emulator/app/template/properties.hpp"

#include <algorithm>
#include <array>

namespace understudy::app::templates {
namespace {

struct ApiType {
    std::string_view type;
    ApiKind kind;
};

constexpr std::array kApiTypes{
    ApiType{"AWS::Serverless::Api", ApiKind::rest},
    ApiType{"AWS::Serverless::HttpApi", ApiKind::http},
    ApiType{"AWS::Serverless::WebSocketApi", ApiKind::websocket},
    ApiType{"AWS::ApiGateway::RestApi", ApiKind::rest},
    ApiType{"AWS::ApiGatewayV2::Api", ApiKind::http},
};

constexpr std::array<std::string_view, 6> kOtherServerlessTypes{
    "AWS::Serverless::Application", "AWS::Serverless::CapacityProvider", "AWS::Serverless::Connector",
    "AWS::Serverless::GraphQLApi",  "AWS::Serverless::SimpleTable",      "AWS::Serverless::StateMachine"};

/// Whether the reader has something to read in resources of a type; says so where it has not.
bool check_type(const Declared& declared, Evaluator& evaluator, Findings& findings) {
    if (find_shape(declared.type) != nullptr) return true;
    const std::string_view type = declared.type;
    const bool serverless = type.starts_with("AWS::Serverless::");
    if (serverless && std::ranges::find(kOtherServerlessTypes, type) == kOtherServerlessTypes.end()) {
        std::vector<std::string_view> names(kOtherServerlessTypes.begin(), kOtherServerlessTypes.end());
        for (const Shape& shape : all_shapes()) {
            if (shape.name.starts_with("AWS::Serverless::")) names.push_back(shape.name);
        }
        const auto node = declared.body.find("Type");
        findings.fail_unknown(node ? *node : declared.key, type, "unknown resource type '" + declared.type + "'",
                              names);
        evaluator.refuse(declared.id);
    } else if (!is_ignored_type(type)) {
        findings.note(declared.key, "'" + declared.id + "', an " + declared.type + ", is not emulated");
    }
    return false;
}

Value resolve(const std::optional<source::Node>& node, Evaluator& evaluator) {
    return node ? evaluator.evaluate(*node) : Value{};
}

void check_events(const Resource& resource, Findings& findings) {
    if (!has_events(resource)) return;
    for (const Entry& event : resource.properties.get("Events").members) {
        const Value& properties = event.value.get("Properties");
        if (properties.present() && !properties.is_map() && !properties.is_unknown() && event.node) {
            findings.fail(*event.node, "an event's Properties are a map");
        }
    }
}

/// Of a state machine only what SAM makes routes of.
void read_state_machine(const Declared& declared, Reading& reading) {
    const auto events = declared.properties ? declared.properties->find("Events") : std::nullopt;
    if (declared.type != "AWS::Serverless::StateMachine" || !events) return;
    Resource resource{.id = declared.id,
                      .type = declared.type,
                      .key = declared.key,
                      .properties = {.kind = ValueKind::map, .node = declared.key},
                      .metadata = {}};
    resource.properties.members.push_back({.key = "Events", .value = reading.evaluator.evaluate(*events)});
    drop_none(resource.properties);
    check_events(resource, reading.findings);
    reading.resources.push_back(std::move(resource));
}

}  // namespace

void read_resources(const source::Node& root, Reading& reading) {
    reading.evaluator.declare(root);
    reading.globals = read_globals(root, reading.evaluator, reading.findings);
    for (const Declared& declared : reading.evaluator.declared()) {
        const auto condition = declared.body.find("Condition");
        if (condition && !reading.evaluator.holds(condition->text(), *condition).value_or(true)) continue;
        if (!check_type(declared, reading.evaluator, reading.findings)) {
            read_state_machine(declared, reading);
            continue;
        }
        Resource resource{.id = declared.id,
                          .type = declared.type,
                          .key = declared.key,
                          .properties = resolve(declared.properties, reading.evaluator),
                          .metadata = resolve(declared.body.find("Metadata"), reading.evaluator)};
        resource.properties = apply_globals(reading.globals, resource.type, resource.properties,
                                            declared.body.find("IgnoreGlobals"), reading.findings);
        drop_none(resource.properties);
        if (!reading.evaluator.afford(weigh(resource.properties), declared.key)) return;
        if (!resource.properties.node) resource.properties.node = declared.key;
        check_properties(resource.properties, resource.type, describe(resource), reading.findings);
        check_events(resource, reading.findings);
        reading.resources.push_back(std::move(resource));
    }
}

void draft_apis(Reading& reading) {
    for (const Resource& resource : reading.resources) {
        const auto known = std::ranges::find(kApiTypes, resource.type, &ApiType::type);
        if (known == kApiTypes.end()) continue;
        ApiDraft draft{
            .id = resource.id, .type = resource.type, .node = resource.key, .properties = resource.properties};
        draft.api = {.id = make_id(resource.id, 10), .kind = known->kind, .name = resource.id};
        if (resource.properties.get("ProtocolType").text == "WEBSOCKET") draft.api.kind = ApiKind::websocket;
        reading.drafts.push_back(std::move(draft));
    }
}

}  // namespace understudy::app::templates
