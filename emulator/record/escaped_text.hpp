#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace understudy::record {

/// Appends the inside of a JSON string: `"`, `\` and controls escaped, all else as it is. Stops in front of the first
/// byte that is not UTF-8, and tells how many were taken. Tested by: EscapedText.StopsInFrontOfWhatIsNotUtf8
std::size_t append_escaped(std::string& out, std::string_view text);

/// The same of a whole text; bytes that are not UTF-8 become U+FFFD.
void append_readable(std::string& out, std::string_view text);

}  // namespace understudy::record
