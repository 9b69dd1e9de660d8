#pragma once

#include "emulator/emulator.hpp"
#include "tools/replay/distribution.hpp"
#include "tools/replay/plan.hpp"
#include "tools/understudy/options.hpp"
#include "tools/understudy/replay_outcomes.hpp"
#include "tools/understudy/replay_session.hpp"

#include <deque>
#include <optional>
#include <string>

namespace understudy::cli {

/// How a run of exchanges ended.
enum class RunEnd : std::uint8_t { complete, interrupted };

/// The header lines that are asked for, in place of the recorded ones of their names.
http::Headers to_replaced_headers(const ReplayOptions& options);

/// What every way of replaying needs. Lifetime: all of it outlives the run.
struct ReplayRun {
    const ReplayOptions& options;
    replay::ExchangeFeed& feed;
    ReplayOutcomes& outcomes;
    http::Headers headers;  ///< In place of the recorded ones of their names.
};

/// What a recorded event is invoked with: its context, and its headers, its ids and its deadline where that is asked
/// for.
Emulator::Call to_call(const ReplayJob& job, const ReplayRun& run);
replay::FunctionReply to_reply(Emulator::Result result);

/// Takes the next exchange and adds those of its events that can be repeated. Returns whether there was one. Errors:
/// those of the feed.
source::Result<bool> take_jobs(const ReplayRun& run, const replay::Runners& runners, std::deque<ReplayJob>& jobs);

/// What exchanges are sent to: as it is started, and as it changes with the recording's sessions.
struct ReplayTarget {
    Settings settings;
    RecordedEnvironments environments;
};

/// Gives events to the application's functions, in one thread. Errors: it cannot be started; those of the feed.
source::Result<RunEnd> replay_events(const ReplayRun& run, const ReplayTarget& target, const replay::Runners& runners);

/// Sends requests to an API elsewhere, or to an emulator of the application, over as many connections as there are
/// jobs. Exchanges of which only the event is known go to functions of an emulator. Errors: as above.
source::Result<RunEnd> replay_requests(const ReplayRun& run, const std::optional<ReplayTarget>& target,
                                       const replay::Runners& runners);

/// What a build took, each invocation on its own.
struct BuildCost {
    replay::Distribution milliseconds;  ///< The duration that its REPORT lines tell.
    replay::Distribution megabytes;     ///< Max Memory Used.
};
/// Gives each event to both builds; the candidate's replies must be the baseline's. Errors: as above.
source::Result<RunEnd> replay_builds(const ReplayRun& run, const ReplayTarget& baseline, const ReplayTarget& candidate,
                                     const replay::Runners& runners, BuildCost (&costs)[2]);

}  // namespace understudy::cli
