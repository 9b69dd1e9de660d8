#pragma once

#include "emulator/app/asynchronous.hpp"
#include "emulator/lambda/asynchronous_event.hpp"
#include "emulator/net/deadlines.hpp"
#include "emulator/running_functions.hpp"

#include <functional>
#include <memory>
#include <string>

namespace understudy {

/// Events that nobody waits for, on their way through their attempts. `lambda::AsynchronousEvent` decides, this waits
/// and invokes. What waits is forgotten when the deadlines are.
///
/// Lifetime: `functions` and `deadlines` outlive it.
class AsynchronousInvocations {
  public:
    /// Told of each event that ended otherwise than by success.
    struct Dropped {
        std::string function;
        std::string id;
        lambda::EventEnd end;
        int attempts;
    };
    using OnDropped = std::function<void(const Dropped&)>;

    AsynchronousInvocations(RunningFunctions& functions, net::Deadlines& deadlines, double clock_scale,
                            OnDropped on_dropped)
        : functions_(functions), deadlines_(deadlines), clock_scale_(clock_scale), on_dropped_(std::move(on_dropped)) {}

    /// Precondition: there is a function of that name, and `invocation.version` is what `qualifier` names.
    void take(const std::string& function, const std::string& qualifier, lambda::Invocation&& invocation);

  private:
    struct Waiting;

    void attempt(const std::shared_ptr<Waiting>& waiting);
    void settle(const std::shared_ptr<Waiting>& waiting, lambda::OutcomeKind kind);
    void drop(const Waiting& waiting, lambda::EventEnd end);

    RunningFunctions& functions_;
    net::Deadlines& deadlines_;
    double clock_scale_;
    OnDropped on_dropped_;
};

}  // namespace understudy
