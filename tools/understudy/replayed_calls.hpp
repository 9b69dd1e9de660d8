#pragma once

#include "tools/replay/connection_calls.hpp"
#include "tools/understudy/replay_run.hpp"
#include "tools/understudy/replayed_requests.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace understudy::cli {

/// Compares what functions send to the clients of WebSockets by `@connections` with what they sent when that was
/// recorded. For one thread.
class ReplayedCalls {
  public:
    ReplayedCalls(const ReplayRun& run, ReplayedRequests& requests);

    /// Whether a recorded connection was opened again.
    enum class Handshake : std::uint8_t { granted, refused };
    /// `now`: its id of today; empty where no function has told it.
    void on_handshake(const std::string& recorded, const std::string& now, Handshake handshake);
    /// A recorded call, which stands in front of what made it.
    void expect(const std::string& connection, std::shared_ptr<const replay::Selected> call);
    /// An exchange was sent again, and has ended.
    void settle(const std::shared_ptr<const replay::Selected>& cause);
    /// A recorded connection has ended.
    void finish(const std::string& connection);
    /// Nothing more is sent. Waits for calls that were recorded behind the last exchange, but not long: others may
    /// have made them.
    void finish();

  private:
    void take_actual();
    bool is_any_granted(const std::vector<std::string>& connections) const;
    void tell(const replay::MatchedCall& call);

    const ReplayRun& run_;
    ReplayedRequests& requests_;
    replay::ConnectionCalls calls_;
    std::map<std::string, Handshake> handshakes_;  ///< By recorded ids.
    std::map<std::string, std::string> recorded_;  ///< Recorded ids by those of today.
};

}  // namespace understudy::cli
