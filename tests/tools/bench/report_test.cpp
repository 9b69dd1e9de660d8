#include "tools/bench/report.hpp"

#include "tools/bench/compare.hpp"

#include <gtest/gtest.h>

namespace understudy::bench {
namespace {

Row make_row(Row::Bound bound, double goal) {
    return {"latency", "one after another", bound, goal, "×", Row::When::always, nullptr};
}

TEST(BenchReport, GoalsIncludeTheirLimit) {
    const auto value = [](double median) { return Measured{{median, median, median}, {}, {}}; };
    EXPECT_TRUE(meets(make_row(Row::Bound::at_most, 1.25), value(1.25)));
    EXPECT_FALSE(meets(make_row(Row::Bound::at_most, 1.25), value(1.26)));
    EXPECT_TRUE(meets(make_row(Row::Bound::at_least, 0.8), value(0.8)));
    EXPECT_FALSE(meets(make_row(Row::Bound::at_least, 0.8), value(0.79)));
}

TEST(BenchReport, ARowSaysWhatWasMeasuredAndWhetherItIsEnough) {
    EXPECT_EQ(render_row(make_row(Row::Bound::at_most, 1.25), {{1.3, 1.2, 1.4}, "52 µs against 40 µs", {}}),
              "latency        1.30 × (1.20–1.40)        ≤ 1.25 ×    miss  one after another: 52 µs against 40 µs\n");
    EXPECT_EQ(render_row(make_row(Row::Bound::at_least, 0.8), {{0.9, 0.9, 0.9}, {}, {}}),
              "latency        0.90 ×                    ≥ 0.80 ×    pass  one after another\n");
}

TEST(BenchReport, ASkippedRowSaysWhy) {
    EXPECT_EQ(render_row(make_row(Row::Bound::at_most, 1.25), {{}, {}, "no strace"}),
              "latency        –                         ≤ 1.25 ×    skip  no strace\n");
}

TEST(BenchReport, NumbersKeepThreeDigits) {
    EXPECT_EQ(format(0), "0.00");
    EXPECT_EQ(format(0.9123), "0.91");
    EXPECT_EQ(format(9.876), "9.88");
    EXPECT_EQ(format(17.44), "17.4");
    EXPECT_EQ(format(174.4), "174");
    EXPECT_EQ(format(17440.2), "17440");
}

TEST(BenchReport, BothSidesOfAComparisonAreTold) {
    const Measured measured = to_measured({{2, 1, 0}, {30, 10, 0}, {8, 2, 0}}, " µs");
    EXPECT_DOUBLE_EQ(measured.value.median, 3);
    EXPECT_EQ(measured.detail, "8.00 µs against 2.00 µs");
}

TEST(BenchReport, BothSidesAreMeasuredOftenAndInTurns) {
    int ours = 0, reference = 0;
    const auto pairs = measure_pairs(
        8, [&] { return double(++ours); }, [&] { return double(++reference); }, std::chrono::milliseconds(0));
    EXPECT_EQ(pairs.size(), 8u);
    EXPECT_EQ(pairs.back().ours, 8);
    EXPECT_EQ(pairs.back().reference, 8);
}

}  // namespace
}  // namespace understudy::bench
