#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::access {

/// One character, or a set of them as it stands between the brackets of a class, of a regular expression.
struct EcmaAtom {
    std::optional<std::uint32_t> character;
    std::string set;
    char plain_letter = '\0';  ///< A letter behind a backslash that means itself.
};

/// What `.` means.
inline constexpr std::string_view kAnyOfLine = R"([^\n\r\x{2028}\x{2029}])";

/// A character as RE2 reads it anywhere in an expression.
std::string render_character(std::uint32_t character);

/// What stands behind a backslash, from `at` on, which moves behind it; within a class or not. Boundaries and what
/// refers back are not its affair. Preconditions: `at` is within the text.
/// Errors: nullopt for half of a pair of UTF-16, which no text has.
std::optional<EcmaAtom> read_escape(std::string_view text, std::size_t& at, bool in_class);

/// The character at `at`, which moves behind it. Preconditions: `at` is within the text.
std::uint32_t read_character(std::string_view text, std::size_t& at);

}  // namespace understudy::access
