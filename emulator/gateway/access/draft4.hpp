#pragma once

#include "emulator/gateway/access/json.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace understudy::access {

/// What a value is; in the order of the validator, which is that of the names.
enum class ValueType : std::uint8_t { array, boolean, integer, null, number, object, string };

/// A number is an integer where it is written without a fraction and an exponent.
ValueType value_type(const Json& value);

/// As draft 4 calls it: `integer`.
std::string_view type_name(ValueType type);

/// Errors: nullopt for a name that is none of draft 4.
std::optional<ValueType> parse_type_name(std::string_view name);

/// What has to stand behind a keyword.
enum class Argument : std::uint8_t {
    boolean,
    count,         ///< A whole number of at least 0.
    dependencies,  ///< A map to schemas and lists of names.
    divisor,       ///< A number above 0.
    exclusive,     ///< A boolean, beside the bound that it speaks of.
    expression,    ///< A regular expression of ECMA 262.
    names,         ///< A list of texts, one at least.
    number,
    schema,
    schema_list,  ///< Of one at least.
    schema_map,
    schema_or_boolean,
    schema_or_list,  ///< A schema, or a list of one at least.
    text,
    types,   ///< The name of a type, or a list of them.
    values,  ///< A list of values, none of them twice.
};

/// Who asks of a body what a keyword says.
enum class Judge : std::uint8_t {
    library,
    own,     ///< What the library rounds, cuts off or takes too long for.
    nobody,  ///< It says nothing by itself.
};

/// A keyword of draft 4.
struct Keyword {
    std::string_view name;
    Argument argument;
    Judge judge = Judge::nobody;
    bool of_same_value = false;  ///< Schemas in it speak of the value that it speaks of, not of a part of that.
};

/// All of them, by name: the validator goes through them in this order.
///
/// Rule: [JSON Schema, draft 4; java-json-tools/json-schema-core keyword/syntax/checkers].
/// Tested by: Draft4.KeywordsStandByName, SchemaSyntax.TellsWhatNoKeywordTakes
std::span<const Keyword> keywords();

/// Errors: null for a name that is none of draft 4.
const Keyword* find_keyword(std::string_view name);

}  // namespace understudy::access
