#include "emulator/app/template/listener_rules.hpp"

#include <algorithm>
#include <map>

namespace understudy::app::templates {
namespace {

/// Of a rule's conditions together.
constexpr std::size_t kMostValues = 5;
/// Older accounts have 6, newer ones 5, and AWS's pages say the one or the other.
constexpr std::size_t kMostWildcards = 6;
constexpr std::size_t kWildcardsOfAllAccounts = 5;

bool has_wildcards(AlbCondition::Field field) {
    using Field = AlbCondition::Field;
    return field == Field::path || field == Field::host || field == Field::header || field == Field::query;
}

/// Without those behind a backslash, which stand for themselves.
std::size_t count_wildcards(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\') {
            ++i;
        } else if (text[i] == '*' || text[i] == '?') {
            ++count;
        }
    }
    return count;
}

std::string at_most(std::size_t most, std::string_view what, std::size_t count) {
    return "the conditions of a rule have at most " + std::to_string(most) + ' ' + std::string(what) +
           " together, and these have " + std::to_string(count);
}

}  // namespace

void check_rule(const Resource& rule, const std::vector<AlbCondition>& conditions, Findings& findings) {
    const Value& written = rule.properties.get("Conditions");
    if (conditions.empty() && !written.made_up) {
        findings.fail_required(rule.properties, "Conditions", "a rule has at least one condition", rule.key);
    }
    std::size_t values = 0;
    std::size_t wildcards = 0;
    for (const AlbCondition& condition : conditions) {
        values += condition.values.size();
        if (!has_wildcards(condition.field)) continue;
        for (const std::string& value : condition.values) wildcards += count_wildcards(value);
    }
    if (values > kMostValues) findings.fail(written, at_most(kMostValues, "values", values), rule.key);
    if (wildcards > kMostWildcards) {
        findings.fail(written, at_most(kMostWildcards, "wildcards", wildcards), rule.key);
    } else if (wildcards > kWildcardsOfAllAccounts) {
        findings.note(written.node.value_or(rule.key),
                      "many AWS accounts take at most " + std::to_string(kWildcardsOfAllAccounts) +
                          " wildcards in the conditions of a rule: these have " + std::to_string(wildcards));
    }
}

void check_priorities(const std::vector<const Resource*>& rules, Findings& findings) {
    std::map<std::int64_t, const Resource*> known;
    for (const Resource* rule : rules) {
        const Value& written = rule->properties.get("Priority");
        const auto priority = read_integer(written, findings);
        if (!priority) continue;
        const auto [other, is_new] = known.emplace(*priority, rule);
        if (is_new) continue;
        findings.fail(written,
                      "the priority " + std::to_string(*priority) + " is that of " + describe(*other->second) +
                          ", and a listener has one rule of each",
                      rule->key);
    }
}

void check_targets(const Resource& group, Findings& findings) {
    if (group.properties.get("TargetType").text != "lambda") return;
    const Value* first = nullptr;
    for (const Value& target : group.properties.get("Targets").items) {
        const Value& id = target.get("Id");
        if (!id.is_text()) continue;
        if (first == nullptr) first = &id;
        if (id.text == first->text) continue;
        return findings.fail(id, "a target group of type lambda has one function", group.key);
    }
}

}  // namespace understudy::app::templates
