#pragma once

#include "emulator/http/message.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::access {

/// How a request is signed: what stands in its Authorization header or in its query.
struct Signature {
    enum class Place : std::uint8_t { header, query };
    Place place = Place::header;
    std::string access_key = {};
    std::string date = {};  ///< `20150830`
    std::string region = {};
    std::string service = {};
    std::string time = {};                             ///< `20150830T123600Z`
    std::vector<std::string> signed_headers = {};      ///< Lower case.
    std::string value = {};                            ///< 64 hexadecimal digits.
    std::optional<std::chrono::seconds> expires = {};  ///< Query only.
};

/// Why a signature does not count.
enum class SignatureFault : std::uint8_t {
    missing,     ///< The request is not signed.
    incomplete,  ///< A part of the signature is missing or not well formed.
    unknown_key,
    expired,   ///< Over 15 minutes away from now, or presigned and over its time.
    mismatch,  ///< Another signature than the one that was calculated.
};

/// The canonical request of Signature Version 4: six parts, one a line.
///
/// Rule: [IAM user guide, reference_sigv-create-signed-request; AWS's signature test suite].
/// Tested by: RequestSignature.TheTestSuitesVectors
std::string render_canonical_request(const http::Request& request, const Signature& signature);

/// What `secret` makes of a request: 64 hexadecimal digits.
std::string calculate_signature(const http::Request& request, const Signature& signature, std::string_view secret);

/// The signature of a request as it stands there. Errors: `missing` or `incomplete`.
std::optional<SignatureFault> parse_signature(const http::Request& request, Signature& signature);

/// The secret of an access key; nullopt for one that is not known.
using Secrets = std::function<std::optional<std::string>(std::string_view access_key)>;

/// Whether a request is signed as it should be; the signature's parts are in `signature` then.
std::optional<SignatureFault> check_signature(const http::Request& request, const Secrets& secrets,
                                              std::chrono::system_clock::time_point now, Signature& signature);

}  // namespace understudy::access
