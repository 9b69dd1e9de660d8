#include "emulator/gateway/access/usage.hpp"

#include <algorithm>

namespace understudy::access {
namespace {

/// Which of a plan's stages a key opens, if it is this one.
std::optional<std::size_t> find_opened(const app::UsagePlan& plan, std::string_view key_id, std::string_view api_id,
                                       std::string_view stage) {
    const auto is_here = [api_id, stage](const app::UsagePlan::ApiStage& entry) {
        return entry.api_id == api_id && entry.stage == stage;
    };
    const auto found = std::ranges::find_if(plan.stages, is_here);
    if (found == plan.stages.end() || std::ranges::find(plan.key_ids, key_id) == plan.key_ids.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - plan.stages.begin());
}

}  // namespace

const app::ApiKey* find_opening_key(const app::Application& application, std::string_view api_id,
                                    std::string_view stage) {
    const auto found = std::ranges::find_if(application.api_keys, [&](const app::ApiKey& key) {
        return key.enabled && std::ranges::any_of(application.usage_plans, [&](const app::UsagePlan& plan) {
                   return find_opened(plan, key.id, api_id, stage).has_value();
               });
    });
    return found == application.api_keys.end() ? nullptr : &*found;
}

std::optional<KeyUse> Usage::find_key(std::string_view value, std::string_view api_id, std::string_view stage) const {
    const auto key = std::ranges::find(keys_, value, &app::ApiKey::value);
    if (value.empty() || key == keys_.end() || !key->enabled) return std::nullopt;
    for (std::size_t plan = 0; plan < plans_.size(); ++plan) {
        if (const auto opened = find_opened(plans_[plan], key->id, api_id, stage))
            return KeyUse{static_cast<std::size_t>(key - keys_.begin()), plan, *opened};
    }
    return std::nullopt;
}

/// Null where the plan has no throttle for the route.
TokenBucket* Usage::find_method_bucket(Counters& counters, const app::UsagePlan& plan, std::size_t stage,
                                       std::string_view route_key) {
    const auto& throttles = plan.stages[stage].route_throttles;
    const auto own = throttles.find(std::string(route_key));
    if (own == throttles.end()) return nullptr;
    return &counters.methods.try_emplace({stage, own->first}, TokenBucket(own->second)).first->second;
}

UsageVerdict Usage::use_key(const KeyUse& use, std::string_view route_key, Time now) {
    const auto [entry, is_new] = by_key_.try_emplace({use.key, use.plan});
    Counters& counters = entry->second;
    const app::UsagePlan& plan = plans_[use.plan];
    if (is_new && plan.throttle) counters.bucket.emplace(*plan.throttle);
    if (is_new && plan.quota) counters.quota.emplace(*plan.quota);
    TokenBucket* method = find_method_bucket(counters, plan, use.stage, route_key);
    if (counters.bucket && !counters.bucket->offers(now)) return UsageVerdict::rate_exceeded;
    if (method != nullptr && !method->offers(now)) return UsageVerdict::rate_exceeded;
    if (counters.quota && !counters.quota->offers(now)) return UsageVerdict::quota_exceeded;
    if (counters.bucket) counters.bucket->take();
    if (method != nullptr) method->take();
    if (counters.quota) counters.quota->take();
    return UsageVerdict::pass;
}

UsageVerdict Usage::use_route(const app::Stage& stage, std::string_view route_key, Time now) {
    const app::Throttle* throttle = app::find_throttle(stage, std::string(route_key));
    if (throttle == nullptr) return UsageVerdict::pass;
    TokenBucket& bucket =
        by_route_.try_emplace({stage.name, std::string(route_key)}, TokenBucket(*throttle)).first->second;
    if (!bucket.offers(now)) return UsageVerdict::rate_exceeded;
    bucket.take();
    return UsageVerdict::pass;
}

}  // namespace understudy::access
