#include "emulator/app/template.hpp"

#include "emulator/app/template/functions.hpp"
#include "emulator/app/template/http_resources.hpp"
#include "emulator/app/template/load_balancers.hpp"
#include "emulator/app/template/openapi.hpp"
#include "emulator/app/template/permissions.hpp"
#include "emulator/app/template/read_resources.hpp"
#include "emulator/app/template/rest_resources.hpp"
#include "emulator/app/template/serverless.hpp"
#include "emulator/app/template/usage.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace understudy::app {
namespace templates {
namespace {

void note_transforms(const source::Node& root, Findings& findings) {
    const auto transform = root.find("Transform");
    if (!transform) return;
    const auto check = [&findings](const source::Node& node) {
        const std::string_view name = node.is_mapping() && node.find("Name") ? node.find("Name")->text() : node.text();
        if (name == "AWS::Serverless-2016-10-31" || name == "AWS::LanguageExtensions" || name.empty()) return;
        findings.note(node, "the transform '" + std::string(name) + "' is not emulated");
    };
    check(*transform);
    for (const source::Node& item : transform->items()) check(item);
}

/// A method that needs an authorizer which is not emulated lets nobody in.
void close_unguarded_routes(Api& api) {
    for (Route& route : api.routes) {
        const bool guarded = route.access.authorization == Authorization::authorizer;
        const auto known = std::ranges::find(api.authorizers, route.access.authorizer, &Authorizer::name);
        if (guarded && known == api.authorizers.end()) {
            route.integration = UnsupportedIntegration{.type = "authorizer " + route.access.authorizer};
            route.access = {};
        }
    }
}

void finish_draft(ApiDraft& draft, Reading& reading) {
    for (const Unfinished& method : draft.unfinished) {
        const auto is_it = [&method](const Route& r) { return r.method == method.method && r.path == method.path; };
        if (!method.value.node || std::ranges::any_of(draft.api.routes, is_it)) continue;
        reading.findings.note(*method.value.node, method.method + ' ' + method.path + " of '" + draft.id +
                                                      "' has no integration: it is left out");
    }
    if (draft.api.stages.empty()) {
        reading.findings.note(draft.node, "the API '" + draft.id + "' has no stage: nothing can call it");
    }
    close_unguarded_routes(draft.api);
    reading.application.apis.push_back(std::move(draft.api));
}

/// What only an HTTP API's document has.
ApiKind guess_kind(const Value& body) {
    if (body.get("x-amazon-apigateway-cors").present()) return ApiKind::http;
    for (const Entry& path : body.get("paths").members) {
        if (path.key.ends_with("$default")) return ApiKind::http;
        for (const Entry& method : path.value.members) {
            const Value& integration = method.value.get("x-amazon-apigateway-integration");
            if (integration.get("payloadFormatVersion").present()) return ApiKind::http;
        }
    }
    return ApiKind::rest;
}

/// A function with the version or alias by which it is named.
void declare_named_function(const LambdaTarget& target, Reading& reading) {
    if (reading.find_function(target.function) == nullptr) {
        reading.application.functions.push_back({.name = target.function});
    }
    Function& function = *reading.find_function(target.function);
    const std::string& qualifier = target.qualifier;
    if (qualifier.find("${") != std::string::npos || find_version(function, qualifier)) return;
    const bool is_number = qualifier.find_first_not_of("0123456789") == std::string::npos;
    if (is_number) {
        function.versions.push_back(qualifier);
    } else {
        function.aliases.push_back({.name = qualifier});
    }
}

/// The functions that a lone document's integrations name: there is no template to declare them.
void declare_named_functions(const Value& value, Reading& reading) {
    for (const Entry& entry : value.members) {
        const bool uri = entry.key == "uri" || entry.key == "authorizerUri";
        const LambdaTarget target = uri && entry.value.text.find(":lambda:") != std::string::npos
                                        ? parse_lambda_target(entry.value.text)
                                        : LambdaTarget{};
        const bool named = !target.function.empty() && target.function.find("${") == std::string::npos;
        if (named) declare_named_function(target, reading);
        declare_named_functions(entry.value, reading);
    }
    for (const Value& item : value.items) declare_named_functions(item, reading);
}

void mark(TemplateApplication& read, Described described) {
    for (Api& api : read.application.apis) api.described = described;
}

TemplateApplication finish(Reading& reading, const std::string& main_file) {
    for (ApiDraft& draft : reading.drafts) finish_draft(draft, reading);
    reading.application.region = reading.inputs.region;
    reading.application.account = reading.inputs.account;
    return {.application = std::move(reading.application),
            .notices = reading.findings.sorted_notices(main_file),
            .files = reading.evaluator.files(),
            .expressions = reading.findings.expressions()};
}

}  // namespace

TemplateApplication read_template_into(const source::Document& document, const TemplateInputs& inputs,
                                       Findings& findings) {
    Reading reading(inputs, findings);
    const source::Node root = document.root();
    if (!root.is_mapping()) {
        findings.fail(root, "a template is a map with Resources");
        return {};
    }
    note_overridden(document, findings);
    note_transforms(root, findings);
    read_resources(root, reading);
    draft_apis(reading);
    add_implicit_apis(reading);
    read_functions(reading);
    read_aliases(reading);
    read_asynchronous_terms(reading);
    read_serverless_definitions(reading);
    read_events(reading);
    finish_serverless_apis(reading);
    read_rest_resources(reading);
    read_http_resources(reading);
    read_domain_mappings(reading);
    read_usage_plans(reading);
    note_missing_permissions(reading);
    TemplateApplication result = finish(reading, document.name());
    reading.application = std::move(result.application);
    read_function_urls(reading);
    read_load_balancers(reading);
    return {.application = std::move(reading.application),
            .notices = findings.sorted_notices(document.name()),
            .files = std::move(result.files),
            .expressions = findings.expressions()};
}

/// What is wrong with an OpenAPI document that is given as a template; nullopt for anything else.
std::optional<source::Problem> find_openapi(const source::Node& root) {
    if (root.find("Resources")) return std::nullopt;
    for (const auto& [key, value] : root.members()) {
        if (key.text() != "openapi" && key.text() != "swagger") continue;
        return key.problem(source::ProblemCode::invalid, "this is an OpenAPI document, and no template")
            .with_note("serve it with --openapi FILE, or let an API of a template name it as its DefinitionUri");
    }
    return std::nullopt;
}

/// What is wrong with a configuration of the Serverless Framework that is given as a template.
std::optional<source::Problem> find_serverless_framework(const source::Node& root) {
    const auto service = root.find("service");
    const bool configures = service && (root.find("functions") || root.find("provider"));
    if (!configures || root.find("Resources")) return std::nullopt;
    return service
        ->problem(source::ProblemCode::invalid, "this is the Serverless Framework's configuration, and no template")
        .with_note(
            "run `serverless package`, then serve .serverless/cloudformation-template-update-stack.json, which it "
            "writes");
}

TemplateApplication read_openapi_into(const source::Document& document, std::optional<ApiKind> kind,
                                      const TemplateInputs& inputs, Findings& findings) {
    Reading reading(inputs, findings);
    note_overridden(document, findings);
    Value body = reading.evaluator.evaluate(document.root());
    drop_none(body);
    declare_named_functions(body, reading);
    const ApiKind chosen = kind.value_or(guess_kind(body));
    ApiDraft draft{.id = "OpenApi", .type = "", .node = document.root()};
    draft.api = {.id = make_id("OpenApi", 10), .kind = chosen, .name = "OpenApi"};
    draft.api.stages.push_back({.name = chosen == ApiKind::rest ? "prod" : "$default"});
    reading.drafts.push_back(std::move(draft));
    read_openapi_body(body, reading.drafts.front(), reading);
    add_document_key(reading.drafts.front(), reading.application);
    return finish(reading, document.name());
}

}  // namespace templates

TemplateResult read_template(const source::Document& document, const TemplateInputs& inputs) {
    if (const auto problem = templates::find_openapi(document.root())) return source::Problems{*problem};
    if (const auto problem = templates::find_serverless_framework(document.root())) return source::Problems{*problem};
    templates::Findings findings;
    TemplateApplication result = templates::read_template_into(document, inputs, findings);
    if (findings.failed()) return findings.sorted_problems(document.name());
    templates::mark(result, Described::in_template);
    return result;
}

TemplateResult read_openapi(const source::Document& document, std::optional<ApiKind> kind,
                            const TemplateInputs& inputs) {
    templates::Findings findings;
    TemplateApplication result = templates::read_openapi_into(document, kind, inputs, findings);
    if (findings.failed()) return findings.sorted_problems(document.name());
    templates::mark(result, Described::in_openapi);
    return result;
}

}  // namespace understudy::app
