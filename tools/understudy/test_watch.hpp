#pragma once

#include "tools/understudy/interrupts.hpp"
#include "tools/understudy/test_runs.hpp"

namespace understudy::cli {

/// `understudy test --watch`: makes all runs, then, whenever files have been written, those that depend on them.
/// Returns the exit code once it is interrupted.
int watch_tests(TestRuns& test, const TestOptions& options, Interrupts& interrupts);

}  // namespace understudy::cli
