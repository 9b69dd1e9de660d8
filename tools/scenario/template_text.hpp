#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::scenario {

/// A piece of a text with `${…}` in it: text as it is, or what stands between the braces.
struct TemplatePart {
    enum class Kind { literal, expression } kind = Kind::literal;
    std::string text;
    std::size_t offset = 0;  ///< Of an expression: where its `$` is, in bytes.

    friend bool operator==(const TemplatePart&, const TemplatePart&) = default;
};

/// The pieces of a text; `$${` is a literal `${`. nullopt for a `${` that nothing closes.
std::optional<std::vector<TemplatePart>> parse_template(std::string_view text);

/// `random(1, 6)` in pieces; without parentheses a variable.
struct Expression {
    std::string name;
    bool call = false;
    std::vector<std::string> arguments;
};
/// nullopt for what is neither a variable's name nor a call.
std::optional<Expression> parse_expression(std::string_view text);

}  // namespace understudy::scenario
