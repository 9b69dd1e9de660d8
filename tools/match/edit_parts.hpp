#pragma once

#include "emulator/source/document.hpp"
#include "emulator/source/text_edit.hpp"

#include <string>
#include <vector>

namespace understudy::match {

/// A member or item of a container that is written: a member from its key on.
struct Part {
    source::Range range;
    source::Node value;
    bool deleted = false;
    std::vector<std::string> before = {};  ///< What new ones are written before it.
};

/// The edits that delete parts of a container and put new ones into it, `behind` at its end: flow on its line, block on
/// lines of its own. Each comment stays with what it stands beside, or right above; one above the first part is the
/// container's, unless the next part has one above it, too.
///
/// Precondition: one of `parts`, which are all that the container has, in their order, is not deleted.
std::vector<source::TextEdit> edit_parts(source::Node container, const std::vector<Part>& parts,
                                         const std::vector<std::string>& behind);

}  // namespace understudy::match
