#pragma once

#include "emulator/source/problem.hpp"
#include "tools/scenario/parts.hpp"

#include <vector>

namespace understudy::scenario {

/// Adds to problems of one run, where they are about a value with `${…}` in it, what its row and its cell of the matrix
/// have brought in there: `'status' is "lots" in row 2, rows.csv:3:3`.
void note_values(const std::vector<Part>& parts, const Variant& variant, std::vector<source::Problem>& problems);

}  // namespace understudy::scenario
