#include "emulator/app/route_key.hpp"
#include "emulator/app/template/openapi.hpp"
#include "emulator/app/template/properties.hpp"
#include "emulator/app/template/serverless.hpp"

#include <algorithm>
#include <array>

namespace understudy::app::templates {
namespace {

constexpr std::array<std::string_view, 19> kEventTypes{"Api",
                                                       "HttpApi",
                                                       "AlexaSkill",
                                                       "CloudWatchEvent",
                                                       "CloudWatchLogs",
                                                       "Cognito",
                                                       "DocumentDB",
                                                       "DynamoDB",
                                                       "EventBridgeRule",
                                                       "IoTRule",
                                                       "Kinesis",
                                                       "MQ",
                                                       "MSK",
                                                       "S3",
                                                       "SNS",
                                                       "SQS",
                                                       "Schedule",
                                                       "ScheduleV2",
                                                       "SelfManagedKafka"};

/// An event of a function or a state machine, and who has it.
struct Event {
    const Resource& function;
    const Entry& entry;
    const Value& properties;

    source::Node place() const { return entry.node ? *entry.node : function.key; }
    bool starts_execution() const { return function.type == "AWS::Serverless::StateMachine"; }
    std::string name() const { return "the event '" + entry.key + "' of " + describe(function); }
};

LambdaIntegration to_integration(const Event& event, Reading& reading) {
    return {.function = reading.evaluator.function_name(event.function.id),
            .qualifier = event.function.properties.get("AutoPublishAlias").text,
            .timeout = read_milliseconds(event.properties.get("TimeoutInMillis"), reading.findings)};
}

/// The route of a state machine calls StartExecution: it is there, and says that it is not emulated.
Integration to_rest_integration(const Event& event, Reading& reading) {
    if (event.starts_execution()) {
        reading.findings.note(event.place(),
                              event.name() + " starts an execution, which is not emulated: its route says so");
        return UnsupportedIntegration{.type = "AWS"};
    }
    LambdaIntegration integration = to_integration(event, reading);
    const std::string& transfer = event.properties.get("ResponseTransferMode").text;
    if (transfer == "RESPONSE_STREAM" || transfer == "STREAM") integration.transfer = TransferMode::stream;
    return integration;
}

/// An event's `Auth` as the route's access.
Access read_access(const Event& event, const ApiDraft& draft, RouteMarks& marks, Findings& findings) {
    Access access;
    const Value& auth = event.properties.get("Auth");
    const Value& api_auth = draft.properties.get("Auth");
    const Value& name = auth.get("Authorizer");
    const Value& key = auth.get("ApiKeyRequired");
    marks = {.authorizer = name.present(), .api_key = key.present()};
    access.api_key_required = key.is_true();
    access.scopes = read_texts(auth.get("AuthorizationScopes"), findings);
    if (!name.present() || name.is_unknown() || !name.node) return access;
    const bool rest = draft.api.kind == ApiKind::rest;
    if (name.text == "NONE") {
        if (!api_auth.get("DefaultAuthorizer").present()) {
            findings.fail(*name.node, "the Authorizer NONE is for APIs with a DefaultAuthorizer");
        }
    } else if (name.text == "AWS_IAM" && (rest || api_auth.get("EnableIamAuthorizer").is_true())) {
        access.authorization = Authorization::iam;
    } else if (!api_auth.get("Authorizers").get(name.text).present()) {
        std::vector<std::string_view> names;
        for (const Entry& entry : api_auth.get("Authorizers").members) names.push_back(entry.key);
        findings.fail_unknown(*name.node, name.text, "'" + draft.id + "' has no authorizer '" + name.text + "'", names);
    } else {
        access.authorization = Authorization::authorizer;
        access.authorizer = name.text;
    }
    return access;
}

void read_request_parameters(const Event& event, RequestValidation& validation, Findings& findings) {
    for (const Value& item : event.properties.get("RequestParameters").items) {
        const bool detailed = item.is_map() && !item.members.empty();
        const std::string name = detailed ? item.members[0].key : item.text;
        const bool placed = name.starts_with("method.request.querystring.") ||
                            name.starts_with("method.request.path.") || name.starts_with("method.request.header.");
        if (!placed) findings.fail(item, "a request parameter is method.request.[querystring|path|header].NAME");
        if (detailed && item.members[0].value.get("Required").is_true()) validation.required.push_back(name);
    }
}

std::optional<RequestValidation> read_request_model(const Event& event, const ApiDraft& draft, Findings& findings) {
    RequestValidation validation;
    read_request_parameters(event, validation, findings);
    const Value& request = event.properties.get("RequestModel");
    const Value& model = request.get("Model");
    if (model.present() && !draft.properties.get("Models").get(model.text).present()) {
        findings.fail(model, "'" + draft.id + "' has no model '" + model.text + "'");
    }
    if (model.present()) validation.models["application/json"] = model.text;
    validation.body = request.get("ValidateBody").is_true();
    validation.parameters = request.get("ValidateParameters").is_true();
    if (!validation.body && !validation.parameters) return std::nullopt;
    return validation;
}

std::vector<Route>::iterator find_route(ApiDraft& draft, const std::string& method, std::string path) {
    if (draft.api.kind == ApiKind::rest && path.size() > 1 && path.ends_with('/')) path.pop_back();
    return std::ranges::find_if(draft.api.routes, [&](const Route& r) { return r.method == method && r.path == path; });
}

/// An event of an API with a definition of its own: the definition has the routes, the event may override their Auth.
void apply_to_definition(const Event& event, Route route, RouteMarks marks, ApiDraft& draft, Reading& reading) {
    const auto defined = find_route(draft, route.method, route.path);
    if (defined == draft.api.routes.end()) {
        reading.findings.note(event.place(), event.name() + " adds no route: '" + draft.id +
                                                 "' has a definition of its own, and no MergeDefinitions");
        return;
    }
    if (!event.properties.get("Auth").get("OverrideApiAuth").is_true()) return;
    defined->access = std::move(route.access);
    draft.marks[static_cast<std::size_t>(defined - draft.api.routes.begin())] = marks;
}

/// Whether SAM takes a reference to another resource than an API of the event's kind: it then adds no path, and grants
/// the permission all the same. Only an HTTP API is refused where a REST API is meant.
///
/// Rule: aws/serverless-application-model samtranslator/plugins/api/implicit_api_plugin.py (_add_api_to_swagger)
bool is_elsewhere(const Event& event, const Value& written, std::string_view type, Reading& reading) {
    const Declared* resource =
        reading.evaluator.find_declared(written.resource.empty() ? written.text : written.resource);
    const bool other = resource != nullptr && resource->type != type &&
                       !(type == "AWS::Serverless::Api" && resource->type == "AWS::Serverless::HttpApi");
    if (!other) return false;
    reading.findings.note(event.place(), event.name() + " adds no route: SAM adds none to '" + resource->id + "', an " +
                                             resource->type +
                                             (event.starts_execution() ? ", and only lets it start executions"
                                                                       : ", and only lets it invoke the function"));
    return true;
}

ApiDraft* find_event_api(const Event& event, std::string_view reference, std::string_view type, Reading& reading) {
    const Value& written = event.properties.get(reference);
    const bool rest = type == "AWS::Serverless::Api";
    ApiDraft* draft =
        reading.find_api(written.present() ? written : to_text(rest ? "ServerlessRestApi" : "ServerlessHttpApi"));
    if (draft != nullptr && draft->type == type) return draft;
    if (reading.evaluator.is_refused(written.resource)) return nullptr;
    if (is_elsewhere(event, written, type, reading)) return nullptr;
    reading.findings.fail(written,
                          std::string(reference) + " is a reference to an " + std::string(type) + " of this template",
                          event.place());
    return nullptr;
}

/// SAM puts any word into the definition, and of these API Gateway takes none for a method.
bool is_passed_over(const Event& event, Findings& findings) {
    const Value& method = event.properties.get("Method");
    if (to_lower(method.text) != "default") return false;
    findings.note(method.node ? *method.node : event.place(),
                  event.name() + " adds no route: '" + method.text + "' is no method, and for all of them it is ANY");
    return true;
}

std::string read_method(const Event& event, Findings& findings) {
    const Value& written = event.properties.get("Method");
    std::string method = to_method(written.text);
    if (method.empty()) {
        findings.fail_required(event.properties, "Method", event.name() + " has no Method that is one", event.place());
    }
    return method;
}

void add_api_event(const Event& event, Reading& reading) {
    ApiDraft* draft = find_event_api(event, "RestApiId", "AWS::Serverless::Api", reading);
    if (draft == nullptr) return;
    Findings& findings = reading.findings;
    const Value& path = event.properties.get("Path");
    if (!path.text.starts_with('/')) {
        return findings.fail_required(event.properties, "Path", event.name() + " has no Path that begins with '/'",
                                      event.place());
    }
    RouteMarks marks;
    Route route{
        .method = read_method(event, findings), .path = path.text, .integration = to_rest_integration(event, reading)};
    if (route.method.empty()) return;
    route.access = read_access(event, *draft, marks, findings);
    route.validation = read_request_model(event, *draft, findings);
    const bool merges = draft->properties.get("MergeDefinitions").is_true();
    if (draft->has_body && !merges) return apply_to_definition(event, std::move(route), marks, *draft, reading);
    if (const auto defined = find_route(*draft, route.method, route.path);
        merges && defined != draft->api.routes.end()) {
        route.line = event.entry.value.line();
        draft->marks[static_cast<std::size_t>(defined - draft->api.routes.begin())] = marks;
        *defined = std::move(route);
        return;
    }
    Value origin = event.entry.value;
    origin.node = event.place();
    add_route(*draft, std::move(route), marks, origin, findings);
}

void add_http_api_event(const Event& event, Reading& reading) {
    ApiDraft* draft = find_event_api(event, "ApiId", "AWS::Serverless::HttpApi", reading);
    if (draft == nullptr) return;
    Findings& findings = reading.findings;
    const Value& path = event.properties.get("Path");
    const bool named = path.text == "$default" || path.text == "/$default";
    const bool fallback = named || (!path.present() && !event.properties.get("Method").present());
    if (!fallback && !path.text.starts_with('/')) {
        return findings.fail_required(event.properties, "Path", event.name() + " has no Path that begins with '/'",
                                      event.place());
    }
    if (is_passed_over(event, findings)) return;
    RouteMarks marks;
    LambdaIntegration integration = to_integration(event, reading);
    const Value& payload = event.properties.get("PayloadFormatVersion");
    if (payload.present()) integration.payload = payload.text.starts_with("1") ? PayloadFormat::v1 : PayloadFormat::v2;
    Route route{.method = fallback ? "" : read_method(event, findings),
                .path = fallback ? "$default" : path.text,
                .integration = std::move(integration)};
    if (route.method.empty() && !fallback) return;
    route.access = read_access(event, *draft, marks, findings);
    if (const auto throttle = read_throttle(event.properties.get("RouteSettings"), findings)) {
        draft->route_throttles.emplace_back(route_key(route), *throttle);
    }
    if (draft->has_body && find_route(*draft, route.method, route.path) != draft->api.routes.end()) return;
    if (draft->properties.get("DefinitionUri").present()) {
        return findings.note(
            event.place(),
            event.name() + " adds no route: SAM does not look into the DefinitionUri of '" + draft->id + "'");
    }
    Value origin = event.entry.value;
    origin.node = event.place();
    add_route(*draft, std::move(route), marks, origin, findings);
}

void read_event(const Event& event, Reading& reading) {
    const Value& type = event.entry.value.get("Type");
    if (type.is_unknown()) return;
    if (event.starts_execution()) {
        if (type.text == "Api") add_api_event(event, reading);
        return;  // that nothing of it is emulated has been told
    }
    if (type.text == "Api") {
        check_properties(event.properties, "ApiEvent", event.name(), reading.findings);
        return add_api_event(event, reading);
    }
    if (type.text == "HttpApi") {
        check_properties(event.properties, "HttpApiEvent", event.name(), reading.findings);
        return add_http_api_event(event, reading);
    }
    if (std::ranges::find(kEventTypes, type.text) != kEventTypes.end()) {
        return reading.findings.note(event.place(),
                                     event.name() + " is not emulated: nothing sends events of the type " + type.text);
    }
    reading.findings.fail_unknown(type.node ? *type.node : event.place(), type.text,
                                  "unknown event type '" + type.text + "'", {kEventTypes.begin(), kEventTypes.end()});
}

}  // namespace

void read_events(Reading& reading) {
    for (const Resource& resource : reading.resources) {
        if (!has_events(resource)) continue;
        for (const Entry& entry : resource.properties.get("Events").members) {
            read_event({.function = resource, .entry = entry, .properties = entry.value.get("Properties")}, reading);
        }
    }
}

}  // namespace understudy::app::templates
