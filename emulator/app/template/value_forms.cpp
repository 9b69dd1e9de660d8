#include "emulator/app/address_block.hpp"
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

/// `10.0.0.0/8`, `2001:db8::/32`.
bool is_address_block(std::string_view text) {
    return text.find('/') != std::string_view::npos && AddressBlock::parse(text);
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
