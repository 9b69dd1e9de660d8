#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace understudy::logquery {

/// How many bytes from the front are whole UTF-8 characters (RFC 3629: no surrogates, no overlong forms).
std::size_t valid_length(std::string_view bytes);

/// Appends `bytes` to `out` with U+FFFD for each part that is not UTF-8: one for each longest beginning of a character,
/// as browsers do (The Unicode Standard, 3.9, "U+FFFD Substitution of Maximal Subparts").
void append_utf8(std::string& out, std::string_view bytes);

/// The longest beginning of `text` of at most `most` bytes that splits no character.
std::string_view cut_utf8(std::string_view text, std::size_t most);

}  // namespace understudy::logquery
