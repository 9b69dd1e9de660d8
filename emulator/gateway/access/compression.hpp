#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::access {

/// A content coding (RFC 9110, 8.4.1).
enum class Coding : std::uint8_t { identity, gzip, deflate };

/// `gzip`, `deflate`, `identity`
std::string_view coding_name(Coding coding);

/// The coding of a message by its Content-Encoding; nullopt for one that REST APIs do not take: 415.
///
/// Rule: [API Gateway developer guide, api-gateway-gzip-compression-decompression].
/// Tested by: Compression.CodingsThatAreTaken
std::optional<Coding> parse_coding(std::optional<std::string_view> content_encoding);

/// The coding that a client wants most of those that are served; gzip where it does not care (unverified).
///
/// Rule: [same page] and RFC 9110, 12.5.3. Tested by: Compression.TheClientsWishDecides
Coding choose_coding(std::optional<std::string_view> accept_encoding);

/// A body in another coding. Preconditions: not identity.
std::string compress(std::string_view body, Coding coding);

/// Why a body cannot be unpacked.
enum class UnpackFault : std::uint8_t { none, damaged, too_large };

/// The body behind a coding, or why there is none.
struct Unpacked {
    std::string body;
    UnpackFault fault = UnpackFault::none;

    friend bool operator==(const Unpacked&, const Unpacked&) = default;
};

/// Preconditions: not identity. Tested by: Compression.DamageAndBombsAreRefused
Unpacked decompress(std::string_view body, Coding coding, std::size_t limit);

}  // namespace understudy::access
