#include "tools/bench/statistics.hpp"

#include <gmock/gmock.h>

namespace understudy::bench {
namespace {

using ::testing::DoubleEq;
using ::testing::ElementsAre;

TEST(Statistics, QuantilesLieBetweenNeighbours) {
    EXPECT_DOUBLE_EQ(quantile({4, 1, 3, 2}, 0), 1);
    EXPECT_DOUBLE_EQ(quantile({4, 1, 3, 2}, 1), 4);
    EXPECT_DOUBLE_EQ(quantile({4, 1, 3, 2}, 0.5), 2.5);
    EXPECT_DOUBLE_EQ(quantile({10, 20, 30}, 0.25), 15);
    EXPECT_DOUBLE_EQ(quantile({7}, 0.9), 7);
}

TEST(Statistics, MedianOfAnOddNumberIsTheMiddleOne) {
    EXPECT_DOUBLE_EQ(median({9, 1, 5}), 5);
}

TEST(Statistics, SpreadLeavesOutATenthOnEachSide) {
    const Spread spread = to_spread({0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100});
    EXPECT_DOUBLE_EQ(spread.median, 50);
    EXPECT_DOUBLE_EQ(spread.low, 10);
    EXPECT_DOUBLE_EQ(spread.high, 90);
}

TEST(Statistics, RatiosAreTakenPairByPair) {
    EXPECT_THAT(to_ratios({{2, 1, 0}, {30, 10, 0}}), ElementsAre(DoubleEq(2), DoubleEq(3)));
}

TEST(Statistics, PairsThatTheHypervisorDisturbedAreLeftOut) {
    EXPECT_THAT(to_ratios({{2, 1, 0.021}, {30, 10, 0.02}}), ElementsAre(DoubleEq(3)));
}

TEST(Statistics, DisturbedPairsStayWhereMostAreDisturbed) {
    EXPECT_THAT(to_ratios({{2, 1, 0.5}, {30, 10, 0}, {4, 1, 0.5}}), ElementsAre(DoubleEq(2), DoubleEq(3), DoubleEq(4)));
}

}  // namespace
}  // namespace understudy::bench
