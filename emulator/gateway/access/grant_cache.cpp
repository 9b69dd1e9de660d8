#include "emulator/gateway/access/grant_cache.hpp"

#include <algorithm>
#include <utility>

namespace understudy::access {

std::chrono::seconds time_to_live(const app::Authorizer& authorizer, app::ApiKind front) {
    constexpr std::chrono::seconds kRest{300};
    constexpr std::chrono::seconds kMost{3600};
    constexpr std::chrono::seconds kNone{0};
    if (authorizer.identity_sources.empty() || front == app::ApiKind::websocket) return kNone;
    return std::clamp(authorizer.ttl.value_or(front == app::ApiKind::rest ? kRest : kNone), kNone, kMost);
}

std::string render_cache_key(std::size_t authorizer, std::string_view stage,
                             const std::vector<std::string>& identities) {
    std::string key = std::to_string(authorizer) + '@' + std::string(stage);
    for (const std::string& identity : identities) {
        key.append("/").append(std::to_string(identity.size())).append(":").append(identity);
    }
    return key;
}

std::shared_ptr<const Grant> GrantCache::find(const std::string& key, Time now) {
    const auto found = index_.find(key);
    if (found == index_.end() || found->second->until <= now) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return entries_.front().grant;
}

void GrantCache::keep(const std::string& key, std::shared_ptr<const Grant> grant, Time until) {
    if (const auto found = index_.find(key); found != index_.end()) {
        const auto entry = found->second;
        index_.erase(found);
        entries_.erase(entry);
    }
    entries_.push_front({key, std::move(grant), until});
    index_.emplace(entries_.front().key, entries_.begin());
    if (entries_.size() > capacity_) {
        index_.erase(entries_.back().key);
        entries_.pop_back();
    }
}

}  // namespace understudy::access
