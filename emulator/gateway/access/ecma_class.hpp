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

/// Where an escape stands.
enum class EscapeIn : std::uint8_t { expression, character_class };

/// What stands behind a backslash, from `at` on, which moves behind it. Boundaries and what refers back are not its
/// affair. Preconditions: `at` is within the text.
/// Errors: nullopt for half of a pair of UTF-16, which no text has.
std::optional<EcmaAtom> read_escape(std::string_view text, std::size_t& at, EscapeIn where);

/// The character at `at`, which moves behind it. Preconditions: `at` is within the text.
std::uint32_t read_character(std::string_view text, std::size_t& at);

}  // namespace understudy::access
