#pragma once

#include "emulator/process/orphans.hpp"
#include "tools/understudy/interrupts.hpp"
#include "tools/understudy/test_runs.hpp"

namespace understudy::cli {

/// `understudy test --watch`: makes all runs, then, whenever files have been written, those that depend on them.
/// What has ended of the orphans by then is let go of between two rounds. Returns the exit code once it is interrupted.
int watch_tests(TestRuns& test, const TestOptions& options, Interrupts& interrupts, process::Orphans& orphans);

}  // namespace understudy::cli
