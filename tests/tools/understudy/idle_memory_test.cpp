#include "tools/understudy/idle_memory.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

namespace understudy::cli {
namespace {

constexpr std::chrono::milliseconds kPeriod{20};

/// Pages of files that are resident, in kB.
long read_resident_files() {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        if (long kilobytes = 0; word == "RssFile:" && status >> kilobytes) return kilobytes;
    }
    return 0;
}

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

TEST(IdleMemory, PagesOfTheProgramThatAreNotUsedAgainAreNotResident) {
    const long before = read_resident_files();
    return_program_pages();
    EXPECT_LT(read_resident_files(), before);
}

}  // namespace
}  // namespace understudy::cli
