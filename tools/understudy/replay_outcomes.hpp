#pragma once

#include "emulator/http/message.hpp"
#include "tools/replay/compare.hpp"
#include "tools/replay/exchange_feed.hpp"
#include "tools/replay/rules.hpp"
#include "tools/replay/tally.hpp"

#include <chrono>
#include <cstdint>
#include <fstream>
#include <memory>
#include <mutex>
#include <string>

namespace understudy::cli {

/// An exchange, or one invocation of it, that is under way.
struct ReplayJob {
    std::shared_ptr<const replay::Selected> selected;
    std::size_t invocation = 0;  ///< Where its event is sent.

    const record::Exchange& exchange() const { return selected->exchange(); }
    const record::Invocation& recorded() const { return exchange().invocations[invocation]; }
};

/// Takes what comes back, compares it, and keeps what people want to know. Shows how far it is on a terminal.
/// Thread safety: every function may be called in any thread.
class ReplayOutcomes {
  public:
    /// `json_file`: where each exchange that is not the same is written at once; empty: nowhere.
    ReplayOutcomes(replay::ReplayRules rules, const std::string& json_file);

    bool can_write() const { return json_file_.empty() || json_.is_open(); }

    void on_reply(const ReplayJob& job, const replay::FunctionReply& reply);
    /// The same against another reply than the recorded.
    void on_reply(const ReplayJob& job, const record::Invocation& expected, const replay::FunctionReply& reply);
    void on_response(const ReplayJob& job, const http::Response& response);
    void on_unanswered(const ReplayJob& job, const std::string& reason);
    void on_left_out(const std::string& reason);

    /// Ends the report: takes the progress off the terminal, writes the summary.
    void finish(std::chrono::milliseconds duration);
    /// Precondition: nothing more comes in.
    const replay::Tally& tally() const { return tally_; }

  private:
    void add(const ReplayJob& job, const replay::Compared& compared);
    void note_redacted(const ReplayJob& job);
    void show_progress();

    replay::ReplayRules rules_;
    std::string json_file_;
    std::ofstream json_;
    bool shows_progress_;
    std::mutex mutex_;
    replay::Tally tally_;
    std::chrono::steady_clock::time_point shown_;
};

}  // namespace understudy::cli
