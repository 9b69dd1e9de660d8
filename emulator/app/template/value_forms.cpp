#include "emulator/app/template/value_rules.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace understudy::app::templates {
namespace {

bool is_decimal(char c) {
    return c >= '0' && c <= '9';
}

bool is_name_character(char c) {
    return is_decimal(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

/// Letters, digits, `-` and `_`, at most 128.
bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= 128 && std::ranges::all_of(text, is_name_character);
}

/// What a REST API's mappings take: a text in single quotes, or where the value is to be found.
bool is_mapping_value(std::string_view text) {
    if (text.size() >= 2 && text.front() == '\'' && text.back() == '\'') return true;
    constexpr std::array<std::string_view, 5> kSources{"method.request.", "integration.response.", "context.",
                                                       "stageVariables.", "$"};
    return std::ranges::any_of(kSources, [text](std::string_view source) { return text.starts_with(source); });
}

bool is_number_upto(std::string_view text, int most) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return !text.empty() && is_decimal(text.front()) && error == std::errc() && end == text.data() + text.size() &&
           number <= most;
}

bool is_ipv4(std::string_view text) {
    for (int part = 0; part < 4; ++part) {
        const std::size_t dot = std::min(text.find('.'), text.size());
        if (!is_number_upto(text.substr(0, dot), 255) || (part == 3) != (dot == text.size())) return false;
        text.remove_prefix(std::min(dot + 1, text.size()));
    }
    return true;
}

bool is_ipv6(std::string_view text) {
    const auto is_part = [](char c) {
        return is_decimal(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
    };
    const auto gap = text.find("::");
    const bool has_one_gap = gap == std::string_view::npos || text.find("::", gap + 1) == std::string_view::npos;
    return has_one_gap && std::ranges::count(text, ':') >= 2 && text.size() <= 45 && std::ranges::all_of(text, is_part);
}

/// `10.0.0.0/8`, `2001:db8::/32`.
bool is_address_block(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) return false;
    const std::string_view address = text.substr(0, slash);
    const std::string_view bits = text.substr(slash + 1);
    return is_ipv4(address) ? is_number_upto(bits, 32) : is_ipv6(address) && is_number_upto(bits, 128);
}

/// Neither control characters nor blanks.
bool is_graphic(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](unsigned char c) { return c > ' ' && c != 0x7f; });
}

struct Form {
    std::string_view name;
    bool (*has)(std::string_view text);
    std::string_view description;
};

constexpr std::array kForms{
    Form{"$name", is_name, "a name of letters, digits, '-' and '_'"},
    Form{"$mapping", is_mapping_value, "a text in single quotes inside the value (\"'*'\")"},
    Form{"$cidr", is_address_block, "a block of addresses (10.0.0.0/8)"},
    Form{"$graphic", is_graphic, "a text without blanks and control characters"},
};

const Form* find_form(std::string_view form) {
    const auto found = std::ranges::find(kForms, form, &Form::name);
    return found == kForms.end() ? nullptr : &*found;
}

}  // namespace

bool has_form(std::string_view text, std::string_view form) {
    const Form* known = find_form(form);
    return known == nullptr ? text == form : known->has(text);
}

std::string_view describe_form(std::string_view form) {
    const Form* known = find_form(form);
    return known == nullptr ? form : known->description;
}

}  // namespace understudy::app::templates
