#pragma once

#include "emulator/http/message.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace understudy::access {

/// How a request is signed (AWS Signature Version 4): what stands in its Authorization header or in its query.
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
    missing,      ///< The request is not signed.
    incomplete,   ///< A part of the signature is missing or not well formed.
    other_scope,  ///< Made for another region or service, or on another day than its scope says.
    unknown_key,
    expired,   ///< Over `kSignatureSkew` away from now, or presigned and over its time.
    mismatch,  ///< Another signature than the one that was calculated.
};

/// The signature of a request as it stands there. Errors: `missing` or `incomplete`.
std::variant<Signature, SignatureFault> parse_signature(const http::Request& request);

/// Whether its scope names the day on which it was made.
bool has_date_of_its_time(const Signature& signature);

/// The canonical request: six parts, one a line.
///
/// Rule: [IAM user guide, reference_sigv-create-signed-request; the vectors of AWS's signature test suite]. `+` in a
/// query is a space (unverified). Tested by: RequestSignature.TheTestSuitesVectors
std::string render_canonical_request(const http::Request& request, const Signature& signature);

/// What is signed: four lines, the last of them the canonical request's digest.
std::string render_string_to_sign(const http::Request& request, const Signature& signature);

/// What a secret makes of a request: 64 hexadecimal digits.
std::string calculate_signature(const http::Request& request, const Signature& signature, std::string_view secret);

/// What a service takes. Secrets: the one of an access key; nullopt for a key that is not known.
struct SignatureTerms {
    std::string_view region;
    std::string_view service;  ///< `execute-api`, `lambda`
    const std::function<std::optional<std::string>(std::string_view access_key)>& secrets;
};

/// How far the time of a signature may be away from now.
///
/// Rule: what API Gateway itself says [github.com/aws-amplify/aws-sdk-android issue 253]; the IAM user guide allows
/// services up to 15 minutes. That function URLs have the same is unverified.
inline constexpr std::chrono::minutes kSignatureSkew{5};

/// Whether a request is signed as it should be.
///
/// Rule: the skew above, presigned requests as long as they say, seven days at most [IAM user guide,
/// reference_sigv-troubleshooting]. Tested by: RequestSignature.IsCheckedInThisOrder
std::variant<Signature, SignatureFault> check_signature(const http::Request& request, const SignatureTerms& terms,
                                                        std::chrono::system_clock::time_point now);

}  // namespace understudy::access
