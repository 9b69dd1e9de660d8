#include "client/url.hpp"
#include "emulator/event/text.hpp"
#include "emulator/replay_settings.hpp"
#include "tools/scenario/http_sender.hpp"
#include "tools/understudy/interrupts.hpp"
#include "tools/understudy/replay_run.hpp"
#include "tools/understudy/replayed_requests.hpp"
#include "tools/understudy/replayed_sockets.hpp"
#include "tools/understudy/served_emulator.hpp"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <utility>
#include <vector>

namespace understudy::cli {
namespace {

using Clock = std::chrono::steady_clock;

/// How long a response is waited for: longer than any front door waits for its function.
constexpr std::chrono::milliseconds kPatience{60'000};

/// An emulator of our own behind the requests.
struct Behind {
    ServedEmulator& emulator;
    ReplayedRequests& requests;
    RecordedEnvironments environments;
};

/// What the threads share.
class RequestReplay {
  public:
    RequestReplay(const ReplayRun& run, Interrupts& interrupts, replay::Doors doors, Behind* behind,
                  const replay::Runners& runners)
        : run_(run), interrupts_(interrupts), doors_(std::move(doors)), behind_(behind), runners_(runners) {
        if (behind_ != nullptr && run_.options.jobs == 1) sockets_.emplace(run_, behind_->requests, runners_);
    }

    /// Sends one exchange after the other until there is none, or a signal comes.
    void work();
    const std::optional<source::Problem>& problem() const { return problem_; }

  private:
    using Taken = std::shared_ptr<const replay::Selected>;

    Taken take();
    bool go_to_session(std::unique_lock<std::mutex>& lock, const replay::Selected& next);
    Clock::time_point to_due(const replay::Selected& next);
    void end_one();
    void repeat(scenario::HttpSender& sender, const Taken& selected);
    void send(scenario::HttpSender& sender, const ReplayJob& job, replay::AgainRequest&& again);
    void invoke(const Taken& selected);
    bool repeat_socket(const Taken& selected);

    const ReplayRun& run_;
    Interrupts& interrupts_;
    replay::Doors doors_;
    Behind* behind_;  ///< Null: an API elsewhere.
    const replay::Runners& runners_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t in_flight_ = 0;
    bool is_changing_ = false;
    std::optional<source::Problem> problem_;
    std::optional<Clock::time_point> began_;
    std::chrono::microseconds first_{0};
    std::optional<ReplayedSockets> sockets_;  ///< None: their order would be lost.
};

/// Waits until what runs is of the exchange's session. False where that cannot be.
bool RequestReplay::go_to_session(std::unique_lock<std::mutex>& lock, const replay::Selected& next) {
    if (behind_ == nullptr) return true;
    auto application = behind_->environments.change_to(next.recorded.session);
    if (!application) return true;
    is_changing_ = true;
    changed_.wait(lock, [this] { return in_flight_ == 0; });
    auto replaced = behind_->emulator.replace(*std::move(application));
    // Nobody reads it now: nothing is under way.
    if (replaced)
        doors_.doors = std::move(*replaced);
    else
        problem_ = replaced.error();
    is_changing_ = false;
    changed_.notify_all();
    return replaced.has_value();
}

Clock::time_point RequestReplay::to_due(const replay::Selected& next) {
    const auto started = next.exchange().started;
    if (!began_) {
        began_ = Clock::now();
        first_ = started;
    }
    const std::chrono::duration<double, std::micro> since(static_cast<double>((started - first_).count()) /
                                                          run_.options.pace);
    return *began_ + std::chrono::duration_cast<Clock::duration>(since);
}

/// The next exchange, at its time.
RequestReplay::Taken RequestReplay::take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !is_changing_; });
    if (problem_ || interrupts_.came()) return nullptr;
    auto next = run_.feed.next();
    if (!next) {
        problem_ = next.error();
        return nullptr;
    }
    if (*next == nullptr || !go_to_session(lock, **next)) return nullptr;
    ++in_flight_;
    if (run_.options.pace <= 0) return *next;
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(to_due(**next) - Clock::now());
    lock.unlock();
    interrupts_.sleep(wait);
    if (!interrupts_.came()) return *next;
    end_one();
    return nullptr;
}

void RequestReplay::end_one() {
    const std::lock_guard lock(mutex_);
    --in_flight_;
    if (is_changing_) changed_.notify_all();
}

/// What a request calls the server that it goes to; empty where that is no URL.
std::string find_sent_host(const replay::AgainRequest& again) {
    if (const auto host = again.request.headers.first("host")) return std::string(*host);
    const auto url = client::parse_url(again.base_url);
    return url ? url->authority : std::string();
}

