#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::http {

/// Bytes that `size` bytes need in base64, padding included (RFC 4648, 4).
constexpr std::size_t base64_length(std::size_t size) {
    return (size + 2) / 3 * 4;
}

/// Appends the standard, padded base64 of `bytes` to `out`, in place: a large body is copied once.
void append_base64(std::string& out, std::string_view bytes);
std::string to_base64(std::string_view bytes);

/// The bytes behind standard, padded base64. Errors: nullopt for any other text, with the offset of the first
/// character that does not fit in `*bad_offset` where that is given.
std::optional<std::string> parse_base64(std::string_view text, std::size_t* bad_offset = nullptr);

}  // namespace understudy::http
