#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace understudy::wire {

/// Whether `=` fills up the last group.
enum class Padding : unsigned char { none, full };

/// Standard, padded base64 (RFC 4648, 4), which is the one that API Gateway reads.
void append_base64(std::string& out, std::string_view bytes);
/// Standard base64.
std::string to_base64(std::string_view bytes, Padding padding);
/// The alphabet for URLs, without padding (RFC 4648, 5).
std::string to_url_base64(std::string_view bytes);

/// Reads either alphabet, padded or not: what the protocols ask of a receiver. Errors: nullopt for any other character,
/// white space included, for padding before the end, and for a group of one character.
std::optional<std::string> read_base64(std::string_view text);

/// Reads what `append_base64` writes. Errors: nullopt for anything else.
std::optional<std::string> read_padded_base64(std::string_view text);

/// Reads base64 that was written piece by piece, so that padding may stand in the middle, as in gRPC-Web text
/// (PROTOCOL-WEB.md, "Message framing"). Errors: as above.
std::optional<std::string> read_base64_pieces(std::string_view text);

}  // namespace understudy::wire