void RequestReplay::send(scenario::HttpSender& sender, const ReplayJob& job, replay::AgainRequest&& again) {
    const std::string host = find_sent_host(again);
    const auto number = behind_ == nullptr ? 0 : behind_->requests.mark(again.request, job.selected);
    auto answer = sender.send_for_part(again.base_url, again.request, kPatience);
    if (!answer) {
        if (behind_ != nullptr) behind_->requests.forget(number);
        return run_.outcomes.on_unanswered(job, answer.error().message());
    }
    const auto seen = behind_ == nullptr ? std::nullopt : behind_->requests.take(number);
    run_.outcomes.on_response(job, {std::move(answer->response), answer->cut_off, host}, seen ? &*seen : nullptr);
}

void RequestReplay::invoke(const Taken& selected) {
    const auto planned = replay::plan_events(selected->exchange(), runners_);
    for (const auto& reason : planned.left_out) run_.outcomes.on_left_out(reason);
    for (const auto invocation : planned.invocations) {
        const ReplayJob job{selected, invocation};
        run_.outcomes.on_reply(
            job, to_reply(behind_->emulator.invoke(runners_.name_of(job.recorded()), to_call(job, run_))));
    }
}

/// False for what does not go over a WebSocket.
bool RequestReplay::repeat_socket(const Taken& selected) {
    const auto& exchange = selected->exchange();
    if (!sockets_ || exchange.front != "websocket" || !exchange.missing.empty()) return false;
    const bool has_door = std::ranges::any_of(doors_.doors, [](const auto& door) { return door.front == "websocket"; });
    return has_door && sockets_->repeat(selected, doors_);
}

void RequestReplay::repeat(scenario::HttpSender& sender, const Taken& selected) {
    const auto* session = selected->recorded.session.get();
    auto obstacle = replay::find_request_obstacle(selected->exchange(), session, runners_);
    if (!obstacle.empty()) return run_.outcomes.on_left_out(obstacle);
    if (repeat_socket(selected)) return;
    auto again = replay::to_request(selected->exchange(), doors_, session);
    if (again)
        send(sender, {selected, 0}, std::move(*again));
    else if (behind_ != nullptr && (!selected->exchange().request || selected->exchange().front == "websocket"))
        invoke(selected);
    else
        run_.outcomes.on_left_out(again.error().message());
}

void RequestReplay::work() {
    scenario::HttpSender sender;
    while (const auto selected = take()) {
        const auto before = sockets_ ? run_.outcomes.tally().counts().all() : 0;
        repeat(sender, selected);
        // What was left out has made nothing.
        if (sockets_ && run_.outcomes.tally().counts().all() != before) sockets_->settle(selected);
        end_one();
    }
    if (sockets_) sockets_->finish();
}

/// The custom domains of its APIs, in lower case.
std::set<std::string> to_domains(const app::Application& application) {
    std::set<std::string> domains;
    for (const auto& api : application.apis) {
        for (const auto& mapping : api.base_paths) domains.insert(event::to_lower(mapping.domain));
    }
    return domains;
}

/// The same application, whose exchanges are told.
Settings watched(Settings settings, ReplayedRequests& requests) {
    settings.replay = std::make_shared<const ReplaySettings>(ReplaySettings{
        .on_arrival = [&](http::Request& request, event::Facts& facts) { requests.on_arrival(request, facts); },
        .on_exchange = [&](record::Exchange&& exchange) { requests.on_exchange(std::move(exchange)); }});
    return settings;
}

}  // namespace

source::Result<RunEnd> replay_requests(const ReplayRun& run, const std::optional<ReplayTarget>& target,
                                       const replay::Runners& runners) {
    const ReplayOptions& options = run.options;
    ReplayedRequests requests({options.recorded_ids, options.recorded_clock, options.recorded_deadline});
    Interrupts interrupts;
    std::optional<ServedEmulator> emulator;
    std::optional<Behind> behind;
    replay::Doors doors;
    doors.url = options.against;
    if (target) {
        auto started = emulator.emplace().start(watched(target->settings, requests));
        if (!started) return started.error();
        doors = std::move(*started);
        behind.emplace(Behind{*emulator, requests, target->environments});
    }
    if (target) doors.domains = to_domains(target->settings.application);
    doors.of_template = options.template_files.has_value();
    doors.chosen = options.api;
    if (!options.api.empty() && replay::find_door(doors, options.api) == nullptr) return replay::to_unknown_api(doors);
    doors.headers = run.headers;
    // An emulator is told of the trace with the ids.
    doors.recorded_ids = options.recorded_ids && !target;
    doors.any_front = !options.front.empty() || !options.api.empty();
    const auto duty = interrupts.on_signal([&] {
        run.outcomes.stop();
        requests.stop();
        if (emulator) emulator->stop();
    });
    RequestReplay replay(run, interrupts, std::move(doors), behind ? &*behind : nullptr, runners);
    std::vector<std::thread> threads;
    for (unsigned i = 1; i < options.jobs; ++i) threads.emplace_back([&] { replay.work(); });
    replay.work();
    for (auto& thread : threads) thread.join();
    if (interrupts.came()) return RunEnd::interrupted;
    if (replay.problem()) return *replay.problem();
    return RunEnd::complete;
}

}  // namespace understudy::cli
