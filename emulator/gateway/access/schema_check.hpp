#pragma once

#include "emulator/gateway/access/json.hpp"
#include "emulator/gateway/access/schema.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace understudy::access {

/// What a schema has against a part of a value.
struct SchemaComplaint {
    std::string place;         ///< A JSON Pointer into the value; empty: all of it.
    std::string_view keyword;  ///< The one that has it, of static lifetime.
    std::string words;
    bool refuses = true;  ///< Else it is a remark, which stands among the others where something refuses.
};

/// All that a schema has against a value, in the order of the validator that API Gateway runs: level by level, and
/// nothing of what lies beneath once something is wrong. It finds words; whether the value is refused, SchemaJudge
/// decides. Each schema looks once at each part of the value, whichever ways lead to it. Nothing is found where that
/// takes too long, or nests too deep.
/// Preconditions: neither the schema nor what it refers to has a problem.
///
/// Rule: [java-json-tools/json-schema-validator InstanceValidator, keyword/validator, keyword/digest].
/// Tested by: Models.NameAllThatIsWrongAtALevel, SchemaJudge.RefusesWhereTheWordsFindAFault,
/// SchemaJudge.JudgesEachPartOnceBySchemasThatReferToThemselves, SchemaJudge.RefusesWithoutWordsWhereTheyTakeTooLong
std::vector<SchemaComplaint> check_by_schema(const Json& value, const Schema& schema, const Schema::ByName& others);

}  // namespace understudy::access
