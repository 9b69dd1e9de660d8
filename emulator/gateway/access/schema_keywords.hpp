#pragma once

#include "emulator/gateway/access/json.hpp"
#include "emulator/gateway/access/schema.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::access {

/// What a value is; in the order of the validator, which is that of the names.
enum class ValueType : std::uint8_t { array, boolean, integer, null, number, object, string };

ValueType value_type(const Json& value);

/// What a keyword looks at.
struct KeywordCase {
    const Json& value;     ///< What is checked.
    const Json& argument;  ///< What stands behind the keyword.
    SchemaPlace place;     ///< The schema that it stands in.
};

/// A keyword of draft 4 that needs no other schema, by its name: what it has against a value, in the validator's words.
/// Errors: nullopt where it has nothing, is another keyword, or says nothing of such a value.
std::optional<std::string> check_keyword(std::string_view name, const KeywordCase& given);

/// A text for each value: equal values, as JSON Schema has it, have equal ones.
std::string canonical_text(const Json& value);

/// A JSON array of texts, compact.
std::string render_texts(const std::vector<std::string>& texts);

}  // namespace understudy::access
