#include "emulator/app/template/integrations.hpp"

#include "emulator/app/template/names.hpp"
#include "emulator/app/template/preflight_template.hpp"

#include <algorithm>
#include <charconv>
#include <regex>

namespace understudy::app::templates {
namespace {

int to_status(std::string_view text, int fallback) {
    int status = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), status);
    return error == std::errc() && end == text.data() + text.size() ? status : fallback;
}

/// The status that a MOCK's request template asks for: `{"statusCode": 200}`. Empty: none in plain sight.
std::string requested_status(const Value& templates) {
    for (const Entry& entry : templates.members) {
        const std::string& text = entry.value.text;
        std::size_t at = text.find("statusCode");
        if (at == std::string::npos) continue;
        at = text.find_first_of("0123456789", at);
        if (at == std::string::npos) continue;
        return text.substr(at, text.find_first_not_of("0123456789", at) - at);
    }
    return {};
}

/// A template that says the same whatever is asked.
bool is_constant(std::string_view text) {
    return text.find('$') == std::string_view::npos && text.find('#') == std::string_view::npos;
}

bool is_mapping(std::string_view value) {
    return value.starts_with("integration.") || value.starts_with("context.") || value.starts_with("stageVariables.");
}

UnsupportedIntegration unsupported(const IntegrationParts& parts, std::string type, Reading& reading) {
    const Value& place = parts.type.node ? parts.type : parts.origin;
    if (parts.subtype.is_text()) type += " with the subtype " + parts.subtype.text;
    if (place.node) {
        reading.findings.note(*place.node, "the integration type " + type + " is not emulated: its route says so");
    }
    return {.type = std::move(type)};
}

/// An answer that is made of the request.
UnsupportedIntegration computed(const Value& value, std::string type, Reading& reading) {
    if (value.node) {
        reading.findings.note(*value.node,
                              "mapping templates (VTL) and mapped headers of a MOCK integration are not "
                              "evaluated: its route says so");
    }
    return {.type = std::move(type)};
}

/// Whether the whole of a status is meant; an expression that cannot be read means none.
bool selects(const std::string& expression, const std::string& status) {
    try {
        return std::regex_match(status, std::regex(expression));
    } catch (const std::regex_error&) {
        return false;
    }
}

/// The response for a status: the one that is spelled so, else the first whose expression matches, else the default;
/// null where there is none. Tested by: OpenApi.ResponsesOfMocksAreSelectedByExpressions
const MockResponse* choose_response(const std::vector<MockResponse>& responses, const std::string& status) {
    const auto none = responses.end();
    auto chosen = std::ranges::find(responses, status, &MockResponse::selection);
    if (chosen == none) {
        chosen = std::ranges::find_if(responses, [&](const MockResponse& response) {
            return !response.selection.empty() && selects(response.selection, status);
        });
    }
    if (chosen == none) chosen = std::ranges::find(responses, "", &MockResponse::selection);
    return chosen == none ? nullptr : &*chosen;
}

/// The media types with a request template, where others are refused.
std::vector<std::string> read_request_types(const IntegrationParts& parts) {
    std::vector<std::string> types;
    if (parts.passthrough.text.empty() || to_upper(parts.passthrough.text) == "WHEN_NO_MATCH") return types;
    for (const Entry& entry : parts.request_templates.members) types.push_back(entry.key);
    return types;
}

/// Whether its expressions can be used shows when they are compiled.
RepeatedOrigins take_origins(RepeatedOrigins origins, const Value& written, Findings& findings) {
    for (const std::string& pattern : origins.expressions) {
        if (written.node) findings.compile_later(*written.node, {.of = Expression::Of::origin, .pattern = pattern});
    }
    return origins;
}

Integration read_mock(const IntegrationParts& parts, Reading& reading) {
    MockIntegration mock{.converts_to_text = parts.content_handling.text == "CONVERT_TO_TEXT",
                         .request_types = read_request_types(parts)};
    const std::string status = requested_status(parts.request_templates);
    if (status.empty()) return unsupported(parts, "MOCK", reading);
    const MockResponse* response = choose_response(parts.responses, status);
    if (response == nullptr) return unsupported(parts, "MOCK", reading);
    mock.status = to_status(response->status.text, to_status(status, 200));
    constexpr std::string_view kHeader = "method.response.header.";
    for (const Entry& entry : response->parameters.members) {
        if (!entry.key.starts_with(kHeader)) continue;
        if (is_mapping(entry.value.text)) return computed(entry.value, "MOCK", reading);
        mock.headers.emplace_back(entry.key.substr(kHeader.size()), unquote(entry.value.text));
    }
    for (const Entry& entry : response->templates.members) {
        auto origins = parse_preflight_template(entry.value.text);
        const bool computes = !is_constant(entry.value.text) && (!origins || response->templates.members.size() > 1);
        if (computes) return computed(entry.value, "MOCK", reading);
        if (origins) mock.origins = take_origins(std::move(*origins), entry.value, reading.findings);
        mock.templates.emplace_back(entry.key, origins ? "" : entry.value.text);
    }
    return mock;
}

std::vector<ParameterMapping> read_mappings(const Value& value, Findings& findings) {
    std::vector<ParameterMapping> mappings;
    for (auto& [target, text] : read_pairs(value, findings)) mappings.push_back({std::move(target), std::move(text)});
    return mappings;
}

