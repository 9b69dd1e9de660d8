#pragma once

#include "emulator/record/exchange.hpp"
#include "tools/replay/exchange_feed.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace understudy::replay {

/// What became of a call of `@connections`.
struct MatchedCall {
    enum class Fate : std::uint8_t {
        paired,    ///< One that was recorded, and the one that is made in its place.
        reversed,  ///< The same, and it came behind one that it was recorded before.
        missing,   ///< It is made no more, though what made it was replayed.
        foreign,   ///< Nothing that was replayed can have made it: others did, who do so no more.
        added,     ///< None was recorded.
    };
    Fate fate = Fate::paired;
    std::shared_ptr<const Selected> recorded = {};  ///< Null for `added`.
    std::optional<record::Exchange> actual = {};    ///< None for `missing` and `foreign`.
    std::shared_ptr<const Selected> cause = {};  ///< What was replayed when it was made; null for those that are not.
};

/// Pairs the calls that functions made when they were recorded with those that they make now, in order per connection.
///
/// A recording has calls in front of the event whose function made them, and does not say which that was: those that
/// began while it was at work. Of several at work all may have. What is equal is paired first, so that events which
/// were at work together then, and are replayed one after the other, are no difference.
/// Tested by: ConnectionCalls.*
class ConnectionCalls {
  public:
    using Call = std::shared_ptr<const Selected>;
    /// Whether a call is the same as a recorded one, in whatever is compared.
    using Same = std::function<bool(const record::Exchange& recorded, const record::Exchange& actual)>;

    explicit ConnectionCalls(Same same) : same_(std::move(same)) {}

    /// Connections go by their recorded ids.
    void add_recorded(const std::string& connection, Call call);
    void add_actual(const std::string& connection, record::Exchange call);
    /// An exchange has been replayed, and all that was made meanwhile was added. Returns what is decided by that.
    std::vector<MatchedCall> settle(const Call& cause);
    /// The connections of which recorded calls stand behind the last exchange, and fewer have come in their place: a
    /// function may go on behind its reply. One that has come is paired by `finish` if not by the next exchange.
    std::vector<std::string> late() const;
    /// Nothing more comes of this connection.
    std::vector<MatchedCall> finish(const std::string& connection);
    /// The connections of which something is not decided.
    std::vector<std::string> open() const;

  private:
    struct Recorded {
        Call call;
        bool has_cause = false;  ///< What may have made it was replayed.
        bool is_late = true;     ///< No exchange was replayed behind it.
    };
    struct Actual {
        record::Exchange call;
        Call cause;
    };
    struct Connection {
        std::deque<Recorded> recorded;
        std::deque<record::Exchange> fresh;  ///< Since the last exchange that was replayed.
        std::deque<Actual> surplus;          ///< Without a recorded one so far.
    };

    void settle(Connection& connection, const Call& cause, std::vector<MatchedCall>& decided);
    void pair_equal(Connection& connection, const Call& cause, std::vector<MatchedCall>& decided);
    void pair_rest(Connection& connection, const Call& cause, std::vector<MatchedCall>& decided);
    void pair_surplus(Connection& connection, std::vector<MatchedCall>& decided);
    void pair_late(Connection& connection, std::vector<MatchedCall>& decided);
    static void give_up_oldest(Connection& connection, std::size_t most, std::vector<MatchedCall>& decided);

    Same same_;
    Call last_;  ///< The exchange that was replayed last.
    std::map<std::string, Connection> connections_;
};

}  // namespace understudy::replay
