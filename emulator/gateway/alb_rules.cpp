#include "emulator/gateway/alb_rules.hpp"

#include "emulator/event/wildcard.hpp"
#include "emulator/gateway/host_name.hpp"

#include <algorithm>

namespace understudy::gateway {
namespace {

using Field = app::AlbCondition::Field;

bool matches_any(const std::vector<std::string>& patterns, std::string_view text, event::Wildcards wildcards) {
    return std::ranges::any_of(
        patterns, [&](const std::string& pattern) { return event::matches_wildcards(pattern, text, wildcards); });
}

bool header_matches(const app::AlbCondition& condition, const http::Headers& headers) {
    return std::ranges::any_of(headers, [&](const http::HeaderLine& line) {
        return http::same_name(line.name, condition.header) &&
               matches_any(condition.values, line.value, event::Wildcards::escapable_any_case);
    });
}

/// `key=value`, or a value that any key may have.
bool parameter_matches(std::string_view pattern, std::string_view parameter) {
    if (pattern.find('=') != std::string_view::npos) {
        return event::matches_wildcards(pattern, parameter, event::Wildcards::escapable_any_case);
    }
    const auto sign = parameter.find('=');
    const std::string_view value = sign == std::string_view::npos ? std::string_view() : parameter.substr(sign + 1);
    return event::matches_wildcards(pattern, value, event::Wildcards::escapable_any_case);
}

bool query_matches(const std::vector<std::string>& patterns, std::string_view query) {
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        const std::string_view parameter = query.substr(0, end);
        if (std::ranges::any_of(patterns, [&](const auto& each) { return parameter_matches(each, parameter); })) {
            return true;
        }
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    return false;
}

bool source_matches(const std::vector<app::AddressBlock>& blocks, std::string_view source_ip) {
    const auto address = app::parse_address(source_ip);
    return address && std::ranges::any_of(blocks, [&](const auto& block) { return block.contains(*address); });
}

}  // namespace

AlbRules::AlbRules(const app::Api& api) {
    for (std::size_t i = 0; i < api.routes.size(); ++i) {
        Rule& rule = rules_.emplace_back(Rule{i, api.routes[i].priority, {}});
        for (const app::AlbCondition& declared : api.routes[i].conditions) {
            Condition& condition = rule.conditions.emplace_back(Condition{declared, {}});
            if (declared.field != Field::source_ip) continue;
            for (const std::string& value : declared.values) {
                if (const auto block = app::AddressBlock::parse(value)) condition.blocks.push_back(*block);
            }
        }
    }
    std::ranges::stable_sort(rules_, {}, &Rule::priority);
}

bool AlbRules::holds(const Condition& condition, const AlbRequest& request) {
    const std::vector<std::string>& values = condition.declared.values;
    switch (condition.declared.field) {
        case Field::path:
            return matches_any(values, request.target.path, event::Wildcards::escapable);
        case Field::host:
            return matches_any(values, host_of(request.request.headers), event::Wildcards::escapable_any_case);
        case Field::header:
            return header_matches(condition.declared, request.request.headers);
        case Field::method:
            return std::ranges::find(values, request.request.method) != values.end();
        case Field::query:
            return query_matches(values, request.target.query);
        case Field::source_ip:
            break;
    }
    return source_matches(condition.blocks, request.source_ip);
}

std::optional<std::size_t> AlbRules::find(const AlbRequest& request) const {
    const auto holds_here = [&](const Condition& condition) { return holds(condition, request); };
    const auto found = std::ranges::find_if(
        rules_, [&](const Rule& rule) { return std::ranges::all_of(rule.conditions, holds_here); });
    if (found == rules_.end()) return std::nullopt;
    return found->route;
}

std::vector<std::size_t> AlbRules::failed_conditions(std::size_t route, const AlbRequest& request) const {
    std::vector<std::size_t> failed;
    const auto rule = std::ranges::find(rules_, route, &Rule::route);
    if (rule == rules_.end()) return failed;
    for (std::size_t i = 0; i < rule->conditions.size(); ++i) {
        if (!holds(rule->conditions[i], request)) failed.push_back(i);
    }
    return failed;
}

}  // namespace understudy::gateway
