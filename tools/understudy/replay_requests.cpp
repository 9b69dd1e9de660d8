#include "tools/scenario/http_sender.hpp"
#include "tools/understudy/emulator_thread.hpp"
#include "tools/understudy/replay_run.hpp"

#include <algorithm>
#include <chrono>
#include <future>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace understudy::cli {
namespace {

using Clock = std::chrono::steady_clock;

/// How long a response is waited for: longer than any front door waits for its function.
constexpr std::chrono::milliseconds kPatience{60'000};

/// An emulator on a thread of its own, for those that wait for replies.
class ServedEmulator {
  public:
    ~ServedEmulator() {
        thread_.run([this] {
            thread_.set_clean_up({});
            emulator_.reset();
        });
    }

    source::Result<replay::Doors> start(const Settings& settings) {
        std::optional<source::Result<Endpoints>> endpoints;
        thread_.run([&] {
            emulator_ = std::make_unique<Emulator>(thread_.context(), settings, nobody_);
            thread_.set_clean_up([this] { emulator_.reset(); });
            endpoints = emulator_->start();
        });
        if (!*endpoints) return endpoints->error();
        replay::Doors doors;
        doors.url = (*endpoints)->gateway;
        doors.lambda = (*endpoints)->lambda;
        for (const auto& api : (*endpoints)->apis)
            doors.doors.push_back({api.id, api.name, std::string(app::kind_name(api.kind))});
        return doors;
    }

    Emulator::Result invoke(const std::string& function, const Emulator::Call& call) {
        std::promise<Emulator::Result> result;
        thread_.run([&] {
            emulator_->invoke(function, call, [&](Emulator::Result reply) { result.set_value(std::move(reply)); });
        });
        return result.get_future().get();
    }

  private:
    EmulatorThread thread_;
    Observer nobody_;
    std::unique_ptr<Emulator> emulator_;
};

/// What the threads share.
class RequestReplay {
  public:
    RequestReplay(const ReplayRun& run, const replay::Doors& doors, ServedEmulator* emulator,
                  const replay::Runners& runners)
        : run_(run), doors_(doors), emulator_(emulator), runners_(runners) {}

    /// Sends one exchange after the other until there is none.
    void work();
    const std::optional<source::Problem>& problem() const { return problem_; }

  private:
    std::shared_ptr<const replay::Selected> take();
    void send(scenario::HttpSender& sender, const ReplayJob& job, const replay::AgainRequest& again);
    void invoke(const std::shared_ptr<const replay::Selected>& selected);

    const ReplayRun& run_;
    const replay::Doors& doors_;
    ServedEmulator* emulator_;
    const replay::Runners& runners_;
    std::mutex mutex_;
    std::optional<source::Problem> problem_;
    std::optional<Clock::time_point> began_;
    std::chrono::microseconds first_{0};
};

/// The next exchange, at its time.
std::shared_ptr<const replay::Selected> RequestReplay::take() {
    std::unique_lock lock(mutex_);
    if (problem_) return nullptr;
    auto next = run_.feed.next();
    if (!next) {
        problem_ = next.error();
        return nullptr;
    }
    if (*next == nullptr || run_.options.pace <= 0) return *next;
    const auto started = (*next)->exchange().started;
    if (!began_) {
        began_ = Clock::now();
        first_ = started;
    }
    const std::chrono::duration<double, std::micro> since(static_cast<double>((started - first_).count()) /
                                                          run_.options.pace);
    const auto due = *began_ + std::chrono::duration_cast<Clock::duration>(since);
    lock.unlock();
    std::this_thread::sleep_until(due);
    return *next;
}

void RequestReplay::send(scenario::HttpSender& sender, const ReplayJob& job, const replay::AgainRequest& again) {
    const auto response = sender.send(again.base_url, again.request, kPatience);
    if (response)
        run_.outcomes.on_response(job, *response);
    else
        run_.outcomes.on_unanswered(job, response.error().message());
}

void RequestReplay::invoke(const std::shared_ptr<const replay::Selected>& selected) {
    const auto planned = replay::plan_events(selected->exchange(), runners_);
    for (const auto& reason : planned.left_out) run_.outcomes.on_left_out(reason);
    for (const auto invocation : planned.invocations) {
        const ReplayJob job{selected, invocation};
        run_.outcomes.on_reply(job, to_reply(emulator_->invoke(job.recorded().function, to_call(job, run_.options))));
    }
}

void RequestReplay::work() {
    scenario::HttpSender sender;
    while (const auto selected = take()) {
        const auto again = replay::to_request(selected->exchange(), doors_);
        if (again)
            send(sender, {selected, 0}, *again);
        else if (!selected->exchange().request && emulator_ != nullptr)
            invoke(selected);
        else
            run_.outcomes.on_left_out(again.error().message());
    }
}

http::Headers to_headers(const std::vector<std::string>& words) {
    http::Headers headers;
    for (const std::string_view word : words) {
        const auto colon = word.find(':');
        const auto value = word.find_first_not_of(" \t", colon + 1);
        headers.add(word.substr(0, colon), value == std::string_view::npos ? std::string_view() : word.substr(value));
    }
    return headers;
}

}  // namespace

source::Result<RunEnd> replay_requests(const ReplayRun& run, const std::optional<Settings>& settings) {
    std::optional<ServedEmulator> emulator;
    replay::Doors doors;
    doors.url = run.options.against;
    replay::Runners runners;
    if (settings) {
        auto started = emulator.emplace().start(*settings);
        if (!started) return started.error();
        doors = std::move(*started);
        for (const auto& function : settings->application.functions) runners.functions.insert(function.name);
    }
    doors.headers = to_headers(run.options.headers);
    doors.recorded_ids = run.options.recorded_ids;
    RequestReplay replay(run, doors, emulator ? &*emulator : nullptr, runners);
    std::vector<std::thread> threads;
    for (unsigned i = 1; i < run.options.jobs; ++i) threads.emplace_back([&] { replay.work(); });
    replay.work();
    for (auto& thread : threads) thread.join();
    if (replay.problem()) return *replay.problem();
    return RunEnd::complete;
}

}  // namespace understudy::cli
