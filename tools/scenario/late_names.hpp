#pragma once

#include "emulator/source/document.hpp"
#include "tools/scenario/parts.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::scenario {

/// Where in a file the names of variables are those of what steps capture, whatever value `vars` gives them: in the
/// steps behind the capturing one, and in that itself where it is sent again.
class LateNames {
  public:
    /// What a step captures; steps are counted in the order in which they are sent.
    void add_capture(const std::string& name, std::size_t step) { captured_by_.emplace(name, step); }
    void add_step(source::Range place, std::size_t step, bool sent_again) {
        places_.push_back({place, step, sent_again});
    }

    /// Whether a name that stands there has its value from the run.
    bool is_late(source::Range place, std::string_view name) const;

  private:
    struct Place {
        source::Range range;
        std::size_t step;
        bool sent_again;
    };

    std::map<std::string, std::size_t, std::less<>> captured_by_;
    std::vector<Place> places_;
};

/// For each part, in their order.
std::vector<LateNames> find_late_names(const std::vector<Part>& parts);

}  // namespace understudy::scenario
