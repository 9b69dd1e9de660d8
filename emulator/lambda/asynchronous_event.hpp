#pragma once

#include "emulator/app/asynchronous.hpp"
#include "emulator/lambda/invocation.hpp"

#include <chrono>
#include <cstdint>
#include <string_view>
#include <utility>
#include <variant>

namespace understudy::lambda {

/// Why Lambda is done with an event.
enum class EventEnd : std::uint8_t { succeeded, retries_exhausted, age_exceeded, no_concurrency };

/// As a destination's record calls it: `RetriesExhausted`.
std::string_view condition_name(EventEnd end);

/// Try again when so much nominal time has gone by.
struct RetryAfter {
    std::chrono::milliseconds wait{};
    friend bool operator==(const RetryAfter&, const RetryAfter&) = default;
};

/// An event that was invoked asynchronously, between its attempts. Decides only.
///
/// Rule: a function error is retried after one minute and then after two; a throttled attempt does not count and is
/// repeated after one second, then two, four and so on, five minutes at most; an event whose next attempt would come
/// after its maximum age is dropped at once, and so is one for a function whose reserved concurrency is 0.
/// [docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling; localstack/localstack
/// test_lambda_destinations.snapshot.json, test_maxeventage and test_reserved_concurrency]. Tested by:
/// AsynchronousEvent.GoesThroughItsAttempts
class AsynchronousEvent {
  public:
    explicit AsynchronousEvent(app::AsynchronousTerms terms) : terms_(std::move(terms)) {}

    /// An attempt has ended; `age` is nominal, since the event came.
    std::variant<RetryAfter, EventEnd> on_outcome(OutcomeKind kind, std::chrono::milliseconds age);

    /// Those that the function took.
    int attempts() const { return attempts_; }

  private:
    app::AsynchronousTerms terms_;
    int attempts_ = 0;
    std::chrono::milliseconds back_off_{1000};
};

}  // namespace understudy::lambda
