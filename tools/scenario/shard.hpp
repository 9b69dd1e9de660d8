#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::scenario {

/// What runs took, by their identities.
using Durations = std::map<std::string, std::chrono::microseconds, std::less<>>;

/// One part of several: `2/4`.
struct Shard {
    std::size_t number = 1;  ///< From 1.
    std::size_t count = 1;
};

/// nullopt for what is no number between 1 and a count.
std::optional<Shard> parse_shard(std::string_view text);

/// Which shard each run belongs to, from 0. Runs go to the shard that has the least to do, the longest first; a run
/// of unknown duration counts as the median of the known ones. What is equal is ordered by a hash of the identity: so
/// every shard computes the same, and neighbours in a folder are spread.
std::vector<std::size_t> assign_shards(std::span<const std::string> identities, std::size_t count,
                                       const Durations& durations);

}  // namespace understudy::scenario
