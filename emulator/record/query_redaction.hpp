#pragma once

#include "emulator/record/body_redaction.hpp"
#include "emulator/record/redaction_rules.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::record {

/// Whether a parameter of this name tells that a `message` beside it is that of a Connect GET: `encoding`, `connect`.
bool tells_of_message(std::string_view name);

/// The same of any name in a JSON object that was just opened.
bool tells_ahead_of_message(std::string_view json, JsonScanner ahead);

/// Whose query it is, as far as that is known without it.
enum class QueryOf : std::uint8_t { any_request, connect_get };

/// Whether a query parameter goes: the rules name it, or it is the message of a Connect GET and fields are taken.
bool takes_parameter(const RedactionRules& rules, std::string_view name, QueryOf whose);

/// What has to be replaced in a query string, or in a parameter's value in which `;` separates further ones.
/// Tested by: QueryRedaction.*
std::vector<Edit> find_in_query(std::string_view query, const RedactionRules& rules, std::vector<std::string>& redacted,
                                const std::string& where, QueryOf whose = QueryOf::any_request);

/// What has to be replaced in a header's value because it is a URL, or holds some, whose query or fragment has
/// parameters that the rules name beyond those of presigned URLs. Tested by: QueryRedaction.AUrlInAHeaderIsLookedInto
std::vector<Edit> find_in_urls(std::string_view value, const RedactionRules& rules, std::vector<std::string>& redacted,
                               const std::string& where);

}  // namespace understudy::record
