#include "emulator/gateway/access/policy.hpp"

#include "emulator/event/text.hpp"
#include "emulator/event/wildcard.hpp"

#include <algorithm>
#include <utility>

namespace understudy::access {
namespace {

constexpr std::size_t kMaxResource = 512;

/// `"x"` or `["x", "y"]`. Errors: nullopt.
std::optional<std::vector<std::string>> to_texts(const Json& value) {
    if (value.is(Json::Kind::string)) return std::vector{value.text};
    if (!value.is(Json::Kind::array)) return std::nullopt;
    std::vector<std::string> texts;
    for (const Json& item : value.items) {
        if (!item.is(Json::Kind::string)) return std::nullopt;
        texts.push_back(item.text);
    }
    return texts;
}

/// The member of a pair such as Action and NotAction that is there.
struct Choice {
    const Json* value = nullptr;
    bool inverted = false;
};
Choice choose(const Json& statement, std::string_view name, std::string_view inverse) {
    if (const Json* value = statement.find(name)) return {value, false};
    return {statement.find(inverse), true};
}

bool is_known_version(const Json* version) {
    return version == nullptr ||
           (version->is(Json::Kind::string) && (version->text == "2012-10-17" || version->text == "2008-10-17"));
}

}  // namespace

bool covers(std::string_view pattern, std::string_view text) {
    return event::matches_wildcards(pattern, text, event::Wildcards::plain);
}

bool Policy::Statement::applies(std::string_view action, std::string_view resource) const {
    // Actions are compared without case, resources with it (IAM user guide, reference_policies_elements_action).
    const std::string lower = event::to_lower(action);
    const bool names_action = std::ranges::any_of(
        actions, [&lower](const std::string& pattern) { return covers(event::to_lower(pattern), lower); });
    const bool names_resource =
        std::ranges::any_of(resources, [resource](const std::string& pattern) { return covers(pattern, resource); });
    return names_action != inverts_actions && names_resource != inverts_resources;
}

/// One condition that fails decides, whatever the others are.
Condition::Verdict Policy::Statement::judge(const ConditionKeys& keys) const {
    Condition::Verdict all = Condition::Verdict::holds;
    for (const Condition& condition : conditions) {
        const Condition::Verdict verdict = condition.judge(keys);
        if (verdict == Condition::Verdict::fails) return verdict;
        if (verdict == Condition::Verdict::not_understood) all = verdict;
    }
    return all;
}

void Policy::Statement::add_oddities(std::vector<Oddity>& oddities, Condition::Verdict verdict) const {
    for (const Condition& condition : conditions) {
        auto oddity = condition.oddity();
        const bool decides =
            oddity && (oddity->kind == Oddity::Kind::unknown_key || verdict == Condition::Verdict::not_understood);
        if (decides) oddities.push_back(*std::move(oddity));
    }
}

Evaluation Policy::evaluate(std::string_view action, std::string_view resource, const ConditionKeys& keys) const {
    Evaluation evaluation;
    for (const Statement& statement : statements_) {
        if (!statement.applies(action, resource)) continue;
        const Condition::Verdict verdict = statement.judge(keys);
        statement.add_oddities(evaluation.oddities, verdict);
        if (verdict == Condition::Verdict::fails || evaluation.effect == Effect::explicit_deny) continue;
        if (!statement.allows) evaluation.effect = Effect::explicit_deny;
        if (statement.allows && verdict == Condition::Verdict::holds) evaluation.effect = Effect::allow;
    }
    return evaluation;
}

bool Policy::names(std::string_view action, std::string_view resource) const {
    return std::ranges::any_of(statements_,
                               [&](const Statement& statement) { return statement.applies(action, resource); });
}

std::variant<Policy::Statement, std::string> Policy::to_statement(const Json& value) {
    using namespace std::string_literals;
    if (!value.is(Json::Kind::object)) return "a statement is no object"s;
    const Json* effect = value.find("Effect");
    if (effect == nullptr || (effect->text != "Allow" && effect->text != "Deny")) {
        return "a statement's Effect is neither Allow nor Deny"s;
    }
    const Choice action = choose(value, "Action", "NotAction");
    const Choice resource = choose(value, "Resource", "NotResource");
    if (action.value == nullptr || resource.value == nullptr) return "a statement lacks its Action or Resource"s;
    auto actions = to_texts(*action.value);
    auto resources = to_texts(*resource.value);
    if (!actions || !resources) return "an Action or Resource is neither text nor a list of texts"s;
    for (const std::string& entry : *resources) {
        if (entry.size() > kMaxResource) return "a Resource is longer than 512 characters"s;
    }
    std::vector<Condition> conditions;
    if (const Json* condition = value.find("Condition")) {
        auto read = to_conditions(*condition);
        if (auto* problem = std::get_if<std::string>(&read)) return std::move(*problem);
        conditions = std::get<std::vector<Condition>>(std::move(read));
    }
    return Statement{effect->text == "Allow", action.inverted,       resource.inverted,
                     std::move(*actions),     std::move(*resources), std::move(conditions)};
}

std::variant<Policy, std::string> to_policy(const Json& document) {
    using namespace std::string_literals;
    if (!document.is(Json::Kind::object)) return "policyDocument is no object"s;
    if (!is_known_version(document.find("Version"))) return "policyDocument's Version is not 2012-10-17"s;
    const Json* statements = document.find("Statement");
    if (statements == nullptr) return "policyDocument has no Statement"s;
    const bool is_list = statements->is(Json::Kind::array);
    const std::size_t count = is_list ? statements->items.size() : 1;
    Policy policy;
    for (std::size_t i = 0; i < count; ++i) {
        auto statement = Policy::to_statement(is_list ? statements->items[i] : *statements);
        if (auto* problem = std::get_if<std::string>(&statement)) return std::move(*problem);
        policy.statements_.push_back(std::get<Policy::Statement>(std::move(statement)));
    }
    return policy;
}

}  // namespace understudy::access
