#include "emulator/app/template/openapi.hpp"

#include "emulator/app/template/functions.hpp"
#include "emulator/app/template/integrations.hpp"
#include "emulator/app/template/models.hpp"
#include "emulator/app/template/properties.hpp"
#include "emulator/app/template/value_rules.hpp"

#include <algorithm>
#include <array>

namespace understudy::app::templates {
namespace {

/// One method of one path, and where its parts are.
struct Operation {
    const Value& body;
    const Value& path_item;
    const Value& value;
    std::string method;
    std::string path;
};

/// The value that `#/a/b` names in the document; null where there is none, or where it is in another one.
const Value* find_referenced(std::string_view reference, const Value& body) {
    if (!reference.starts_with("#/")) return nullptr;
    const Value* at = &body;
    for (std::size_t begin = 2; begin <= reference.size();) {
        const std::size_t end = std::min(reference.find('/', begin), reference.size());
        at = &at->get(reference.substr(begin, end - begin));
        begin = end + 1;
    }
    return at->present() ? at : nullptr;
}

/// What a `$ref` inside the document means; the value itself where it is none. One that leads nowhere is noted with
/// what comes of it.
const Value& dereference(const Value& value, const Value& body, std::string_view outcome, Findings& findings) {
    const Value& written = value.get("$ref");
    const std::string& reference = written.text;
    if (!written.present()) return value;
    if (const Value* found = find_referenced(reference, body)) return *found;
    if (written.node) {
        findings.note(*written.node,
                      "the reference '" + reference + "' leads nowhere in this document: " + std::string(outcome));
    }
    return value;
}

/// The model that a schema refers to, or one that is made of it: each media type of an operation has its own.
std::string schema_name(const Value& schema, const Operation& operation, const std::string& type, Api& api,
                        Findings& findings) {
    const std::string& reference = schema.get("$ref").text;
    if (!reference.empty()) {
        std::string name = reference.substr(reference.rfind('/') + 1);
        if (schema.get("$ref").node)
            findings.compile_later(*schema.get("$ref").node, {.api_id = api.id, .model = name});
        return name;
    }
    const Value& components = operation.body.get("components").get("schemas");
    const std::string name = "Model" + make_id(operation.method + ' ' + operation.path + ' ' + type, 12);
    add_model(name, schema, components.present() ? components : operation.body.get("definitions"), api, findings);
    return name;
}

void read_parameters(const Value& parameters, const Operation& operation, RequestValidation& validation, Api& api,
                     Findings& findings) {
    for (const Value& item : parameters.items) {
        const Value& parameter = dereference(item, operation.body, "this parameter is not checked", findings);
        const std::string& in = parameter.get("in").text;
        if (in == "body") {
            const Value& consumes = operation.value.get("consumes");
            std::vector<std::string> types = read_texts(consumes, findings);
            if (types.empty()) types = {"application/json"};
            const std::string model = schema_name(parameter.get("schema"), operation, types.front(), api, findings);
            for (const std::string& type : types) validation.models[type] = model;
        }
        if (!parameter.get("required").is_true()) continue;
        const std::string place = in == "query" ? "querystring" : in;
        if (place != "querystring" && place != "header" && place != "path") continue;
        validation.required.push_back("method.request." + place + '.' + parameter.get("name").text);
    }
}

std::optional<RequestValidation> read_validation(const Operation& operation, Api& api, Findings& findings) {
    constexpr std::string_view kValidator = "x-amazon-apigateway-request-validator";
    const Value& own = operation.value.get(kValidator);
    const Value& name = own.present() ? own : operation.body.get(kValidator);
    const Value& validator = operation.body.get("x-amazon-apigateway-request-validators").get(name.text);
    if (name.present() && !validator.present()) {
        findings.fail(name, "there is no request validator '" + name.text + "'");
    }
    RequestValidation validation{.parameters = validator.get("validateRequestParameters").is_true(),
                                 .body = validator.get("validateRequestBody").is_true()};
    read_parameters(operation.path_item.get("parameters"), operation, validation, api, findings);
    read_parameters(operation.value.get("parameters"), operation, validation, api, findings);
    const Value& request =
        dereference(operation.value.get("requestBody"), operation.body, "bodies are not checked", findings);
    const Value& content = request.get("content");
    for (const Entry& entry : content.members) {
        const Value& schema = entry.value.get("schema");
        if (schema.is_map()) validation.models[entry.key] = schema_name(schema, operation, entry.key, api, findings);
    }
    if (!validation.parameters && !validation.body) return std::nullopt;
    return validation;
}

Integration read_operation_integration(const Value& extension, const Operation& operation, ApiKind kind,
                                       Reading& reading) {
    check_properties(extension, "x-amazon-apigateway-integration",
                     "the integration of " + operation.method + ' ' + operation.path, reading.findings);
    for (const Entry& status : extension.get("responseParameters").members) {
        check_value(status.value, "x-amazon-apigateway-integration.responseParameters", reading.findings);
    }
    check_value(
        extension.get("timeoutInMillis"),
        kind == ApiKind::rest ? "RestIntegration.TimeoutInMillis" : "AWS::ApiGatewayV2::Integration.TimeoutInMillis",
        reading.findings);
    IntegrationParts parts{.origin = extension,
                           .type = extension.get("type"),
                           .uri = extension.get("uri"),
                           .timeout = extension.get("timeoutInMillis"),
                           .content_handling = extension.get("contentHandling"),
                           .transfer = extension.get("responseTransferMode"),
                           .payload = extension.get("payloadFormatVersion"),
                           .request_templates = extension.get("requestTemplates"),
                           .request_parameters = extension.get("requestParameters"),
                           .response_parameters = extension.get("responseParameters"),
                           .subtype = extension.get("integrationSubtype"),
                           .method = extension.get("httpMethod"),
                           .credentials = extension.get("credentials"),
                           .passthrough = extension.get("passthroughBehavior")};
    for (const Entry& entry : extension.get("responses").members) {
        parts.responses.push_back({.selection = entry.key == "default" ? "" : entry.key,
                                   .status = entry.value.get("statusCode"),
                                   .parameters = entry.value.get("responseParameters"),
                                   .templates = entry.value.get("responseTemplates")});
    }
    return read_integration(parts, kind, reading);
}

void read_operation(const Operation& operation, ApiDraft& draft, Reading& reading) {
    const std::string owner = operation.method + ' ' + operation.path;
    check_properties(operation.value, "openapi-operation", owner, reading.findings);
    const Value& extension = dereference(operation.value.get("x-amazon-apigateway-integration"), operation.body,
                                         "there is no integration", reading.findings);
    const bool fallback = draft.api.kind == ApiKind::http && operation.path.ends_with("$default");
    if (!extension.is_map()) {
        draft.unfinished.push_back({.method = operation.method, .path = operation.path, .value = operation.value});
        return;
    }
    Route route{.method = fallback ? "" : operation.method,
                .path = fallback ? "$default" : operation.path,
                .integration = read_operation_integration(extension, operation, draft.api.kind, reading)};
    RouteMarks marks;
    const Value& security = operation.value.get("security");
    route.access = read_security(security.present() ? security : operation.body.get("security"), operation.body, marks,
                                 reading.findings);
    if (!security.present()) marks = {.inherited = true};
    read_method_auth(operation.value.get("x-amazon-apigateway-auth"), route.access, marks, reading.findings);
    if (draft.api.kind == ApiKind::rest) {
        route.validation = read_validation(operation, draft.api, reading.findings);
        route.operation_name = read_text(operation.value.get("operationId"), reading.findings);
    }
    add_route(draft, std::move(route), marks, operation.value.node ? operation.value : extension, reading.findings);
}

void read_paths(const Value& body, ApiDraft& draft, Reading& reading) {
    for (const Entry& path : body.get("paths").members) {
        const bool rooted = path.key.starts_with('/') || path.key == "$default";
        if (!rooted && !path.key.starts_with("x-") && path.node) {
            reading.findings.fail(*path.node, "a path begins with '/'");
        }
        const Value& item =
            dereference(path.value, body, "the routes of '" + path.key + "' are missing", reading.findings);
        for (const Entry& entry : item.members) {
            const std::string method = to_method(entry.key);
            if (entry.key == "$ref") continue;  // told where it is looked up
            if (method.empty()) {
                check_property(entry, "openapi-path-item", "the path '" + path.key + "'", reading.findings);
                continue;
            }
            reading.findings.meet("openapi-path-item." + entry.key);
            read_operation({.body = body,
                            .path_item = item,
                            .value = entry.value,
                            .method = method,
                            .path = draft.base_path + path.key},
                           draft, reading);
        }
    }
}

void read_document_settings(const Value& body, Api& api, Reading& reading) {
    Findings& findings = reading.findings;
    api.binary_media_types = read_texts(body.get("x-amazon-apigateway-binary-media-types"), findings);
    api.minimum_compression_size = read_integer(body.get("x-amazon-apigateway-minimum-compression-size"), findings);
    api.api_key_from_authorizer = body.get("x-amazon-apigateway-api-key-source").text == "AUTHORIZER";
    if (const Value& cors = body.get("x-amazon-apigateway-cors"); cors.present()) api.cors = read_cors(cors, findings);
    for (const Entry& entry : body.get("x-amazon-apigateway-gateway-responses").members) {
        api.gateway_responses.push_back(read_gateway_response(entry.key, entry.value.get("statusCode"),
                                                              entry.value.get("responseParameters"),
                                                              entry.value.get("responseTemplates"), findings));
    }
    add_models(body.get("definitions"), api, findings);
    add_models(body.get("components").get("schemas"), api, findings);
}

}  // namespace

std::string to_method(std::string_view name) {
    if (name == "x-amazon-apigateway-any-method") return "ANY";
    std::string upper(name);
    for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    constexpr std::array<std::string_view, 8> kMethods{"ANY",     "DELETE", "GET",  "HEAD",
                                                       "OPTIONS", "PATCH",  "POST", "PUT"};
    return std::ranges::find(kMethods, upper) == kMethods.end() ? std::string() : upper;
}

std::string read_base_path(const Value& body, std::string_view mode) {
    if (mode != "prepend" && mode != "split") return {};
    const Value& servers = body.get("servers");
    const Value& server = servers.items.empty() ? servers : servers.items.front();
    const Value& given = server.get("variables").get("basePath").get("default");
    std::string path = given.present() ? given.text : body.get("basePath").text;
    if (path.empty()) {
        path = server.get("url").text;
        if (const std::size_t host = path.find("://"); host != std::string::npos)
            path.erase(0, path.find('/', host + 3));
    }
    if (!path.empty() && !path.starts_with('/')) path.insert(0, 1, '/');
    while (path.ends_with('/')) path.pop_back();
    if (mode == "split") path.erase(0, std::min(path.find('/', 1), path.size()));
    return path;
}

void read_openapi_body(const Value& body, ApiDraft& draft, Reading& reading) {
    const bool versioned = body.get("openapi").text.starts_with("3") || body.get("swagger").text.starts_with("2");
    if (!versioned) {
        return reading.findings.fail(body, "no OpenAPI document: it has neither `openapi: 3…` nor `swagger: '2.0'`",
                                     draft.node);
    }
    check_properties(body, "openapi-document", "the OpenAPI document of '" + draft.id + "'", reading.findings);
    if (const Value& base = body.get("basePath"); base.node && base.text != "/" && draft.base_path.empty()) {
        reading.findings.note(*base.node,
                              "'basePath' is passed over, as API Gateway does unless an "
                              "AWS::ApiGateway::RestApi has Parameters: {basepath: prepend}");
    }
    read_document_settings(body, draft.api, reading);
    read_security_schemes(body, draft.api, reading);
    read_paths(body, draft, reading);
}

}  // namespace understudy::app::templates
