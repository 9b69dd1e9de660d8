#include "emulator/lambda/peak_memory.hpp"

#include <gtest/gtest.h>

namespace understudy::lambda {
namespace {

TEST(PeakKilobytes, WhatWasSeenCountsEvenAboveTheMemorySize) {
    EXPECT_EQ(to_peak_kilobytes(5000, 90'000, 128), 5000);
    EXPECT_EQ(to_peak_kilobytes(200'000, 300'000, 128), 200'000);
}

TEST(PeakKilobytes, UnseenItIsTheMostThatItCanHaveBeenWithinTheMemorySize) {
    EXPECT_EQ(to_peak_kilobytes(0, 90'000, 128), 90'000);
    EXPECT_EQ(to_peak_kilobytes(0, 200'000, 128), 128 * 1024);
}

}  // namespace
}  // namespace understudy::lambda
