#pragma once

#include "emulator/app/access.hpp"

#include <chrono>
#include <cstdint>

namespace understudy::access {

/// Lets `rate` requests a second pass, and up to `burst` at once.
///
/// Rule: [API Gateway developer guide, api-gateway-request-throttling]. Tested by: TokenBucket.RefillsAtItsRate
class TokenBucket {
  public:
    using Time = std::chrono::system_clock::time_point;

    explicit TokenBucket(const app::Throttle& throttle) : throttle_(throttle), tokens_(throttle.burst) {}

    /// Whether one more may pass now; it is taken only by `take`.
    bool offers(Time now);
    void take() { tokens_ -= 1; }

  private:
    app::Throttle throttle_;
    double tokens_;
    Time filled_ = {};
};

/// Counts requests in calendar periods of UTC: a day, a week that begins on Sunday (unverified), a month.
/// Tested by: QuotaCounter.BeginsAgainWithEachPeriod
class QuotaCounter {
  public:
    using Time = std::chrono::system_clock::time_point;

    explicit QuotaCounter(const app::Quota& quota) : quota_(quota) {}

    bool offers(Time now);
    void take() { ++used_; }

  private:
    app::Quota quota_;
    std::int64_t used_ = 0;
    std::int64_t period_ = -1;
};

}  // namespace understudy::access
