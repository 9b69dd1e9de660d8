#pragma once

#include <vector>

namespace understudy::bench {

/// What repeated measurements of one thing say.
struct Spread {
    double median = 0;
    double low = 0;   ///< A tenth of the measurements lies below.
    double high = 0;  ///< A tenth of the measurements lies above.
};

/// The value that a share (0 to 1) of `values` does not exceed, interpolated between neighbours.
/// Preconditions: there are values.
double quantile(std::vector<double> values, double share);

/// Preconditions: there are values.
double median(std::vector<double> values);

/// Preconditions: there are values.
Spread to_spread(const std::vector<double>& values);

/// Two measurements taken one right after the other.
struct Pair {
    double ours = 0;
    double reference = 0;
    double steal = 0;  ///< Share of the processor time that the hypervisor gave to others meanwhile.
};

/// Ours over reference, pair by pair. Pairs with more than 2 % of steal are left out where enough others remain.
std::vector<double> to_ratios(const std::vector<Pair>& pairs);

}  // namespace understudy::bench
