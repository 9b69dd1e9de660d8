#pragma once

#include "emulator/record/json_text.hpp"
#include "emulator/record/redaction_rules.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace understudy::record {

/// Whether a text may hold a presigned URL, or the fields of a presigned POST: one search, whatever the spelling.
bool may_hold_presigned(std::string_view text);
/// The same of base64 of one.
bool may_hold_presigned_base64(std::string_view base64);

/// What has to be replaced in a text because it is a parameter of a presigned URL, wherever in it the URL stands: as it
/// is, as a parameter of another one, in JSON, in a form; or a field of a presigned POST, its policy included, in a
/// form of either kind, in JSON or in a page. In bytes that are no text the length stays. Names of what is taken are
/// added to `redacted` behind `where`. Tested by: Redaction.NoPresignedUrlReachesTheFile,
/// Redaction.NoPresignedPostReachesTheFile
std::vector<Edit> find_presigned(std::string_view text, const RedactionRules& rules, std::vector<std::string>& redacted,
                                 const std::string& where);

}  // namespace understudy::record
