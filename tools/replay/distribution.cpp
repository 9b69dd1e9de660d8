#include "tools/replay/distribution.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace understudy::replay {
namespace {

constexpr double kWidth = 1.01;
constexpr int kZero = std::numeric_limits<int>::min();

}  // namespace

void Distribution::add(double value) {
    const int bucket = value > 0 ? static_cast<int>(std::floor(std::log(value) / std::log(kWidth))) : kZero;
    ++buckets_[bucket];
    ++count_;
    largest_ = std::max(largest_, value);
}

double Distribution::quantile(double share) const {
    if (share >= 1) return largest_;
    const auto rank = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_)));
    std::uint64_t seen = 0;
    for (const auto& [bucket, number] : buckets_) {
        seen += number;
        if (seen >= rank) return bucket == kZero ? 0 : std::min(std::pow(kWidth, bucket + 0.5), largest_);
    }
    return largest_;
}

}  // namespace understudy::replay
