#include "tools/bench/compare.hpp"

#include "tools/bench/process.hpp"
#include "tools/bench/readings.hpp"

#include <chrono>
#include <cmath>
#include <cstdio>
#include <random>
#include <thread>

namespace understudy::bench {
namespace {

/// Lets other jobs of the machine end before something is measured; but not for ever.
class Patience {
  public:
    explicit Patience(std::chrono::milliseconds left) : left_(left) {}

    void wait() {
        while (left_.count() > 0) {
            throw_if_interrupted();
            const MachineTime before = read_machine_time();
            std::this_thread::sleep_for(kLook);
            if (busy_between(before, read_machine_time()) <= kMostBusy) return;
            left_ -= kLook;
        }
    }

  private:
    static constexpr std::chrono::milliseconds kLook{50};
    static constexpr double kMostBusy = 0.06;
    std::chrono::milliseconds left_;
};

double median_of(const std::vector<Pair>& pairs, double Pair::*side) {
    std::vector<double> values;
    for (const Pair& pair : pairs) values.push_back(pair.*side);
    return median(std::move(values));
}

}  // namespace

std::vector<Pair> measure_pairs(int count, const Measure& ours, const Measure& reference,
                                std::chrono::milliseconds patience) {
    std::mt19937 coin(1);
    Patience quiet(patience);
    std::vector<Pair> pairs;
    for (int i = 0; i < count; ++i) {
        quiet.wait();
        throw_if_interrupted();
        const MachineTime before = read_machine_time();
        Pair& pair = pairs.emplace_back();
        const bool ours_first = coin() % 2 == 0;
        if (ours_first) pair.ours = ours();
        pair.reference = reference();
        if (!ours_first) pair.ours = ours();
        pair.steal = steal_between(before, read_machine_time());
    }
    return pairs;
}

Measured to_measured(const std::vector<Pair>& pairs, std::string_view unit) {
    const std::string behind(unit);
    return {to_spread(to_ratios(pairs)),
            format(median_of(pairs, &Pair::ours)) + behind + " against " + format(median_of(pairs, &Pair::reference)) +
                behind,
            {}};
}

std::string format(double value) {
    const int digits = value == 0 ? 0 : static_cast<int>(std::floor(std::log10(std::abs(value)))) + 1;
    const int decimals = digits >= 3 ? 0 : digits == 2 ? 1 : 2;
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    return text;
}

}  // namespace understudy::bench
