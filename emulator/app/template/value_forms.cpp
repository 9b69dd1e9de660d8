#include "emulator/app/address_block.hpp"
#include "emulator/app/reserved_header.hpp"
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

constexpr std::size_t kLongestName = 128;
constexpr std::size_t kLongestFunctionName = 64;
constexpr std::size_t kShortestKeyValue = 20;

/// Letters, digits, `-` and `_`.
bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= kLongestName && std::ranges::all_of(text, is_name_character);
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

/// Letters, digits, `-` and `_`; an ARN, which CreateFunction takes as well, is not looked into.
bool is_function_name(std::string_view text) {
    if (text.find(':') != std::string_view::npos) return true;
    return text.size() <= kLongestFunctionName && std::ranges::all_of(text, is_name_character);
}

/// Nothing, for which API Gateway makes one, or what is long enough.
bool is_key_value(std::string_view text) {
    return text.empty() || text.size() >= kShortestKeyValue;
}

/// `*`, `https://example.com`, `https://*`; what comes behind the scheme is not looked at.
bool is_origin(std::string_view text) {
    return text.empty() || text == "*" || text.starts_with("http://") || text.starts_with("https://");
}

/// Anything but a mapping of an HTTP API that changes a reserved header: `append:header.Via`.
bool is_open_mapping(std::string_view text) {
    constexpr std::array<std::string_view, 3> kChanges{"append:header.", "overwrite:header.", "remove:header."};
    return std::ranges::none_of(kChanges, [text](std::string_view change) {
        return text.starts_with(change) && is_reserved_header(text.substr(change.size()));
    });
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
    Form{"$function-name", is_function_name, "a name of at most 64 letters, digits, '-' and '_'"},
    Form{"$key-value", is_key_value, "a key of at least 20 characters"},
    Form{"$origin", is_origin, "'*' or an origin with http:// or https://"},
    Form{"$open-mapping", is_open_mapping, "no mapping of a header that API Gateway keeps to itself"},
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
