#include "emulator/gateway/access/key_set.hpp"

#include "emulator/gateway/access/json.hpp"

#include <algorithm>

namespace understudy::access {
namespace {

constexpr std::size_t kMaxDocument = 150'000;

std::optional<RsaKey> to_key(const Json& entry) {
    if (entry.text_of("kty") != "RSA") return std::nullopt;
    const auto modulus = parse_base64url(entry.text_of("n"));
    const auto exponent = parse_base64url(entry.text_of("e"));
    if (!modulus || !exponent) return std::nullopt;
    return RsaKey::from_parts(*modulus, *exponent);
}

}  // namespace

const RsaKey* KeySet::find(std::string_view id) const {
    const auto found = std::ranges::find(keys_, id, [](const auto& entry) { return std::string_view(entry.first); });
    return found == keys_.end() ? nullptr : &found->second;
}

std::optional<KeySet> parse_key_set(std::string_view text) {
    if (text.size() > kMaxDocument) return std::nullopt;
    const auto json = parse_json(text);
    const Json* keys = json ? json->find("keys") : nullptr;
    if (keys == nullptr || !keys->is(Json::Kind::array)) return std::nullopt;
    KeySet set;
    for (const Json& entry : keys->items) {
        if (auto key = to_key(entry)) set.keys_.emplace_back(entry.text_of("kid"), std::move(*key));
    }
    return set;
}

}  // namespace understudy::access
