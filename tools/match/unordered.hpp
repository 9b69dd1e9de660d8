#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

namespace understudy::match {

/// Gives each of `wanted` things one of `offered` that fits it, so that as many as possible have one; nullopt for those
/// that have none. No offer is given twice.
std::vector<std::optional<std::size_t>> pair_up(std::size_t wanted, std::size_t offered,
                                                const std::function<bool(std::size_t, std::size_t)>& fits);

}  // namespace understudy::match
