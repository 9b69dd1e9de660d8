#include "emulator/gateway/access/request_signature.hpp"

#include "emulator/event/query.hpp"
#include "emulator/event/text.hpp"
#include "emulator/gateway/access/crypto.hpp"
#include "emulator/http/hex.hpp"
#include "emulator/http/percent.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace understudy::access {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";
constexpr std::string_view kRequest = "aws4_request";
constexpr std::string_view kSignatureKey = "X-Amz-Signature";
constexpr std::chrono::seconds kLongest{7 * 24 * 3600};

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const auto end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

/// The path without empty, `.` and `..` segments, each segment encoded once more than it arrived.
std::string canonical_path(std::string_view path) {
    std::vector<std::string_view> kept;
    const auto segments = split(path, '/');
    for (const std::string_view segment : segments) {
        if (segment == "..") {
            if (!kept.empty()) kept.pop_back();
        } else if (!segment.empty() && segment != ".") {
            kept.push_back(segment);
        }
    }
    std::string canonical;
    for (const std::string_view segment : kept) {
        canonical += '/';
        canonical += http::encode_percent(segment);
    }
    const std::string_view last = segments.back();
    if (kept.empty() || last.empty() || last == "." || last == "..") canonical += '/';
    return canonical;
}

std::string canonical_query(std::string_view query) {
    std::vector<std::pair<std::string, std::string>> parameters;
    for (const std::string_view part : split(query, '&')) {
        if (part.empty()) continue;
        const auto equals = std::min(part.find('='), part.size());
        const std::string name = http::decode_percent(part.substr(0, equals), http::Plus::space);
        if (name == kSignatureKey) continue;
        const std::string value =
            http::decode_percent(part.substr(std::min(equals + 1, part.size())), http::Plus::space);
        parameters.emplace_back(http::encode_percent(name), http::encode_percent(value));
    }
    std::ranges::sort(parameters);
    std::string canonical;
    for (const auto& [name, value] : parameters) {
        if (!canonical.empty()) canonical += '&';
        canonical.append(name).append("=").append(value);
    }
    return canonical;
}

/// A header's value without spaces at its ends, runs of them inside as one.
void append_header_value(std::string& out, std::string_view value) {
    bool space = false;
    for (const char c : event::trim(value)) {
        if (c != ' ' || !space) out += c;
        space = c == ' ';
    }
}

void append_header(std::string& out, const http::Headers& headers, std::string_view name) {
    out.append(name).append(":");
    bool first = true;
    for (const auto [other, value] : headers) {
        if (!http::same_name(other, name)) continue;
        if (!first) out += ',';
        append_header_value(out, value);
        first = false;
    }
    out += '\n';
}

std::string join(const std::vector<std::string>& names) {
    std::string joined;
    for (const std::string& name : names) joined.append(joined.empty() ? "" : ";").append(name);
    return joined;
}

std::string scope_of(const Signature& signature) {
    return signature.date + "/" + signature.region + "/" + signature.service + "/" + std::string(kRequest);
}

/// The parts of a signature as they are spelled.
struct Parts {
    std::string credential;
    std::string signed_headers;
    std::string value;
    std::string time;
};

std::variant<Signature, SignatureFault> to_signature(Signature::Place place, const Parts& parts) {
    const auto scope = split(parts.credential, '/');
    const bool complete = scope.size() == 5 && scope[4] == kRequest && !parts.value.empty() &&
                          !parts.signed_headers.empty() && parts.time.size() == 16;
    if (!complete) return SignatureFault::incomplete;
    Signature signature;
    signature.place = place;
    signature.access_key = scope[0];
    signature.date = scope[1];
    signature.region = scope[2];
    signature.service = scope[3];
    signature.time = parts.time;
    signature.value = parts.value;
    for (const std::string_view name : split(parts.signed_headers, ';')) {
        signature.signed_headers.push_back(event::to_lower(name));
    }
    if (std::ranges::find(signature.signed_headers, "host") == signature.signed_headers.end()) {
        return SignatureFault::incomplete;
    }
    return signature;
}

std::variant<Signature, SignatureFault> parse_header(std::string_view value, const http::Headers& headers) {
    if (!value.starts_with(kAlgorithm)) return SignatureFault::incomplete;
    Parts parts;
    for (const std::string_view part : split(value.substr(kAlgorithm.size()), ',')) {
        const auto [name, text] = std::pair(event::trim(part.substr(0, part.find('='))),
                                            part.substr(std::min(part.find('='), part.size() - 1) + 1));
        if (name == "Credential") parts.credential = text;
        if (name == "SignedHeaders") parts.signed_headers = text;
        if (name == "Signature") parts.value = text;
    }
    parts.time = headers.last("X-Amz-Date").value_or("");
    return to_signature(Signature::Place::header, parts);
}

