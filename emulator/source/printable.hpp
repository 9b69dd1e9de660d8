#pragma once

#include <string>
#include <string_view>

namespace understudy::source {

/// Whether a terminal would obey a character in place of drawing it: controls but for tabs and line breaks, and those
/// that turn the direction of the text around them (U+202A to U+202E, U+2066 to U+2069), so that it reads as another.
constexpr bool is_obeyed_by_terminals(char32_t code) {
    const bool is_control = (code < 0x20 && code != U'\t' && code != U'\n') || (code >= 0x7F && code < 0xA0);
    return is_control || (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

/// Text that a terminal only draws: such characters, and bytes that are not UTF-8, as `\x1b` and `\u202e`.
std::string to_printable(std::string_view text);

/// The same as a part of one line: tabs and line breaks are blanks.
/// Tested by: PrintableText.APartOfALineStaysInIt
std::string to_printable_line(std::string_view text);

}  // namespace understudy::source
