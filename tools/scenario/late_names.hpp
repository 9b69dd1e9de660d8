#pragma once

#include "emulator/source/document.hpp"
#include "tools/scenario/parts.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace understudy::scenario {

/// Whether a step is sent more than once, as its `repeat` or `retry` asks.
enum class Sending : std::uint8_t { once, again };

/// Where in a file the names of variables are those of what steps capture, whatever value `vars` gives them: in the
/// steps behind the capturing one, and in that itself where it is sent again.
/// Source: `Scenario.vars` in proto/understudy/v1/scenario.proto
/// Tested by: Capture.WhatWasCapturedHasTheNameOfAVariableFromThenOn
class LateNames {
  public:
    /// What a step captures; steps are counted in the order in which they are sent.
    void add_capture(const std::string& name, std::size_t step) { captured_by_.emplace(name, step); }
    /// Everything below `node` belongs to that step. What holds a `${…}` belongs to no second one: each use of an alias
    /// has its own.
    void add_step(source::Node node, std::size_t step, Sending sending);

    /// Whether a name in this scalar, or in what this alias stands for, has its value from the run.
    bool is_late(source::Node scalar, std::string_view name) const;

  private:
    struct Use {
        std::size_t step;
        Sending sending;
    };

    std::map<std::string, std::size_t, std::less<>> captured_by_;
    std::unordered_map<std::uint32_t, Use> uses_;  ///< By the numbers of the scalars.
};

/// For each part, in their order.
std::vector<LateNames> find_late_names(const std::vector<Part>& parts);

}  // namespace understudy::scenario
