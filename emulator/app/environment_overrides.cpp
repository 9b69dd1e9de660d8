#include "emulator/app/environment_overrides.hpp"

#include "emulator/source/document.hpp"
#include "emulator/source/suggestion.hpp"

#include <algorithm>
#include <utility>

namespace understudy::app {
namespace {

using source::Member;
using source::Node;
using source::Problem;
using source::ProblemCode;
using source::Result;

constexpr std::string_view kEverywhere = "Parameters";

bool is_json_word(std::string_view text) {
    return text == "true" || text == "false" ||
           (!text.empty() && (text[0] == '-' || (text[0] >= '0' && text[0] <= '9')));
}

Result<VariableOverride> to_override(const Member& member) {
    const Node& value = member.value;
    const std::string name(member.key.text());
    if (!value.is_scalar()) {
        return value.problem(ProblemCode::invalid, "the value of " + name + " must be a text, a number or a boolean");
    }
    if (value.is_plain() && !value.is_null() && !is_json_word(value.text())) {
        return value.problem(ProblemCode::invalid, "the value of " + name + " is not JSON")
            .with_hint("put it in quotes");
    }
    if (name.empty() || name.find('=') != std::string::npos)
        return member.key.problem(ProblemCode::invalid, "'" + name + "' cannot be the name of a variable");
    return VariableOverride{.name = name,
                            .value = value.is_null() ? std::string() : std::string(value.text()),
                            .file = value.file(),
                            .position = member.key.position()};
}

Result<std::vector<VariableOverride>> to_overrides(const Member& function) {
    if (!function.value.is_mapping()) {
        return function.value
            .problem(ProblemCode::invalid,
                     "'" + std::string(function.key.text()) + "' must hold an object of variables")
            .with_hint(R"({"Function": {"NAME": "value"}})");
    }
    std::vector<VariableOverride> variables;
    for (const Member& member : function.value.members()) {
        auto variable = to_override(member);
        if (variable.has_error()) return variable.error();
        variables.push_back(std::move(*variable));
    }
    return variables;
}

/// The function's own variables by an override's name; null where it declares none.
std::string* find_declared(Function& function, std::string_view name) {
    const auto found = std::ranges::find(function.environment, name, &std::pair<std::string, std::string>::first);
    return found == function.environment.end() ? nullptr : &found->second;
}

bool is_named(const Function& function, std::string_view name) {
    return function.logical_id == name || function.name == name;
}

Problem no_function(const EnvironmentOverrides::ForFunction& wanted, const std::vector<Function>& functions,
                    const std::string& file) {
    std::vector<std::string_view> names;
    for (const Function& function : functions)
        names.push_back(function.logical_id.empty() ? function.name : function.logical_id);
    return Problem(ProblemCode::not_found, "there is no function '" + wanted.function + "'", file, wanted.position)
        .with_hint(source::render_suggestion(wanted.function, names));
}

Problem not_declared(const VariableOverride& variable, const std::string& whose) {
    return Problem(ProblemCode::not_found, "the variable " + variable.name + " has no effect: " + whose, variable.file,
                   variable.position)
        .with_hint("declare it under Environment: Variables, as AWS needs it there too");
}

}  // namespace

Result<EnvironmentOverrides> parse_environment_overrides(std::string_view text, std::string_view name) {
    const auto document = source::parse_document(text, name);
    if (document.has_error()) return document.error();
    const Node root = document->root();
    if (!root.is_mapping()) {
        return root.problem(ProblemCode::invalid, "an object of functions is expected")
            .with_hint(R"({"Function": {"NAME": "value"}})");
    }
    EnvironmentOverrides overrides{.file = std::string(name), .everywhere = {}, .functions = {}};
    for (const Member& member : root.members()) {
        auto variables = to_overrides(member);
        if (variables.has_error()) return variables.error();
        if (member.key.text() == kEverywhere) {
            overrides.everywhere = std::move(*variables);
        } else {
            overrides.functions.push_back(
                {std::string(member.key.text()), member.key.position(), std::move(*variables)});
        }
    }
    return overrides;
}

std::vector<Problem> apply_overrides(const EnvironmentOverrides& overrides, std::vector<Function>& functions) {
    std::vector<Problem> without_effect;
    for (const VariableOverride& variable : overrides.everywhere) {
        bool declared = false;
        for (Function& function : functions) {
            std::string* const value = find_declared(function, variable.name);
            if (value != nullptr) *value = variable.value;
            declared = declared || value != nullptr;
        }
        if (!declared) without_effect.push_back(not_declared(variable, "no function declares it"));
    }
    for (const auto& wanted : overrides.functions) {
        const auto found =
            std::ranges::find_if(functions, [&wanted](const Function& f) { return is_named(f, wanted.function); });
        if (found == functions.end()) {
            without_effect.push_back(no_function(wanted, functions, overrides.file));
            continue;
        }
        for (const VariableOverride& variable : wanted.variables) {
            if (std::string* const value = find_declared(*found, variable.name); value != nullptr) {
                *value = variable.value;
            } else {
                without_effect.push_back(
                    not_declared(variable, "function " + wanted.function + " does not declare it"));
            }
        }
    }
    return without_effect;
}

}  // namespace understudy::app
