#pragma once

#include "emulator/source/tree.hpp"

#include <cstddef>
#include <span>

namespace understudy::source {

/// Fills `tree` from the events of its text; the errors are `parse_document`'s. Precondition: the tree is empty.
Result<void> compose(Tree& tree, std::span<const std::size_t> surrogate_pairs, DuplicateKeys duplicates);

}  // namespace understudy::source
