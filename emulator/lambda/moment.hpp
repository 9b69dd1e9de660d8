#pragma once

#include <chrono>

namespace understudy::lambda {

/// The time of an input, as the caller's clocks showed it: nothing in this folder reads a clock.
struct Moment {
    std::chrono::steady_clock::time_point steady;  ///< Durations and deadlines are taken from this one.
    std::chrono::system_clock::time_point wall;    ///< `Lambda-Runtime-Deadline-Ms` and times in log lines.
};

}  // namespace understudy::lambda
