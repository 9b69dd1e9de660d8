#include "tools/understudy/replay_run.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <csignal>
#include <deque>
#include <map>
#include <utility>

namespace understudy::cli {
namespace {

using Clock = std::chrono::steady_clock;

/// Keeps as many invocations under way as there are environments, and a few that wait for one, so that none is idle.
class EventReplay {
  public:
    EventReplay(boost::asio::io_context& context, const ReplayRun& run, Emulator& emulator,
                const RecordedEnvironments& environments, const replay::Runners& runners)
        : context_(context),
          run_(run),
          emulator_(emulator),
          runners_(runners),
          timer_(context),
          session_({{&emulator, environments}}) {
        const std::size_t jobs = run.options.jobs;
        most_ = jobs == 1 ? 1 : jobs + std::min<std::size_t>(jobs, 8);
    }

    /// Begins what may be begun now.
    void fill();
    /// What comes from now on is no result.
    void stop() { stopped_ = true; }
    bool done() const { return ended_ && ready_.empty() && in_flight_ == 0; }
    const std::optional<source::Problem>& problem() const { return problem_; }

  private:
    bool has_job();
    bool is_due();
    bool is_at_session();
    void give_up(const source::Problem& problem);
    void begin();
    void refill();

    boost::asio::io_context& context_;
    const ReplayRun& run_;
    Emulator& emulator_;
    const replay::Runners& runners_;
    boost::asio::steady_timer timer_;
    SessionSwitch session_;
    std::size_t most_ = 1;
    std::size_t in_flight_ = 0;
    std::deque<ReplayJob> ready_;
    bool ended_ = false;
    bool will_fill_ = false;
    bool stopped_ = false;
    std::optional<source::Problem> problem_;
    std::optional<Clock::time_point> began_;
    std::chrono::microseconds first_{0};
};

/// Takes exchanges until one has an event that can be repeated.
bool EventReplay::has_job() {
    while (ready_.empty() && !ended_) {
        auto taken = take_jobs(run_, runners_, ready_);
        if (!taken) problem_ = taken.error();
        ended_ = !taken || !*taken;
    }
    return !ready_.empty();
}

/// Whether the next job's time has come; else that is waited for.
bool EventReplay::is_due() {
    if (run_.options.pace <= 0) return true;
    const auto started = ready_.front().exchange().started;
    if (!began_) {
        began_ = Clock::now();
        first_ = started;
    }
    const std::chrono::duration<double, std::micro> since(static_cast<double>((started - first_).count()) /
                                                          run_.options.pace);
    const auto due = *began_ + std::chrono::duration_cast<Clock::duration>(since);
    if (due <= Clock::now()) return true;
    timer_.expires_at(due);
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (!error) fill();
    });
    return false;
}

void EventReplay::begin() {
    ReplayJob job = std::move(ready_.front());
    ready_.pop_front();
    ++in_flight_;
    const std::string function = runners_.name_of(job.recorded());
    Emulator::Call call = to_call(job, run_);
    emulator_.invoke(function, std::move(call), [this, job = std::move(job)](Emulator::Result result) {
        if (stopped_) return;
        --in_flight_;
        run_.outcomes.on_reply(job, to_reply(std::move(result)));
        refill();
    });
}

void EventReplay::give_up(const source::Problem& problem) {
    problem_ = problem;
    ended_ = true;
    ready_.clear();
}

/// Whether the functions are those of the next job's session; else they are about to be.
bool EventReplay::is_at_session() {
    return session_.is_at(ready_.front().selected->recorded.session, in_flight_, [this](source::Result<void> changed) {
        if (!changed) give_up(changed.error());
        refill();
    });
}

/// Not at once: whoever calls back may not have let go of the environment.
void EventReplay::refill() {
    if (std::exchange(will_fill_, true)) return;
    boost::asio::post(context_, [this] {
        will_fill_ = false;
        fill();
    });
}

void EventReplay::fill() {
    while (in_flight_ < most_ && has_job() && is_due() && is_at_session()) begin();
}

}  // namespace

source::Result<RunEnd> replay_events(const ReplayRun& run, const ReplayTarget& target, const replay::Runners& runners) {
    boost::asio::io_context context(1);
    Observer nobody;
    Emulator emulator(context, target.settings, nobody);
    if (const auto endpoints = emulator.start(); !endpoints) return endpoints.error();
    boost::asio::signal_set signals(context, SIGINT, SIGTERM, SIGHUP);
    bool interrupted = false;
    signals.async_wait([&](const boost::system::error_code& error, int) { interrupted = !error; });
    EventReplay replay(context, run, emulator, target.environments, runners);
    replay.fill();
    while (!replay.done() && !interrupted) context.run_one();
    const bool complete = replay.done();
    replay.stop();
    emulator.stop();
    if (replay.problem()) return *replay.problem();
    return complete ? RunEnd::complete : RunEnd::interrupted;
}

}  // namespace understudy::cli
