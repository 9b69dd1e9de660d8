#pragma once

#include "tools/bench/rows.hpp"
#include "tools/bench/statistics.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::bench {

using Measure = std::function<double()>;

/// Measures both sides again and again, one right after the other, in random order. Waits for a machine that does
/// nothing else before each pair, for `patience` in all.
std::vector<Pair> measure_pairs(int count, const Measure& ours, const Measure& reference,
                                std::chrono::milliseconds patience = std::chrono::seconds(10));

/// The ratio, and in words what it was made of: `48.1 µs against 45.0 µs`.
Measured to_measured(const std::vector<Pair>& pairs, std::string_view unit);

/// With three significant digits or all that stand before the point: `0.912`, `17.4`, `17400`.
std::string format(double value);

}  // namespace understudy::bench
