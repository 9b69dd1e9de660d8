#pragma once

#include "emulator/observer.hpp"
#include "tools/scenario/run.hpp"

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace understudy::cli {

/// Keeps what functions receive and log until the scenario's thread takes it.
class ObservationKeeper : public Observer {
  public:
    /// How long what belongs to a call is waited for.
    struct Patience {
        /// Where its client has given up, and the function goes on.
        std::chrono::milliseconds unanswered{500};
        /// Where the function has replied: it writes its last lines, and the platform REPORT, behind the reply. They
        /// come at once, or when a function that hangs there is timed out.
        std::chrono::milliseconds answered{10'000};
    };

    ObservationKeeper() = default;
    explicit ObservationKeeper(Patience patience) : patience_(patience) {}

    void on_event(std::string_view function, std::string_view request_id, std::string_view event) override;
    bool follows_ends() const override { return true; }
    void on_end(std::string_view request_id, Begun begun) override;
    void on_log(std::string_view function, std::string_view lines) override;
    void on_advice(std::string_view id, std::string_view text) override;

    /// What was seen since the last time, with all that belongs to the calls that were answered.
    /// Tested by: ObservationKeeper.*
    scenario::Observed take();
    /// Nothing more will come.
    void give_up();
    /// Whether every invocation has ended; forgets what was seen.
    bool settle();

  private:
    enum class Call : std::uint8_t { under_way, answered };

    bool is_any(Call call) const;

    Patience patience_ = {};
    std::mutex mutex_;
    std::condition_variable changed_;
    scenario::Observed observed_;
    std::map<std::string, Call, std::less<>> calls_;  ///< By request id, until their REPORT.
    bool lost_ = false;                               ///< One was given up.
};

}  // namespace understudy::cli
