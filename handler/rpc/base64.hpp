#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace understudy::rpc {

/// Appends the standard, padded base64 of `bytes` (RFC 4648, 4), which is the one that API Gateway reads.
void append_base64(std::string& out, std::string_view bytes);

/// Errors: nullopt for anything but standard, padded base64.
std::optional<std::string> parse_base64(std::string_view text);

}  // namespace understudy::rpc
