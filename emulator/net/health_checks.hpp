#pragma once

#include "emulator/app/application.hpp"
#include "emulator/gateway/front_door.hpp"
#include "emulator/gateway/target_health.hpp"
#include "emulator/net/deadlines.hpp"
#include "emulator/net/invoker.hpp"
#include "emulator/net/random_ids.hpp"

#include <functional>
#include <memory>
#include <string>

namespace understudy::net {

/// The health checks of a load balancer's target group: an event for its function, again and again. That a target is
/// not healthy changes no answer: a load balancer whose only target is unhealthy sends requests to it all the same.
///
/// Rule: [Elastic Load Balancing guide, lambda-functions, target-group-health-checks]. Tested by:
/// Doors.ALoadBalancersHealthChecksReachTheFunction
/// Lifetime: `deadlines` and `ids` outlive it; destroying it ends the checks.
class HealthChecks : public std::enable_shared_from_this<HealthChecks> {
  public:
    struct Ends {
        std::function<void(const std::string& function, const std::string& qualifier, lambda::Invocation&&, OnOutcome)>
            invoke;
        std::function<void(const std::string& text)> on_change;
    };

    /// `clock_scale` shortens interval and timeout.
    HealthChecks(const app::Application& application, const app::Api& api, const app::HealthCheck& terms,
                 double clock_scale, Deadlines& deadlines, RandomIds& ids, Ends ends);
    ~HealthChecks() { deadlines_.call_off(deadline_); }
    HealthChecks(const HealthChecks&) = delete;
    HealthChecks& operator=(const HealthChecks&) = delete;

    /// Checks now, and then at every interval.
    void check();

  private:
    void wait(std::chrono::milliseconds nominal, void (HealthChecks::*then)());
    void on_outcome(int check, lambda::Outcome&& outcome);
    void on_timeout() { settle(std::nullopt); }
    void settle(std::optional<int> status);

    app::HealthCheck terms_;
    gateway::FrontDoor door_;
    std::string event_;
    double clock_scale_;
    Deadlines& deadlines_;
    RandomIds& ids_;
    Ends ends_;
    gateway::TargetHealth health_;
    Deadlines::Handle deadline_;
    int under_way_ = 0;  ///< The number of the check that waits for its answer; 0: none.
    int checks_ = 0;
};

}  // namespace understudy::net
