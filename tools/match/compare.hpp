#pragma once

#include "tools/match/difference.hpp"
#include "tools/match/pattern.hpp"

#include <cstddef>
#include <string>
#include <utility>
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

/// Where a comparison stands below the whole.
struct Standing {
    std::vector<PathStep> path;
    /// What is not looked at, each with the length of the path that it begins at.
    std::vector<std::pair<std::size_t, const IgnorePath*>> ignored;

    bool is_ignored() const;
};

/// How a path goes on to a member, and to an item.
PathStep to_path_step(const Member& member);
PathStep to_path_step(std::size_t item);

/// What is different in a value from what a pattern asks, in the pattern's order.
Comparison compare_value(const Pattern& pattern, const Value& actual, UnknownFields unknown_fields);
/// Whether nothing is different in a part of a value; null stands for one that is not there.
bool is_met(const Pattern& pattern, const Value* actual, UnknownFields unknown_fields, const Standing& standing);

}  // namespace understudy::match
