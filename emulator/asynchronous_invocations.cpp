#include "emulator/asynchronous_invocations.hpp"

#include <algorithm>
#include <utility>

namespace understudy {
namespace {

using Clock = net::Deadlines::Clock;

app::AsynchronousTerms terms_for(const app::Function& function, const std::string& qualifier) {
    const std::string_view wanted = qualifier.empty() ? app::kLatest : std::string_view(qualifier);
    const auto found = std::ranges::find(function.asynchronous, wanted, &app::AsynchronousTerms::qualifier);
    return found == function.asynchronous.end() ? app::AsynchronousTerms{} : *found;
}

}  // namespace

/// An event between its arrival and its end.
struct AsynchronousInvocations::Waiting {
    std::string function;
    std::string qualifier;
    lambda::Invocation invocation;
    lambda::AsynchronousEvent event;
    Clock::time_point arrived = Clock::now();
};

void AsynchronousInvocations::take(const std::string& function, const std::string& qualifier,
                                   lambda::Invocation&& invocation) {
    const app::Function& found = *functions_.find(function);
    const auto waiting = std::make_shared<Waiting>(
        Waiting{function, qualifier, std::move(invocation), lambda::AsynchronousEvent(terms_for(found, qualifier))});
    if (found.reserved_concurrency == 0) return drop(*waiting, lambda::EventEnd::no_concurrency);
    attempt(waiting);
}

/// The function may be another by now, a newer build or gone.
void AsynchronousInvocations::attempt(const std::shared_ptr<Waiting>& waiting) {
    const app::Function* function = functions_.find(waiting->function);
    auto version = function == nullptr ? std::nullopt : app::find_version(*function, waiting->qualifier);
    if (!version) return drop(*waiting, lambda::EventEnd::retries_exhausted);
    waiting->invocation.version = std::move(*version);
    functions_.invoke(waiting->function, lambda::Invocation(waiting->invocation),
                      [this, waiting](lambda::Outcome&& outcome) { settle(waiting, outcome.kind); });
}

void AsynchronousInvocations::settle(const std::shared_ptr<Waiting>& waiting, lambda::OutcomeKind kind) {
    const auto now = Clock::now();
    const auto age = std::chrono::duration<double, std::milli>(now - waiting->arrived) * clock_scale_;
    const auto next =
        waiting->event.on_outcome(kind, std::chrono::milliseconds(static_cast<std::int64_t>(age.count())));
    if (const auto* end = std::get_if<lambda::EventEnd>(&next)) {
        if (*end != lambda::EventEnd::succeeded) drop(*waiting, *end);
        return;
    }
    const std::chrono::duration<double, std::milli> wait(std::get<lambda::RetryAfter>(next).wait / clock_scale_);
    deadlines_.add(now + std::chrono::duration_cast<Clock::duration>(wait), [this, waiting] { attempt(waiting); });
}

void AsynchronousInvocations::drop(const Waiting& waiting, lambda::EventEnd end) {
    on_dropped_({waiting.function, waiting.invocation.id, end, waiting.event.attempts()});
}

}  // namespace understudy
