#include "emulator/app/template/evaluator.hpp"

#include <algorithm>

namespace understudy::app::templates {
namespace {

constexpr std::size_t kDeepestCondition = 300;

/// Everything is a text to CloudFormation: `true` and `'true'` are equal.
bool equals(const Value& a, const Value& b) {
    if (a.is_text() && b.is_text()) return a.text == b.text || (a.is_true() && b.is_true());
    return render_json(a) == render_json(b);
}

}  // namespace

std::optional<bool> Evaluator::holds(std::string_view condition, const source::Node& where) {
    if (const auto known = decided_.find(condition); known != decided_.end()) return known->second;
    const auto found = conditions_.find(condition);
    if (found == conditions_.end()) {
        std::vector<std::string_view> names;
        for (const auto& [name, node] : conditions_) names.push_back(name);
        findings_.fail_unknown(where, condition, "there is no condition '" + std::string(condition) + "'", names);
        return std::nullopt;
    }
    if (!deciding_.emplace(condition).second) {
        findings_.fail(where, "the condition '" + std::string(condition) + "' depends on itself");
        return std::nullopt;
    }
    const auto result = test_condition(found->second);
    deciding_.erase(deciding_.find(condition));
    decided_.emplace(condition, result);
    return result;
}

std::optional<bool> Evaluator::test_condition(const source::Node& node) {
    if (depth_ >= kDeepestCondition) {
        findings_.fail(node.problem(source::ProblemCode::too_large, "conditions are nested too deep here"));
        return std::nullopt;
    }
    ++depth_;
    const auto result = test_term(node);
    --depth_;
    return result;
}

std::optional<bool> Evaluator::test_term(const source::Node& node) {
    const auto members = node.members();
    if (node.tag() == "!Condition") return holds(node.text(), node);
    if (node.tag().size() > 1 && node.tag().front() == '!') {
        return test_function({.name = node.tag().substr(1), .argument = node, .form = Form::shorthand, .where = node});
    }
    if (members.size() == 1 && members[0].key.text() == "Condition") return holds(members[0].value.text(), node);
    if (members.size() == 1 && members[0].key.text().starts_with("Fn::")) {
        return test_function(
            {.name = members[0].key.text().substr(4), .argument = members[0].value, .form = Form::full, .where = node});
    }
    findings_.fail(node, "a condition is one of Fn::Equals, Fn::And, Fn::Or, Fn::Not and Condition");
    return std::nullopt;
}

std::optional<bool> Evaluator::test_equal(const source::Node& a, const source::Node& b) {
    const Value first = evaluate(a);
    const Value second = evaluate(b);
    return first.is_unknown() || second.is_unknown() ? std::nullopt : std::optional(equals(first, second));
}

/// `Equals`, `And`, `Or` and `Not`, named without their prefix. All parts are looked at: each may have a mistake.
std::optional<bool> Evaluator::test_function(const Call& call) {
    const auto items = call.argument.items();
    if (call.name == "Equals" && items.size() == 2) return test_equal(items[0], items[1]);
    const bool negates = call.name == "Not" && items.size() == 1;
    const bool joins = (call.name == "And" || call.name == "Or") && items.size() >= 2 && items.size() <= 10;
    if (!negates && !joins) {
        findings_.fail(call.where, "a condition is Equals of two values, Not of one, And or Or of two to ten");
        return std::nullopt;
    }
    std::size_t known = 0;
    std::size_t held = 0;
    for (const source::Node& item : items) {
        const auto result = test_condition(item);
        known += result ? 1 : 0;
        held += result.value_or(false) ? 1 : 0;
    }
    if (known != items.size()) return std::nullopt;
    if (negates) return held == 0;
    return call.name == "And" ? held == items.size() : held > 0;
}

/// A condition's function in the place of a value.
Value Evaluator::decide(const Call& call) {
    const auto result =
        test_function({.name = call.name.substr(4), .argument = call.argument, .form = call.form, .where = call.where});
    if (!result) return unknown_value();
    Value value = to_text(*result ? "true" : "false");
    value.plain = true;
    return value;
}

}  // namespace understudy::app::templates
