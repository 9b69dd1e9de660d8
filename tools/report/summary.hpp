#pragma once

#include "emulator/source/diagnostic.hpp"
#include "tools/scenario/result.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace understudy::report {

/// What is told at the end.
struct Summary {
    scenario::Tally tally;
    std::size_t scenarios = 0;              ///< Files that runs were of.
    std::chrono::microseconds duration{0};  ///< From the first run's begin to the last one's end.
    std::vector<std::string> flaky;         ///< Titles.
    std::optional<std::uint64_t> seed;      ///< Where repeating asks for it.
    bool interrupted = false;
};

/// What runs add up to that were made one after the other.
Summary to_summary(std::span<const scenario::RunResult> runs);

/// `10 passed, 1 flaky, 1 failed`: what is 0 is left out, but for `passed`.
std::string to_outcome_text(const scenario::Tally& tally);

/// `12 runs of 6 scenarios`.
std::string to_count_text(const Summary& summary);

/// The last lines: `12 runs of 6 scenarios: 11 passed, 1 failed (0.21 s)`, and above them what passed only when it was
/// tried again. Every text ends in a line break.
std::string render_summary(const Summary& summary, source::Colour colour);

}  // namespace understudy::report
