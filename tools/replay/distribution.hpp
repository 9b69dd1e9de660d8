#pragma once

#include <cstdint>
#include <map>

namespace understudy::replay {

/// How values are distributed, to one part in a hundred, in little memory however many there are.
class Distribution {
  public:
    /// Values of 0 and less count as 0.
    void add(double value);

    std::uint64_t count() const { return count_; }
    /// The least value that this share of all values, 0 to 1, is not above; the largest of all is exact. 0 where there
    /// is none.
    double quantile(double share) const;
    double largest() const { return largest_; }

  private:
    std::map<int, std::uint64_t> buckets_;  ///< By the logarithm.
    std::uint64_t count_ = 0;
    double largest_ = 0;
};

}  // namespace understudy::replay