std::variant<Signature, SignatureFault> parse_query_signature(const std::vector<event::Parameter>& query) {
    const auto find = [&query](std::string_view name) {
        const auto found = std::ranges::find(query, name, &event::Parameter::name);
        return found == query.end() ? std::string() : found->values.back();
    };
    auto parsed = to_signature(Signature::Place::query, {find("X-Amz-Credential"), find("X-Amz-SignedHeaders"),
                                                         find(kSignatureKey), find("X-Amz-Date")});
    auto* signature = std::get_if<Signature>(&parsed);
    if (signature == nullptr) return parsed;
    const std::string expires = find("X-Amz-Expires");
    std::int64_t seconds = 0;
    const auto end = expires.data() + expires.size();
    const bool is_number = std::from_chars(expires.data(), end, seconds).ptr == end && !expires.empty();
    if (!is_number || seconds < 0 || seconds > kLongest.count()) return SignatureFault::incomplete;
    signature->expires = std::chrono::seconds(seconds);
    return parsed;
}

/// A text of digits. Errors: nullopt.
std::optional<int> parse_number(std::string_view digits) {
    int number = 0;
    const char* end = digits.data() + digits.size();
    if (std::from_chars(digits.data(), end, number).ptr != end || number < 0) return std::nullopt;
    return number;
}

/// `20150830T123600Z`. Errors: nullopt. Preconditions: 16 characters.
std::optional<std::chrono::system_clock::time_point> parse_time(std::string_view text) {
    const auto year = parse_number(text.substr(0, 4));
    const auto month = parse_number(text.substr(4, 2));
    const auto day = parse_number(text.substr(6, 2));
    const auto hour = parse_number(text.substr(9, 2));
    const auto minute = parse_number(text.substr(11, 2));
    const auto second = parse_number(text.substr(13, 2));
    if (!year || !month || !day || !hour || !minute || !second || text[8] != 'T' || text[15] != 'Z')
        return std::nullopt;
    const auto date = std::chrono::year(*year) / *month / *day;
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
           std::chrono::seconds(*second);
}

bool is_current(const Signature& signature, std::chrono::system_clock::time_point signed_at,
                std::chrono::system_clock::time_point now) {
    if (signed_at > now + kSignatureSkew) return false;
    return now <= signed_at + (signature.expires ? *signature.expires : std::chrono::seconds(kSignatureSkew));
}

}  // namespace

std::variant<Signature, SignatureFault> parse_signature(const http::Request& request) {
    if (const auto value = request.headers.last("Authorization")) return parse_header(*value, request.headers);
    const auto query = event::parse_query(request.query(), "&");
    if (std::ranges::find(query, "X-Amz-Algorithm", &event::Parameter::name) == query.end()) {
        return SignatureFault::missing;
    }
    return parse_query_signature(query);
}

bool has_date_of_its_time(const Signature& signature) {
    return signature.date == signature.time.substr(0, 8);
}

std::string render_canonical_request(const http::Request& request, const Signature& signature) {
    std::string canonical = request.method + "\n" + canonical_path(request.path()) + "\n";
    canonical.append(canonical_query(request.query())).append("\n");
    for (const std::string& name : signature.signed_headers) append_header(canonical, request.headers, name);
    canonical.append("\n").append(join(signature.signed_headers)).append("\n");
    return canonical.append(http::to_hex(sha256(request.body)));
}

std::string render_string_to_sign(const http::Request& request, const Signature& signature) {
    std::string text(kAlgorithm);
    text.append("\n").append(signature.time).append("\n").append(scope_of(signature)).append("\n");
    return text.append(http::to_hex(sha256(render_canonical_request(request, signature))));
}

std::string calculate_signature(const http::Request& request, const Signature& signature, std::string_view secret) {
    std::string key = hmac_sha256("AWS4" + std::string(secret), signature.date);
    key = hmac_sha256(key, signature.region);
    key = hmac_sha256(key, signature.service);
    key = hmac_sha256(key, kRequest);
    return http::to_hex(hmac_sha256(key, render_string_to_sign(request, signature)));
}

std::variant<Signature, SignatureFault> check_signature(const http::Request& request, const SignatureTerms& terms,
                                                        std::chrono::system_clock::time_point now) {
    auto parsed = parse_signature(request);
    const auto* signature = std::get_if<Signature>(&parsed);
    if (signature == nullptr) return parsed;
    const auto signed_at = parse_time(signature->time);
    if (!signed_at) return SignatureFault::incomplete;
    const bool in_scope = signature->region == terms.region && signature->service == terms.service;
    if (!in_scope || !has_date_of_its_time(*signature)) return SignatureFault::other_scope;
    const auto secret = terms.secrets(signature->access_key);
    if (!secret) return SignatureFault::unknown_key;
    if (!is_current(*signature, *signed_at, now)) return SignatureFault::expired;
    if (!same_secret(calculate_signature(request, *signature, *secret), signature->value)) {
        return SignatureFault::mismatch;
    }
    return parsed;
}

}  // namespace understudy::access
