#include "emulator/door_keys.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace understudy {
namespace {

/// Rule: how long API Gateway waits for an issuer's keys, and how many bytes of them it takes [API Gateway developer
/// guide, http-api-quotas]. Tested by: Doors.JsonWebTokensAreCheckedWithKeysThatAreFetched
constexpr net::FetchLimits kJwksLimits{.bytes = 150'000, .time = std::chrono::milliseconds(1500)};

/// How soon keys that did not help are fetched again.
constexpr std::chrono::milliseconds kRest{10'000};

}  // namespace

gateway::Secrets to_secrets(const std::vector<SigningKey>& keys, const lambda::Credentials& functions_own) {
    std::vector<SigningKey> known = keys;
    if (!functions_own.access_key_id.empty())
        known.push_back({functions_own.access_key_id, functions_own.secret_access_key});
    return [known = std::move(known)](std::string_view id) -> std::optional<std::string> {
        const auto found = std::ranges::find(known, id, &SigningKey::id);
        return found == known.end() ? std::nullopt : std::optional(found->secret);
    };
}

const IssuerKeys* DoorKeys::find(const std::string& issuer) const {
    const auto found = std::ranges::find(settings_.issuer_keys, issuer, &IssuerKeys::issuer);
    return found == settings_.issuer_keys.end() ? nullptr : &*found;
}

std::vector<std::string> DoorKeys::give(gateway::AccessControl& access) const {
    const std::chrono::duration<double, std::milli> scaled = kRest / settings_.clock_scale;
    const auto rest = std::chrono::duration_cast<std::chrono::milliseconds>(scaled);
    std::vector<std::string> fetched;
    for (const std::string& issuer : access.issuers()) {
        const IssuerKeys* keys = find(issuer);
        if (keys == nullptr) {
            advise_(issuer, "no token of " + issuer + " passes: its keys are not known. Cure: --jwks " + issuer +
                                "=FILE, or =URL of this machine");
        } else if (!keys->url.empty()) {
            access.fetch_keys_of(issuer, rest);
            fetched.push_back(issuer);
        } else if (!access.set_keys(issuer, keys->key_set)) {
            advise_(issuer, "the keys given for " + issuer + " are no JWKS document");
        }
    }
    return fetched;
}

void DoorKeys::fetch(const std::string& issuer, Done done) {
    const IssuerKeys* keys = find(issuer);
    const auto url = keys == nullptr ? std::nullopt : http::parse_loopback_url(keys->url);
    if (!url) return done(std::nullopt);
    Fetch& fetch = under_way_[issuer];
    fetch.waiting.push_back(std::move(done));
    if (fetch.document) return;
    fetch.document = net::DocumentFetch::start(
        context_, deadlines_, *url, kJwksLimits,
        [this, issuer](source::Result<std::string> document) { on_fetched(issuer, std::move(document)); });
}

void DoorKeys::on_fetched(const std::string& issuer, source::Result<std::string> document) {
    const Fetch fetch = std::move(under_way_.extract(issuer).mapped());
    // A reload may have taken the issuer away, or its URL.
    const IssuerKeys* keys = find(issuer);
    if (!document && keys != nullptr && !keys->url.empty()) {
        advise_(issuer, "the keys of " + issuer + " could not be fetched from " + keys->url + ": " +
                            document.error().message() + "; the next token asks again");
    }
    for (const Done& done : fetch.waiting) {
        done(document ? std::optional(*document) : std::nullopt);
    }
}

void DoorKeys::stop() {
    for (auto& [issuer, fetch] : std::exchange(under_way_, {})) fetch.document->stop();
}

}  // namespace understudy
