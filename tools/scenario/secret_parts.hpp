#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace understudy::scenario {

/// What of a secret value may stand alone: itself, a text without its quotes; and each text and number in a mapping or
/// a list, or in a text that is JSON of these. Parts of less than three bytes, and true, false and null, are none:
/// they stand everywhere.
/// Tested by: Secrets.*
std::vector<std::string> to_secret_parts(std::string_view json);

}  // namespace understudy::scenario
