#include "tools/scenario/late_names.hpp"

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
            names_[number].add_step(step, step_, again ? Sending::again : Sending::once);
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

void LateNames::add_step(Node node, std::size_t step, Sending sending) {
    if (node.is_scalar()) uses_.insert_or_assign(node.index(), Use{step, sending});
    for (const auto& item : node.items()) add_step(item, step, sending);
    for (const auto& [key, value] : node.members()) {
        add_step(key, step, sending);
        add_step(value, step, sending);
    }
}

bool LateNames::is_late(Node scalar, std::string_view name) const {
    const auto captured = captured_by_.find(name);
    const auto use = uses_.find(scalar.index());
    if (captured == captured_by_.end() || use == uses_.end()) return false;
    const auto [step, sending] = use->second;
    return step > captured->second || (step == captured->second && sending == Sending::again);
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
