#include "emulator/gateway/host_guard.hpp"

#include <gtest/gtest.h>

namespace understudy::gateway::host_guard_test {
namespace {

TEST(HostGuard, ABrowsersForeignHostIsRefused) {
    EXPECT_TRUE(is_rebound({{"Host", "evil.example:3000"}, {"Origin", "http://evil.example:3000"}}));
    EXPECT_TRUE(is_rebound({{"Host", "evil.example"}, {"Sec-Fetch-Site", "same-origin"}}));
    EXPECT_TRUE(is_rebound({{"Host", "localhost.evil.example"}, {"Sec-Fetch-Site", "same-origin"}}));
    EXPECT_TRUE(is_rebound({{"Host", "evil.example"}, {"Referer", "http://evil.example/"}}));
    EXPECT_TRUE(is_rebound({{"Host", "evil.example"}, {"Accept-Language", "en"}}));
    EXPECT_TRUE(is_rebound({{"Host", "evil.example"}, {"User-Agent", "Mozilla/5.0 (X11)"}}));
}

TEST(HostGuard, ABrowserMayUseNamesOfThisMachine) {
    for (const char* host :
         {"localhost", "LocalHost:3000", "127.0.0.1:3000", "[::1]:3000", "abc.execute-api.localhost:3000", ""}) {
        EXPECT_FALSE(is_rebound({{"Host", host}, {"Origin", "http://localhost:5173"}})) << host;
    }
}

TEST(HostGuard, OtherClientsMayNameAnyHost) {
    EXPECT_FALSE(is_rebound({{"Host", "api.example.com"}, {"User-Agent", "curl/8.5.0"}, {"Accept", "*/*"}}));
    EXPECT_FALSE(is_rebound({}));
}

TEST(HostGuard, AnotherSitesPageIsToldFromOnesOwn) {
    for (const char* origin : {"http://evil.example", "https://localhost.evil.example", "null", "http://192.0.2.1:3001",
                               "http://127.evil.example", ""}) {
        EXPECT_TRUE(is_foreign_page({{"Host", "localhost:3001"}, {"Origin", origin}})) << origin;
    }
    for (const char* origin :
         {"http://localhost:5173", "http://app.localhost", "http://127.0.0.1:80", "http://[::1]:3000"}) {
        EXPECT_FALSE(is_foreign_page({{"Origin", origin}, {"Sec-Fetch-Site", "cross-site"}})) << origin;
    }
    EXPECT_TRUE(is_foreign_page({{"Sec-Fetch-Site", "cross-site"}}));
    EXPECT_FALSE(is_foreign_page({{"Sec-Fetch-Site", "none"}}));
    EXPECT_FALSE(is_foreign_page({}));
}

}  // namespace
}  // namespace understudy::gateway::host_guard_test
