#pragma once

#include "tools/match/ignore_path.hpp"
#include "tools/match/value.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace understudy::match {

/// Where a comparison stands below the whole.
struct Standing {
    std::vector<PathStep> path;
    /// What is not looked at, each with the length of the path that it begins at.
    std::vector<std::pair<std::size_t, const IgnorePath*>> ignored;

    bool is_ignored() const;
};

/// As differences name a place: `items[1].name`.
std::string to_text(const std::vector<PathStep>& path);

/// How a path goes on to a member, and to an item.
PathStep to_path_step(const Member& member);
PathStep to_path_step(std::size_t item);

}  // namespace understudy::match
