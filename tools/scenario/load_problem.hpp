#pragma once

#include "emulator/source/problem.hpp"

#include <string>

namespace understudy::scenario {

/// A problem together with the text it points into; the text is empty where there is none to show.
struct LoadProblem {
    source::Problem problem;
    std::string text;
};

}  // namespace understudy::scenario
