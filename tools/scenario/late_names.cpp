#include "tools/scenario/late_names.hpp"

#include <algorithm>

namespace understudy::scenario {

namespace {

using source::Node;

class Counting {
  public:
    explicit Counting(std::size_t parts) : names_(parts) {}

    void add(const Part& part, std::size_t number, const char* list) {
        const auto steps = part.find(list);
        for (const auto& step : steps ? steps->items() : std::span<const Node>()) {
            ++step_;
            add_captures(step);
            const bool again = step.find("repeat") || step.find("retry");
            names_[number].add_step(step.range(), step_, again ? Sending::again : Sending::once);
        }
    }
    std::vector<LateNames> take() { return std::move(names_); }

  private:
    void add_captures(Node step) {
        const auto captures = step.find("capture");
        for (const auto& member : captures ? captures->members() : std::span<const source::Member>()) {
            for (auto& names : names_) names.add_capture(std::string(member.key.text()), step_);
        }
        const auto parallel = step.find("parallel");
        for (const auto& inner : parallel ? parallel->items() : std::span<const Node>()) add_captures(inner);
    }

    std::vector<LateNames> names_;
    std::size_t step_ = 0;
};

}  // namespace

bool LateNames::is_late(source::Range place, std::string_view name) const {
    const auto captured = captured_by_.find(name);
    if (captured == captured_by_.end()) return false;
    return std::ranges::any_of(places_, [&](const Place& step) {
        const bool inside = step.range.begin <= place.begin && place.end <= step.range.end;
        return inside &&
               (step.step > captured->second || (step.step == captured->second && step.sending == Sending::again));
    });
}

std::vector<LateNames> find_late_names(const std::vector<Part>& parts) {
    Counting counting(parts.size());
    for (const auto* list : {"setup", "steps"}) {
        for (std::size_t i = 0; i < parts.size(); ++i) counting.add(parts[i], i, list);
    }
    for (std::size_t i = parts.size(); i-- > 0;) counting.add(parts[i], i, "teardown");
    return counting.take();
}

}  // namespace understudy::scenario
