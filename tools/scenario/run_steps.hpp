#pragma once

#include "tools/scenario/generators.hpp"
#include "tools/scenario/result.hpp"
#include "tools/scenario/run.hpp"
#include "tools/scenario/scenario.hpp"
#include "tools/scenario/stray_calls.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace understudy::scenario {

/// Sends the steps of a run, one after the other, and keeps what they capture.
/// Lifetime: everything it is made from outlives it.
class StepRunner {
  public:
    /// `on_step` is told each result as soon as it is there.
    StepRunner(const Scenario& scenario, Front front, RunningApplication& application, const World& world,
               Variables& variables, Generators& generators, std::function<void(const StepResult&)> on_step)
        : scenario_(scenario),
          front_(front),
          application_(application),
          world_(world),
          variables_(variables),
          generators_(generators),
          on_step_(std::move(on_step)) {}

    /// Each step that invokes a function that the application has not, as far as its name is known by now.
    source::Problems find_unknown_functions(const std::vector<Step>& steps) const;

    /// Adds the results; those of a repeated step once, of a retried one those of its last try. `on_step` is told each
    /// repetition. Stops where no reply came. Returns whether all passed.
    bool run(const std::vector<Step>& steps, Phase phase, std::vector<StepResult>& results);
    /// Whether repetitions were left out because an earlier one failed.
    bool was_cut_short() const { return cut_short_; }

  private:
    std::vector<StepResult> run_step(const Step& step, Phase phase);
    std::vector<StepResult> try_step(const Step& step);
    std::vector<StepResult> call(const std::vector<const Step*>& steps);
    StepResult judge(const Step& step, const Outgoing& outgoing, Arrived arrived,
                     const std::optional<Observed>& observed);
    std::optional<source::Problem> find_obstacle(const Step& step, const Outgoing& outgoing) const;
    /// An `invoke` of a function that the application has not, unless that is what the step is about.
    std::optional<source::Problem> find_unknown_function(const Step& step) const;
    Outgoing to_outgoing(const Step& step);
    bool is_invocation(const Step& step) const;

    const Scenario& scenario_;
    Front front_;
    RunningApplication& application_;
    const World& world_;
    Variables& variables_;
    Generators& generators_;
    std::function<void(const StepResult&)> on_step_;
    StrayCalls strays_;
    bool cut_short_ = false;
    std::uint32_t invocations_ = 0;  ///< Of the front `invoke`.
};

}  // namespace understudy::scenario
