#include "emulator/lambda/function.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace understudy::lambda {

bool is_throttled(std::optional<int> reserved_concurrency, std::size_t in_flight) {
    return reserved_concurrency && std::cmp_greater_equal(in_flight, *reserved_concurrency);
}

EnvironmentId Function::take_id() {
    const auto vacant = std::ranges::find(taken_, false);
    const auto index = static_cast<std::size_t>(std::distance(taken_.begin(), vacant));
    if (vacant == taken_.end()) taken_.push_back(false);
    taken_[index] = true;
    ++alive_;
    return EnvironmentId(index + 1);
}

bool Function::may_start(Growth growth) const {
    return alive_ == 0 || (alive_ < max_environments_ && growth == Growth::allowed);
}

void Function::release(EnvironmentId environment) {
    std::erase(idle_, environment);
    taken_[static_cast<std::size_t>(environment) - 1] = false;
    --alive_;
}

Placement Function::place(Job&& job, Growth growth, std::deque<Job>::const_iterator in_queue) {
    if (!idle_.empty()) {
        const EnvironmentId environment = idle_.back();
        idle_.pop_back();
        return Reuse{environment, std::move(job)};
    }
    if (may_start(growth)) return Start{take_id(), std::move(job)};
    queue_.insert(in_queue, std::move(job));
    return Queued{};
}

Placement Function::on_invoke(Job&& job, Growth growth) {
    return place(std::move(job), growth, queue_.end());
}

std::optional<EnvironmentId> Function::on_warm_up() {
    if (alive_ == max_environments_) return std::nullopt;
    return take_id();
}

std::optional<Reuse> Function::on_idle(EnvironmentId environment) {
    if (queue_.empty()) {
        idle_.push_back(environment);
        return std::nullopt;
    }
    Reuse reuse{environment, std::move(queue_.front())};
    queue_.pop_front();
    return reuse;
}

std::optional<Start> Function::on_dead(EnvironmentId environment, Growth growth) {
    release(environment);
    if (queue_.empty() || !may_start(growth)) return std::nullopt;
    Start start{take_id(), std::move(queue_.front())};
    queue_.pop_front();
    return start;
}

Placement Function::on_returned(EnvironmentId environment, Job&& job, Growth growth) {
    release(environment);
    return place(std::move(job), growth, queue_.begin());
}

std::vector<Job> Function::on_stop() {
    std::vector<Job> jobs(std::make_move_iterator(queue_.begin()), std::make_move_iterator(queue_.end()));
    queue_.clear();
    return jobs;
}

}  // namespace understudy::lambda
