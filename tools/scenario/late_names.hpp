#pragma once

#include "emulator/source/document.hpp"
#include "tools/scenario/parts.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
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
    void add_step(source::Range place, std::size_t step, Sending sending) { places_.push_back({place, step, sending}); }

    /// Whether a name that stands there has its value from the run.
    bool is_late(source::Range place, std::string_view name) const;

  private:
    struct Place {
        source::Range range;
        std::size_t step;
        Sending sending;
    };

    std::map<std::string, std::size_t, std::less<>> captured_by_;
    std::vector<Place> places_;
};

/// Those of each part, in the parts' order. Steps count as they are sent: each part's `setup`, then `steps`, and
/// `teardown` from the last part on.
std::vector<LateNames> find_late_names(const std::vector<Part>& parts);

}  // namespace understudy::scenario
