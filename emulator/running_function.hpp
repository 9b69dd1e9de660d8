#pragma once

#include "emulator/lambda/function.hpp"
#include "emulator/net/invoker.hpp"
#include "emulator/net/random_ids.hpp"
#include "emulator/observer.hpp"
#include "emulator/running_environment.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace understudy {

/// A version of a function at work: its pool decides (`lambda::Function`), this starts, feeds and buries the
/// environments.
///
/// Lifetime: `context`, `deadlines` and `ids` outlive it.
class RunningFunction {
  public:
    struct Events {
        std::function<void(std::string_view lines)> on_log;
        std::function<void(std::int64_t peak_kilobytes)> on_over_memory;              ///< `lambda::OverMemory`
        std::function<void(const std::string& request_id, Begun begun)> on_end = {};  ///< None where nobody follows.
        std::function<void()> on_shortage = {};  ///< File descriptors have run out.
    };

    RunningFunction(boost::asio::io_context& context, EnvironmentPlan plan, std::size_t max_environments,
                    net::Deadlines& deadlines, net::RandomIds& ids, Events events);
    ~RunningFunction();

    /// `done` is called once.
    void invoke(lambda::Invocation&& invocation, net::OnOutcome done);
    void invoke_streamed(lambda::Invocation&& invocation, std::shared_ptr<net::StreamSink> sink);
    /// Starts an environment before anyone asks for it. `done` is told once: whether its init succeeded.
    void warm_up(std::function<void(bool)> done);
    /// No further invocation comes: `done` is called once, in a later turn, when those in flight and in the queue have
    /// ended. The environments are still there.
    void retire(std::function<void()> done);
    /// Ends the environments of one that has retired; `done` is called once, in a later turn, when they are gone.
    void spin_down(std::function<void()> done);
    const app::Function& function() const { return plan_.function; }
    /// Invocations whose caller waits.
    std::size_t in_flight() const { return callers_.size(); }
    /// Whether nothing is left of what it began with: its files are others, and no environment lives.
    bool is_stranded() const;
    /// Answers whoever waits with an error, and kills every environment or tells it to end.
    void begin_stop();
    /// The same, and waits until they are gone: a function that is told has half a second. Blocks the loop.
    void stop();

  private:
    struct Slot;
    /// Who waits for an invocation: one of the two.
    struct Waiting {
        net::OnOutcome done;
        std::shared_ptr<net::StreamSink> sink;
        std::string request_id = {};  ///< Where ends are followed.
    };

    bool is_lost() const;
    lambda::Growth growth() const;
    void place(Waiting&& waiting, lambda::Invocation&& invocation);
    void carry_out(lambda::Placement&& placement);
    std::shared_ptr<net::StreamSink> find_sink(lambda::EnvironmentId id) const;
    Slot& open_slot(lambda::EnvironmentId id);
    void spawn(Slot& slot);
    void start(lambda::EnvironmentId id, lambda::Job&& job);
    void hand_over(Slot& slot, lambda::Job&& job);
    void tell(Waiting& waiting, lambda::Outcome&& outcome) const;
    void answer(lambda::Caller caller, lambda::Outcome&& outcome);
    void on_complete(lambda::EnvironmentId id, lambda::Outcome&& outcome);
    void on_idle(lambda::EnvironmentId id);
    void on_dead(lambda::EnvironmentId id, std::shared_ptr<lambda::Invocation>&& returned);
    void tell_retired();
    void tell_gone();

    boost::asio::io_context& context_;
    EnvironmentPlan plan_;
    net::Deadlines& deadlines_;
    net::RandomIds& ids_;
    Events events_;
    lambda::Function pool_;
    std::map<lambda::Caller, Waiting> callers_;
    std::uint64_t last_caller_ = 0;
    std::map<lambda::EnvironmentId, std::unique_ptr<Slot>> slots_;
    std::function<void()> on_retired_;
    std::function<void()> on_gone_;
    std::shared_ptr<std::vector<std::unique_ptr<Slot>>> graveyard_;  ///< Dead, and perhaps still on the call stack.
};

}  // namespace understudy
