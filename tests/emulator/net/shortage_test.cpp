#include "emulator/net/shortage.hpp"

#include <gtest/gtest.h>

namespace understudy::net::shortage_test {
namespace {

TEST(Shortage, IsToldOnceAndAgainOnlyAfterItWasOver) {
    using std::chrono::seconds;
    const Shortage::Clock::time_point begin{};
    Shortage shortage;
    EXPECT_TRUE(shortage.on_failure(begin));
    for (int i = 1; i < 10; ++i) EXPECT_FALSE(shortage.on_failure(begin + seconds(50 * i))) << "it goes on";
    EXPECT_TRUE(shortage.on_failure(begin + seconds(450) + Shortage::kOver));
    EXPECT_FALSE(shortage.on_failure(begin + seconds(451) + Shortage::kOver));
}

}  // namespace
}  // namespace understudy::net::shortage_test
