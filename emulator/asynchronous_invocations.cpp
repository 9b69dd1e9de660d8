#include "emulator/asynchronous_invocations.hpp"

#include "emulator/lambda/destination_record.hpp"

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
    app::AsynchronousTerms terms;
    lambda::AsynchronousEvent event;
    int links;
    Clock::time_point arrived = Clock::now();
};

void AsynchronousInvocations::take(const std::string& function, const std::string& qualifier,
                                   lambda::Invocation&& invocation, int links) {
    const app::Function& found = *functions_.find(function);
    const app::AsynchronousTerms terms = terms_for(found, qualifier);
    const auto waiting = std::make_shared<Waiting>(
        Waiting{function, qualifier, std::move(invocation), terms, lambda::AsynchronousEvent(terms), links});
    waiting_.on_taken(waiting->invocation.payload->size());
    if (found.reserved_concurrency == 0) return finish(*waiting, lambda::EventEnd::no_concurrency, {});
    attempt(waiting);
}

/// The function may be another by now, a newer build or gone.
void AsynchronousInvocations::attempt(const std::shared_ptr<Waiting>& waiting) {
    const app::Function* function = functions_.find(waiting->function);
    auto version =
        function == nullptr ? std::nullopt : app::choose_version(*function, waiting->qualifier, waiting->invocation.id);
    if (!version) return finish(*waiting, lambda::EventEnd::retries_exhausted, {});
    waiting->invocation.version = std::move(*version);
    lambda::Invocation invocation = waiting->invocation;
    waiting->invocation.disturbance = {};
    functions_.invoke(waiting->function, std::move(invocation),
                      [this, waiting](const lambda::Outcome& outcome) { settle(waiting, outcome); });
}

void AsynchronousInvocations::settle(const std::shared_ptr<Waiting>& waiting, const lambda::Outcome& outcome) {
    const auto now = Clock::now();
    const auto age = std::chrono::duration<double, std::milli>(now - waiting->arrived) * clock_scale_;
    const auto next =
        waiting->event.on_outcome(outcome.kind, std::chrono::milliseconds(static_cast<std::int64_t>(age.count())));
    if (const auto* end = std::get_if<lambda::EventEnd>(&next)) return finish(*waiting, *end, outcome);
    const std::chrono::duration<double, std::milli> wait(std::get<lambda::RetryAfter>(next).wait / clock_scale_);
    deadlines_.add(now + std::chrono::duration_cast<Clock::duration>(wait), [this, waiting] { attempt(waiting); });
}

void AsynchronousInvocations::finish(const Waiting& waiting, lambda::EventEnd end, const lambda::Outcome& outcome) {
    waiting_.on_gone(waiting.invocation.payload->size());
    const bool succeeded = end == lambda::EventEnd::succeeded;
    const auto& told = succeeded ? waiting.terms.on_success : waiting.terms.on_failure;
    const int attempts = waiting.event.attempts();
    if (!succeeded) {
        const app::Function* function = functions_.find(waiting.function);
        const std::string dead_letters = function == nullptr ? std::string() : function->dead_letters;
        ends_.on_dropped(
            {waiting.function, waiting.invocation.id, end, attempts, told, dead_letters, waiting.invocation.payload});
    }
    if (!told) return;
    ends_.tell({*told,
                lambda::render_destination_record(waiting.invocation, outcome, end, attempts,
                                                  std::chrono::system_clock::now()),
                waiting.links + 1});
}

}  // namespace understudy
