#include "emulator/gateway/access/json_web_token.hpp"

#include "emulator/event/json_writer.hpp"
#include "emulator/gateway/access/json.hpp"
#include "emulator/http/headers.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace understudy::access {
namespace {

using Kind = Json::Kind;

/// What AWS says is wrong with a token. `audience` and `expired` were seen in its answers, `issuer` in its access log;
/// the other texts are unverified.
namespace description {
constexpr std::string_view kMalformed = "the token is malformed";
constexpr std::string_view kAlgorithm = "the token has an invalid signing method";
constexpr std::string_view kKeys = "unable to fetch the keys of the issuer";
constexpr std::string_view kKey = "unable to find a key that matches the token";
constexpr std::string_view kSignature = "the token has an invalid signature";
constexpr std::string_view kIssuer = "issuer does not match";
constexpr std::string_view kAudience = "the token does not have a valid audience";
constexpr std::string_view kExpired = "the token has expired";
constexpr std::string_view kNotYet = "the token is not valid yet";
constexpr std::string_view kIssuedLater = "the token was issued in the future";
}  // namespace description

/// A token taken apart. `header` and `claims` view into the texts, so it stays where it is made.
struct Token {
    explicit Token(std::string_view compact);
    Token(const Token&) = delete;
    Token& operator=(const Token&) = delete;

