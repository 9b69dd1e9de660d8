#pragma once

#include "tools/match/difference.hpp"
#include "tools/match/pattern.hpp"
#include "tools/match/standing.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace understudy::match {

/// What becomes of fields of a reply that the schema does not know.
enum class UnknownFields : std::uint8_t {
    by_mode,  ///< An error where everything is compared, nothing where only what is written is.
    error,
    warning,
    ignored,
};

/// What a comparison found.
struct Comparison {
    std::vector<Difference> differences;
    std::vector<std::string> warnings;

    bool equal() const { return differences.empty(); }
};

/// What is different in a value from what a pattern asks, in the pattern's order.
Comparison compare_value(const Pattern& pattern, const Value& actual, UnknownFields unknown_fields);
/// Whether nothing is different in a part of a value; null stands for one that is not there.
bool is_met(const Pattern& pattern, const Value* actual, UnknownFields unknown_fields, const Standing& standing);

}  // namespace understudy::match
