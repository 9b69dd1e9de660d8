#pragma once

#include "emulator/app/access.hpp"
#include "emulator/app/api.hpp"
#include "emulator/gateway/access/authorizer_reply.hpp"

#include <chrono>
#include <cstddef>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace understudy::access {

/// How long an authorizer's decision is kept; zero: it is asked every time.
///
/// Rule: 300 s on REST APIs, none on HTTP APIs where the API does not say, at most 3,600 s
/// [API Gateway developer guide, api-gateway-lambda-authorizer-output; http-api-lambda-authorizer]. Without identity
/// sources nothing is kept. Tested by: GrantCache.HowLongDecisionsAreKept
std::chrono::seconds time_to_live(const app::Authorizer& authorizer, app::ApiKind front);

/// The key of one authorizer's decision about these identities on a stage. No two lists have the same.
///
/// Rule: each stage has a cache of its own [API Gateway API reference, FlushStageAuthorizersCache].
/// Tested by: GrantCache.NoTwoIdentitiesShareAKey
std::string render_cache_key(std::size_t authorizer, std::string_view stage,
                             const std::vector<std::string>& identities);

/// Decisions that authorizers took, for as long as they count; the least recently used goes first where there are too
/// many. The policy is kept, not the verdict: it is evaluated again for each method.
class GrantCache {
  public:
    using Time = std::chrono::system_clock::time_point;

    explicit GrantCache(std::size_t capacity) : capacity_(capacity) {}

    /// Null where none is kept, or none that still counts.
    std::shared_ptr<const Grant> find(const std::string& key, Time now);
    void keep(const std::string& key, std::shared_ptr<const Grant> grant, Time until);
    std::size_t size() const { return entries_.size(); }

  private:
    struct Entry {
        std::string key;
        std::shared_ptr<const Grant> grant;
        Time until;
    };
    std::size_t capacity_;
    std::list<Entry> entries_;  ///< The most recently used first.
    std::unordered_map<std::string_view, std::list<Entry>::iterator> index_;
};

}  // namespace understudy::access
