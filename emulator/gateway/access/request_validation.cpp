#include "emulator/gateway/access/request_validation.hpp"

#include "emulator/event/media_type.hpp"
#include "emulator/event/query.hpp"
#include "emulator/event/text.hpp"

#include <algorithm>

namespace understudy::access {
namespace {

constexpr std::string_view kHeader = "method.request.header.";
constexpr std::string_view kPath = "method.request.path.";
constexpr std::string_view kQuery = "method.request.querystring.";

bool is_blank(std::string_view text) {
    return event::trim(text).empty();
}

bool has_path_parameter(std::string_view name, const event::Place& place) {
    const auto is_filled = [name](const event::PathParameter& parameter) {
        return parameter.name == name && !is_blank(parameter.value);
    };
    return std::ranges::any_of(place.path_parameters, is_filled);
}

bool has_query_parameter(std::string_view name, const std::vector<event::Parameter>& query) {
    const auto is_filled = [name](const event::Parameter& parameter) {
        return parameter.name == name && !is_blank(parameter.values.back());
    };
    return std::ranges::any_of(query, is_filled);
}

}  // namespace

std::vector<std::string> missing_parameters(const app::RequestValidation& validation, const http::Request& request,
                                            const event::Place& place) {
    std::vector<std::string> missing;
    if (!validation.parameters) return missing;
    const auto query = event::parse_query(place.query, "&;");
    std::vector<std::string> required = validation.required;
    std::ranges::sort(required);
    for (const std::string_view full : required) {
        if (full.starts_with(kHeader)) {
            const std::string_view name = full.substr(kHeader.size());
            if (is_blank(request.headers.last(name).value_or(""))) missing.emplace_back(name);
        } else if (full.starts_with(kPath)) {
            const std::string_view name = full.substr(kPath.size());
            if (!has_path_parameter(name, place)) missing.emplace_back(name);
        } else if (full.starts_with(kQuery)) {
            const std::string_view name = full.substr(kQuery.size());
            if (!has_query_parameter(name, query)) missing.emplace_back(name);
        }
    }
    return missing;
}

std::string render_missing(const std::vector<std::string>& names) {
    std::string text = "Missing required request parameters: [";
    for (const std::string& name : names) text.append(&name == &names.front() ? "" : ", ").append(name);
    return text + "]";
}

std::optional<std::string> choose_model(const app::RequestValidation& validation, const http::Headers& headers) {
    const std::string type = event::media_type(headers.last("Content-Type").value_or("application/json"));
    for (const auto& [content_type, model] : validation.models) {
        if (event::media_type(content_type) == type) return model;
    }
    return std::nullopt;
}

std::optional<BodyFault> find_body_fault(const app::RequestValidation& validation, const Models& models,
                                         const http::Request& request) {
    if (!validation.body) return std::nullopt;
    const auto model = choose_model(validation, request.headers);
    if (!model) return std::nullopt;
    return models.find_fault(*model, request.body);
}

}  // namespace understudy::access
