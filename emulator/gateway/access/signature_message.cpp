#include "emulator/gateway/access/signature_message.hpp"

#include <array>
#include <cstdio>
#include <optional>

namespace understudy::access {
namespace {

using Time = std::chrono::system_clock::time_point;

/// `20150830T123600Z`
std::string to_signing_time(Time time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%04d%02u%02uT%02d%02d%02dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    return text.data();
}

std::string incomplete_text(const http::Request& request) {
    std::string text =
        "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. "
        "Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a "
        "'X-Amz-Date' or a 'Date' header.";
    if (const auto value = request.headers.last("Authorization")) text.append(" Authorization=").append(*value);
    return text;
}

std::string scope_text(const Signature& signature, const SignatureTerms& terms) {
    std::string text;
    if (signature.region != terms.region) {
        text.append("Credential should be scoped to a valid region, not '").append(signature.region).append("'. ");
    }
    if (signature.service != terms.service) {
        text.append("Credential should be scoped to correct service: '").append(terms.service).append("'. ");
    }
    return text;
}

std::string expiry_text(const Signature& signature, Time now) {
    const std::string at = to_signing_time(now);
    if (signature.time > at) {
        return "Signature not yet current: " + signature.time + " is still later than " +
               to_signing_time(now + kSignatureSkew) + " (" + at + " + 5 min.)";
    }
    return "Signature expired: " + signature.time + " is now earlier than " + to_signing_time(now - kSignatureSkew) +
           " (" + at + " - 5 min.)";
}

std::string mismatch_text(const http::Request& request, const Signature& signature) {
    return "The request signature we calculated does not match the signature you provided. Check your AWS Secret "
           "Access Key and signing method. Consult the service documentation for details.\n\n"
           "The Canonical String for this request should have been\n'" +
           render_canonical_request(request, signature) + "'\n\nThe String-to-Sign should have been\n'" +
           render_string_to_sign(request, signature) + "'\n";
}

}  // namespace

std::string render_signature_message(SignatureFault fault, const http::Request& request, const SignatureTerms& terms,
                                     Time now) {
    const auto parsed = parse_signature(request);
    const auto* signature = std::get_if<Signature>(&parsed);
    switch (fault) {
        case SignatureFault::incomplete:
            return incomplete_text(request);
        case SignatureFault::unknown_key:
            return "The security token included in the request is invalid.";
        case SignatureFault::other_scope:
            return signature == nullptr ? std::string() : scope_text(*signature, terms);
        case SignatureFault::expired:
            return signature == nullptr ? std::string() : expiry_text(*signature, now);
        case SignatureFault::mismatch:
            return signature == nullptr ? std::string() : mismatch_text(request, *signature);
        case SignatureFault::missing:
            break;
    }
    return {};
}

std::string_view signature_error_type(SignatureFault fault) {
    switch (fault) {
        case SignatureFault::incomplete:
            return "IncompleteSignatureException";
        case SignatureFault::unknown_key:
            return "UnrecognizedClientException";
        case SignatureFault::missing:
        case SignatureFault::other_scope:
        case SignatureFault::expired:
        case SignatureFault::mismatch:
            break;
    }
    return "InvalidSignatureException";
}

}  // namespace understudy::access
