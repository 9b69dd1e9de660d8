#include "emulator/gateway/access/identity_source.hpp"

#include "emulator/event/event_fields.hpp"
#include "emulator/event/query.hpp"
#include "emulator/event/time_text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace understudy::access {
namespace {

/// What follows `prefix`; nullopt where the text does not begin so.
std::optional<std::string_view> behind(std::string_view text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return std::nullopt;
    return text.substr(prefix.size());
}

std::string find_query(std::string_view name, std::string_view query) {
    for (const event::Parameter& parameter : event::parse_query(query, "&")) {
        if (parameter.name == name) return parameter.values.back();
    }
    return {};
}

std::string find_variable(std::string_view name, const event::Place& place) {
    const auto found = std::ranges::find(place.stage_variables, name, [](const auto& entry) { return entry.first; });
    return found == place.stage_variables.end() ? std::string() : found->second;
}

/// The context variables that say something about a request before it is authorized [API Gateway developer guide,
/// api-gateway-mapping-template-reference; http-api-logging-variables].
std::string find_context(std::string_view name, const Caller& caller) {
    const event::Place& place = caller.place;
    const std::string_view domain = event::domain_name(caller.request.headers, place);
    const std::array<std::pair<std::string_view, std::string_view>, 13> variables{{
        {"accountId", place.account},
        {"apiId", place.api_id},
        {"deploymentId", place.deployment_id},
        {"domainName", domain},
        {"domainPrefix", event::domain_prefix(place, domain)},
        {"httpMethod", place.method},
        {"identity.sourceIp", caller.facts.source_ip},
        {"identity.userAgent", caller.request.headers.last("User-Agent").value_or("")},
        {"path", place.stage_path},
        {"protocol", caller.request.minor_version == 0 ? "HTTP/1.0" : "HTTP/1.1"},
        {"resourcePath", place.route},
        {"routeKey", place.route},
        {"stage", place.stage},
    }};
    const auto found = std::ranges::find(variables, name, [](const auto& entry) { return entry.first; });
    return found == variables.end() ? std::string() : std::string(found->second);
}

std::string look_up(std::string_view source, const Caller& caller) {
    if (!source.empty() && source.front() == '$') source.remove_prefix(1);
    for (const std::string_view prefix : {"method.", "route."}) {
        if (const auto request = behind(source, prefix)) source = *request;
    }
    if (const auto name = behind(source, "request.header.")) {
        return std::string(caller.request.headers.last(*name).value_or(""));
    }
    if (const auto name = behind(source, "request.querystring.")) return find_query(*name, caller.place.query);
    if (const auto name = behind(source, "stageVariables.")) return find_variable(*name, caller.place);
    if (const auto name = behind(source, "context.")) return find_context(*name, caller);
    return {};
}

}  // namespace

std::optional<std::string> find_identity(std::string_view source, const Caller& caller) {
    std::string value = look_up(source, caller);
    if (value.empty()) return std::nullopt;
    return value;
}

std::optional<std::vector<std::string>> find_identities(const std::vector<std::string>& sources, const Caller& caller) {
    std::vector<std::string> values;
    for (const std::string& source : sources) {
        auto value = find_identity(source, caller);
        if (!value) return std::nullopt;
        values.push_back(std::move(*value));
    }
    return values;
}

}  // namespace understudy::access
