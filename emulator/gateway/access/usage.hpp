#pragma once

#include "emulator/app/application.hpp"
#include "emulator/gateway/access/token_bucket.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::access {

/// A key that opens a stage, and the plan that says so.
struct KeyUse {
    std::size_t key;        ///< Which of the application's API keys.
    std::size_t plan;       ///< Which of its usage plans.
    std::size_t stage = 0;  ///< Which of the plan's stages.
};

/// The first key that opens a stage of an API; null where none does.
/// Tested by: Application.AStageThatNoKeyOpensIsToldAtTheStart, Explain.AConnectsKeyMayBeTheAuthorizers
const app::ApiKey* find_opening_key(const app::Application& application, std::string_view api_id,
                                    std::string_view stage);

/// What stands in the way of a request.
enum class UsageVerdict : std::uint8_t { pass, rate_exceeded, quota_exceeded };

/// How much of an API is used: by its keys, and by all. Has state and no clock.
class Usage {
  public:
    using Time = std::chrono::system_clock::time_point;

    Usage(std::vector<app::ApiKey> keys, std::vector<app::UsagePlan> plans)
        : keys_(std::move(keys)), plans_(std::move(plans)) {}

    /// Errors: nullopt where the key is unknown, disabled, or in no plan of this stage: 403.
    ///
    /// Rule: [API Gateway developer guide, api-gateway-setup-api-key-with-console; localstack:
    /// test_apigateway_common.snapshot.json, usage plans]. Tested by: Usage.AKeyOpensTheStagesOfItsPlans
    std::optional<KeyUse> find_key(std::string_view value, std::string_view api_id, std::string_view stage) const;
    const app::ApiKey& key(const KeyUse& use) const { return keys_[use.key]; }

    /// Counts one request of a key for a route. Rule: each key has a plan's whole rate and quota for itself
    /// [api-gateway-api-usage-plans], and the rate that the plan has for a method of a stage, beside its own
    /// [aws.amazon.com, api-gateway-usage-plans-support-method-level-throttling; both count: unverified].
    /// Tested by: Usage.EachKeyHasThePlansWholeRateAndQuota, Usage.APlanMayThrottleSomeMethodsFurther
    UsageVerdict use_key(const KeyUse& use, std::string_view route_key, Time now);

    /// Counts one request of a route. Rule: the method's own throttle, else the stage's
    /// [api-gateway-request-throttling; http-api-throttling]. Tested by: Usage.AMethodsThrottleStandsInPlaceOfItsStages
    UsageVerdict use_route(const app::Stage& stage, std::string_view route_key, Time now);

  private:
    struct Counters {
        std::optional<TokenBucket> bucket;
        std::optional<QuotaCounter> quota;
        std::map<std::pair<std::size_t, std::string>, TokenBucket> methods;  ///< By the plan's stage and route key.
    };
    static TokenBucket* find_method_bucket(Counters& counters, const app::UsagePlan& plan, std::size_t stage,
                                           std::string_view route_key);

    std::vector<app::ApiKey> keys_;
    std::vector<app::UsagePlan> plans_;
    std::map<std::pair<std::size_t, std::size_t>, Counters> by_key_;
    std::map<std::pair<std::string, std::string>, TokenBucket, std::less<>> by_route_;
};

}  // namespace understudy::access
