#pragma once

#include <string>
#include <string_view>

namespace understudy::replay {

/// Whether a shown value is a redacted one, as a whole.
bool is_redacted(std::string_view shown);

/// Whether two texts are the same but for parts that are redacted in `redacted`: a stream's lines, a form. Both as they
/// are shown, in quotes; a value that stood in quotes of its own may have been one without.
/// Tested by: CompareReplies.ARedactedPartOfATextIsNoDifference
bool is_same_but_redacted(std::string_view redacted, std::string_view other);

/// The regular expression, in RE2's syntax, of the texts that are the same but for parts that are redacted. A value
/// that stands in quotes may have been one without. The text is not shown: quotes stand in it as they are.
/// Tested by: Promote.APartThatIsRedactedMayBeAnything
std::string to_redacted_regex(std::string_view redacted);

}  // namespace understudy::replay
