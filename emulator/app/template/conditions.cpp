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

bool Evaluator::holds(std::string_view condition, const source::Node& where) {
    if (const auto known = decided_.find(condition); known != decided_.end()) return known->second;
    const auto found = conditions_.find(condition);
    if (found == conditions_.end()) {
        std::vector<std::string_view> names;
        for (const auto& [name, node] : conditions_) names.push_back(name);
        findings_.fail_unknown(where, condition, "there is no condition '" + std::string(condition) + "'", names);
        return false;
    }
    if (!deciding_.emplace(condition).second) {
        findings_.fail(where, "the condition '" + std::string(condition) + "' depends on itself");
        return false;
    }
    const bool result = test_condition(found->second);
    deciding_.erase(deciding_.find(condition));
    decided_.emplace(condition, result);
    return result;
}

bool Evaluator::test_condition(const source::Node& node) {
    if (depth_ >= kDeepestCondition) {
        findings_.fail(node.problem(source::ProblemCode::too_large, "conditions are nested too deep here"));
        return false;
    }
    ++depth_;
    const bool result = test_term(node);
    --depth_;
    return result;
}

bool Evaluator::test_term(const source::Node& node) {
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
    return false;
}

/// `Equals`, `And`, `Or` and `Not`, named without their prefix.
bool Evaluator::test_function(const Call& call) {
    bool result = false;
    const auto items = call.argument.items();
    const auto test = [this](const source::Node& item) { return test_condition(item); };
    if (call.name == "Equals" && items.size() == 2) {
        result = equals(evaluate(items[0]), evaluate(items[1]));
    } else if (call.name == "Not" && items.size() == 1) {
        result = !test(items[0]);
    } else if (call.name == "And" && items.size() >= 2 && items.size() <= 10) {
        result = std::ranges::all_of(items, test);
    } else if (call.name == "Or" && items.size() >= 2 && items.size() <= 10) {
        result = std::ranges::any_of(items, test);
    } else {
        findings_.fail(call.where, "a condition is Equals of two values, Not of one, And or Or of two to ten");
    }
    return result;
}

/// A condition's function in the place of a value.
Value Evaluator::decide(const Call& call) {
    const bool result =
        test_function({.name = call.name.substr(4), .argument = call.argument, .form = call.form, .where = call.where});
    Value value = to_text(result ? "true" : "false");
    value.plain = true;
    return value;
}

}  // namespace understudy::app::templates
