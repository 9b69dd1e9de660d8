#pragma once

#include "emulator/gateway/access/request_signature.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace understudy::access {

/// Why a signature does not count, in AWS's words: what a REST API answers. Empty for `missing`.
///
/// Rule: mismatch [github.com/mhart/aws4 issue 33], expiry [github.com/aws-amplify/aws-sdk-android issue 253], a time
/// that is yet to come [github.com/NickWaterton/Roomba980-Python issue 118], scope [IAM user guide,
/// reference_sigv-troubleshooting], whose date is spelled out behind the documented text as in another implementation
/// [scratchstack-aws-signature]: unverified, as the others are.
/// Tested by: RequestSignature.AFaultIsToldInAwsWords
std::string render_signature_message(SignatureFault fault, const http::Request& request, const SignatureTerms& terms,
                                     std::chrono::system_clock::time_point now);

/// `x-amzn-ErrorType` of such an answer. That of `incomplete` and `unknown_key` is unverified.
std::string_view signature_error_type(SignatureFault fault);

}  // namespace understudy::access
