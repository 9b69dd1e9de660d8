#pragma once

#include "emulator/event/facts.hpp"
#include "emulator/http/message.hpp"
#include "emulator/record/exchange.hpp"
#include "tools/replay/exchange_feed.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace understudy::cli {

/// What of a recorded exchange is given to the function again.
struct RecordedFacts {
    bool ids = false;       ///< Request ids, and the trace.
    bool clock = false;     ///< The time that events tell, and by which a gateway decides.
    bool deadline = false;  ///< What the function reads of its deadline.
};

/// When a recorded invocation had its event, as far as the recording tells.
std::chrono::system_clock::time_point to_invoked(const record::Exchange& exchange, const record::Invocation& asked);

/// Gives a request what it was given when it was recorded.
/// Tested by: RecordedFacts.*
void recall(const record::Exchange& exchange, const RecordedFacts& wanted, event::Facts& facts);

/// Knows on both sides of an emulator's socket which request repeats which exchange.
/// Thread safety: every function may be called in any thread.
class ReplayedRequests {
  public:
    explicit ReplayedRequests(const RecordedFacts& wanted) : wanted_(wanted) {}

    /// Marks a request that is about to be sent; the emulator takes the mark off. Returns its number.
    std::uint64_t mark(http::Request& request, std::shared_ptr<const replay::Selected> selected);
    /// `ReplaySettings`
    void on_arrival(http::Request& request, event::Facts& facts);
    void on_exchange(record::Exchange&& exchange);
    /// Waits for what was seen of a request that was answered; nullopt where it met no API or its function goes on.
    std::optional<record::Exchange> take(std::uint64_t number);
    /// Waits for the exchange of a WebSocket's message or end that is meant, and forgets those that came before it.
    std::optional<record::Exchange> take_event(const std::function<bool(const record::Exchange&)>& is_meant,
                                               std::chrono::milliseconds patience);
    /// From here on, calls of `@connections` are kept; somebody takes them.
    void keep_connection_calls();
    /// Those that functions have made since.
    std::deque<record::Exchange> take_connection_calls();
    /// Waits until there is one. False where there is none by then, or nobody waits any more.
    bool wait_for_connection_call(std::chrono::steady_clock::time_point last);
    /// Nobody waits for calls of `@connections` any more.
    void stop();
    /// It was not answered.
    void forget(std::uint64_t number);

  private:
    struct Marked {
        std::shared_ptr<const replay::Selected> selected;
        std::string id;  ///< Empty until it has arrived.
        std::optional<record::Exchange> seen;
    };

    using Marks = std::map<std::uint64_t, Marked>;
    void erase(Marks::iterator mark);

    RecordedFacts wanted_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::uint64_t last_ = 0;
    Marks marked_;
    std::deque<record::Exchange> events_;  ///< Of WebSockets, that nobody has asked for; the latest ones.
    bool keeps_calls_ = false;
    bool is_stopped_ = false;
    std::deque<record::Exchange> calls_;
    std::map<std::string, std::deque<std::uint64_t>> by_id_;  ///< Several where a recorded id comes twice.
};

}  // namespace understudy::cli
