#pragma once

#include "emulator/source/document.hpp"
#include "emulator/source/problem.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::source {

/// What a key begins with that stands for a loop: `Fn::ForEach::Topics`.
inline constexpr std::string_view kLoopPrefix = "Fn::ForEach";

/// What a loop's identifier stands for in one of its rounds.
struct LoopBinding {
    std::string identifier;
    std::string value;
};

/// What unrolling asks of whoever knows the template.
struct LoopReader {
    /// The values of a loop's collection, with those of the loops around it put in; nullopt after telling what is
    /// wrong.
    std::function<std::optional<std::vector<std::string>>(const Node& collection)> values;
    std::function<void(Problem problem)> fail;
    /// Is told what the loops around a `Fn::Transform` stand for, the innermost last: `argument` is what was made of
    /// its argument, or of all of it where it is written `!Transform`. Empty: nobody asks.
    std::function<void(const Node& argument, std::span<const LoopBinding> bindings)> bind = {};
    std::size_t most_nodes = kMaxNodes;  ///< That may be made in all.
};

/// The same value with the loops in these of its members replaced by what they stand for: for each value of
/// `Fn::ForEach::Name: [Identifier, Collection, {Key: Value}]` the members of its map, in which the value takes the
/// place of `${Identifier}` and of `Ref: Identifier`, and its letters and digits that of `&{Identifier}`. Loops may
/// hold loops. What is made stands where it was written; aliases are what they name. A loop of which something is wrong
/// is left out.
///
/// Errors, by `fail`: invalid: a loop of another shape, or one whose keys do not name its identifier, so that they
/// would all be the same; what `Fn::Transform` puts there is not looked at. too_large: more than `most_nodes` nodes.
Document unroll(const Node& root, std::span<const std::string_view> sections, const LoopReader& reader);
/// The same of the whole of a value, which stands somewhere in such a section, within loops that stand for `bindings`.
Document unroll_all(const Node& root, const LoopReader& reader, std::span<const LoopBinding> bindings);

}  // namespace understudy::source
