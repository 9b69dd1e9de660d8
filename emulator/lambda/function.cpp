#include "emulator/lambda/function.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace understudy::lambda {
namespace {

std::size_t size_of(const Job& job) {
    return job.invocation.payload ? job.invocation.payload->size() : 0;
}

}  // namespace

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

std::optional<Placement> Function::find_place(Job& job, Growth growth) {
    if (!idle_.empty()) {
        const EnvironmentId environment = idle_.back();
        idle_.pop_back();
        return Reuse{environment, std::move(job)};
    }
    if (may_start(growth)) return Start{take_id(), std::move(job)};
    return std::nullopt;
}

Job Function::take_first() {
    Job job = std::move(queue_.front());
    queue_.pop_front();
    waiting_.on_gone(size_of(job));
    return job;
}

Placement Function::on_invoke(Job&& job, Growth growth) {
    if (auto placed = find_place(job, growth)) return std::move(*placed);
    const std::size_t size = size_of(job);
    if (!waiting_.has_room(size)) return Crowded{};
    waiting_.on_taken(size);
    queue_.push_back(std::move(job));
    return Queued{};
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
    return Reuse{environment, take_first()};
}

std::optional<Start> Function::on_dead(EnvironmentId environment, Growth growth) {
    release(environment);
    if (queue_.empty() || !may_start(growth)) return std::nullopt;
    const EnvironmentId next = take_id();
    return Start{next, take_first()};
}

Placement Function::on_returned(EnvironmentId environment, Job&& job, Growth growth) {
    release(environment);
    if (auto placed = find_place(job, growth)) return std::move(*placed);
    waiting_.on_taken(size_of(job));
    queue_.push_front(std::move(job));
    return Queued{};
}

std::vector<Job> Function::on_stop() {
    std::vector<Job> jobs(std::make_move_iterator(queue_.begin()), std::make_move_iterator(queue_.end()));
    queue_.clear();
    waiting_.on_all_gone();
    return jobs;
}

}  // namespace understudy::lambda
