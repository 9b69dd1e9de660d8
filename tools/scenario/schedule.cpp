#include "tools/scenario/schedule.hpp"

#include <algorithm>
#include <utility>

namespace understudy::scenario {

Schedule::Schedule(std::vector<std::size_t> groups, std::uint64_t rounds)
    : groups_(std::move(groups)), rounds_(rounds) {
    for (const auto group : groups_) {
        if (std::find(order_.begin(), order_.end(), group) == order_.end()) order_.push_back(group);
    }
    if (rounds_ > 0) fill();
}

void Schedule::fill() {
    for (std::size_t run = 0; run < groups_.size(); ++run) waiting_[groups_[run]].push_back(run);
}

std::optional<std::size_t> Schedule::choose_group(std::size_t worker) const {
    const auto mine = at_.find(worker);
    if (mine != at_.end() && waiting_.contains(mine->second)) return mine->second;
    const auto is_free = [&](std::size_t group) {
        return waiting_.contains(group) && std::none_of(at_.begin(), at_.end(), [&](const auto& entry) {
                   return entry.first != worker && entry.second == group;
               });
    };
    const auto free = std::find_if(order_.begin(), order_.end(), is_free);
    if (free != order_.end()) return *free;
    const auto longest = std::max_element(waiting_.begin(), waiting_.end(), [](const auto& a, const auto& b) {
        return a.second.size() < b.second.size();
    });
    return longest == waiting_.end() ? std::nullopt : std::optional(longest->first);
}

std::optional<Schedule::Job> Schedule::next(std::size_t worker) {
    if (waiting_.empty() && round_ + 1 < rounds_) {
        ++round_;
        fill();
    }
    const auto group = choose_group(worker);
    if (!group) return std::nullopt;
    at_[worker] = *group;
    const auto queue = waiting_.find(*group);
    const Job job{queue->second.front(), round_};
    queue->second.pop_front();
    if (queue->second.empty()) waiting_.erase(queue);
    return job;
}

std::size_t Schedule::left() const {
    std::size_t count = 0;
    for (const auto& [group, runs] : waiting_) count += runs.size();
    return count;
}

}  // namespace understudy::scenario
