#pragma once

#include "tools/scenario/result.hpp"

#include <string>

namespace understudy::report {

/// Runs as the reports are given them, made by hand.

/// A step that was sent and answered as expected.
scenario::StepResult make_step();
/// One whose reply has another number than line 7 of the sample's file asks for.
scenario::StepResult make_failed_step();
/// The same without a reply.
scenario::StepResult make_lost_step();

/// A run of the sample's file, `shop.yaml`, with these steps: 5 ms, over the front `rest`, on 2026-01-05 at 10:00.
scenario::RunResult make_run(std::vector<scenario::StepResult> steps);
/// One whose application did not start.
scenario::RunResult make_broken_run();
/// One that passed at the second attempt.
scenario::RunResult make_flaky_run();

}  // namespace understudy::report
