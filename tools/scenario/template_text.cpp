#include "tools/scenario/template_text.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

namespace understudy::scenario {

namespace {

std::string_view trim(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

bool is_variable_name(std::string_view name) {
    return !name.empty() && (std::isalpha(static_cast<unsigned char>(name.front())) || name.front() == '_') &&
           std::all_of(name.begin(), name.end(),
                       [](unsigned char c) { return std::isalnum(c) || c == '_' || c == '.' || c == '-'; });
}

}  // namespace

std::optional<std::vector<TemplatePart>> parse_template(std::string_view text) {
    std::vector<TemplatePart> parts;
    std::string literal;
    const auto end_literal = [&] {
        if (!literal.empty()) parts.push_back({TemplatePart::Kind::literal, std::exchange(literal, {}), 0});
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i).starts_with("$${")) {
            literal += "${";
            i += 2;
        } else if (text.substr(i).starts_with("${")) {
            const auto end = text.find('}', i);
            if (end == std::string_view::npos) return std::nullopt;
            end_literal();
            parts.push_back({TemplatePart::Kind::expression, std::string(trim(text.substr(i + 2, end - i - 2))), i});
            i = end;
        } else {
            literal += text[i];
        }
    }
    end_literal();
    return parts;
}

std::optional<Expression> parse_expression(std::string_view text) {
    Expression expression;
    const auto open = text.find('(');
    expression.name = trim(text.substr(0, open));
    if (!is_variable_name(expression.name)) return std::nullopt;
    if (open == std::string_view::npos) return expression;
    if (!text.ends_with(')')) return std::nullopt;
    expression.call = true;
    auto rest = text.substr(open + 1, text.size() - open - 2);
    while (!trim(rest).empty()) {
        const auto comma = std::min(rest.find(','), rest.size());
        expression.arguments.emplace_back(trim(rest.substr(0, comma)));
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    return expression;
}

}  // namespace understudy::scenario
