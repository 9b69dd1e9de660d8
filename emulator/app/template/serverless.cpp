#include "emulator/app/template/serverless.hpp"

#include "emulator/app/template/functions.hpp"
#include "emulator/app/template/integrations.hpp"
#include "emulator/app/template/models.hpp"
#include "emulator/app/template/openapi.hpp"
#include "emulator/app/template/properties.hpp"

#include <algorithm>
#include <set>

namespace understudy::app::templates {
namespace {

constexpr std::string_view kApi = "AWS::Serverless::Api";
constexpr std::string_view kHttpApi = "AWS::Serverless::HttpApi";
constexpr std::string_view kWebSocketApi = "AWS::Serverless::WebSocketApi";

/// An event of a type that names no API. A state machine has none of an HTTP API.
const Entry* find_implicit_event(std::string_view type, std::string_view reference, const Reading& reading) {
    for (const Resource& resource : reading.resources) {
        if (!has_events(resource) || (resource.type.ends_with("StateMachine") && type != "Api")) continue;
        for (const Entry& event : resource.properties.get("Events").members) {
            const bool named = event.value.get("Properties").get(reference).present();
            if (event.value.get("Type").text == type && !named && event.node) return &event;
        }
    }
    return nullptr;
}

void add_implicit_api(std::string id, std::string_view type, const Entry* event, Reading& reading) {
    const bool exists = std::ranges::any_of(reading.drafts, [&id](const ApiDraft& draft) { return draft.id == id; });
    if (event == nullptr || exists) return;
    ApiDraft draft{.id = id, .type = std::string(type), .node = *event->node};
    draft.api = {.id = make_id(id, 10), .kind = type == kApi ? ApiKind::rest : ApiKind::http, .name = id};
    draft.properties =
        apply_globals(reading.globals, type, Value{.kind = ValueKind::map}, std::nullopt, reading.findings);
    if (type == kApi) draft.properties.members.push_back({.key = "StageName", .value = to_text("Prod")});
    check_properties(draft.properties, type, "Globals for " + id, reading.findings);
    reading.drafts.push_back(std::move(draft));
}

void read_definition(ApiDraft& draft, Reading& reading) {
    const Value& body = draft.properties.get("DefinitionBody");
    const Value& uri = draft.properties.get("DefinitionUri");
    if (body.present() && uri.present()) {
        reading.findings.fail(draft.node, "'" + draft.id + "' has both a DefinitionUri and a DefinitionBody");
    }
    draft.has_body = body.present() || uri.present();
    if (body.present()) return read_openapi_body(body, draft, reading);
    if (!uri.present() || !uri.node) return;
    if (!uri.is_text()) {
        reading.findings.note(*uri.node, "the definition of '" + draft.id + "' is not on this machine");
        return;
    }
    if (const auto root = reading.evaluator.read_file(uri.text, *uri.node)) {
        Value document = reading.evaluator.evaluate(*root);
        drop_none(document);
        read_openapi_body(document, draft, reading);
    }
}

/// CloudFormation puts a file in the place of `AWS::Include` before SAM looks at the template.
bool is_included(const Value& body) {
    if (!body.is_map() || !body.node) return false;
    return body.node->tag() == "!Transform" || body.node->find("Fn::Transform").has_value();
}

/// SAM lays these over a definition only where it can see it.
void check_inline(const ApiDraft& draft, Findings& findings) {
    const Value& body = draft.properties.get("DefinitionBody");
    if (!draft.has_body || body.is_unknown() || (body.is_map() && (!body.computed || is_included(body)))) return;
    for (const std::string_view property : {"Cors", "CorsConfiguration", "Auth", "GatewayResponses", "Models"}) {
        const auto entry = std::ranges::find(draft.properties.members, property, &Entry::key);
        if (entry == draft.properties.members.end() || !entry->node || !entry->value.present()) continue;
        findings.fail(
            entry->node
                ->problem(source::ProblemCode::invalid, "'" + entry->key + "' works only with an inline DefinitionBody")
                .with_note("SAM does not look into a DefinitionUri, or into what a function of the template gives"));
    }
}

std::vector<std::string> allowed_methods(const Api& api, const std::string& path) {
    std::set<std::string> methods{"OPTIONS"};
    for (const Route& route : api.routes) {
        if (route.path != path) continue;
        if (route.method == "ANY") return {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"};
        methods.insert(route.method);
    }
    return {methods.begin(), methods.end()};
}

std::string join(const std::vector<std::string>& texts) {
    std::string all;
    for (const std::string& text : texts) all += (all.empty() ? "" : ",") + text;
    return all;
}

/// The OPTIONS method that SAM adds to a path without one.
///
/// Rule: aws/serverless-application-model samtranslator/swagger/swagger.py add_cors
/// Tested by: SamApi.CorsAddsTheMockRoutesThatSamGenerates
Route to_preflight(const Api& api, const std::string& path, const Value& cors, Findings& findings) {
    MockIntegration mock{.templates = {{"application/json", "{}\n"}}};
    const Value& origin = cors.is_text() ? cors : cors.get("AllowOrigin");
    mock.headers.emplace_back("Access-Control-Allow-Origin",
                              origin.present() ? unquote(read_text(origin, findings)) : "*");
    const std::string headers = read_text(cors.get("AllowHeaders"), findings);
    if (!headers.empty()) mock.headers.emplace_back("Access-Control-Allow-Headers", unquote(headers));
    const std::string methods = read_text(cors.get("AllowMethods"), findings);
    mock.headers.emplace_back("Access-Control-Allow-Methods",
                              methods.empty() ? join(allowed_methods(api, path)) : unquote(methods));
    const Value& age = cors.get("MaxAge");
    if (age.present()) mock.headers.emplace_back("Access-Control-Max-Age", unquote(read_text(age, findings)));
    if (cors.get("AllowCredentials").is_true()) mock.headers.emplace_back("Access-Control-Allow-Credentials", "true");
    return {.method = "OPTIONS", .path = path, .integration = mock, .line = cors.line()};
}

void apply_api_cors(ApiDraft& draft, Findings& findings) {
    const Value& cors = draft.properties.get("Cors");
    if (!cors.present()) return;
    const Value& origin = cors.get("AllowOrigin");
    const bool any = !origin.is_unknown() && (origin.text.empty() || origin.text == "'*'");
    if (cors.get("AllowCredentials").is_true() && any) {
        findings.fail(cors, "AllowCredentials cannot be true where AllowOrigin is \"'*'\" or not set");
    }
    std::vector<std::string> paths;
    for (const Route& route : draft.api.routes) {
        if (std::ranges::find(paths, route.path) == paths.end()) paths.push_back(route.path);
    }
    for (const std::string& path : paths) {
        const auto is_preflight = [&path](const Route& r) { return r.path == path && r.method == "OPTIONS"; };
        if (std::ranges::any_of(draft.api.routes, is_preflight)) continue;
        add_route(draft, to_preflight(draft.api, path, cors, findings), {}, cors, findings);
    }
}

void apply_gateway_responses(ApiDraft& draft, Findings& findings) {
    for (const Entry& entry : draft.properties.get("GatewayResponses").members) {
        GatewayResponse response = read_gateway_response(entry.key, entry.value.get("StatusCode"), {},
                                                         entry.value.get("ResponseTemplates"), findings);
        for (auto& [name, value] : read_pairs(entry.value.get("ResponseParameters").get("Headers"), findings)) {
            response.headers.emplace_back(name, unquote(value));
        }
        std::erase_if(draft.api.gateway_responses,
                      [&](const GatewayResponse& other) { return other.type == entry.key; });
        draft.api.gateway_responses.push_back(std::move(response));
    }
}

/// SAM keeps letters and digits of a REST API's base path, and takes the slashes off an HTTP API's.
std::string to_base_path(const std::string& written, ApiKind kind, bool normalised) {
    std::string path = written;
    if (kind == ApiKind::rest && normalised) {
        std::erase_if(
            path, [](char c) { return !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')); });
    }
    while (path.starts_with('/')) path.erase(0, 1);
    while (path.ends_with('/')) path.pop_back();
    return path;
}

/// Whether AWS may have the domain several times, and so its paths: private ones are told apart by an id.
bool is_private(const Value& domain) {
    return domain.get("EndpointConfiguration").text == "PRIVATE";
}

void read_domain(ApiDraft& draft, const std::string& stage, Reading& reading) {
    Findings& findings = reading.findings;
    const Value& domain = draft.properties.get("Domain");
    if (!domain.present()) return;
    const std::string name = read_text(domain.get("DomainName"), findings);
    if (name.empty() && domain.node)
        findings.fail_required(domain, "DomainName", "a Domain has a DomainName", *domain.node);
    const Known known = is_private(domain) || domain.get("DomainName").made_up ? Known::no : Known::yes;
    std::vector<const Value*> paths = domain.get("BasePath").each();
    if (paths.empty()) paths.push_back(&domain);
    const Value& normalise = domain.get("NormalizeBasePath");
    for (const Value* written : paths) {
        const bool normalised = !normalise.present() || normalise.is_true();
        const std::string path = written == &domain ? "" : read_text(*written, findings);
        BasePath mapping{.domain = name, .base_path = to_base_path(path, draft.api.kind, normalised), .stage = stage};
        add_base_path(draft, std::move(mapping), known, *written, reading);
    }
}

void finish_api(ApiDraft& draft, Reading& reading) {
    Findings& findings = reading.findings;
    const Value& properties = draft.properties;
    Api& api = draft.api;
    api.endpoint = read_endpoint(properties.get("EndpointConfiguration"), findings);
    apply_api_cors(draft, findings);
    apply_gateway_responses(draft, findings);
    add_models(properties.get("Models"), api, findings);
    for (std::string type : read_texts(properties.get("BinaryMediaTypes"), findings)) {
        for (std::size_t at = type.find("~1"); at != std::string::npos; at = type.find("~1")) type.replace(at, 2, "/");
        api.binary_media_types.push_back(std::move(type));
    }
    const Value& compression = properties.get("MinimumCompressionSize");
    if (compression.present()) api.minimum_compression_size = read_integer(compression, findings);
    if (properties.get("ApiKeySourceType").text == "AUTHORIZER") api.api_key_from_authorizer = true;
    Stage stage{.name = read_text(properties.get("StageName"), findings),
                .variables = read_pairs(properties.get("Variables"), findings)};
    if (stage.name.empty())
        findings.fail_required(properties, "StageName", "the Api '" + draft.id + "' has no StageName", draft.node);
    read_method_settings(properties.get("MethodSettings"), stage, findings);
    api.stages.push_back(stage);
    apply_api_auth(draft, reading);
    read_domain(draft, stage.name, reading);
}

void finish_http_api(ApiDraft& draft, Reading& reading) {
    Findings& findings = reading.findings;
    const Value& properties = draft.properties;
    const Value& cors = properties.get("CorsConfiguration");
    if (cors.is_map()) {
        draft.api.cors = read_cors(cors, findings);
        const bool any = draft.api.cors->allow_origins == std::vector<std::string>{"*"};
        if (draft.api.cors->allow_credentials && any) {
            findings.fail(cors, "AllowCredentials cannot be true where AllowOrigins is '*'");
        }
    } else if (cors.is_true()) {
        draft.api.cors = Cors{.allow_origins = {"*"}};
    }
    Stage stage{.name = read_text(properties.get("StageName"), findings),
                .variables = read_pairs(properties.get("StageVariables"), findings)};
    if (stage.name.empty()) stage.name = "$default";
    stage.throttle = read_throttle(properties.get("DefaultRouteSettings"), findings);
    read_route_settings(properties.get("RouteSettings"), stage, findings);
    for (const auto& [route, throttle] : draft.route_throttles) stage.route_throttles[route] = throttle;
    draft.api.stages.push_back(stage);
    if (draft.api.kind == ApiKind::http) apply_http_api_auth(draft, reading);
    read_domain(draft, stage.name, reading);
}

}  // namespace

void add_implicit_apis(Reading& reading) {
    add_implicit_api("ServerlessRestApi", kApi, find_implicit_event("Api", "RestApiId", reading), reading);
    add_implicit_api("ServerlessHttpApi", kHttpApi, find_implicit_event("HttpApi", "ApiId", reading), reading);
}

void read_serverless_definitions(Reading& reading) {
    for (ApiDraft& draft : reading.drafts) {
        if (draft.type == kWebSocketApi) read_serverless_websocket(draft, reading);
        if (draft.type != kApi && draft.type != kHttpApi) continue;
        read_definition(draft, reading);
        check_inline(draft, reading.findings);
    }
}

void finish_serverless_apis(Reading& reading) {
    for (ApiDraft& draft : reading.drafts) {
        if (draft.type == kApi) finish_api(draft, reading);
        if (draft.type == kHttpApi || draft.type == kWebSocketApi) finish_http_api(draft, reading);
    }
}

}  // namespace understudy::app::templates
