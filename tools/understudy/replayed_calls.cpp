#include "tools/understudy/replayed_calls.hpp"

#include "tools/replay/connection_call.hpp"
#include "tools/replay/selection.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace understudy::cli {
namespace {

/// How long calls are waited for that functions make behind their last reply.
constexpr std::chrono::seconds kPatienceForLateCalls{5};

}  // namespace

ReplayedCalls::ReplayedCalls(const ReplayRun& run, ReplayedRequests& requests)
    : run_(run),
      requests_(requests),
      calls_([&outcomes = run.outcomes](const record::Exchange& recorded, const record::Exchange& actual) {
          return outcomes.is_same_call(recorded, actual);
      }) {
    requests_.keep_connection_calls();
}

void ReplayedCalls::on_handshake(const std::string& recorded, const std::string& now, Handshake handshake) {
    if (recorded.empty()) return;
    handshakes_[recorded] = handshake;
    if (!now.empty()) recorded_[now] = recorded;
}

void ReplayedCalls::expect(const std::string& connection, std::shared_ptr<const replay::Selected> call) {
    calls_.add_recorded(connection, std::move(call));
}

void ReplayedCalls::take_actual() {
    for (auto& call : requests_.take_connection_calls()) {
        const auto connection = replay::find_called_connection(call);
        const auto known = connection ? recorded_.find(*connection) : recorded_.end();
        // Of others, whose ids functions may keep from elsewhere, nothing is known.
        if (known != recorded_.end()) calls_.add_actual(known->second, std::move(call));
    }
}

void ReplayedCalls::settle(const std::shared_ptr<const replay::Selected>& cause) {
    take_actual();
    for (const auto& call : calls_.settle(cause)) tell(call);
}

void ReplayedCalls::finish(const std::string& connection) {
    const auto handshake = handshakes_.find(connection);
    for (const auto& call : calls_.finish(connection)) {
        if (handshake == handshakes_.end())
            run_.outcomes.on_left_out(
                "they are calls of @connections for WebSockets whose handshake is not among the exchanges");
        else if (handshake->second == Handshake::refused && call.recorded)
            run_.outcomes.on_left_out("the handshake of their WebSocket was refused this time");
        else
            tell(call);
    }
}

bool ReplayedCalls::is_any_granted(const std::vector<std::string>& connections) const {
    return std::ranges::any_of(connections, [&](const std::string& connection) {
        const auto handshake = handshakes_.find(connection);
        return handshake != handshakes_.end() && handshake->second == Handshake::granted;
    });
}

void ReplayedCalls::finish() {
    const auto last = std::chrono::steady_clock::now() + kPatienceForLateCalls;
    for (take_actual(); is_any_granted(calls_.late()) && requests_.wait_for_connection_call(last);) take_actual();
    for (const auto& connection : calls_.open()) finish(connection);
}

void ReplayedCalls::tell(const replay::MatchedCall& call) {
    using Fate = replay::MatchedCall::Fate;
    if (call.fate == Fate::foreign)
        return run_.outcomes.on_left_out(
            "they are calls of @connections that no function made which was asked again; others make theirs no more");
    // Where exchanges are chosen, the recorded call may be none of them.
    if (call.fate == Fate::added && replay::may_part_exchanges(run_.options.selection)) return;
    run_.outcomes.on_connection_call(call);
}

}  // namespace understudy::cli
