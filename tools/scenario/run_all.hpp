#pragma once

#include "tools/scenario/plan.hpp"
#include "tools/scenario/result.hpp"
#include "tools/scenario/run.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>

namespace understudy::scenario {

/// When to stop before the end.
enum class StopAt : std::uint8_t { the_end, first_failure };

/// How runs are made.
struct RunSettings {
    unsigned workers = 1;
    std::uint64_t rounds = 1;  ///< How often all of them are made.
    unsigned retries = 0;      ///< How often a run that does not pass is made again.
    StopAt stop_at = StopAt::the_end;
    /// Asked before each run, in any thread: whether no further one is to be made. What was under way then is no
    /// result. May be empty.
    std::function<bool()> is_interrupted;
};

/// Told what happens; never in two threads at once.
struct RunListener {
    std::function<void(const PlannedRun&)> on_begin;
    std::function<void(const PlannedRun&, const RunResult&)> on_end;  ///< As soon as it is there.
    /// In the order of the runs, round by round: what ended early waits for those before it.
    std::function<void(const PlannedRun&, const RunResult&)> on_result;
};

/// A world for one worker, made and used in its thread, and gone with the last run.
using MakeWorld = std::function<std::shared_ptr<const World>()>;

/// Makes runs in so many threads, and counts how they ended.
Tally run_all(std::span<const PlannedRun> runs, const RunSettings& settings, const MakeWorld& make_world,
              const RunListener& listener);

}  // namespace understudy::scenario
