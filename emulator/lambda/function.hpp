#pragma once

#include "emulator/lambda/invocation.hpp"
#include "emulator/lambda/waiting_events.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <variant>
#include <vector>

namespace understudy::lambda {

/// Names one environment of a function: 1, 2, … The number of a dead environment is given to a later one.
enum class EnvironmentId : std::uint32_t {};
/// Whoever waits for an invocation's outcome; the value is the owner's.
enum class Caller : std::uint64_t {};

/// An invocation and who waits for it.
struct Job {
    Caller caller{};
    Invocation invocation;
    friend bool operator==(const Job&, const Job&) = default;
};

/// Hand the job to this environment, which is idle.
struct Reuse {
    EnvironmentId environment{};
    Job job;
    friend bool operator==(const Reuse&, const Reuse&) = default;
};
/// Start this environment and hand it the job: the two stay together, whatever becomes idle meanwhile.
struct Start {
    EnvironmentId environment{};
    Job job;
    friend bool operator==(const Start&, const Start&) = default;
};
/// The job waits until an environment becomes idle or dies.
struct Queued {
    friend bool operator==(const Queued&, const Queued&) = default;
};
/// Too many wait already: the invocation is throttled.
struct Crowded {
    friend bool operator==(const Crowded&, const Crowded&) = default;
};
/// Whether more environments may be started than there are.
enum class Growth : std::uint8_t {
    allowed,  ///< Up to the limit.
    halted,   ///< Only where there is none at all: what would be started now is not what serves.
};
/// Where a job goes.
using Placement = std::variant<Reuse, Start, Queued, Crowded>;

/// Of the jobs that wait for one function.
inline constexpr EventLimits kQueueLimits{.bytes = std::size_t{512} << 20};

/// Whether a function that runs `in_flight` invocations, over all its versions, refuses a further one.
///
/// Rule: reserved concurrency is a limit of the function's own; 0 stops it. Without it nothing is refused here:
/// deviation, AWS has the account's limit of 1,000.
/// [docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency]. Tested by: Function.ReservedConcurrencyIsALimit
bool is_throttled(std::optional<int> reserved_concurrency, std::size_t in_flight);

/// The pool of one function's environments and the queue before it. Decides only.
class Function {
  public:
    /// Precondition: `max_environments` is at least 1.
    explicit Function(std::size_t max_environments, EventLimits limits = kQueueLimits)
        : max_environments_(max_environments), waiting_(limits) {}

    /// Rule: the most recently idle environment first; one is started where none is idle; beyond the limit jobs wait in
    /// the order of their arrival, unless too many wait already.
    /// Tested by: Function.TheMostRecentlyIdleEnvironmentIsReused, Function.JobsBeyondTheLimitWaitInOrder,
    /// Function.NoMoreWaitThanTheQueueHolds
    [[nodiscard]] Placement on_invoke(Job&& job, Growth growth = Growth::allowed);
    /// An environment is to be started before anyone asks for it: its id, or nothing where the limit is reached.
    [[nodiscard]] std::optional<EnvironmentId> on_warm_up();
    /// The environment can take an invocation: the job it gets, if one waits.
    [[nodiscard]] std::optional<Reuse> on_idle(EnvironmentId environment);
    /// The environment is gone, in whatever state it was: what is started in its place, if a job waits.
    [[nodiscard]] std::optional<Start> on_dead(EnvironmentId environment, Growth growth = Growth::allowed);
    /// The same, with a job that it was handed when it was dead already, or about to be.
    ///
    /// Rule: the job's caller does not learn of it: the job goes to another environment, before all that wait (ours; on
    /// AWS an idle environment that ends is nobody's either).
    /// Tested by: Function.AJobThatADeadEnvironmentNeverHadGoesBeforeAllThatWait
    [[nodiscard]] Placement on_returned(EnvironmentId environment, Job&& job, Growth growth = Growth::allowed);
    /// The emulator stops: the jobs that no environment has taken, oldest first.
    std::vector<Job> on_stop();

    /// Nobody waits and nothing runs.
    bool at_rest() const { return queue_.empty() && idle_.size() == alive_; }
    std::size_t environments() const { return alive_; }
    std::size_t idle() const { return idle_.size(); }
    std::size_t queued() const { return queue_.size(); }

  private:
    EnvironmentId take_id();
    void release(EnvironmentId environment);
    /// The environment that the job gets at once, or nothing; the job is still there then.
    std::optional<Placement> find_place(Job& job, Growth growth);
    Job take_first();
    bool may_start(Growth growth) const;

    std::size_t max_environments_;
    std::size_t alive_ = 0;
    std::vector<bool> taken_;          ///< By id, from 1.
    std::vector<EnvironmentId> idle_;  ///< Most recently idle last.
    std::deque<Job> queue_;
    WaitingEvents waiting_;  ///< Those of `queue_`.
};

}  // namespace understudy::lambda
