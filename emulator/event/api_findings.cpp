#include "emulator/event/api_findings.hpp"

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

Finding mock_with_binary(const app::Route& route) {
    return {kMockWithBinary, route.method + ' ' + route.path,
            "binaryMediaTypes holds */*, and " + route.method + ' ' + route.path +
                " is answered by the gateway itself (MOCK): on AWS that preflight fails with 500. Set contentHandling: "
                "CONVERT_TO_TEXT on its integration, or list the binary types one by one."};
}

void find_in_mappings(std::vector<Finding>& findings, const app::Route& route,
                      const std::vector<app::ParameterMapping>& mappings) {
    for (const app::ParameterMapping& mapping : mappings) {
        const auto target = parse_mapping_target(mapping.target);
        if (target && !(target->part == MappingTarget::Part::header && is_reserved_header(target->name))) continue;
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

}  // namespace

std::string binary_setting(const app::Api& api) {
    switch (api.described) {
        case app::Described::in_template:
            if (api.name == "ServerlessRestApi") return "BinaryMediaTypes of Api under Globals";
            return "BinaryMediaTypes of " + api.name;
        case app::Described::in_openapi:
            return "x-amazon-apigateway-binary-media-types";
        case app::Described::by_command:
            break;
    }
    return "--binary-media-type";
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
        if (mock && !mock->converts_to_text) findings.push_back(mock_with_binary(route));
    }
    return findings;
}

}  // namespace understudy::event
