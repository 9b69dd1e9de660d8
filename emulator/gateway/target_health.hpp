#pragma once

#include "emulator/app/api.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace understudy::gateway {

/// What a load balancer thinks of a function, check after check.
///
/// Rule: the first check that passes makes it healthy; then so many in a row that fail, or pass, as the target group
/// says [Elastic Load Balancing guide, target-group-health-checks]. Tested by: TargetHealth.ChangesAsItsThresholdsSay
class TargetHealth {
  public:
    enum class State : std::uint8_t { initial, healthy, unhealthy };

    explicit TargetHealth(app::HealthCheck check) : check_(std::move(check)) {}

    State state() const { return state_; }
    /// Takes the status that a check was answered with; nullopt where there was no answer in time. Returns the state
    /// where it has become another.
    std::optional<State> on_check(std::optional<int> status);

  private:
    app::HealthCheck check_;
    State state_ = State::initial;
    int row_ = 0;  ///< How many checks in a row speak against the state.
};

/// Whether a status is among `200`, `200,202` or `200-299`.
bool matches_status(std::string_view matcher, int status);

}  // namespace understudy::gateway
