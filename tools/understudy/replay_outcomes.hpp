#pragma once

#include "emulator/http/message.hpp"
#include "tools/replay/compare.hpp"
#include "tools/replay/connection_calls.hpp"
#include "tools/replay/exchange_feed.hpp"
#include "tools/replay/rules.hpp"
#include "tools/replay/tally.hpp"
#include "tools/understudy/report_file.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace understudy::cli {

/// How what came over a WebSocket, or went to it, is sent again; all else is sent as it came.
enum class Sent : std::uint8_t {
    as_event,
    over_websocket,
    by_function,  ///< A call of `@connections`.
};

/// An exchange, or one invocation of it, that is under way.
struct ReplayJob {
    std::shared_ptr<const replay::Selected> selected;
    std::size_t invocation = 0;  ///< Where its event is sent.
    Sent sent = Sent::as_event;

    const record::Exchange& exchange() const { return selected->exchange(); }
    const record::Invocation& recorded() const { return exchange().invocations[invocation]; }
};

/// Takes what comes back, compares it, and keeps what people want to know. Shows how far it is on a terminal.
/// Thread safety: every function may be called in any thread.
class ReplayOutcomes {
  public:
    explicit ReplayOutcomes(replay::ReplayRules rules);

    /// Where each exchange that is not the same is written at once, as JSON. Errors: unreadable: it cannot be.
    source::Result<void> open_json(const std::string& file) { return json_.open(file); }

    void on_reply(const ReplayJob& job, const replay::FunctionReply& reply);
    /// The same against another reply than the recorded.
    void on_reply(const ReplayJob& job, const record::Invocation& expected, const replay::FunctionReply& reply);
    /// `seen`: what happened behind the front; null where that is not known.
    void on_response(const ReplayJob& job, const replay::Answer& answer, const record::Exchange* seen);
    /// A call of `@connections`, as it was made and is made now.
    void on_connection_call(const replay::MatchedCall& call);
    /// Whether such a call is the recorded one.
    bool is_same_call(const record::Exchange& recorded, const record::Exchange& actual) const;
    void on_unanswered(const ReplayJob& job, const std::string& why);
    void on_left_out(const std::string& reason);
    /// What comes from now on is no result: the run is being broken off.
    void stop();

    /// Ends the report: takes the progress off the terminal, writes the summary. Errors: unreadable: what was written
    /// as JSON is not whole.
    [[nodiscard]] source::Result<void> finish(std::chrono::milliseconds duration);
    /// Places of `--ignore` and `--expect` that were in nothing that was compared, each in a sentence. Precondition:
    /// nothing more comes in.
    std::vector<std::string> find_idle_rules() const;
    /// Precondition: nothing more comes in.
    const replay::Tally& tally() const { return tally_; }

  private:
    void add(const ReplayJob& job, const replay::Compared& compared);
    void note_sent(const ReplayJob& job);
    void note_met(const replay::Compared& compared);
    void show_progress();
    void write_json(const std::string& line);

    replay::ReplayRules rules_;
    LineFile json_;
    source::Result<void> json_written_;  ///< The first failure; nothing is written behind it.
    bool shows_progress_;
    std::mutex mutex_;
    bool stopped_ = false;
    replay::Tally tally_;
    std::uint64_t compared_by_value_ = 0;
    std::set<std::size_t> ignores_met_, expectations_met_;
    std::chrono::steady_clock::time_point shown_;
};

}  // namespace understudy::cli
