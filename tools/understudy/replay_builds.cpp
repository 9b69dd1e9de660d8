#include "tools/scenario/report_line.hpp"
#include "tools/understudy/replay_run.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>

#include <array>
#include <chrono>
#include <csignal>
#include <deque>
#include <memory>
#include <utility>

namespace understudy::cli {
namespace {

/// How long the last REPORT lines are waited for, which come behind the replies.
constexpr std::chrono::milliseconds kLastReportPatience{1000};

/// Adds up what REPORT lines tell.
class CostObserver : public Observer {
  public:
    explicit CostObserver(BuildCost& cost) : cost_(cost) {}

    void on_log(std::string_view, std::string_view lines) override {
        for (auto begin = lines.find("REPORT RequestId: "); begin != std::string_view::npos;
             begin = lines.find("REPORT RequestId: ", begin + 1)) {
            const auto report = scenario::parse_report_line(lines.substr(begin, lines.find('\n', begin) - begin));
            if (!report) continue;
            if (const auto found = report->find("duration_ms"); found != report->end())
                cost_.milliseconds.add(std::stod(found->second));
            if (const auto found = report->find("max_memory_mb"); found != report->end())
                cost_.megabytes.add(std::stod(found->second));
        }
    }

  private:
    BuildCost& cost_;
};

/// An event on its way through both builds.
struct Pair {
    ReplayJob job;
    std::array<Emulator::Result, 2> results;
    unsigned done = 0;
};

class BuildReplay {
  public:
    BuildReplay(boost::asio::io_context& context, const ReplayRun& run,
                const std::array<SessionSwitch::Served, 2>& builds, const replay::Runners& runners)
        : context_(context),
          run_(run),
          emulators_{builds[0].emulator, builds[1].emulator},
          runners_(runners),
          session_({builds[0], builds[1]}) {}

    void fill();
    void stop() { stopped_ = true; }
    bool done() const { return ended_ && ready_.empty() && in_flight_ == 0; }
    std::uint64_t asked() const { return asked_; }
    const std::optional<source::Problem>& problem() const { return problem_; }

  private:
    bool has_job();
    bool is_at_session();
    void ask(const std::shared_ptr<Pair>& pair);
    void compare(const Pair& pair);

    boost::asio::io_context& context_;
    const ReplayRun& run_;
    std::array<Emulator*, 2> emulators_;
    const replay::Runners& runners_;
    SessionSwitch session_;
    std::size_t in_flight_ = 0;
    std::uint64_t asked_ = 0;
    std::deque<ReplayJob> ready_;
    bool ended_ = false;
    bool stopped_ = false;
    std::optional<source::Problem> problem_;
};

bool BuildReplay::has_job() {
    while (ready_.empty() && !ended_) {
        auto taken = take_jobs(run_, runners_, ready_);
        if (!taken) problem_ = taken.error();
        ended_ = !taken || !*taken;
    }
    return !ready_.empty();
}

/// One build after the other, each of them first in every second pair: neither is disturbed by the other.
void BuildReplay::ask(const std::shared_ptr<Pair>& pair) {
    const auto side = (pair->done + pair->job.selected->number) % 2;
    const std::string name = runners_.name_of(pair->job.recorded());
    emulators_[side]->invoke(name, to_call(pair->job, run_), [this, pair, side](Emulator::Result result) {
        if (stopped_) return;
        pair->results[side] = std::move(result);
        ++pair->done;
        boost::asio::post(context_, [this, pair] {
            if (pair->done < 2) return ask(pair);
            compare(*pair);
            --in_flight_;
            fill();
        });
    });
}

void BuildReplay::compare(const Pair& pair) {
    auto before = to_reply(pair.results[0]);
    record::Invocation expected = pair.job.recorded();
    expected.reply = std::move(before.payload);
    expected.outcome = before.outcome;
    expected.streamed = before.streamed;
    expected.stream_error = std::move(before.stream_error);
    expected.error_type = std::move(before.error_type);
    run_.outcomes.on_reply(pair.job, expected, to_reply(pair.results[1]));
}

bool BuildReplay::is_at_session() {
    return session_.is_at(ready_.front().selected->recorded.session, in_flight_, [this](source::Result<void> changed) {
        if (!changed) {
            problem_ = changed.error();
            ended_ = true;
            ready_.clear();
        }
        boost::asio::post(context_, [this] { fill(); });
    });
}

void BuildReplay::fill() {
    while (in_flight_ < run_.options.jobs && has_job() && is_at_session()) {
        auto pair = std::make_shared<Pair>();
        pair->job = std::move(ready_.front());
        ready_.pop_front();
        ++in_flight_;
        ++asked_;
        ask(pair);
    }
}

}  // namespace

source::Result<RunEnd> replay_builds(const ReplayRun& run, const ReplayTarget& baseline, const ReplayTarget& candidate,
                                     const replay::Runners& runners, BuildCost (&costs)[2]) {
    boost::asio::io_context context(1);
    CostObserver old_cost(costs[0]), new_cost(costs[1]);
    Emulator old_build(context, baseline.settings, old_cost), new_build(context, candidate.settings, new_cost);
    for (Emulator* emulator : {&old_build, &new_build}) {
        if (const auto endpoints = emulator->start(); !endpoints) return endpoints.error();
    }
    boost::asio::signal_set signals(context, SIGINT, SIGTERM, SIGHUP);
    bool interrupted = false;
    signals.async_wait([&](const boost::system::error_code& error, int) { interrupted = !error; });
    BuildReplay replay(context, run, {{{&old_build, baseline.environments}, {&new_build, candidate.environments}}},
                       runners);
    replay.fill();
    while (!replay.done() && !interrupted) context.run_one();
    const bool complete = replay.done();
    const auto patience = std::chrono::steady_clock::now() + kLastReportPatience;
    const auto waits = [&] {
        return costs[0].milliseconds.count() < replay.asked() || costs[1].milliseconds.count() < replay.asked();
    };
    while (complete && !interrupted && waits() && context.run_one_until(patience) != 0) continue;
    replay.stop();
    old_build.stop();
    new_build.stop();
    if (replay.problem()) return *replay.problem();
    return complete ? RunEnd::complete : RunEnd::interrupted;
}

}  // namespace understudy::cli
