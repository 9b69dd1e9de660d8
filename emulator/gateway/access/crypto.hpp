#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::access {

/// 32 bytes.
std::string sha256(std::string_view bytes);
std::string hmac_sha256(std::string_view key, std::string_view bytes);

/// Compares in a time that does not tell how much is equal.
bool same_secret(std::string_view left, std::string_view right);

/// The bytes behind unpadded base64 with `-` and `_` (RFC 7515, 2). Errors: nullopt.
std::optional<std::string> parse_base64url(std::string_view text);

/// The digest inside an RSA signature.
enum class Digest : std::uint8_t { sha256, sha384, sha512 };

/// An RSA public key.
class RsaKey {
  public:
    /// From modulus and exponent, big-endian. Errors: nullopt where they make no key.
    static std::optional<RsaKey> from_parts(std::string_view modulus, std::string_view exponent);

    /// Whether `signature` is this key's over `bytes` (RSASSA-PKCS1-v1_5, RFC 8017, 8.2).
    bool verifies(Digest digest, std::string_view bytes, std::string_view signature) const;

  private:
    struct Key;
    std::shared_ptr<const Key> key_;
};

}  // namespace understudy::access
