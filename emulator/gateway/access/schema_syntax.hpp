#pragma once

#include "emulator/gateway/access/json.hpp"

#include <string>

namespace understudy::access {

/// What is wrong with how a schema itself is written, not with those that stand in it: the first keyword that does not
/// take what stands behind it, in words; empty where there is none.
/// Preconditions: it is an object, and no reference.
///
/// Rule: API Gateway refuses such a model when it is deployed (`Invalid model specified: Validation Result`); what it
/// refuses is [java-json-tools/json-schema-core keyword/syntax/checkers].
/// Tested by: SchemaSyntax.TellsWhatNoKeywordTakes, SchemaSyntax.TakesWhatDraft4Does
std::string find_syntax_fault(const Json& schema);

}  // namespace understudy::access
