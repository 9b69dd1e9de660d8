#pragma once

#include "tools/report/summary.hpp"
#include "tools/scenario/load.hpp"
#include "tools/scenario/plan.hpp"
#include "tools/scenario/result.hpp"
#include "tools/scenario/updates.hpp"
#include "tools/understudy/durations_file.hpp"
#include "tools/understudy/interrupts.hpp"
#include "tools/understudy/options.hpp"
#include "tools/understudy/test_reports.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace understudy::cli {

/// The scenarios that a command line means, and what becomes of them.
class TestRuns {
  public:
    /// Lifetime: both outlive it.
    TestRuns(const TestOptions& options, Interrupts& interrupts);

    /// Reads all scenarios; what is wrong with them goes to stderr. Returns `unreadable` where something is, `usage`
    /// where a report would be written over what they read, which it is not, else `passed`.
    scenario::ExitCode load();
    /// Those that the options choose, in order. Errors: invalid where there is none; those of the file of durations.
    source::Result<std::vector<scenario::PlannedRun>> choose() const;
    /// Makes runs, shows how each ended and the summary, and returns the exit code.
    int run(const std::vector<scenario::PlannedRun>& runs);

    const std::vector<scenario::Scenario>& scenarios() const { return loaded_.scenarios; }
    /// What the last `load` told.
    const std::vector<scenario::LoadProblem>& problems() const { return loaded_.problems; }

  private:
    std::string find_lost_file() const;
    std::vector<scenario::PlannedRun> take_shard(std::vector<scenario::PlannedRun> runs,
                                                 const scenario::Durations& durations) const;
    report::Summary make(const std::vector<scenario::PlannedRun>& runs, TestReports& reports,
                         scenario::Durations& taken, scenario::UpdateCollector& updates);

    const TestOptions& options_;
    Interrupts& interrupts_;
    DurationsFile durations_;
    std::uint64_t seed_;
    scenario::Loaded loaded_;
};

}  // namespace understudy::cli
