#pragma once

#include <cstdint>
#include <string_view>

namespace understudy::gateway {

enum class LetterCase : std::uint8_t { counts, is_ignored };

/// Whether a text is as a pattern says: `*` stands for any characters, also none, `?` for one; `\*` and `\?` for
/// themselves. Takes time in proportion to the product of both lengths at most.
bool matches_wildcards(std::string_view pattern, std::string_view text, LetterCase letter_case);

}  // namespace understudy::gateway
