#include "tools/bench/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace understudy::bench {
namespace {

constexpr double kMostSteal = 0.02;

}  // namespace

double quantile(std::vector<double> values, double share) {
    std::ranges::sort(values);
    const double place = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(std::floor(place));
    const std::size_t above = std::min(below + 1, values.size() - 1);
    return std::lerp(values[below], values[above], place - std::floor(place));
}

double median(std::vector<double> values) {
    return quantile(std::move(values), 0.5);
}

Spread to_spread(const std::vector<double>& values) {
    return {median(values), quantile(values, 0.1), quantile(values, 0.9)};
}

std::vector<double> to_ratios(const std::vector<Pair>& pairs) {
    const auto calm = std::ranges::count_if(pairs, [](const Pair& pair) { return pair.steal <= kMostSteal; });
    const bool enough = 2 * static_cast<std::size_t>(calm) >= pairs.size();
    std::vector<double> ratios;
    for (const Pair& pair : pairs) {
        if (!enough || pair.steal <= kMostSteal) ratios.push_back(pair.ours / pair.reference);
    }
    return ratios;
}

}  // namespace understudy::bench
