// What a scenario lets a function suffer.
#include "emulator/running_environment.hpp"

#include <csignal>
#include <memory>
#include <utility>
#include <variant>

namespace understudy {

void RunningEnvironment::stand_still(std::chrono::milliseconds time) {
    signal_group(SIGSTOP);
    deadlines_.add(net::Deadlines::Clock::now() + time, [this, alive = std::weak_ptr(alive_)] {
        if (!alive.expired()) signal_group(SIGCONT);
    });
}

/// A process that is to suffer from its event is stopped before it can read that, so that it has no head start.
bool RunningEnvironment::hold_process() {
    using Kind = lambda::Disturbance::Kind;
    const auto kind = disturbance_.kind;
    const bool meant = kind == Kind::kill || kind == Kind::hang || kind == Kind::freeze;
    if (meant) signal_group(SIGSTOP);
    return meant;
}

/// What happens to a held process, where it has got its event by now.
void RunningEnvironment::disturb_process() {
    using Kind = lambda::Disturbance::Kind;
    if (environment_.state() != lambda::RuntimeState::running) return signal_group(SIGCONT);
    const auto [kind, time] = std::exchange(disturbance_, {});
    if (kind == Kind::freeze) stand_still(time);
    if (kind == Kind::kill) signal_group(SIGKILL);
}

void RunningEnvironment::disturb_reply(lambda::InvocationResponse& response) {
    using Kind = lambda::Disturbance::Kind;
    constexpr std::size_t kOversize = 7 << 20;
    const auto kind = std::exchange(disturbance_, {}).kind;
    if (kind == Kind::cut_reply) response.body.resize(response.body.size() / 2);
    if (kind == Kind::oversize_reply) response.body.resize(kOversize, ' ');
}

/// How much later a call is to come: the first `next` of a slow init, or a late reply.
std::optional<std::chrono::milliseconds> RunningEnvironment::take_delay(const lambda::RuntimeCall& call) {
    using Kind = lambda::Disturbance::Kind;
    const bool slow_init = disturbance_.kind == Kind::slow_init && std::holds_alternative<lambda::Next>(call);
    const bool late =
        disturbance_.kind == Kind::delay_reply && std::holds_alternative<lambda::InvocationResponse>(call);
    if (!slow_init && !late) return std::nullopt;
    return std::exchange(disturbance_, {}).time;
}

/// Nobody waits any more behind a call of `/next` whose connection is gone meanwhile.
void RunningEnvironment::delay_call(lambda::RuntimeCall&& call, lambda::Ticket ticket, std::chrono::milliseconds time) {
    const bool waits = std::holds_alternative<lambda::Next>(call);
    if (waits) settling_.push_back(ticket);
    deadlines_.add(net::Deadlines::Clock::now() + time,
                   [this, ticket, waits, held = std::make_shared<lambda::RuntimeCall>(std::move(call)),
                    alive = std::weak_ptr(alive_)] {
                       if (alive.expired() || (waits && std::erase(settling_, ticket) == 0)) return;
                       take_call(std::move(*held), ticket);
                   });
}

}  // namespace understudy
