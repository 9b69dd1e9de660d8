#pragma once

#include "emulator/source/text.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace understudy::scenario {

/// Where texts stand in another one that may spell any of their characters as an escape of JSON (`\u0026`, `\/`) or of
/// a URL (`%26`), also in a text within a text. Sorted, without overlaps; where each stands as it is is not among them.
std::vector<source::Range> find_escaped(std::string_view text, const std::vector<std::string>& wanted);

}  // namespace understudy::scenario
