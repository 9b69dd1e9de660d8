#pragma once

#include "emulator/source/document.hpp"
#include "emulator/source/problem.hpp"
#include "tools/scenario/generators.hpp"
#include "tools/scenario/late_names.hpp"
#include "tools/scenario/variables.hpp"

#include <optional>
#include <set>
#include <vector>

namespace understudy::scenario {

/// A document whose `${…}` are replaced. A scalar that is one of them and nothing else becomes the value itself, of
/// whatever type; in the middle of a text the value becomes text.
struct Substituted {
    source::Document document;
    /// Scalars, and aliases of such, that wait for the run, by their numbers in the document, and still are as they
    /// were written.
    std::set<std::uint32_t> waiting;
    std::vector<source::Problem> problems;  ///< Unknown names, and what is no name.
};

/// Before the run: what only it can know waits, calls of generators and `late` names included. What lies outside of
/// `part`, a node of the document, stays as it is; what an alias in it stands for lies in it. The document is one whose
/// aliases are written out (`source::write_out_aliases`).
/// Tested by: Aliases.*
Substituted substitute_known(const source::Document& document, source::Node part, const Variables& variables,
                             const LateNames& late = {});
/// During the run: nothing waits.
Substituted substitute_all(const source::Document& document, source::Node part, const Variables& variables,
                           Generators& generators);

/// Whether anything below a node waits.
bool has_waiting(source::Node node, const std::set<std::uint32_t>& waiting);

}  // namespace understudy::scenario
