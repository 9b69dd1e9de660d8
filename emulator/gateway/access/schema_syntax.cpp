#include "emulator/gateway/access/schema_syntax.hpp"

#include "emulator/gateway/access/draft4.hpp"
#include "emulator/gateway/access/ecma_translation.hpp"
#include "emulator/gateway/access/exact_number.hpp"
#include "emulator/gateway/access/schema_keywords.hpp"
#include "emulator/gateway/access/shortened.hpp"

#include <algorithm>
#include <set>
#include <string_view>

namespace understudy::access {
namespace {

using Kind = Json::Kind;

/// Java's counts are of 32 bits.
constexpr std::string_view kMostCount = "2147483647";

bool is_boolean(const Json& argument) {
    return argument.is(Kind::boolean);
}

bool is_object(const Json& argument) {
    return argument.is(Kind::object);
}

bool is_count(const Json& argument) {
    return argument.is(Kind::number) && is_written_whole(argument.source) && !argument.source.starts_with('-') &&
           compare_numbers(argument.source, kMostCount) <= 0;
}

bool is_names(const Json& argument) {
    return argument.is(Kind::array) && !argument.items.empty() &&
           std::ranges::all_of(argument.items, [](const Json& each) { return each.is(Kind::string); });
}

bool is_schema_list(const Json& argument) {
    return argument.is(Kind::array) && !argument.items.empty() && std::ranges::all_of(argument.items, is_object);
}

bool maps_to(const Json& argument, bool (*is_good)(const Json&)) {
    return is_object(argument) && std::ranges::all_of(argument.members, is_good, &Json::Member::second);
}

bool is_dependency(const Json& argument) {
    return is_object(argument) || is_names(argument);
}

/// Of names of types that draft 4 does not have is told where they stand.
bool is_types(const Json& argument) {
    return argument.is(Kind::string) ||
           (argument.is(Kind::array) &&
            std::ranges::all_of(argument.items, [](auto& each) { return each.is(Kind::string); }));
}

bool is_values(const Json& argument) {
    std::set<std::string> seen;
    return argument.is(Kind::array) && std::ranges::all_of(argument.items, [&seen](const Json& each) {
               return seen.insert(canonical_text(each)).second;
           });
}

bool is_good(Argument wanted, const Json& argument) {
    switch (wanted) {
        case Argument::boolean:
        case Argument::exclusive:
            return is_boolean(argument);
        case Argument::count:
            return is_count(argument);
        case Argument::dependencies:
            return maps_to(argument, is_dependency);
        case Argument::divisor:
            return argument.is(Kind::number) && compare_numbers(argument.source, "0") > 0;
        case Argument::expression:
        case Argument::text:
            return argument.is(Kind::string);
        case Argument::names:
            return is_names(argument);
        case Argument::number:
            return argument.is(Kind::number);
        case Argument::schema:
            return is_object(argument);
        case Argument::schema_list:
            return is_schema_list(argument);
        case Argument::schema_map:
            return maps_to(argument, is_object);
        case Argument::schema_or_boolean:
            return is_boolean(argument) || is_object(argument);
        case Argument::schema_or_list:
            return is_object(argument) || is_schema_list(argument);
        case Argument::types:
            return is_types(argument);
        case Argument::values:
            return is_values(argument);
    }
    return true;
}

std::string_view describe(Argument wanted) {
    switch (wanted) {
        case Argument::boolean:
        case Argument::exclusive:
            return "true or false";
        case Argument::count:
            return "a whole number from 0 to 2147483647";
        case Argument::dependencies:
            return "a map to schemas or lists of names";
        case Argument::divisor:
            return "a number above 0";
        case Argument::expression:
        case Argument::text:
            return "a text";
        case Argument::names:
            return "a list of names, one at least";
        case Argument::number:
            return "a number";
        case Argument::schema:
            return "a schema";
        case Argument::schema_list:
            return "a list of schemas, one at least";
        case Argument::schema_map:
            return "a map to schemas";
        case Argument::schema_or_boolean:
            return "a schema, or true or false";
        case Argument::schema_or_list:
            return "a schema, or a list of them, one at least";
        case Argument::types:
            return "the name of a type, or a list of them";
        case Argument::values:
            return "a list of values, none of them twice";
    }
    return {};
}

/// As much of it as a line bears.
std::string shown(const Json& argument) {
    constexpr std::size_t kMost = 60;
    return shortened(argument.source, kMost);
}

std::string unknown_type(const Json& type) {
    if (type.is(Kind::string)) return parse_type_name(type.text) ? "" : type.text;
    for (const Json& each : type.items) {
        if (!parse_type_name(each.text)) return each.text;
    }
    return {};
}

bool is_expression(std::string_view text) {
    return translate_ecma(text).outcome != EcmaTranslation::Outcome::invalid;
}

std::string bad_expression(const Json& names) {
    for (const auto& [expression, unused] : names.members) {
        if (!is_expression(expression)) return expression;
    }
    return {};
}

std::string find_fault_within(const Keyword& keyword, const Json& schema, const Json& argument) {
    const std::string name(keyword.name);
    if (keyword.argument == Argument::exclusive &&
        schema.find(name == "exclusiveMaximum" ? "maximum" : "minimum") == nullptr)
        return "its " + name + " stands without the bound";
    if (keyword.argument == Argument::types) {
        if (const std::string type = unknown_type(argument); !type.empty())
            return "its type is none of draft 4: " + type;
    }
    if (keyword.argument == Argument::expression && !is_expression(argument.text))
        return "its pattern is no expression of ECMA 262: " + argument.text;
    if (name == "patternProperties") {
        if (const std::string bad = bad_expression(argument); !bad.empty())
            return "its pattern is no expression of ECMA 262: " + bad;
    }
    return {};
}

}  // namespace

std::string find_syntax_fault(const Json& schema) {
    for (const Keyword& keyword : keywords()) {
        const Json* argument = schema.find(keyword.name);
        if (argument == nullptr) continue;
        if (!is_good(keyword.argument, *argument)) {
            return "its " + std::string(keyword.name) + " takes " + std::string(describe(keyword.argument)) + ": " +
                   shown(*argument);
        }
        if (std::string fault = find_fault_within(keyword, schema, *argument); !fault.empty()) return fault;
    }
    return {};
}

}  // namespace understudy::access
