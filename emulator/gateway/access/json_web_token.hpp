#pragma once

#include "emulator/gateway/access/key_set.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace understudy::access {

/// Whether a token's signature is looked at.
enum class Signatures : std::uint8_t {
    checked,
    assumed,  ///< Whoever's key it is: for explanations, which have no keys.
};

/// What a JWT authorizer and its route ask of a token.
struct TokenTerms {
    std::string_view issuer;
    const std::vector<std::string>& audiences;
    const std::vector<std::string>& scopes;  ///< One of them must be granted; empty: none is asked for.
    Signatures signatures = Signatures::checked;
};

/// A token that passes: `requestContext.authorizer`, `{"jwt":{"claims":{…},"scopes":…}}`.
struct AcceptedToken {
    std::string authorizer;
};

/// A token that does not.
struct RefusedToken {
    bool forbidden = false;    ///< 403, for want of a scope; else 401.
    std::string authenticate;  ///< The value of `www-authenticate`.
    bool lacks_key = false;    ///< The issuer's keys are not known, or none of them is the token's: newer ones may be.
    friend bool operator==(const RefusedToken&, const RefusedToken&) = default;
};

using TokenVerdict = std::variant<AcceptedToken, RefusedToken>;

/// Whether a request with this credential (a token, with or without `Bearer ` in front) may pass. `keys` is null where
/// the issuer's could not be had.
///
/// Rule: the order and conditions of [API Gateway developer guide, http-api-jwt-authorizer]: algorithm, key by `kid`,
/// signature, `iss`, `aud` or else `client_id`, `exp`, `nbf`, `iat`, scopes. The descriptions for audience
/// [http-api-troubleshooting-jwt], expiry and issuer are AWS's, the others unverified.
/// Tested by: JsonWebToken.IsCheckedInTheDocumentedOrder
TokenVerdict check_token(std::string_view credential, const TokenTerms& terms, const KeySet* keys,
                         std::chrono::system_clock::time_point now);

/// The answer where there is no credential at all.
RefusedToken refuse_missing_token();

}  // namespace understudy::access
