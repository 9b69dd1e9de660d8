#pragma once

#include "emulator/app/asynchronous.hpp"
#include "emulator/lambda/asynchronous_event.hpp"
#include "emulator/lambda/waiting_events.hpp"
#include "emulator/net/deadlines.hpp"
#include "emulator/running_functions.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace understudy {

/// Events that nobody waits for, on their way through their attempts, and to the destination that is told of their end.
/// `lambda::AsynchronousEvent` decides, this waits and invokes. What waits is forgotten when the deadlines are.
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
        std::optional<app::Destination> told;  ///< Who is told of it.
        std::string dead_letters;              ///< The function's dead-letter queue; empty where it has none.
        std::shared_ptr<const std::string> event;
    };
    /// A record that tells a destination of an event's end; `links`: how many ends led to it.
    struct Telling {
        app::Destination to;
        std::string record;
        int links;
    };
    struct Ends {
        std::function<void(const Dropped&)> on_dropped;
        std::function<void(Telling&&)> tell;
    };

    AsynchronousInvocations(RunningFunctions& functions, net::Deadlines& deadlines, double clock_scale,
                            lambda::EventLimits limits, Ends ends)
        : functions_(functions),
          deadlines_(deadlines),
          clock_scale_(clock_scale),
          waiting_(limits),
          ends_(std::move(ends)) {}

    /// Whether one more event of that many bytes may be taken.
    bool has_room(std::size_t bytes) const { return waiting_.has_room(bytes); }
    /// `links`: as `Telling` has it; 0 for an event that somebody sent.
    /// Precondition: there is room; there is a function of that name, and `invocation.version` is what `qualifier`
    /// names.
    void take(const std::string& function, const std::string& qualifier, lambda::Invocation&& invocation, int links);

  private:
    struct Waiting;

    void attempt(const std::shared_ptr<Waiting>& waiting);
    void settle(const std::shared_ptr<Waiting>& waiting, const lambda::Outcome& outcome);
    void finish(const Waiting& waiting, lambda::EventEnd end, const lambda::Outcome& outcome);

    RunningFunctions& functions_;
    net::Deadlines& deadlines_;
    double clock_scale_;
    lambda::WaitingEvents waiting_;
    Ends ends_;
};

}  // namespace understudy
