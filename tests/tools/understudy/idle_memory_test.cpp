#include "tools/understudy/idle_memory.hpp"

#include <gtest/gtest.h>

namespace understudy::cli {
namespace {

constexpr std::chrono::milliseconds kPeriod{20};

TEST(IdleMemory, IsReturnedOnceAfterTheLastOfManyCalls) {
    boost::asio::io_context context;
    int returned = 0;
    IdleMemory memory(context, kPeriod, [&] { ++returned; });
    for (int i = 0; i < 100; ++i) memory.on_request();
    context.run();
    EXPECT_EQ(returned, 1);
}

TEST(IdleMemory, ACallInTheMeantimeMakesAnotherPeriod) {
    boost::asio::io_context context;
    const auto start = std::chrono::steady_clock::now();
    std::chrono::steady_clock::duration waited{};
    IdleMemory memory(context, kPeriod, [&] { waited = std::chrono::steady_clock::now() - start; });
    memory.on_request();
    memory.on_request();
    context.run();
    EXPECT_GE(waited, 2 * kPeriod);
}

TEST(IdleMemory, IsReturnedAgainAfterFurtherCalls) {
    boost::asio::io_context context;
    int returned = 0;
    IdleMemory memory(context, kPeriod, [&] {
        if (++returned == 1) memory.on_request();
    });
    memory.on_request();
    context.run();
    EXPECT_EQ(returned, 2);
}

TEST(IdleMemory, DoesNotHoldUpTheEnd) {
    boost::asio::io_context context;
    int returned = 0;
    IdleMemory memory(context, std::chrono::hours(1), [&] { ++returned; });
    memory.on_request();
    memory.stop();
    context.run();
    EXPECT_EQ(returned, 0);
}

}  // namespace
}  // namespace understudy::cli
