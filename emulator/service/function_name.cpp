#include "emulator/service/function_name.hpp"

#include <algorithm>
#include <span>
#include <vector>

namespace understudy::service {

const std::string_view kFunctionNamePattern =
    R"((arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?)"
    R"(([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?)";
const std::string_view kQualifierPattern = R"(\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+)";

namespace {

using Parts = std::span<const std::string_view>;

bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}

bool is_letter(char c) {
    return is_lower(c) || (c >= 'A' && c <= 'Z');
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_word(char c) {
    return is_letter(c) || is_digit(c) || c == '-' || c == '_';
}

/// `[chars]+`
template <class Predicate>
bool consists_of(std::string_view text, Predicate predicate) {
    return !text.empty() && std::ranges::all_of(text, predicate);
}

bool is_partition(std::string_view text) {
    return text.empty() || (text.starts_with("aws") &&
                            std::ranges::all_of(text.substr(3), [](char c) { return is_letter(c) || c == '-'; }));
}

/// `[a-z]+-\d{1}`, the end of a region.
bool is_area(std::string_view text) {
    return text.size() >= 3 && is_digit(text.back()) && text[text.size() - 2] == '-' &&
           consists_of(text.substr(0, text.size() - 2), is_lower);
}

bool is_region(std::string_view text) {
    if (text.starts_with("eusc-")) text.remove_prefix(5);
    if (text.size() < 3 || !consists_of(text.substr(0, 2), is_lower) || text[2] != '-') return false;
    text.remove_prefix(3);
    if (is_area(text)) return true;
    if (text.starts_with("gov-")) return is_area(text.substr(4));
    if (!text.starts_with("iso")) return false;
    text.remove_prefix(3);
    if (!text.empty() && is_lower(text.front())) text.remove_prefix(1);
    return text.starts_with('-') && is_area(text.substr(1));
}

bool is_account(std::string_view text) {
    return text.size() == 12 && consists_of(text, is_digit);
}

bool is_name(std::string_view text) {
    return consists_of(text, [](char c) { return is_word(c) || c == '.'; });
}

bool is_qualifier_in_name(std::string_view text) {
    return text == "$LATEST" || text == "$LATEST.PUBLISHED" || consists_of(text, is_word);
}

std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> parts;
    for (std::size_t colon; (colon = text.find(':')) != std::string_view::npos; text.remove_prefix(colon + 1)) {
        parts.push_back(text.substr(0, colon));
    }
    parts.push_back(text);
    return parts;
}

/// Each optional part is taken where it can be, as a regular expression takes it, and given back where the rest then
/// does not match.
std::optional<FunctionName> match_name(Parts parts) {
    if (parts.size() == 1 && is_name(parts[0])) return FunctionName{"", "", std::string(parts[0]), ""};
    if (parts.size() == 2 && is_name(parts[0]) && is_qualifier_in_name(parts[1])) {
        return FunctionName{"", "", std::string(parts[0]), std::string(parts[1])};
    }
    return std::nullopt;
}

std::optional<FunctionName> match_function(Parts parts) {
    if (parts.size() > 1 && parts[0] == "function") {
        if (auto name = match_name(parts.subspan(1))) return name;
    }
    return match_name(parts);
}

std::optional<FunctionName> match_account(Parts parts) {
    if (parts.size() > 1 && is_account(parts[0])) {
        if (auto name = match_function(parts.subspan(1))) {
            name->account = parts[0];
            return name;
        }
    }
    return match_function(parts);
}

std::optional<FunctionName> match_region(Parts parts) {
    if (parts.size() > 1 && is_region(parts[0])) {
        if (auto name = match_account(parts.subspan(1))) {
            name->region = parts[0];
            return name;
        }
    }
    return match_account(parts);
}

}  // namespace

std::optional<FunctionName> parse_function_name(std::string_view text) {
    const std::vector<std::string_view> all = split(text);
    const Parts parts = all;
    if (parts.size() > 3 && parts[0] == "arn" && is_partition(parts[1]) && parts[2] == "lambda") {
        if (auto name = match_region(parts.subspan(3))) return name;
    }
    return match_region(parts);
}

bool is_qualifier(std::string_view text) {
    return text == "$LATEST.PUBLISHED" || consists_of(text, [](char c) { return is_word(c) || c == '$'; });
}

}  // namespace understudy::service
