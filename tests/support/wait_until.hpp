#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <string_view>
#include <thread>

namespace understudy::test {

/// Far more than any machine needs, and less than CTest gives a test: whoever waits in vain says for what.
inline constexpr std::chrono::seconds kPatience{100};

/// Asks again and again until `is_there`; fails the test, and comes back, where that does not become so.
template <typename IsThere>
void wait_until(std::string_view what, IsThere is_there) {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (!is_there()) {
        if (std::chrono::steady_clock::now() > end) {
            ADD_FAILURE() << "in " << kPatience.count() << " seconds there was not: " << what;
            return;
        }
        std::this_thread::yield();
    }
}

}  // namespace understudy::test
