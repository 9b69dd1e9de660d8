#include "tools/scenario/run_all.hpp"

#include "tools/scenario/schedule.hpp"

#include <algorithm>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace understudy::scenario {

namespace {

std::vector<std::size_t> groups_of(std::span<const PlannedRun> runs) {
    std::vector<std::size_t> groups;
    for (const auto& run : runs) groups.push_back(run.group);
    return groups;
}

/// The runs, and the workers that make them.
class Course {
  public:
    Course(std::span<const PlannedRun> runs, const RunSettings& settings, const RunListener& listener)
        : runs_(runs), settings_(settings), listener_(listener), schedule_(groups_of(runs), settings.rounds) {}

    /// Whatever is thrown in it is thrown by `finish`.
    void work(std::size_t worker, const MakeWorld& make_world) noexcept;
    Tally finish();

  private:
    std::optional<Schedule::Job> begin(std::size_t worker);
    RunResult make(const Schedule::Job& job, const World& world) const;
    void end(const Schedule::Job& job, RunResult result);
    bool is_interrupted() const { return settings_.is_interrupted && settings_.is_interrupted(); }
    void tell(const Schedule::Job& job, const RunResult& result) {
        if (listener_.on_result) listener_.on_result(runs_[job.run], result);
    }

    std::span<const PlannedRun> runs_;
    const RunSettings& settings_;
    const RunListener& listener_;
    std::mutex mutex_;  ///< Of all below.
    Schedule schedule_;
    bool stopped_ = false;
    std::exception_ptr broken_;
    std::uint64_t told_ = 0;  ///< How many of all runs, in order.
    std::map<std::uint64_t, std::pair<Schedule::Job, RunResult>> early_;
    Tally tally_;
};

std::optional<Schedule::Job> Course::begin(std::size_t worker) {
    const std::lock_guard lock(mutex_);
    if (stopped_ || is_interrupted()) return std::nullopt;
    const auto job = schedule_.next(worker);
    if (job && listener_.on_begin) listener_.on_begin(runs_[job->run]);
    return job;
}

RunResult Course::make(const Schedule::Job& job, const World& world) const {
    const auto& run = runs_[job.run];
    std::vector<RunResult> earlier;
    for (;;) {
        auto result = run_scenario(*run.scenario, run.front, world, job.round);
        const bool again = result.verdict() != Verdict::passed && earlier.size() < settings_.retries;
        if (!again || is_interrupted()) {
            result.earlier = std::move(earlier);
            return result;
        }
        earlier.push_back(std::move(result));
    }
}

void Course::end(const Schedule::Job& job, RunResult result) {
    const std::lock_guard lock(mutex_);
    if (is_interrupted()) {
        ++tally_.not_run;
        return;
    }
    tally_.add(result);
    if (result.verdict() != Verdict::passed && settings_.stop_at == StopAt::first_failure) stopped_ = true;
    if (listener_.on_end) listener_.on_end(runs_[job.run], result);
    early_.emplace(job.round * runs_.size() + job.run, std::pair(job, std::move(result)));
    for (auto first = early_.begin(); first != early_.end() && first->first == told_; first = early_.begin(), ++told_) {
        tell(first->second.first, first->second.second);
        early_.erase(first);
    }
}

void Course::work(std::size_t worker, const MakeWorld& make_world) noexcept try {
    std::shared_ptr<const World> world;  // Not before there is something to do.
    while (const auto job = begin(worker)) {
        if (!world) world = make_world();
        end(*job, make(*job, *world));
    }
} catch (...) {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    broken_ = std::current_exception();
}

Tally Course::finish() {
    if (broken_) std::rethrow_exception(broken_);
    for (const auto& [number, ended] : early_) tell(ended.first, ended.second);
    tally_.not_run += schedule_.left();
    return tally_;
}

}  // namespace

Tally run_all(std::span<const PlannedRun> runs, const RunSettings& settings, const MakeWorld& make_world,
              const RunListener& listener) {
    Course course(runs, settings, listener);
    // More workers than runs would have nothing to do.
    const auto most =
        runs.empty() || settings.rounds > settings.workers ? settings.workers : settings.rounds * runs.size();
    const auto workers = std::clamp<std::uint64_t>(most, 1, std::max(settings.workers, 1U));
    std::vector<std::thread> threads;
    for (std::size_t worker = 1; worker < workers; ++worker)
        threads.emplace_back([&, worker] { course.work(worker, make_world); });
    course.work(0, make_world);
    for (auto& thread : threads) thread.join();
    return course.finish();
}

}  // namespace understudy::scenario
