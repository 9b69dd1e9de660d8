#include "emulator/gateway/access/signature_message.hpp"

#include <algorithm>
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

/// What follows `NAME=` in an Authorization header; empty where nothing does.
std::string_view parameter_of(std::string_view authorization, std::string_view name) {
    const auto begin = authorization.find(std::string(name) + '=');
    if (begin == std::string_view::npos) return {};
    const std::string_view rest = authorization.substr(begin + name.size() + 1);
    return rest.substr(0, rest.find(','));
}

std::string missing_parts_text(const http::Request& request, std::string_view authorization) {
    std::string text;
    for (const std::string_view name : {"Credential", "Signature", "SignedHeaders"}) {
        if (!parameter_of(authorization, name).empty()) continue;
        text.append("Authorization header requires '").append(name).append("' parameter. ");
    }
    if (!request.headers.contains("X-Amz-Date") && !request.headers.contains("Date")) {
        text += "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
    }
    return text;
}

/// Nothing is missing: one of the parts is not well formed.
std::string_view ill_formed_text(std::string_view authorization) {
    const std::string_view credential = parameter_of(authorization, "Credential");
    if (std::ranges::count(credential, '/') != 4) {
        return "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term. ";
    }
    if (!credential.ends_with("/aws4_request")) {
        return "Credential should be scoped with a valid terminator: 'aws4_request'. ";
    }
    if (parameter_of(authorization, "SignedHeaders").find("host") == std::string_view::npos) {
        return "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization. ";
    }
    return "Date must be in ISO-8601 'basic format'. ";
}

std::string incomplete_text(const http::Request& request) {
    const std::string_view authorization = request.headers.last("Authorization").value_or("");
    std::string text = missing_parts_text(request, authorization);
    if (text.empty()) text = ill_formed_text(authorization);
    if (authorization.empty()) return text.substr(0, text.size() - 1);
    return text.append("Authorization=").append(authorization);
}

std::string scope_text(const Signature& signature, const SignatureTerms& terms) {
    std::string text;
    if (signature.region != terms.region) {
        text.append("Credential should be scoped to a valid region, not '").append(signature.region).append("'. ");
    }
    if (signature.service != terms.service) {
        text.append("Credential should be scoped to correct service: '").append(terms.service).append("'. ");
    }
    if (!has_date_of_its_time(signature)) {
        text.append("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '");
        text.append(signature.date).append("' != '").append(signature.time, 0, 8);
        text.append("', from '").append(signature.time).append("'.");
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
