#pragma once

#include <chrono>

namespace understudy::recorder {

/// A point in time by both clocks: what people call it, and one that only goes forward.
struct Moment {
    std::chrono::microseconds wall{0};    ///< Since the epoch.
    std::chrono::microseconds steady{0};  ///< Since whenever.
};

}  // namespace understudy::recorder
