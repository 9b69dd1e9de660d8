#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace understudy::access {

/// At most so many bytes of a text in UTF-8, ending with a character, and `...` where something is left out.
/// Tested by: Models.ExplainInShortWhateverTheBodyHolds, SchemaSyntax.TellsWhatNoKeywordTakes
inline std::string shortened(std::string_view text, std::size_t most) {
    if (text.size() <= most) return std::string(text);
    const auto is_within_character = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80; };
    while (most > 0 && is_within_character(text[most])) --most;
    return std::string(text.substr(0, most)) + "...";
}

}  // namespace understudy::access
