#include "emulator/lambda/asynchronous_event.hpp"

#include <algorithm>
#include <utility>

namespace understudy::lambda {
namespace {

constexpr std::chrono::milliseconds kLongestBackOff = std::chrono::minutes(5);

}  // namespace

std::string_view condition_name(EventEnd end) {
    switch (end) {
        case EventEnd::succeeded:
            break;
        case EventEnd::retries_exhausted:
            return "RetriesExhausted";
        case EventEnd::age_exceeded:
            return "EventAgeExceeded";
        case EventEnd::no_concurrency:
            return "ZeroReservedConcurrency";
    }
    return "Success";
}

std::variant<RetryAfter, EventEnd> AsynchronousEvent::on_outcome(OutcomeKind kind, std::chrono::milliseconds age) {
    std::chrono::milliseconds wait{};
    if (kind == OutcomeKind::throttled) {
        wait = std::exchange(back_off_, std::min(back_off_ * 2, kLongestBackOff));
    } else {
        ++attempts_;
        if (kind == OutcomeKind::succeeded) return EventEnd::succeeded;
        if (attempts_ > terms_.retries) return EventEnd::retries_exhausted;
        wait = std::chrono::minutes(attempts_);
    }
    if (age + wait > terms_.maximum_age) return EventEnd::age_exceeded;
    return RetryAfter{wait};
}

}  // namespace understudy::lambda