/// By status: `{"200": {"overwrite:header.x": "1"}}`, or CloudFormation's list of Destination and Source.
std::vector<ResponseMapping> read_response_mappings(const Value& value, Findings& findings) {
    std::vector<ResponseMapping> mappings;
    for (const Entry& entry : value.members) {
        ResponseMapping mapping{.status = to_status(entry.key, 0)};
        const Value& listed = entry.value.get("ResponseParameters");
        for (const Value& item : listed.items) {
            mapping.parameters.push_back({.target = read_text(item.get("Destination"), findings),
                                          .value = read_text(item.get("Source"), findings)});
        }
        if (!listed.present()) mapping.parameters = read_mappings(entry.value, findings);
        mappings.push_back(std::move(mapping));
    }
    return mappings;
}

/// What a REST API calls Lambda with: anything but POST fails on every call.
std::string read_invoke_method(const IntegrationParts& parts, Findings& findings) {
    const std::string method = parts.method.present() ? to_upper(parts.method.text) : "POST";
    if (method != "POST" && parts.method.node) {
        findings.note(*parts.method.node,
                      "API Gateway invokes Lambda by POST only: on AWS, and so here, a route with " + method +
                          " answers 500; write POST, whatever the route's own method");
    }
    return method;
}

Integration read_lambda(const IntegrationParts& parts, ApiKind kind, Reading& reading) {
    LambdaTarget target = read_target(parts.uri, reading);
    LambdaIntegration lambda{.function = std::move(target.function),
                             .qualifier = std::move(target.qualifier),
                             .timeout = read_milliseconds(parts.timeout, reading.findings),
                             .transfer = target.transfer};
    if (parts.transfer.text == "STREAM") lambda.transfer = TransferMode::stream;
    if (parts.credentials.present()) reading.called_by_roles.insert(lambda.function);
    if (kind == ApiKind::rest) lambda.invoke_method = read_invoke_method(parts, reading.findings);
    if (kind != ApiKind::http) return lambda;
    lambda.payload = read_payload_format(parts.payload);
    lambda.request_parameters = read_mappings(parts.request_parameters, reading.findings);
    lambda.response_parameters = read_response_mappings(parts.response_parameters, reading.findings);
    return lambda;
}

/// What API Gateway refuses of a URI, whatever it leads to; empty where it takes it. What only AWS knows may be right.
///
/// Rule: an AWS integration's URI is an ARN, and a REST API's one of API Gateway's own, with a path or an action
/// [localstack/localstack pull request 12324; getmoto/moto tests/test_apigateway/test_apigateway.py]. Tested by:
/// LambdaUri.WhatApiGatewayRefusesIsAProblem
std::string find_uri_fault(const Value& uri, ApiKind kind) {
    const std::string& text = uri.text;
    if (!uri.is_text() || uri.made_up || text.find("${") != std::string::npos) return {};
    if (!text.starts_with("arn:")) return "'" + text + "' is no ARN, by which an integration names its function";
    const bool of_gateway = text.find(":path/") != std::string::npos || text.find(":action/") != std::string::npos;
    if (kind != ApiKind::rest || of_gateway) return {};
    return "an integration of a REST API names its function by an ARN of API Gateway, with a path or an action: "
           "arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/" +
           text + "/invocations";
}

Integration read_proxy(const IntegrationParts& parts, ApiKind kind, Reading& reading) {
    const std::string type = "AWS_PROXY";
    if (!parts.uri.present()) {
        if (parts.origin.node) reading.findings.fail(*parts.origin.node, "the integration names no function");
        return UnsupportedIntegration{.type = type};
    }
    if (const std::string fault = find_uri_fault(parts.uri, kind); !fault.empty()) {
        reading.findings.fail(parts.uri, fault, parts.origin.node);
        return UnsupportedIntegration{.type = type};
    }
    const bool lambda = parts.uri.text.find(":lambda:") != std::string::npos || parts.uri.text.empty() ||
                        parts.uri.text.find("function:") != std::string::npos;
    if (!lambda) return unsupported(parts, type, reading);
    return read_lambda(parts, kind, reading);
}

}  // namespace

Integration read_integration(const IntegrationParts& parts, ApiKind kind, Reading& reading) {
    const std::string type = to_upper(parts.type.text);
    if (type == "MOCK" && kind == ApiKind::rest) return read_mock(parts, reading);
    if (type == "AWS_PROXY" && !parts.subtype.present()) return read_proxy(parts, kind, reading);
    return unsupported(parts, type, reading);
}

PayloadFormat read_payload_format(const Value& value) {
    return value.text == "2.0" || value.text == "2" ? PayloadFormat::v2 : PayloadFormat::v1;
}

GatewayResponse read_gateway_response(std::string type, const Value& status, const Value& parameters,
                                      const Value& templates, Findings& findings) {
    GatewayResponse response{.type = std::move(type), .status = read_int(status, findings)};
    constexpr std::string_view kHeader = "gatewayresponse.header.";
    for (const auto& [name, value] : read_pairs(parameters, findings)) {
        if (name.starts_with(kHeader)) response.headers.emplace_back(name.substr(kHeader.size()), unquote(value));
    }
    response.templates = read_pairs(templates, findings);
    return response;
}

}  // namespace understudy::app::templates
