#include "emulator/gateway/selection_expression.hpp"

#include "emulator/gateway/json_member.hpp"

#include <algorithm>
#include <cstddef>

namespace understudy::gateway {
namespace {

bool is_in_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.';
}

/// What stands in front of the text's end.
std::string_view take(std::string_view& text, std::size_t size) {
    const std::string_view taken = text.substr(0, size);
    text.remove_prefix(taken.size());
    return taken;
}

/// The variable that the text begins with, `$` and braces included; a dot at its end is no part of it.
std::string_view variable_in_front(std::string_view text) {
    if (text.starts_with("${")) {
        const auto end = text.find('}');
        return end == std::string_view::npos ? std::string_view() : text.substr(0, end + 1);
    }
    const auto end = std::ranges::find_if_not(text.substr(1), is_in_name);
    std::string_view variable = text.substr(0, 1 + static_cast<std::size_t>(end - text.substr(1).begin()));
    while (variable.ends_with('.')) variable.remove_suffix(1);
    return variable;
}

/// `${request.body.a.b}`: `a`, `b`; empty for what is no variable of the body.
std::vector<std::string> names_in(std::string_view variable) {
    constexpr std::string_view kBody = "request.body.";
    variable.remove_prefix(std::min<std::size_t>(variable.starts_with("${") ? 2 : 1, variable.size()));
    if (variable.ends_with('}')) variable.remove_suffix(1);
    if (!variable.starts_with(kBody)) return {};
    variable.remove_prefix(kBody.size());
    std::vector<std::string> names;
    while (!variable.empty()) {
        const auto end = std::min(variable.find('.'), variable.size());
        names.emplace_back(take(variable, end));
        variable.remove_prefix(std::min<std::size_t>(1, variable.size()));
    }
    return names;
}

}  // namespace

SelectionExpression::SelectionExpression(std::string_view expression) {
    pieces_.emplace_back();
    while (!expression.empty()) {
        pieces_.back().text += take(expression, std::min(expression.find_first_of("\\$"), expression.size()));
        if (expression.empty()) break;
        const bool escaped = expression.starts_with("\\$");
        if (escaped) expression.remove_prefix(1);
        const std::string_view variable = escaped || expression.front() != '$' ? "" : variable_in_front(expression);
        pieces_.back().names = names_in(variable);
        if (pieces_.back().names.empty()) {
            pieces_.back().text += take(expression, 1);
        } else {
            expression.remove_prefix(variable.size());
            pieces_.emplace_back();
        }
    }
}

std::optional<std::string> SelectionExpression::evaluate(std::string_view message) const {
    std::string key;
    for (const Piece& piece : pieces_) {
        key += piece.text;
        if (piece.names.empty()) continue;
        const auto value = find_json_text(message, piece.names);
        if (!value) return std::nullopt;
        key += *value;
    }
    return key;
}

}  // namespace understudy::gateway
