#pragma once

#include "emulator/source/problem.hpp"
#include "tools/match/value.hpp"

#include <cstdint>
#include <string_view>

namespace understudy::match {

/// What becomes of a key that an object has several times.
enum class RepeatedKeys : std::uint8_t {
    last_counts,  ///< As most parsers have it.
    refused,
};

/// A text of JSON as a value, numbers to the last digit. Errors: malformed, with the offset, or the key.
/// Source: RFC 8259  Tested by: Json.*
source::Result<Value> parse_json(std::string_view text, RepeatedKeys repeated = RepeatedKeys::last_counts);

}  // namespace understudy::match
