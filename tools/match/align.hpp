#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

namespace understudy::match {

inline constexpr std::size_t kEqual = 1'000;

/// For each of the items that came, the written one that stands for it, in the order of both; nullopt for those that
/// are new. Of lists that are not very long the pairs are chosen that are most alike together, 0 being not at all; what
/// is then left between them stands for one another in its order. Items that are equal are `kEqual` alike.
std::vector<std::optional<std::size_t>> align(std::size_t written, std::size_t came,
                                              const std::function<std::size_t(std::size_t, std::size_t)>& likeness);

}  // namespace understudy::match
