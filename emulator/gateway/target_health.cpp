#include "emulator/gateway/target_health.hpp"

#include <algorithm>
#include <charconv>

namespace understudy::gateway {
namespace {

int to_status(std::string_view digits) {
    int status = -1;
    std::from_chars(digits.data(), digits.data() + digits.size(), status);
    return status;
}

}  // namespace

bool matches_status(std::string_view matcher, int status) {
    while (!matcher.empty()) {
        const auto end = std::min(matcher.find(','), matcher.size());
        const std::string_view range = matcher.substr(0, end);
        const auto dash = range.find('-');
        const int low = to_status(range.substr(0, dash));
        const int high = dash == std::string_view::npos ? low : to_status(range.substr(dash + 1));
        if (low > 0 && low <= status && status <= high) return true;
        matcher.remove_prefix(std::min(end + 1, matcher.size()));
    }
    return false;
}

std::optional<TargetHealth::State> TargetHealth::on_check(std::optional<int> status) {
    const bool passed = status && matches_status(check_.matcher, *status);
    const State seen = passed ? State::healthy : State::unhealthy;
    if (seen == state_) {
        row_ = 0;
        return std::nullopt;
    }
    const int needed = !passed ? check_.unhealthy_threshold : state_ == State::initial ? 1 : check_.healthy_threshold;
    if (++row_ < needed) return std::nullopt;
    row_ = 0;
    state_ = seen;
    return state_;
}

}  // namespace understudy::gateway
