#include "emulator/event/api_findings.hpp"

#include "emulator/app/reserved_header.hpp"
#include "emulator/app/route_key.hpp"
#include "emulator/event/mapping_target.hpp"
#include "emulator/event/media_type.hpp"

#include <algorithm>
#include <string>
#include <variant>

namespace understudy::event {
namespace {

/// Whether no media type can ever match an entry of `binaryMediaTypes`.
bool never_matches(std::string_view entry) {
    return entry.find(';') != std::string_view::npos || (entry.starts_with("*/") && entry != "*/*") ||
           entry.find_first_of("/~") == std::string_view::npos;
}

void find_in_mappings(std::vector<Finding>& findings, const app::Route& route,
                      const std::vector<app::ParameterMapping>& mappings) {
    for (const app::ParameterMapping& mapping : mappings) {
        const auto target = parse_mapping_target(mapping.target);
        if (target && !(target->part == MappingTarget::Part::header && app::is_reserved_header(target->name))) continue;
        findings.push_back({kMappingRefused, mapping.target,
                            "The parameter mapping " + mapping.target + " of " + app::route_key(route) +
                                (target ? " names a reserved header" : " is none that API Gateway knows") +
                                ": AWS refuses the deployment, here it does nothing."});
    }
}

void find_in_http_api(std::vector<Finding>& findings, const app::Api& api) {
    for (const app::Route& route : api.routes) {
        const auto* lambda = std::get_if<app::LambdaIntegration>(&route.integration);
        if (lambda == nullptr) continue;
        find_in_mappings(findings, route, lambda->request_parameters);
        for (const app::ResponseMapping& mapping : lambda->response_parameters) {
            find_in_mappings(findings, route, mapping.parameters);
        }
    }
}

/// The first `${stageVariables.x}` of a text: `x`; empty where there is none.
std::string_view first_stage_variable(std::string_view text) {
    constexpr std::string_view kBegin = "${stageVariables.";
    const auto begin = text.find(kBegin);
    const auto end = begin == std::string_view::npos ? begin : text.find('}', begin);
    return end == std::string_view::npos ? std::string_view()
                                         : text.substr(begin + kBegin.size(), end - begin - kBegin.size());
}

bool has_variable(const app::Stage& stage, std::string_view name) {
    return std::ranges::any_of(stage.variables, [&](const auto& variable) { return variable.first == name; });
}

Finding unset_variable(const app::Api& api, const app::Route& route, const app::Stage& stage,
                       const std::string& function, std::string_view variable) {
    std::string cure = "set it among the stage's variables";
    if (api.described == app::Described::in_openapi)
        cure = "serve a template that sets it, since an OpenAPI document alone has no stage variables";
    return {kStageVariableUnset, stage.name + ' ' + std::string(variable),
            app::route_key(route) + " of " + api.name + " is for the function " + function + ", and the stage " +
                stage.name + " has no variable " + std::string(variable) +
                ": its calls are answered 500. Cure: " + cure + '.'};
}

/// Functions that a stage chooses, and of which it says nothing.
void find_in_stage_variables(std::vector<Finding>& findings, const app::Api& api) {
    for (const app::Route& route : api.routes) {
        const auto* lambda = std::get_if<app::LambdaIntegration>(&route.integration);
        if (lambda == nullptr) continue;
        for (const std::string& text : {lambda->function, lambda->qualifier}) {
            const std::string_view variable = first_stage_variable(text);
            if (variable.empty()) continue;
            for (const app::Stage& stage : api.stages) {
                if (!has_variable(stage, variable))
                    findings.push_back(unset_variable(api, route, stage, text, variable));
            }
        }
    }
}

/// The entries of the first that the second has not, separated by commas.
std::string list_missing(const std::vector<std::string>& entries, const std::vector<std::string>& others) {
    std::string missing;
    for (const std::string& entry : entries) {
        if (std::ranges::find(others, entry) != others.end()) continue;
        missing.append(missing.empty() ? "" : ", ").append(entry);
    }
    return missing;
}

}  // namespace

std::optional<Finding> find_changed_binary_types(const app::Api& before, const app::Api& after) {
    if (after.kind != app::ApiKind::rest) return std::nullopt;
    const std::string added = list_missing(after.binary_media_types, before.binary_media_types);
    const std::string removed = list_missing(before.binary_media_types, after.binary_media_types);
    if (added.empty() && removed.empty()) return std::nullopt;
    std::string text = binary_setting(after) + " changed with this reload";
    if (!added.empty()) text.append(", which adds ").append(added);
    if (!removed.empty()) text.append(added.empty() ? ", which takes out " : " and takes out ").append(removed);
    text +=
        ". Here that holds at once; on AWS a REST API heeds it only after a new deployment to its stage, which is "
        "made by sam deploy, not by a change in the console or of the API alone.";
    return Finding{kBinaryTypesChanged, added + '|' + removed, std::move(text)};
}

std::string binary_setting(const app::Api& api) {
    switch (api.described) {
        case app::Described::in_template:
            if (api.name == "ServerlessRestApi") return "BinaryMediaTypes of Api under Globals";
            return "BinaryMediaTypes of " + api.name;
        case app::Described::in_openapi:
            return "x-amazon-apigateway-binary-media-types";
        case app::Described::in_scenario:
            return "the scenario's binary_media_types";
        case app::Described::by_command:
            break;
    }
    return "--binary-media-type";
}

std::string_view streaming_setting(const app::Api& api) {
    switch (api.described) {
        case app::Described::in_template:
            return "ResponseTransferMode: STREAM at the route's event or integration";
        case app::Described::in_openapi:
            return "responseTransferMode: STREAM in x-amazon-apigateway-integration";
        case app::Described::in_scenario:
            return "the front rest-stream";
        case app::Described::by_command:
            break;
    }
    return "--streaming";
}

Finding mock_with_binary(const app::Api& api, const app::Route& route) {
    const std::string key = app::route_key(route);
    return {
        kMockWithBinary, key,
        "binaryMediaTypes holds */*, and " + key +
            " is answered by the gateway itself (MOCK): on AWS it answers 500. Cure: list the binary types one by "
            "one " +
            render_where(binary_setting(api)) +
            ", or set contentHandling: CONVERT_TO_TEXT on its integration. SAM's Cors has no place for that: such a "
            "method is written out in DefinitionBody."};
}

Finding closed_stage(const app::Api& api, const std::string& stage) {
    const auto asks = [](const app::Route& route) { return route.access.api_key_required; };
    const auto first = std::ranges::find_if(api.routes, asks);
    const auto count = std::ranges::count_if(api.routes, asks);
    std::string routes = first == api.routes.end() ? "A route" : app::route_key(*first);
    if (count > 1) routes += " and " + std::to_string(count - 1) + " more";
    return {kNoKeyOpens, stage,
            routes + " of " + api.name + (count > 1 ? " ask" : " asks") +
                " for an API key, and no key opens the stage " + stage +
                ": everybody is answered 403, as on AWS. Cure: a usage plan that has the stage and a key, which SAM "
                "makes of Auth: UsagePlan: CreateUsagePlan: PER_API."};
}

std::vector<Finding> find_in_api(const app::Api& api) {
    std::vector<Finding> findings;
    find_in_stage_variables(findings, api);
    if (api.kind == app::ApiKind::http) find_in_http_api(findings, api);
    if (api.kind != app::ApiKind::rest) return findings;
    for (const std::string& entry : api.binary_media_types) {
        if (!never_matches(entry)) continue;
        findings.push_back({kBinaryTypeNeverMatches, entry,
                            "The entry " + entry +
                                " of binaryMediaTypes matches nothing: types are compared without parameters, and only "
                                "type/subtype, type/* and */* are understood."});
    }
    if (!BinaryMediaTypes(api.binary_media_types).everything()) return findings;
    for (const app::Route& route : api.routes) {
        const auto* mock = std::get_if<app::MockIntegration>(&route.integration);
        if (mock && !mock->converts_to_text) findings.push_back(mock_with_binary(api, route));
    }
    return findings;
}

}  // namespace understudy::event
