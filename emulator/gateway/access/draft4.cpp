#include "emulator/gateway/access/draft4.hpp"

#include "emulator/gateway/access/exact_number.hpp"

#include <algorithm>
#include <iterator>

namespace understudy::access {
namespace {

constexpr std::string_view kTypeNames[] = {"array", "boolean", "integer", "null", "number", "object", "string"};

constexpr Keyword kKeywords[] = {
    {"additionalItems", Argument::schema_or_boolean, Judge::library, false},
    {"additionalProperties", Argument::schema_or_boolean, Judge::library, false},
    {"allOf", Argument::schema_list, Judge::library, true},
    {"anyOf", Argument::schema_list, Judge::library, true},
    {"definitions", Argument::schema_map, Judge::nobody, false},
    {"dependencies", Argument::dependencies, Judge::library, true},
    {"description", Argument::text, Judge::nobody, false},
    {"enum", Argument::values, Judge::own, false},
    {"exclusiveMaximum", Argument::exclusive, Judge::nobody, false},
    {"exclusiveMinimum", Argument::exclusive, Judge::nobody, false},
    {"format", Argument::text, Judge::own, false},
    {"items", Argument::schema_or_list, Judge::library, false},
    {"maxItems", Argument::count, Judge::library, false},
    {"maxLength", Argument::count, Judge::own, false},
    {"maxProperties", Argument::count, Judge::library, false},
    {"maximum", Argument::number, Judge::own, false},
    {"minItems", Argument::count, Judge::library, false},
    {"minLength", Argument::count, Judge::own, false},
    {"minProperties", Argument::count, Judge::library, false},
    {"minimum", Argument::number, Judge::own, false},
    {"multipleOf", Argument::divisor, Judge::own, false},
    {"not", Argument::schema, Judge::library, true},
    {"oneOf", Argument::schema_list, Judge::library, true},
    {"pattern", Argument::expression, Judge::own, false},
    {"patternProperties", Argument::schema_map, Judge::own, false},
    {"properties", Argument::schema_map, Judge::library, false},
    {"required", Argument::names, Judge::library, false},
    {"title", Argument::text, Judge::nobody, false},
    {"type", Argument::types, Judge::library, false},
    {"uniqueItems", Argument::boolean, Judge::own, false},
};

}  // namespace

ValueType value_type(const Json& value) {
    switch (value.kind) {
        case Json::Kind::array:
            return ValueType::array;
        case Json::Kind::boolean:
            return ValueType::boolean;
        case Json::Kind::number:
            return is_written_whole(value.source) ? ValueType::integer : ValueType::number;
        case Json::Kind::object:
            return ValueType::object;
        case Json::Kind::string:
            return ValueType::string;
        case Json::Kind::null:
            break;
    }
    return ValueType::null;
}

std::string_view type_name(ValueType type) {
    return kTypeNames[static_cast<std::size_t>(type)];
}

std::optional<ValueType> parse_type_name(std::string_view name) {
    const auto* const found = std::ranges::find(kTypeNames, name);
    if (found == std::end(kTypeNames)) return std::nullopt;
    return static_cast<ValueType>(found - std::begin(kTypeNames));
}

std::span<const Keyword> keywords() {
    return kKeywords;
}

const Keyword* find_keyword(std::string_view name) {
    const auto* const found = std::ranges::lower_bound(kKeywords, name, {}, &Keyword::name);
    return found == std::end(kKeywords) || found->name != name ? nullptr : found;
}

}  // namespace understudy::access
