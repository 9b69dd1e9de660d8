#include "emulator/event/api_findings.hpp"

#include "emulator/app/reserved_header.hpp"
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
                            "The parameter mapping " + mapping.target + " of " + route.method + ' ' + route.path +
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
    const std::string key = route.method + ' ' + route.path;
    return {
        kMockWithBinary, key,
        "binaryMediaTypes holds */*, and " + key +
            " is answered by the gateway itself (MOCK): on AWS it answers 500. Cure: list the binary types one by "
            "one " +
            render_where(binary_setting(api)) +
            ", or set contentHandling: CONVERT_TO_TEXT on its integration. SAM's Cors has no place for that: such a "
            "method is written out in DefinitionBody."};
}

std::vector<Finding> find_in_api(const app::Api& api) {
    std::vector<Finding> findings;
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
