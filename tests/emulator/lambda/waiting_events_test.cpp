#include "emulator/lambda/waiting_events.hpp"

#include <gtest/gtest.h>

#include <cstdint>

namespace understudy::lambda::waiting_events_test {
namespace {

TEST(WaitingEvents, HaveRoomUpToTheirNumberAndTheirBytes) {
    WaitingEvents waiting({.events = 2, .bytes = 10});
    EXPECT_TRUE(waiting.has_room(10));
    EXPECT_FALSE(waiting.has_room(11));
    EXPECT_FALSE(waiting.has_room(SIZE_MAX));
    waiting.on_taken(4);
    EXPECT_TRUE(waiting.has_room(6));
    EXPECT_FALSE(waiting.has_room(7));
    EXPECT_FALSE(waiting.has_room(SIZE_MAX));
    waiting.on_taken(0);
    EXPECT_FALSE(waiting.has_room(0)) << "two wait";
}

TEST(WaitingEvents, MakeRoomWhenTheyAreGone) {
    WaitingEvents waiting({.events = 1, .bytes = 10});
    waiting.on_taken(10);
    EXPECT_FALSE(waiting.has_room(0));
    waiting.on_gone(10);
    EXPECT_TRUE(waiting.has_room(10));
}

}  // namespace
}  // namespace understudy::lambda::waiting_events_test
