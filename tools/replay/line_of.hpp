#pragma once

#include "emulator/source/problem.hpp"

#include <string>

namespace understudy::replay {

/// What `render_diagnostic` needs to show a problem's line: that line of its file, behind as many empty ones as precede
/// it. Empty where the problem has no place, or its line cannot be read again or is too long to be looked at.
std::string read_line_of(const source::Problem& problem);

}  // namespace understudy::replay
