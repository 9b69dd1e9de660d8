#pragma once

#include "emulator/source/document.hpp"

#include <functional>

namespace understudy::source {

/// The same document in which each alias, and each mapping with a merge key, has nodes of its own for those of its
/// scalars, keys included, that are `needed`, and for what holds such a one: so that each use may be given another
/// value. Positions and ranges stay those of what the anchor names; numbers of nodes are other ones. The document
/// itself where nothing of that kind is needed; else `overridden` of the copy is empty.
///
/// Source: YAML 1.2.2, 3.2.2.2: an alias stands for the node of its anchor. Tested by: WriteOutAliases.*
Document write_out_aliases(const Document& document, const std::function<bool(Node scalar)>& needed);

}  // namespace understudy::source
