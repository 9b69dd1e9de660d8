#include "emulator/http/growth.hpp"

#include <gtest/gtest.h>

#include <cstring>

namespace understudy::http {
namespace {

TEST(Growth, WhatIsWrittenStandsBehindWhatWasThere) {
    std::string text = "ab";
    append_written(text, 100, [](char* to) {
        std::memcpy(to, "cde", 3);
        return std::size_t{3};
    });
    EXPECT_EQ(text, "abcde");
}

TEST(Growth, NothingWrittenChangesNothing) {
    std::string text(1000, 'x');
    append_written(text, 100'000, [](char*) { return std::size_t{0}; });
    EXPECT_EQ(text, std::string(1000, 'x'));
}

TEST(Growth, ThereIsRoomForAllThatWasAskedFor) {
    std::string text;
    append_written(text, 100'000, [](char* to) {
        std::memset(to, 'y', 100'000);
        return std::size_t{100'000};
    });
    EXPECT_EQ(text, std::string(100'000, 'y'));
}

}  // namespace
}  // namespace understudy::http
