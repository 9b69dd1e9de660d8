#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::http {

/// U+FFFD, which stands for bytes that are not UTF-8.
inline constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// The first character of a text, or the bytes at its start that make none.
struct Utf8Step {
    std::size_t length;  ///< Bytes to go on by; at least 1.
    bool valid;          ///< False: these bytes become one U+FFFD.

    friend bool operator==(const Utf8Step&, const Utf8Step&) = default;
};

/// Policy: a maximal subpart, the longest start of a well-formed sequence, is replaced as a whole (Unicode 3.9, best
/// practice, and what Java does); a byte that starts nothing is replaced alone. AWS's own policy was never measured for
/// truncated sequences. Preconditions: `text` is not empty. Tested by: Utf8.MaximalSubpartsBecomeOneReplacement
Utf8Step utf8_step(std::string_view text);

/// Whether all of it is UTF-8. Tested by: Utf8.TextThatIsUtf8StaysAsItIs, Utf8.MaximalSubpartsBecomeOneReplacement
bool is_utf8(std::string_view text);

/// A text that was not all UTF-8.
struct Replaced {
    std::string text;   ///< With U+FFFD for what is not UTF-8.
    std::size_t bytes;  ///< How many bytes that were.
};

/// `text` with its bytes that are not UTF-8 replaced; nullopt where all of it is UTF-8.
std::optional<Replaced> replace_invalid_utf8(std::string_view text);

}  // namespace understudy::http
