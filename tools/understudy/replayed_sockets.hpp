#pragma once

#include "tools/replay/plan.hpp"
#include "tools/understudy/replay_run.hpp"
#include "tools/understudy/replay_socket.hpp"
#include "tools/understudy/replayed_calls.hpp"
#include "tools/understudy/replayed_requests.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::cli {

/// Opens the recorded WebSockets again at an emulator of our own, sends their messages and closes them, in the recorded
/// order, and compares what functions reply, and what they send by `@connections`. For one thread.
class ReplayedSockets {
  public:
    ReplayedSockets(const ReplayRun& run, ReplayedRequests& requests, const replay::Runners& runners)
        : run_(run), requests_(requests), runners_(runners), calls_(run, requests) {}

    /// Repeats an exchange of a WebSocket API. False for one whose handshake was not repeated here: only its event can
    /// be sent.
    bool repeat(const std::shared_ptr<const replay::Selected>& selected, const replay::Doors& doors);
    /// An exchange of whatever API was sent again: its function may have sent messages to clients.
    void settle(const std::shared_ptr<const replay::Selected>& selected);
    /// Nothing more is sent.
    void finish() { calls_.finish(); }

  private:
    /// A recorded connection as it is now.
    struct Connection {
        std::optional<ReplaySocket> socket;  ///< None: it was refused this time.
        std::string id;                      ///< Empty: no event has told it yet.
    };

    bool connect(const std::shared_ptr<const replay::Selected>& selected, const replay::Doors& doors);
    bool pass_on(const std::shared_ptr<const replay::Selected>& selected);
    std::optional<record::Exchange> wait_for_event(Connection& connection, std::string_view type);
    void compare(const std::shared_ptr<const replay::Selected>& selected, const record::Exchange& seen);

    const ReplayRun& run_;
    ReplayedRequests& requests_;
    const replay::Runners& runners_;
    ReplayedCalls calls_;
    std::map<std::string, Connection> connections_;  ///< By their recorded ids.
};

}  // namespace understudy::cli
