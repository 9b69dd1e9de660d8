#include "emulator/lambda/function.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace understudy::lambda::function_test {
namespace {

Job job(std::uint64_t number) {
    Job made;
    made.caller = Caller(number);
    made.invocation.id = "id-" + std::to_string(number);
    return made;
}

Placement start(std::uint32_t environment, std::uint64_t number) {
    return Start{EnvironmentId(environment), job(number)};
}

Placement reuse(std::uint32_t environment, std::uint64_t number) {
    return Reuse{EnvironmentId(environment), job(number)};
}

TEST(Function, AnEnvironmentIsStartedWhereNoneIsIdle) {
    Function function(16);
    EXPECT_EQ(function.on_invoke(job(1)), start(1, 1));
    EXPECT_EQ(function.on_invoke(job(2)), start(2, 2));
    EXPECT_EQ(function.environments(), 2u);
}

TEST(Function, TheMostRecentlyIdleEnvironmentIsReused) {
    Function function(16);
    for (std::uint64_t i = 1; i <= 3; ++i) static_cast<void>(function.on_invoke(job(i)));
    EXPECT_EQ(function.on_idle(EnvironmentId(2)), std::nullopt);
    EXPECT_EQ(function.on_idle(EnvironmentId(1)), std::nullopt);
    EXPECT_EQ(function.on_idle(EnvironmentId(3)), std::nullopt);
    EXPECT_EQ(function.idle(), 3u);
    EXPECT_EQ(function.on_invoke(job(4)), reuse(3, 4));
    EXPECT_EQ(function.on_invoke(job(5)), reuse(1, 5));
    EXPECT_EQ(function.on_invoke(job(6)), reuse(2, 6));
    EXPECT_EQ(function.on_invoke(job(7)), start(4, 7));
}

Job job_of(std::uint64_t number, std::size_t bytes) {
    Job made = job(number);
    made.invocation.payload = std::make_shared<const std::string>(bytes, 'x');
    return made;
}

TEST(Function, NoMoreWaitThanTheQueueHolds) {
    const Job large = job_of(1, 100), first = job_of(2, 6), empty = job_of(3, 0);
    Function function(1, {.events = 2, .bytes = 10});
    EXPECT_EQ(function.on_invoke(Job(large)), Placement(Start{EnvironmentId(1), large})) << "it does not wait";
    EXPECT_EQ(function.on_invoke(job_of(4, 11)), Placement(Crowded()));
    EXPECT_EQ(function.on_invoke(Job(first)), Placement(Queued()));
    EXPECT_EQ(function.on_invoke(job_of(4, 5)), Placement(Crowded()));
    EXPECT_EQ(function.on_invoke(Job(empty)), Placement(Queued()));
    EXPECT_EQ(function.on_invoke(job_of(4, 0)), Placement(Crowded())) << "two wait";
    EXPECT_EQ(function.on_idle(EnvironmentId(1)), (Reuse{EnvironmentId(1), first}));
    EXPECT_EQ(function.on_invoke(job_of(4, 10)), Placement(Queued())) << "there is room again";
    EXPECT_EQ(function.on_dead(EnvironmentId(1)), (Start{EnvironmentId(1), empty}));
    EXPECT_EQ(function.queued(), 1U);
}

TEST(Function, JobsBeyondTheLimitWaitInOrder) {
    Function function(2);
    static_cast<void>(function.on_invoke(job(1)));
    static_cast<void>(function.on_invoke(job(2)));
    for (std::uint64_t i = 3; i <= 103; ++i) EXPECT_EQ(function.on_invoke(job(i)), Placement(Queued{}));
    EXPECT_EQ(function.queued(), 101u);
    for (std::uint64_t i = 3; i <= 103; ++i) {
        const auto environment = static_cast<EnvironmentId>(i % 2 + 1);
        EXPECT_EQ(function.on_idle(environment), (Reuse{environment, job(i)}));
    }
    EXPECT_EQ(function.on_idle(EnvironmentId(1)), std::nullopt);
    EXPECT_EQ(function.environments(), 2u);
}

TEST(Function, NothingIsAddedWhereGrowthIsHaltedButForTheFirst) {
    Function function(16);
    EXPECT_EQ(function.on_invoke(job(1), Growth::halted), start(1, 1));
    EXPECT_EQ(function.on_invoke(job(2)), start(2, 2));
    EXPECT_EQ(function.on_invoke(job(3), Growth::halted), Placement(Queued{}));
    EXPECT_EQ(function.on_dead(EnvironmentId(1), Growth::halted), std::nullopt) << "another lives";
    EXPECT_EQ(function.on_idle(EnvironmentId(2)), (Reuse{EnvironmentId(2), job(3)}));
    EXPECT_EQ(function.on_invoke(job(4), Growth::halted), Placement(Queued{}));
    EXPECT_EQ(function.on_dead(EnvironmentId(2), Growth::halted), (Start{EnvironmentId(1), job(4)}));
}

TEST(Function, AJobStaysWithTheEnvironmentThatWasStartedForIt) {
    Function function(2);
    static_cast<void>(function.on_invoke(job(1)));
    EXPECT_EQ(function.on_invoke(job(2)), start(2, 2));
    EXPECT_EQ(function.on_idle(EnvironmentId(1)), std::nullopt);
    EXPECT_EQ(function.on_invoke(job(3)), reuse(1, 3));
}

TEST(Function, ADeadIdleEnvironmentIsNotReused) {
    Function function(16);
    static_cast<void>(function.on_invoke(job(1)));
    static_cast<void>(function.on_invoke(job(2)));
    static_cast<void>(function.on_idle(EnvironmentId(1)));
    static_cast<void>(function.on_idle(EnvironmentId(2)));
    EXPECT_EQ(function.on_dead(EnvironmentId(2)), std::nullopt);
    EXPECT_EQ(function.environments(), 1u);
    EXPECT_EQ(function.on_invoke(job(3)), reuse(1, 3));
}

TEST(Function, ADeadEnvironmentIsReplacedForAWaitingJob) {
    Function function(1);
    static_cast<void>(function.on_invoke(job(1)));
    static_cast<void>(function.on_invoke(job(2)));
    static_cast<void>(function.on_invoke(job(3)));
    EXPECT_EQ(function.on_dead(EnvironmentId(1)), (Start{EnvironmentId(1), job(2)}));
    EXPECT_EQ(function.on_idle(EnvironmentId(1)), (Reuse{EnvironmentId(1), job(3)}));
    EXPECT_EQ(function.queued(), 0u);
}

TEST(Function, AJobThatADeadEnvironmentNeverHadGoesBeforeAllThatWait) {
    Function function(2);
    static_cast<void>(function.on_invoke(job(1)));
    static_cast<void>(function.on_invoke(job(2)));
    EXPECT_EQ(function.on_invoke(job(3)), Placement(Queued{}));
    EXPECT_EQ(function.on_idle(EnvironmentId(1)), (Reuse{EnvironmentId(1), job(3)}));
    EXPECT_EQ(function.on_invoke(job(4)), Placement(Queued{}));
    EXPECT_EQ(function.on_returned(EnvironmentId(1), job(3)), start(1, 3)) << "in its place";
    EXPECT_EQ(function.on_returned(EnvironmentId(1), job(3), Growth::halted), Placement(Queued{}));
    EXPECT_EQ(function.on_idle(EnvironmentId(2)), (Reuse{EnvironmentId(2), job(3)})) << "before the fourth";
    EXPECT_EQ(function.on_idle(EnvironmentId(2)), (Reuse{EnvironmentId(2), job(4)}));
    EXPECT_EQ(function.environments(), 1u);
}

TEST(Function, AJobThatComesBackGoesToAnIdleEnvironmentFirst) {
    Function function(2);
    static_cast<void>(function.on_invoke(job(1)));
    static_cast<void>(function.on_invoke(job(2)));
    static_cast<void>(function.on_idle(EnvironmentId(1)));
    EXPECT_EQ(function.on_returned(EnvironmentId(2), job(2)), reuse(1, 2));
    EXPECT_EQ(function.idle(), 0u);
    EXPECT_EQ(function.environments(), 1u);
}

TEST(Function, TheLowestFreeNumberIsGivenOut) {
    Function function(16);
    for (std::uint64_t i = 1; i <= 3; ++i) static_cast<void>(function.on_invoke(job(i)));
    static_cast<void>(function.on_dead(EnvironmentId(2)));
    static_cast<void>(function.on_dead(EnvironmentId(1)));
    EXPECT_EQ(function.on_invoke(job(4)), start(1, 4));
    EXPECT_EQ(function.on_invoke(job(5)), start(2, 5));
    EXPECT_EQ(function.on_invoke(job(6)), start(4, 6));
}

TEST(Function, ReservedConcurrencyIsALimit) {
    EXPECT_FALSE(is_throttled({}, 1'000'000));
    EXPECT_FALSE(is_throttled(2, 1));
    EXPECT_TRUE(is_throttled(2, 2));
    EXPECT_TRUE(is_throttled(0, 0)) << "0 stops the function";
}

TEST(Function, AStopHandsBackTheQueue) {
    Function function(1);
    static_cast<void>(function.on_invoke(job(1)));
    static_cast<void>(function.on_invoke(job(2)));
    static_cast<void>(function.on_invoke(job(3)));
    EXPECT_EQ(function.on_stop(), (std::vector<Job>{job(2), job(3)}));
    EXPECT_EQ(function.on_dead(EnvironmentId(1)), std::nullopt);
}

TEST(Function, AWarmEnvironmentCountsAndIsTakenFirst) {
    Function function(1);
    EXPECT_EQ(function.on_warm_up(), EnvironmentId(1));
    EXPECT_EQ(function.on_warm_up(), std::nullopt);
    EXPECT_FALSE(function.at_rest());
    EXPECT_EQ(function.on_invoke(job(1)), Placement(Queued{}));
    EXPECT_EQ(function.on_idle(EnvironmentId(1)), (Reuse{EnvironmentId(1), job(1)}));
    EXPECT_EQ(function.on_idle(EnvironmentId(1)), std::nullopt);
    EXPECT_TRUE(function.at_rest());
}

}  // namespace
}  // namespace understudy::lambda::function_test
