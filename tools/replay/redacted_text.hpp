#pragma once

#include <string_view>

namespace understudy::replay {

/// Whether a shown value is a redacted one, as a whole.
bool is_redacted(std::string_view shown);

/// Whether two texts are the same but for parts that are redacted in `redacted`: a stream's lines, a form. Both as they
/// are shown, in quotes; a value that stood in quotes of its own may have been one without.
/// Tested by: CompareReplies.ARedactedPartOfATextIsNoDifference
bool is_same_but_redacted(std::string_view redacted, std::string_view other);

}  // namespace understudy::replay