    bool well_formed = false;
    std::string_view signed_part;
    std::string header_text;
    std::string claims_text;
    std::string signature;
    Json header;
    Json claims;
};

Token::Token(std::string_view compact) {
    const auto first = compact.find('.');
    const auto second = compact.rfind('.');
    if (first == std::string_view::npos || compact.find('.', first + 1) != second) return;
    auto header_bytes = parse_base64url(compact.substr(0, first));
    auto claims_bytes = parse_base64url(compact.substr(first + 1, second - first - 1));
    auto signature_bytes = parse_base64url(compact.substr(second + 1));
    if (!header_bytes || !claims_bytes || !signature_bytes) return;
    signed_part = compact.substr(0, second);
    header_text = std::move(*header_bytes);
    claims_text = std::move(*claims_bytes);
    signature = std::move(*signature_bytes);
    auto header_json = parse_json(header_text);
    auto claims_json = parse_json(claims_text);
    if (!header_json || !claims_json || !claims_json->is(Kind::object)) return;
    header = std::move(*header_json);
    claims = std::move(*claims_json);
    well_formed = true;
}

std::optional<Digest> to_digest(std::string_view algorithm) {
    if (algorithm == "RS256") return Digest::sha256;
    if (algorithm == "RS384") return Digest::sha384;
    if (algorithm == "RS512") return Digest::sha512;
    return std::nullopt;
}

/// A claim that is a text, or a list of them.
std::vector<std::string> texts_of(const Json* claim) {
    std::vector<std::string> texts;
    if (claim == nullptr) return texts;
    if (claim->is(Kind::string)) texts.push_back(claim->text);
    for (const Json& item : claim->items) {
        if (item.is(Kind::string)) texts.push_back(item.text);
    }
    return texts;
}

bool shares_one(const std::vector<std::string>& left, const std::vector<std::string>& right) {
    return std::ranges::find_first_of(left, right) != left.end();
}

bool has_audience(const Json& claims, const std::vector<std::string>& audiences) {
    const Json* audience = claims.find("aud");
    return shares_one(texts_of(audience != nullptr ? audience : claims.find("client_id")), audiences);
}

/// Seconds since 1970; nullopt where the claim is missing or no number.
std::optional<double> moment_of(const Json& claims, std::string_view name) {
    const Json* claim = claims.find(name);
    if (claim == nullptr || !claim->is(Kind::number)) return std::nullopt;
    double seconds = 0;
    const std::string_view text = claim->source;
    if (std::from_chars(text.data(), text.data() + text.size(), seconds).ec != std::errc()) return std::nullopt;
    return seconds;
}

std::string_view find_time_fault(const Json& claims, double now) {
    const auto expires = moment_of(claims, "exp");
    // That a token without exp counts as expired is unverified.
    if (!expires || *expires <= now) return description::kExpired;
    if (moment_of(claims, "nbf").value_or(now) > now) return description::kNotYet;
    if (moment_of(claims, "iat").value_or(now) > now) return description::kIssuedLater;
    return {};
}

std::string_view find_signature_fault(const Token& token, Digest digest, const KeySet* keys) {
    if (keys == nullptr) return description::kKeys;
    const RsaKey* key = keys->find(token.header.text_of("kid"));
    if (key == nullptr) return description::kKey;
    return key->verifies(digest, token.signed_part, token.signature) ? std::string_view() : description::kSignature;
}

/// Everything but the scopes, in the documented order. Empty: nothing is wrong.
std::string_view find_fault(const Token& token, const TokenTerms& terms, const KeySet* keys, double now) {
    if (!token.well_formed) return description::kMalformed;
    const auto digest = to_digest(token.header.text_of("alg"));
    if (!digest) return description::kAlgorithm;
    if (terms.signatures == Signatures::checked) {
        if (const auto fault = find_signature_fault(token, *digest, keys); !fault.empty()) return fault;
    }
    if (token.claims.text_of("iss") != terms.issuer) return description::kIssuer;
    if (!has_audience(token.claims, terms.audiences)) return description::kAudience;
    return find_time_fault(token.claims, now);
}

/// Adds the words of a text that are not there yet.
void add_words(std::string_view text, std::vector<std::string>& words) {
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        const std::string_view word = text.substr(0, end);
        if (!word.empty() && std::ranges::find(words, word) == words.end()) words.emplace_back(word);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

/// What the token grants: `scope` and `scp`, each a list or words in one text. That both count, and that the event
/// lists both, where a token has both, is unverified.
std::vector<std::string> scopes_of(const Json& claims) {
    std::vector<std::string> scopes;
    for (const std::string_view name : {"scope", "scp"}) {
        for (const std::string& text : texts_of(claims.find(name))) add_words(text, scopes);
    }
    return scopes;
}

std::string authenticate(const std::vector<std::string>& scopes, std::string_view error, std::string_view text) {
    std::string value = "Bearer scope=\"";
    for (const std::string& scope : scopes) value.append(&scope == &scopes.front() ? "" : " ").append(scope);
    value.append("\" error=\"").append(error).append("\"");
    if (!text.empty()) value.append(" error_description=\"").append(text).append("\"");
    return value;
}

/// One claim as events show it: text, whatever it is.
std::string to_wire(const Json& claim) {
    if (!claim.is(Kind::array)) return std::string(plain_text(claim));
    std::string list = "[";
    for (const Json& item : claim.items) {
        if (&item != &claim.items.front()) list += ' ';
        list += plain_text(item);
    }
    return list + ']';
}

std::string render_authorizer(const Json& claims, const TokenTerms& terms, const std::vector<std::string>& scopes) {
    std::string text;
    event::JsonWriter json(text);
    json.begin_object();
    json.key("jwt").begin_object();
    json.key("claims").begin_object();
    for (const auto& [name, claim] : claims.members) {
        if (!claim.is(Kind::null)) json.member(name).text(to_wire(claim));
    }
    json.end_object();
    json.key("scopes");
    if (terms.scopes.empty()) {
        json.null();
    } else {
        json.begin_array();
        for (const std::string& scope : scopes) json.text(scope);
        json.end_array();
    }
    json.end_object();
    json.end_object();
    return text;
}

std::string_view without_scheme(std::string_view credential) {
    constexpr std::string_view kScheme = "Bearer ";
    const bool has_scheme = http::same_name(credential.substr(0, kScheme.size()), kScheme);
    return has_scheme ? credential.substr(kScheme.size()) : credential;
}

}  // namespace

TokenVerdict check_token(std::string_view credential, const TokenTerms& terms, const KeySet* keys,
                         std::chrono::system_clock::time_point now) {
    const Token token(without_scheme(credential));
    const double seconds = std::chrono::duration<double>(now.time_since_epoch()).count();
    if (const auto fault = find_fault(token, terms, keys, seconds); !fault.empty()) {
        return RefusedToken{.authenticate = authenticate(terms.scopes, "invalid_token", fault),
                            .lacks_key = fault == description::kKeys || fault == description::kKey};
    }
    const auto scopes = scopes_of(token.claims);
    if (!terms.scopes.empty() && !shares_one(scopes, terms.scopes)) {
        return RefusedToken{.forbidden = true, .authenticate = authenticate(terms.scopes, "insufficient_scope", "")};
    }
    return AcceptedToken{render_authorizer(token.claims, terms, scopes)};
}

RefusedToken refuse_missing_token() {
    return {.authenticate = "Bearer"};
}

}  // namespace understudy::access
