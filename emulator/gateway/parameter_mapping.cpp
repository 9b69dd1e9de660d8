#include "emulator/gateway/parameter_mapping.hpp"

#include "emulator/app/reserved_header.hpp"
#include "emulator/event/mapping_target.hpp"
#include "emulator/event/query.hpp"
#include "emulator/event/text.hpp"
#include "emulator/gateway/access/json.hpp"
#include "emulator/http/percent.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <optional>
#include <utility>

namespace understudy::gateway {
namespace {

using event::MappingTarget;
using Action = MappingTarget::Action;
using Part = MappingTarget::Part;

/// A selection's value: `request.header.x` without its `$`.
using Select = std::function<std::optional<std::string>(std::string_view selection)>;

/// Bodies are cut there before a path is looked for, and are no JSON any more.
constexpr std::size_t kMostBody = 100 * 1024;

bool take_prefix(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

std::optional<std::string> join_values(const std::vector<std::string>& values) {
    if (values.empty()) return std::nullopt;
    std::string joined = values.front();
    for (std::size_t i = 1; i < values.size(); ++i) joined.append(",").append(values[i]);
    return joined;
}

std::optional<std::string> select_header(const http::Headers& headers, std::string_view name) {
    std::vector<std::string> values;
    for (const auto [other, value] : headers) {
        if (http::same_name(other, name)) values.emplace_back(value);
    }
    return join_values(values);
}

std::optional<std::string> select_query(std::string_view query, std::string_view name) {
    const auto parameters = event::parse_query(query, "&");
    const auto found = std::ranges::find(parameters, name, &event::Parameter::name);
    return found == parameters.end() ? std::nullopt : join_values(found->values);
}

/// `name.other[0]` in a JSON text.
std::optional<std::string> select_json(std::string_view json, std::string_view path) {
    if (json.size() > kMostBody) return std::nullopt;
    const auto document = access::parse_json(json);
    const access::Json* value = document ? &*document : nullptr;
    while (value != nullptr && !path.empty()) {
        const auto end = std::min(path.find_first_of(".[", 1), path.size());
        std::string_view step = path.substr(0, end);
        path.remove_prefix(end);
        if (take_prefix(step, "[")) {
            std::size_t index = 0;
            if (std::from_chars(step.data(), step.data() + step.size(), index).ec != std::errc()) return std::nullopt;
            value = index < value->items.size() ? &value->items[index] : nullptr;
        } else {
            take_prefix(step, ".");
            value = value->find(step);
        }
    }
    if (value == nullptr) return std::nullopt;
    return std::string(access::plain_text(*value));
}

/// What the authorizer said: `claims.sub` of a token, `key` of a Lambda authorizer's context.
std::optional<std::string> select_authorizer(std::string_view authorizer, std::string_view name) {
    if (auto value = select_json(authorizer, ".jwt." + std::string(name))) return value;
    return select_json(authorizer, ".lambda." + std::string(name));
}

std::optional<std::string> select_variable(const ResponseContext& context, std::string_view name) {
    const auto found = context.variables.find(name);
    return found == context.variables.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::string> select_parameter(const event::Place& place, std::string_view name) {
    const auto found = std::ranges::find(place.path_parameters, name, &event::PathParameter::name);
    if (found == place.path_parameters.end()) return std::nullopt;
    return http::decode_percent(found->value, http::Plus::literal);
}

constexpr std::string_view kOfSelections = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.[]";

/// How long the selection is that stands behind a `$` without braces in the midst of a text; 0 where none does.
std::size_t measure_selection(std::string_view text) {
    constexpr std::array<std::string_view, 4> kRoots{"request.", "response.", "context.", "stageVariables."};
    if (std::ranges::none_of(kRoots, [text](auto root) { return text.starts_with(root); })) return 0;
    return std::min(text.find_first_not_of(kOfSelections), text.size());
}

/// Takes what stands behind a `$`, with braces around it or without; empty where it selects nothing.
std::string_view take_selection(std::string_view& text) {
    const auto end = text.starts_with('{') ? text.find('}') : std::string_view::npos;
    const bool braced = end != std::string_view::npos;
    const std::string_view selection = braced ? text.substr(1, end - 1) : text.substr(0, measure_selection(text));
    text.remove_prefix(braced ? end + 1 : selection.size());
    return selection;
}

/// A mapping's value; nullopt where what it selects is not there.
std::optional<std::string> evaluate(std::string_view value, const Select& select) {
    const bool is_selection = value.starts_with('$') && value.find_first_not_of(kOfSelections, 1) == value.npos;
    if (is_selection) return select(value.substr(1));
    std::string text;
    for (auto begin = value.find('$'); begin != std::string_view::npos; begin = value.find('$')) {
        text.append(value.substr(0, begin));
        value.remove_prefix(begin + 1);
        const std::string_view selection = take_selection(value);
        auto selected = selection.empty() ? std::optional<std::string>("$") : select(selection);
        if (!selected) return std::nullopt;
        text.append(*selected);
    }
    return text.append(value);
}

http::Headers without(const http::Headers& headers, std::string_view name) {
    http::Headers kept;
    for (const auto [other, value] : headers) {
        if (!http::same_name(other, name)) kept.add(other, value);
    }
    return kept;
}

void change_header(http::Headers& headers, const MappingTarget& target, std::string_view name, std::string_view value) {
    if (app::is_reserved_header(target.name)) return;
    if (target.action != Action::append) headers = without(headers, target.name);
    if (target.action != Action::remove) headers.add(name, value);
}

void append_parameter(std::string& query, std::string_view parameter) {
    if (!query.empty()) query += '&';
    query += parameter;
}

std::string without_parameter(std::string_view query, std::string_view name) {
    std::string kept;
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        const std::string_view parameter = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (http::decode_percent(parameter.substr(0, parameter.find('=')), http::Plus::space) == name) continue;
        append_parameter(kept, parameter);
    }
    return kept;
}

void change_query(std::string& query, const MappingTarget& target, std::string_view value) {
    if (target.action != Action::append) query = without_parameter(query, target.name);
    if (target.action == Action::remove) return;
    append_parameter(query, http::encode_percent(target.name) + '=' + http::encode_percent(value));
}

void change_status(int& status, std::string_view value) {
    int number = 0;
    const auto parsed = std::from_chars(value.data(), value.data() + value.size(), number);
    if (parsed.ec == std::errc() && number >= 200 && number <= 599) status = number;
}

}  // namespace

MappedRequest map_request(const std::vector<app::ParameterMapping>& mappings, const http::Request& request,
                          const event::Place& place, const ResponseContext& context) {
    const Select select = [&](std::string_view selection) -> std::optional<std::string> {
        if (selection == "request.path") return place.path;
        if (selection == "request.body") return request.body;
        if (take_prefix(selection, "request.header.")) return select_header(request.headers, selection);
        if (take_prefix(selection, "request.querystring.")) return select_query(place.query, selection);
        if (take_prefix(selection, "request.path.")) return select_parameter(place, selection);
        if (take_prefix(selection, "request.body")) return select_json(request.body, selection);
        if (take_prefix(selection, "context.authorizer.")) return select_authorizer(place.authorizer, selection);
        return select_variable(context, selection);
    };
    MappedRequest mapped{.headers = request.headers, .query = std::string(place.query), .path = place.path};
    for (const app::ParameterMapping& mapping : mappings) {
        const auto target = event::parse_mapping_target(mapping.target);
        const auto value = evaluate(mapping.value, select);
        if (!target || (!value && target->action != Action::remove)) continue;
        if (target->part == Part::header) change_header(mapped.headers, *target, target->name, value.value_or(""));
        if (target->part == Part::querystring) change_query(mapped.query, *target, value.value_or(""));
        if (target->part == Part::path) mapped.path = value->starts_with('/') ? *value : '/' + *value;
    }
    return mapped;
}

void map_response(const std::vector<app::ResponseMapping>& mappings, http::Response& response,
                  const ResponseContext& context) {
    const auto found = std::ranges::find(mappings, response.status, &app::ResponseMapping::status);
    if (found == mappings.end()) return;
    const http::Headers headers = response.headers;
    const Select select = [&](std::string_view selection) -> std::optional<std::string> {
        if (selection == "response.body") return std::string(response.body.view());
        if (take_prefix(selection, "response.header.")) return select_header(headers, selection);
        if (take_prefix(selection, "response.body")) return select_json(response.body.view(), selection);
        return select_variable(context, selection);
    };
    for (const app::ParameterMapping& mapping : found->parameters) {
        const auto target = event::parse_mapping_target(mapping.target);
        const auto value = evaluate(mapping.value, select);
        if (!target || (!value && target->action != Action::remove)) continue;
        if (target->part == Part::header) {
            change_header(response.headers, *target, event::canonical_name(target->name), value.value_or(""));
        }
        if (target->part == Part::statuscode) change_status(response.status, *value);
    }
}

}  // namespace understudy::gateway
