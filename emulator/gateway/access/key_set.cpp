#include "emulator/gateway/access/key_set.hpp"

#include "emulator/gateway/access/json.hpp"

#include <algorithm>

namespace understudy::access {
namespace {

constexpr std::size_t kMaxDocument = 150'000;

std::string_view text_of(const Json& object, std::string_view name) {
    const Json* value = object.find(name);
    return value == nullptr ? std::string_view() : std::string_view(value->text);
}

std::optional<RsaKey> to_key(const Json& entry) {
    if (text_of(entry, "kty") != "RSA") return std::nullopt;
    const auto modulus = parse_base64url(text_of(entry, "n"));
    const auto exponent = parse_base64url(text_of(entry, "e"));
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
        if (auto key = to_key(entry)) set.keys_.emplace_back(text_of(entry, "kid"), std::move(*key));
    }
    return set;
}

}  // namespace understudy::access
