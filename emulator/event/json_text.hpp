#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace understudy::event {

/// What a text needs inside a JSON string, quotes not counted.
struct JsonTextCost {
    std::size_t size = 0;
    std::size_t replaced_bytes = 0;  ///< Bytes that are not UTF-8 and become U+FFFD.
};
JsonTextCost json_text_cost(std::string_view text);

/// Appends `text` as the inside of a JSON string: `"`, `\` and controls escaped, bytes that are not UTF-8 replaced, all
/// else as it is; `cost` as `json_text_cost` told it. Grows `out` once.
void append_json_text(std::string& out, std::string_view text, const JsonTextCost& cost);

/// Appends it without knowing its cost.
void append_json_text(std::string& out, std::string_view text);

/// Whether all of it is UTF-8 without controls that would need the long escape; stops at the first byte that is not.
bool is_plain_text(std::string_view text);

/// The most that one byte of a text becomes.
inline constexpr std::size_t kLongestEscape = 6;
/// Room behind a text that is written over with bytes that mean nothing.
inline constexpr std::size_t kJsonTextSpare = 16;

/// Writes the same at `to`, and returns its end. Preconditions: there is room for what it costs, at most
/// `kLongestEscape` for each byte, and for `kJsonTextSpare` more.
char* put_json_text(char* to, std::string_view text);

}  // namespace understudy::event
