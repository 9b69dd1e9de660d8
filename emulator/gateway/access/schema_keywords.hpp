#pragma once

#include "emulator/gateway/access/json.hpp"
#include "emulator/gateway/access/schema.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::access {

/// What a keyword looks at.
struct KeywordCase {
    const Json& value;     ///< What is checked.
    const Json& argument;  ///< What stands behind the keyword.
    SchemaPlace place;     ///< The schema that it stands in.
};

/// A keyword of draft 4 that needs no other schema, by its name: what it has against a value, in the validator's words.
/// Numbers are compared by what is written, as Java's BigDecimal does.
/// Preconditions: the schema that it stands in has no problem.
/// Errors: nullopt where it has nothing, is another keyword, or says nothing of such a value.
///
/// Rule: [java-json-tools/json-schema-validator keyword/validator]. Tested by: Models.SayItInTheWordsOfApiGateway,
/// Models.SayNothingOfWhatAKeywordDoesNotSpeakOf, SchemaJudge.ComparesNumbersByWhatIsWritten
std::optional<std::string> check_keyword(std::string_view name, const KeywordCase& given);

/// A text for each value: equal values, as JSON Schema has it, have equal ones: `1.0` that of `1`, an object the same
/// in any order of its members. It takes no more than a sort of the members does.
///
/// Rule: [java-json-tools/jackson-coreutils JsonNumEquivalence]. Tested by: SchemaJudge.ComparesNumbersByWhatIsWritten,
/// SchemaJudge.FindsWhatRepeatsInALongList
std::string canonical_text(const Json& value);

/// A JSON array of texts, compact, as it stands in the validator's words.
/// Tested by: Models.SayItInTheWordsOfApiGateway
std::string render_texts(const std::vector<std::string>& texts);

}  // namespace understudy::access
