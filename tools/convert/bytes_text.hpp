#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace understudy::convert {

/// The bytes behind base64, in the standard or the URL-safe alphabet, padded or not (RFC 4648, 4 and 5); nullopt for
/// any other text.
std::optional<std::string> parse_base64(std::string_view text);

/// The bytes behind pairs of hexadecimal digits.
std::optional<std::string> parse_hex(std::string_view text);

}  // namespace understudy::convert
