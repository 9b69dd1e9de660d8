#include "tools/replay/connection_calls.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <iterator>
#include <utility>

namespace understudy::replay {
namespace {

using Fate = MatchedCall::Fate;

/// How far ahead an equal call is looked for, and how many of a connection are kept undecided.
constexpr std::ptrdiff_t kMostAhead = 100;
constexpr std::size_t kMostUndecided = 1000;

/// Whether a call began while an exchange was under way.
bool is_within(const record::Exchange& call, const record::Exchange& cause) {
    if (call.started < cause.started) return false;
    return cause.total_us == 0 || call.started <= cause.started + std::chrono::microseconds(cause.total_us);
}

}  // namespace

void ConnectionCalls::add_recorded(const std::string& connection, Call call) {
    connections_[connection].recorded.push_back({std::move(call)});
}

void ConnectionCalls::add_actual(const std::string& connection, record::Exchange call) {
    connections_[connection].fresh.push_back(std::move(call));
}

/// Those that the exchange may have made, as they were recorded: an equal one behind the last that was found.
void ConnectionCalls::pair_equal(Connection& connection, const Call& cause, std::vector<MatchedCall>& decided) {
    auto& recorded = connection.recorded;
    std::deque<record::Exchange> rest;
    std::size_t from = 0;
    for (auto& call : connection.fresh) {
        const auto begin = recorded.begin() + static_cast<std::ptrdiff_t>(from);
        const auto end = begin + std::min(kMostAhead, recorded.end() - begin);
        const auto equal = std::find_if(begin, end, [&](const Recorded& known) {
            return is_within(known.call->exchange(), cause->exchange()) && same_(known.call->exchange(), call);
        });
        if (equal == end) {
            rest.push_back(std::move(call));
            continue;
        }
        from = static_cast<std::size_t>(equal - recorded.begin());
        decided.push_back({Fate::paired, std::move(equal->call), std::move(call), cause});
        recorded.erase(equal);
    }
    connection.fresh = std::move(rest);
}

/// What is left: with an equal one that is late, else with the first that the exchange may have made.
void ConnectionCalls::pair_rest(Connection& connection, const Call& cause, std::vector<MatchedCall>& decided) {
    auto& recorded = connection.recorded;
    for (auto& call : connection.fresh) {
        const auto ahead = recorded.begin() + std::min(kMostAhead, std::distance(recorded.begin(), recorded.end()));
        const auto is_own = [&](const Recorded& known) { return is_within(known.call->exchange(), cause->exchange()); };
        auto other = std::find_if(recorded.begin(), ahead,
                                  [&](const Recorded& known) { return same_(known.call->exchange(), call); });
        const bool reversed = other != ahead && is_own(*other);
        if (other == ahead) other = std::find_if(recorded.begin(), recorded.end(), is_own);
        if (other == recorded.end()) {
            connection.surplus.push_back({std::move(call), cause});
            continue;
        }
        decided.push_back({reversed ? Fate::reversed : Fate::paired, std::move(other->call), std::move(call), cause});
        recorded.erase(other);
    }
    connection.fresh.clear();
}

void ConnectionCalls::pair_surplus(Connection& connection, std::vector<MatchedCall>& decided) {
    auto& recorded = connection.recorded;
    std::erase_if(connection.surplus, [&](Actual& actual) {
        const auto equal = std::ranges::find_if(
            recorded, [&](const Recorded& known) { return same_(known.call->exchange(), actual.call); });
        if (equal == recorded.end()) return false;
        decided.push_back({Fate::paired, std::move(equal->call), std::move(actual.call), std::move(actual.cause)});
        recorded.erase(equal);
        return true;
    });
}

/// What came behind the last exchange: by content, else in its order.
void ConnectionCalls::pair_late(Connection& connection, std::vector<MatchedCall>& decided) {
    for (auto& call : connection.fresh) connection.surplus.push_back({std::move(call), last_});
    connection.fresh.clear();
    pair_surplus(connection, decided);
    for (auto known = connection.recorded.begin(); known != connection.recorded.end();) {
        if (!known->is_late || connection.surplus.empty()) {
            known->has_cause = known->has_cause || (last_ && is_within(known->call->exchange(), last_->exchange()));
            ++known;
            continue;
        }
        auto& actual = connection.surplus.front();
        decided.push_back({Fate::paired, std::move(known->call), std::move(actual.call), std::move(actual.cause)});
        connection.surplus.pop_front();
        known = connection.recorded.erase(known);
    }
}

void ConnectionCalls::give_up_oldest(Connection& connection, std::size_t most, std::vector<MatchedCall>& decided) {
    for (; connection.recorded.size() > most; connection.recorded.pop_front()) {
        auto& oldest = connection.recorded.front();
        decided.push_back({oldest.has_cause ? Fate::missing : Fate::foreign, std::move(oldest.call), {}, {}});
    }
    for (; connection.surplus.size() > most; connection.surplus.pop_front()) {
        auto& oldest = connection.surplus.front();
        decided.push_back({Fate::added, {}, std::move(oldest.call), std::move(oldest.cause)});
    }
}

void ConnectionCalls::settle(Connection& connection, const Call& cause, std::vector<MatchedCall>& decided) {
    for (auto& known : connection.recorded) {
        known.has_cause = known.has_cause || is_within(known.call->exchange(), cause->exchange());
        known.is_late = false;
    }
    pair_equal(connection, cause, decided);
    pair_rest(connection, cause, decided);
    if (connection.surplus.size() > kMostUndecided || connection.recorded.size() > kMostUndecided)
        pair_surplus(connection, decided);
    give_up_oldest(connection, kMostUndecided, decided);
}

std::vector<MatchedCall> ConnectionCalls::settle(const Call& cause) {
    last_ = cause;
    std::vector<MatchedCall> decided;
    for (auto& [id, connection] : connections_) settle(connection, cause, decided);
    std::erase_if(connections_,
                  [](const auto& entry) { return entry.second.recorded.empty() && entry.second.surplus.empty(); });
    return decided;
}

std::vector<MatchedCall> ConnectionCalls::finish(const std::string& connection) {
    std::vector<MatchedCall> decided;
    const auto found = connections_.find(connection);
    if (found == connections_.end()) return decided;
    pair_late(found->second, decided);
    give_up_oldest(found->second, 0, decided);
    connections_.erase(found);
    return decided;
}

std::vector<std::string> ConnectionCalls::late() const {
    std::vector<std::string> late;
    for (const auto& [id, connection] : connections_) {
        const auto expected = std::ranges::count_if(connection.recorded, &Recorded::is_late);
        if (std::cmp_greater(expected, connection.fresh.size() + connection.surplus.size())) late.push_back(id);
    }
    return late;
}

std::vector<std::string> ConnectionCalls::open() const {
    std::vector<std::string> open;
    for (const auto& [id, connection] : connections_) open.push_back(id);
    return open;
}

}  // namespace understudy::replay
