#pragma once

#include "tools/scenario/result.hpp"

#include <chrono>
#include <cstddef>
#include <span>
#include <string>

namespace understudy::report {

/// What the last line of a report counts.
struct Totals {
    scenario::Tally tally;
    std::size_t files = 0;
    std::chrono::microseconds duration{0};  ///< From the first run's begin to the last one's end.
};

/// What runs add up to, one after the other. For runs at the same time, `duration` is yet to be set.
Totals to_totals(std::span<const scenario::RunResult> runs);

/// `10 passed, 1 flaky, 1 failed`: what is 0 is left out, but for `passed`.
std::string to_outcome_text(const scenario::Tally& tally);

/// `12 runs of 6 scenarios`.
std::string to_count_text(const Totals& totals);

}  // namespace understudy::report
