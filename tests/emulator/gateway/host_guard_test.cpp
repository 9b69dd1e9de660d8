#include "emulator/gateway/host_guard.hpp"

#include <gtest/gtest.h>

namespace understudy::gateway {
namespace {

TEST(HostGuard, ABrowsersForeignHostIsRefused) {
    EXPECT_TRUE(is_rebound({{"Host", "evil.example:3000"}, {"Origin", "http://evil.example:3000"}}));
    EXPECT_TRUE(is_rebound({{"Host", "evil.example"}, {"Sec-Fetch-Site", "same-origin"}}));
    EXPECT_TRUE(is_rebound({{"Host", "localhost.evil.example"}, {"Sec-Fetch-Site", "same-origin"}}));
}

TEST(HostGuard, ABrowserMayUseNamesOfThisMachine) {
    for (const char* host :
         {"localhost", "LocalHost:3000", "127.0.0.1:3000", "[::1]:3000", "abc.execute-api.localhost:3000", ""}) {
        EXPECT_FALSE(is_rebound({{"Host", host}, {"Origin", "http://localhost:5173"}})) << host;
    }
}

TEST(HostGuard, OtherClientsMayNameAnyHost) {
    EXPECT_FALSE(is_rebound({{"Host", "api.example.com"}}));
    EXPECT_FALSE(is_rebound({}));
}

}  // namespace
}  // namespace understudy::gateway
