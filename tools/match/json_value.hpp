#pragma once

#include "emulator/source/problem.hpp"
#include "tools/match/value.hpp"

#include <string_view>

namespace understudy::match {

/// A text of JSON as a value. Errors: malformed, with the offset.
source::Result<Value> parse_json(std::string_view text);

}  // namespace understudy::match
