#pragma once

#include "emulator/gateway/access/crypto.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::access {

/// An issuer's keys by `kid` (RFC 7517).
class KeySet {
  public:
    /// Null where no key has this id.
    const RsaKey* find(std::string_view id) const;

  private:
    friend std::optional<KeySet> parse_key_set(std::string_view text);
    std::vector<std::pair<std::string, RsaKey>> keys_;
};

/// Reads a JWKS document; keys that are not RSA are left out. Errors: nullopt where it is none, or over 150,000 bytes.
///
/// Rule: [API Gateway developer guide, http-api-quotas]. Tested by: KeySet.IsReadFromAJwksDocument
std::optional<KeySet> parse_key_set(std::string_view text);

}  // namespace understudy::access
