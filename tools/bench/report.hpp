#pragma once

#include "tools/bench/rows.hpp"

#include <string>

namespace understudy::bench {

bool meets(const Row& row, const Measured& measured);

/// A line for people: name, measured with its spread, goal, verdict, and what is behind it.
std::string render_row(const Row& row, const Measured& measured);

}  // namespace understudy::bench
