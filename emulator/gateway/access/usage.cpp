#include "emulator/gateway/access/usage.hpp"

#include <algorithm>

namespace understudy::access {
namespace {

bool serves(const app::UsagePlan& plan, std::string_view key_id, std::string_view api_id, std::string_view stage) {
    const auto is_here = [api_id, stage](const app::UsagePlan::ApiStage& entry) {
        return entry.api_id == api_id && entry.stage == stage;
    };
    return std::ranges::find(plan.key_ids, key_id) != plan.key_ids.end() && std::ranges::any_of(plan.stages, is_here);
}

}  // namespace

std::optional<KeyUse> Usage::find_key(std::string_view value, std::string_view api_id, std::string_view stage) const {
    const auto key = std::ranges::find(keys_, value, &app::ApiKey::value);
    if (value.empty() || key == keys_.end() || !key->enabled) return std::nullopt;
    const auto serves_key = [&](const app::UsagePlan& plan) { return serves(plan, key->id, api_id, stage); };
    const auto plan = std::ranges::find_if(plans_, serves_key);
    if (plan == plans_.end()) return std::nullopt;
    return KeyUse{static_cast<std::size_t>(key - keys_.begin()), static_cast<std::size_t>(plan - plans_.begin())};
}

UsageVerdict Usage::use_key(const KeyUse& use, Time now) {
    const auto [entry, is_new] = by_key_.try_emplace({use.key, use.plan});
    Counters& counters = entry->second;
    const app::UsagePlan& plan = plans_[use.plan];
    if (is_new && plan.throttle) counters.bucket.emplace(*plan.throttle);
    if (is_new && plan.quota) counters.quota.emplace(*plan.quota);
    if (counters.bucket && !counters.bucket->offers(now)) return UsageVerdict::rate_exceeded;
    if (counters.quota && !counters.quota->offers(now)) return UsageVerdict::quota_exceeded;
    if (counters.bucket) counters.bucket->take();
    if (counters.quota) counters.quota->take();
    return UsageVerdict::pass;
}

UsageVerdict Usage::use_route(const app::Stage& stage, std::string_view route_key, Time now) {
    const auto own = stage.route_throttles.find(std::string(route_key));
    const app::Throttle* throttle = own != stage.route_throttles.end() ? &own->second
                                    : stage.throttle                   ? &*stage.throttle
                                                                       : nullptr;
    if (throttle == nullptr) return UsageVerdict::pass;
    TokenBucket& bucket =
        by_route_.try_emplace({stage.name, std::string(route_key)}, TokenBucket(*throttle)).first->second;
    if (!bucket.offers(now)) return UsageVerdict::rate_exceeded;
    bucket.take();
    return UsageVerdict::pass;
}

}  // namespace understudy::access
