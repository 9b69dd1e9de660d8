// What a step is told of its function.
#include "tools/understudy/observation_keeper.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

namespace understudy::cli::observation_keeper_test {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;

/// Waits for answered calls only.
ObservationKeeper::Patience only_answered() {
    return {.unanswered = milliseconds(0), .answered = std::chrono::minutes(1)};
}

TEST(ObservationKeeper, WaitsForTheReportOfWhatWasAnswered) {
    ObservationKeeper keeper(only_answered());
    keeper.on_event("f", "1", "{}");
    keeper.on_end("1", Begun::yes);
    auto taken = std::async(std::launch::async, [&] { return keeper.take(); });
    keeper.on_log("f", "START RequestId: 1 Version: $LATEST\nits own line\n");
    keeper.on_log("f", "END RequestId: 1\nREPORT RequestId: 1\tDuration: 1.00 ms\n");
    EXPECT_THAT(taken.get().log, ElementsAre("START RequestId: 1 Version: $LATEST", "its own line", "END RequestId: 1",
                                             "REPORT RequestId: 1\tDuration: 1.00 ms"));
    EXPECT_TRUE(keeper.settle());
}

TEST(ObservationKeeper, TheReportOfAnotherCallIsNotTakenForIt) {
    ObservationKeeper keeper(only_answered());
    keeper.on_log("f", "REPORT RequestId: asynchronous\t\n");
    keeper.on_event("f", "1", "{}");
    keeper.on_end("1", Begun::yes);
    auto taken = std::async(std::launch::async, [&] { return keeper.take(); });
    keeper.on_log("f", "REPORT RequestId: 1\t\n");
    EXPECT_THAT(taken.get().log, ElementsAre("REPORT RequestId: asynchronous\t", "REPORT RequestId: 1\t"));
}

TEST(ObservationKeeper, DoesNotWaitForWhatHasNoReport) {
    ObservationKeeper keeper({.unanswered = std::chrono::minutes(1), .answered = std::chrono::minutes(1)});
    keeper.on_event("f", "throttled", "{}");
    keeper.on_end("throttled", Begun::no);
    EXPECT_THAT(keeper.take().events, ElementsAre("{}"));
    EXPECT_TRUE(keeper.settle());
}

TEST(ObservationKeeper, WhatIsGivenUpDoesNotCountAsEnded) {
    ObservationKeeper keeper(only_answered());
    keeper.on_event("f", "1", "{}");
    keeper.take();
    EXPECT_FALSE(keeper.settle());
    ObservationKeeper stopped(only_answered());
    stopped.on_event("f", "1", "{}");
    stopped.on_end("1", Begun::yes);
    auto taken = std::async(std::launch::async, [&] { return stopped.take(); });
    stopped.give_up();
    taken.get();
    EXPECT_FALSE(stopped.settle());
}

}  // namespace
}  // namespace understudy::cli::observation_keeper_test
