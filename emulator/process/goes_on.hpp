#pragma once

#include "emulator/source/problem.hpp"

#include <functional>

namespace understudy::process {

/// Asked between the pieces of what takes long, in its thread: whether it is still wanted. None: it is.
using GoesOn = std::function<bool()>;

/// What work that is not wanted any more ends with; nothing of it is left.
inline source::Problem stopped_problem() {
    return {source::ProblemCode::stopped, "it was stopped"};
}

inline bool is_stopped(const GoesOn& goes_on) {
    return goes_on && !goes_on();
}

}  // namespace understudy::process
