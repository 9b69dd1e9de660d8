#pragma once

#include <chrono>
#include <optional>
#include <utility>

namespace understudy::net {

/// Decides whether people are told that something has run out: once, and again only after it was enough for a while.
/// Whoever lacks it tries again and again, so that time without a failure means that it is over.
///
/// Source: own rule. Tested by: Shortage.IsToldOnceAndAgainOnlyAfterItWasOver
class Shortage {
  public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::seconds kOver{60};

    /// Something failed for want of it. Returns whether that is to be told.
    bool on_failure(Clock::time_point now) {
        const auto before = std::exchange(last_, now);
        return !before || now - *before >= kOver;
    }

  private:
    std::optional<Clock::time_point> last_;
};

}  // namespace understudy::net
