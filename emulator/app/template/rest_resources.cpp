#include "emulator/app/template/rest_resources.hpp"

#include "emulator/app/template/integrations.hpp"
#include "emulator/app/template/models.hpp"
#include "emulator/app/template/openapi.hpp"
#include "emulator/app/template/serverless.hpp"

#include <algorithm>
#include <map>

namespace understudy::app::templates {
namespace {

constexpr std::string_view kRestApi = "AWS::ApiGateway::RestApi";
/// API Gateway allows far fewer; a circle of parents ends here.
constexpr std::size_t kDeepestPath = 100;

/// The API that a resource says it is part of; a notice and nullptr where that is elsewhere.
ApiDraft* find_owner(const Resource& resource, std::string_view property, Reading& reading) {
    ApiDraft* draft = reading.find_api(resource.properties.get(property));
    if (draft == nullptr) {
        reading.findings.note(resource.key,
                              "the API of " + describe(resource) + " is not in the template: it is left out");
    }
    return draft;
}

/// `/users/{id}` of a resource, by the path parts of its parents.
/// nullopt where a mistake in one of them has been told.
std::optional<std::string> path_of(const Value& reference, const Reading& reading, Findings& findings,
                                   std::size_t depth = 0) {
    if (reference.is_unknown()) return std::nullopt;
    const Resource* resource = reading.find(reference.resource);
    if (resource == nullptr || resource->type != "AWS::ApiGateway::Resource") return std::string();
    if (depth > kDeepestPath) {
        findings.fail(resource->key, "the parents of " + describe(*resource) + " go round in a circle");
        return std::nullopt;
    }
    const auto parents = path_of(resource->properties.get("ParentId"), reading, findings, depth + 1);
    const Value& part = resource->properties.get("PathPart");
    if (!parents || part.is_unknown()) return std::nullopt;
    return *parents + '/' + read_text(part, findings);
}

/// The names under which authorizers and models go, by their logical ids.
const Resource* find_of_type(const Value& reference, std::string_view type, const Reading& reading) {
    const Resource* resource = reading.find(reference.resource);
    return resource != nullptr && resource->type == type ? resource : nullptr;
}

std::string name_of(const Resource& resource) {
    const Value& name = resource.properties.get("Name");
    return name.is_text() && !name.text.empty() ? name.text : resource.id;
}

Access read_method_access(const Resource& method, const Reading& reading, Findings& findings) {
    const Value& properties = method.properties;
    Access access{.scopes = read_texts(properties.get("AuthorizationScopes"), findings),
                  .api_key_required = properties.get("ApiKeyRequired").is_true()};
    const std::string& type = properties.get("AuthorizationType").text;
    if (type == "AWS_IAM") access.authorization = Authorization::iam;
    if (type != "CUSTOM" && type != "COGNITO_USER_POOLS") return access;
    access.authorization = Authorization::authorizer;
    const Value& id = properties.get("AuthorizerId");
    const Resource* authorizer = find_of_type(id, "AWS::ApiGateway::Authorizer", reading);
    access.authorizer = authorizer == nullptr ? id.text : name_of(*authorizer);
    return access;
}

std::optional<RequestValidation> read_method_validation(const Resource& method, const Reading& reading,
                                                        Findings& findings) {
    const Value& properties = method.properties;
    const Resource* validator =
        find_of_type(properties.get("RequestValidatorId"), "AWS::ApiGateway::RequestValidator", reading);
    if (validator == nullptr) return std::nullopt;
    RequestValidation validation{.parameters = validator->properties.get("ValidateRequestParameters").is_true(),
                                 .body = validator->properties.get("ValidateRequestBody").is_true()};
    for (const Entry& entry : properties.get("RequestParameters").members) {
        if (entry.value.is_true()) validation.required.push_back(entry.key);
    }
    for (const auto& [type, model] : read_pairs(properties.get("RequestModels"), findings)) {
        const Resource* resource =
            find_of_type(properties.get("RequestModels").get(type), "AWS::ApiGateway::Model", reading);
        validation.models[type] = resource == nullptr ? model : name_of(*resource);
    }
    return validation;
}

Integration read_method_integration(const Resource& method, Reading& reading) {
    const Value& integration = method.properties.get("Integration");
    IntegrationParts parts{.origin = integration.present() ? integration : method.properties,
                           .type = integration.get("Type"),
                           .uri = integration.get("Uri"),
                           .timeout = integration.get("TimeoutInMillis"),
                           .content_handling = integration.get("ContentHandling"),
                           .transfer = integration.get("ResponseTransferMode"),
                           .payload = integration.get("PayloadFormatVersion"),
                           .request_templates = integration.get("RequestTemplates"),
                           .request_parameters = integration.get("RequestParameters"),
                           .response_parameters = integration.get("ResponseParameters"),
                           .subtype = integration.get("IntegrationSubtype"),
                           .method = integration.get("IntegrationHttpMethod"),
                           .credentials = integration.get("Credentials"),
                           .passthrough = integration.get("PassthroughBehavior")};
    for (const Value& item : integration.get("IntegrationResponses").items) {
        parts.responses.push_back({.selection = item.get("SelectionPattern").text,
                                   .status = item.get("StatusCode"),
                                   .parameters = item.get("ResponseParameters"),
                                   .templates = item.get("ResponseTemplates")});
    }
    return read_integration(parts, ApiKind::rest, reading);
}

void read_method(const Resource& method, Reading& reading) {
    ApiDraft* draft = find_owner(method, "RestApiId", reading);
    if (draft == nullptr) return;
    Findings& findings = reading.findings;
    const auto path = path_of(method.properties.get("ResourceId"), reading, findings);
    const Value& verb = method.properties.get("HttpMethod");
    Route route{.method = to_method(read_text(verb, findings)),
                .path = !path || path->empty() ? "/" : *path,
                .integration = read_method_integration(method, reading),
                .access = read_method_access(method, reading, findings),
                .validation = read_method_validation(method, reading, findings),
                .operation_name = read_text(method.properties.get("OperationName"), findings)};
    if (!path) return;
    if (route.method.empty()) {
        return findings.fail_required(method.properties, "HttpMethod",
                                      describe(method) + " has no HttpMethod that is one", method.key);
    }
    route.line = method.key.position().line;
    Value origin{.node = method.key};
    add_route(*draft, std::move(route), {.authorizer = true, .api_key = true}, origin, findings);
}

void read_authorizer(const Resource& resource, Reading& reading) {
    ApiDraft* draft = find_owner(resource, "RestApiId", reading);
    const Value& properties = resource.properties;
    Findings& findings = reading.findings;
    const std::string& type = properties.get("Type").text;
    if (draft == nullptr || type == "COGNITO_USER_POOLS") return;
    if (type != "TOKEN" && type != "REQUEST") {
        return findings.fail_required(properties, "Type",
                                      "the Type of " + describe(resource) + " is TOKEN, REQUEST or COGNITO_USER_POOLS",
                                      resource.key);
    }
    Authorizer authorizer{.name = name_of(resource),
                          .kind = type == "TOKEN" ? AuthorizerKind::token : AuthorizerKind::request,
                          .identity_validation = read_text(properties.get("IdentityValidationExpression"), findings),
                          .ttl = read_seconds(properties.get("AuthorizerResultTtlInSeconds"), findings)};
    set_function(authorizer, properties.get("AuthorizerUri"), reading);
    findings.compile_token_pattern(properties.get("IdentityValidationExpression"), authorizer.identity_validation);
    const std::string sources = read_text(properties.get("IdentitySource"), findings);
    for (std::size_t begin = 0; begin < sources.size();) {
        const std::size_t end = std::min(sources.find(',', begin), sources.size());
        authorizer.identity_sources.emplace_back(trim(std::string_view(sources).substr(begin, end - begin)));
        begin = end + 1;
    }
    if (properties.get("AuthorizerCredentials").present()) {
        reading.trusted_authorizers.emplace(draft->api.id, authorizer.name);
    }
    draft->api.authorizers.push_back(std::move(authorizer));
}

Stage& stage_named(Api& api, const std::string& name) {
    const auto known = std::ranges::find(api.stages, name, &Stage::name);
    if (known != api.stages.end()) return *known;
    return api.stages.emplace_back(Stage{.name = name});
}

void read_stage(const Resource& resource, const Value& settings, Reading& reading) {
    Findings& findings = reading.findings;
    const std::string name = read_text(resource.properties.get("StageName"), findings);
    ApiDraft* draft = name.empty() ? nullptr : find_owner(resource, "RestApiId", reading);
    if (draft == nullptr) return;
    Stage& stage = stage_named(draft->api, name);
    stage.variables = read_pairs(settings.get("Variables"), findings);
    if (const auto throttle = read_throttle(settings, findings)) stage.throttle = throttle;
    read_method_settings(settings.get("MethodSettings"), stage, findings);
}

void read_rest_api(ApiDraft& draft, Reading& reading) {
    Findings& findings = reading.findings;
    const Value& properties = draft.properties;
    Api& api = draft.api;
    const Value& imported = properties.get("Parameters");
    draft.has_body = properties.get("Body").present();
    draft.base_path = read_base_path(properties.get("Body"), imported.get("basepath").text);
    if (draft.has_body) read_openapi_body(properties.get("Body"), draft, reading);
    for (std::string& type : read_texts(properties.get("BinaryMediaTypes"), findings)) {
        api.binary_media_types.push_back(std::move(type));
    }
    const Value& compression = properties.get("MinimumCompressionSize");
    if (compression.present()) api.minimum_compression_size = read_integer(compression, findings);
    if (properties.get("ApiKeySourceType").text == "AUTHORIZER") api.api_key_from_authorizer = true;
    const Value& endpoint = properties.get("EndpointConfiguration");
    api.endpoint = read_endpoint(endpoint.present() ? endpoint : imported.get("endpointConfigurationTypes"), findings);
}

/// The schemas of an API's models by name: they may refer to each other.
Value model_schemas(const ApiDraft& draft, Reading& reading) {
    Value schemas{.kind = ValueKind::map};
    for (const Resource& resource : reading.resources) {
        if (resource.type != "AWS::ApiGateway::Model") continue;
        if (reading.find_api(resource.properties.get("RestApiId")) != &draft) continue;
        schemas.members.push_back({.key = name_of(resource), .value = resource.properties.get("Schema")});
    }
    return schemas;
}

void read_gateway_answer(const Resource& resource, Reading& reading) {
    ApiDraft* draft = find_owner(resource, "RestApiId", reading);
    if (draft == nullptr) return;
    const Value& properties = resource.properties;
    draft->api.gateway_responses.push_back(read_gateway_response(
        read_text(properties.get("ResponseType"), reading.findings), properties.get("StatusCode"),
        properties.get("ResponseParameters"), properties.get("ResponseTemplates"), reading.findings));
}

}  // namespace

void read_rest_resources(Reading& reading) {
    for (ApiDraft& draft : reading.drafts) {
        if (draft.type == kRestApi) read_rest_api(draft, reading);
        if (draft.api.kind == ApiKind::rest) add_models(model_schemas(draft, reading), draft.api, reading.findings);
    }
    for (const Resource& resource : reading.resources) {
        const std::string_view type = resource.type;
        if (type == "AWS::ApiGateway::Method") read_method(resource, reading);
        if (type == "AWS::ApiGateway::Authorizer") read_authorizer(resource, reading);
        if (type == "AWS::ApiGateway::Stage") read_stage(resource, resource.properties, reading);
        if (type == "AWS::ApiGateway::Deployment") {
            read_stage(resource, resource.properties.get("StageDescription"), reading);
        }
        if (type == "AWS::ApiGateway::GatewayResponse") read_gateway_answer(resource, reading);
    }
}

void read_domain_mappings(Reading& reading) {
    for (const Resource& resource : reading.resources) {
        const bool rest = resource.type == "AWS::ApiGateway::BasePathMapping";
        if (!rest && resource.type != "AWS::ApiGatewayV2::ApiMapping") continue;
        ApiDraft* draft = find_owner(resource, rest ? "RestApiId" : "ApiId", reading);
        if (draft == nullptr) continue;
        const Value& properties = resource.properties;
        std::string path = read_text(properties.get(rest ? "BasePath" : "ApiMappingKey"), reading.findings);
        if (path == "(none)") path.clear();
        while (path.starts_with('/')) path.erase(0, 1);
        while (path.ends_with('/')) path.pop_back();
        std::string stage = read_text(properties.get("Stage"), reading.findings);
        if (rest && stage == "(none)") stage.clear();
        const Value& domain = properties.get("DomainName");
        BasePath mapping{.domain = read_text(domain, reading.findings), .base_path = path, .stage = stage};
        const Value& written = properties.get(rest ? "BasePath" : "ApiMappingKey");
        add_base_path(*draft, std::move(mapping), domain.made_up ? Known::no : Known::yes,
                      written.present() ? written : domain, reading);
    }
}

}  // namespace understudy::app::templates
