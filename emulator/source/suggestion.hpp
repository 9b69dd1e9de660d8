#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace understudy::source {

/// How many insertions, deletions, replacements and swaps of neighbours turn `a` into `b` (optimal string alignment).
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate that `word` was probably meant to be: near by edit distance, or equal but for case and separators.
/// nullopt where every candidate is far off; of equally near ones that with the longest common begin, then of the
/// nearest length, then the first.
std::optional<std::string_view> closest_word(std::string_view word, std::span<const std::string_view> candidates);

/// `did you mean 'fronts'?` for a word that is known to be meant.
std::string render_suggestion(std::string_view meant);

/// The same for the closest candidate, or nothing.
std::string render_suggestion(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace understudy::source
