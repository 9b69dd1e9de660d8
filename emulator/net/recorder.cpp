#include "emulator/net/recorder.hpp"

#include "emulator/net/gateway_call.hpp"
#include "emulator/net/recording_channel.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace understudy::net {
namespace {

using Clock = Deadlines::Clock;

/// The name of the Lambda API among the fronts: its events are whatever its callers send.
constexpr std::string_view kInvoke = "invoke";

std::uint32_t to_microseconds(Clock::duration duration) {
    const auto count = std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(count, 0, std::numeric_limits<std::uint32_t>::max()));
}

record::HttpMessage to_head(const http::Request& request, const RecordedPlace& place) {
    record::HttpMessage message;
    message.start_line.reserve(request.method.size() + request.target.size() + 12);
    message.start_line.append(request.method)
        .append(1, ' ')
        .append(request.target)
        .append(place.http2 ? " HTTP/2." : " HTTP/1.");
    message.start_line += static_cast<char>('0' + (place.http2 ? 0 : request.minor_version));
    message.headers = request.headers;
    return message;
}

record::Outcome to_outcome(lambda::OutcomeKind kind) {
    if (kind == lambda::OutcomeKind::succeeded) return record::Outcome::succeeded;
    if (kind == lambda::OutcomeKind::throttled) return record::Outcome::throttled;
    return record::Outcome::function_error;
}

}  // namespace

std::shared_ptr<ExchangeTape> Recorder::begin(RecordedPlace&& place, std::string id) {
    auto tape = std::make_shared<ExchangeTape>();
    tape->number = ++last_;
    tape->arrived = Clock::now();
    tape->exchange.id = std::move(id);
    tape->exchange.started =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch());
    tape->exchange.front = std::move(place.front);
    tape->exchange.api = std::move(place.api);
    tape->exchange.stage = std::move(place.stage);
    return tapes_.emplace_hint(tapes_.end(), tape->number, std::move(tape))->second;
}

Responder Recorder::watch(const http::Request& request, RecordedPlace&& place, std::string id, Responder responder) {
    auto head = to_head(request, place);
    auto tape = begin(std::move(place), std::move(id));
    tape->exchange.request = std::move(head);
    tape->exchange.request->body = request.body;
    tape->owes_response = true;
    return Responder(
        std::make_shared<RecordingChannel>(weak_from_this(), std::move(tape), std::move(responder).take_channel()));
}

void Recorder::record_refused(const http::Request& head, RecordedPlace&& place, std::string id, http::Response response,
                              std::string missing) {
    auto start = to_head(head, place);
    const auto tape = begin(std::move(place), std::move(id));
    tape->exchange.request = std::move(start);
    tape->exchange.missing = std::move(missing);
    tape->owes_response = true;
    keep_answer(*tape, response);
    answer(*tape);
}

std::uint64_t Recorder::open(RecordedPlace&& place, std::string id) {
    return begin(std::move(place), std::move(id))->number;
}

/// An event that is tried again has outlived its exchange.
std::shared_ptr<ExchangeTape> Recorder::find(const lambda::Invocation& invocation) {
    if (const auto found = tapes_.find(invocation.exchange); found != tapes_.end()) return found->second;
    return begin({.front = std::string(kInvoke)}, invocation.id + '#' + std::to_string(last_ + 1));
}

std::size_t Recorder::add(ExchangeTape& tape, const std::string& function, const lambda::Invocation& invocation) {
    record::Invocation kept{.function = function, .request_id = invocation.id, .trace = invocation.trace};
    kept.function_arn = invocation.function_arn;
    kept.client_context = invocation.client_context;
    kept.identity = invocation.identity;
    kept.tenant = invocation.tenant;
    kept.authorizer = invocation.is_authorizer;
    kept.outcome = record::Outcome::unknown;
    kept.event_is_json = tape.exchange.front != kInvoke;
    const bool is_first_format = !kept.authorizer && invocation.payload->starts_with(R"({"version":"1.0")");
    if (is_first_format && tape.exchange.front == "http") tape.exchange.front = "http1";
    tape.exchange.invocations.push_back(std::move(kept));
    tape.events.push_back(invocation.payload);
    ++tape.running;
    return tape.events.size() - 1;
}

OnOutcome Recorder::watch(const std::string& function, const lambda::Invocation& invocation, OnOutcome done) {
    auto tape = find(invocation);
    const std::size_t place = add(*tape, function, invocation);
    return [recorder = weak_from_this(), tape = std::move(tape), place, invoked = Clock::now(),
            done = std::move(done)](lambda::Outcome&& outcome) {
        if (const auto self = recorder.lock()) self->end(*tape, place, outcome, invoked);
        done(std::move(outcome));
    };
}

std::shared_ptr<StreamSink> Recorder::watch(const std::string& function, const lambda::Invocation& invocation,
                                            std::shared_ptr<StreamSink> sink) {
    auto tape = find(invocation);
    const std::size_t place = add(*tape, function, invocation);
    return std::make_shared<RecordingSink>(weak_from_this(), std::move(tape), place, std::move(sink));
}

void Recorder::answer(ExchangeTape& tape) {
    if (!std::exchange(tape.owes_response, false)) return;
    tape.exchange.total_us = to_microseconds(Clock::now() - tape.arrived);
    settle(tape);
}

void Recorder::end(ExchangeTape& tape, std::size_t invocation, const lambda::Outcome& outcome,
                   Clock::time_point invoked) {
    if (tape.is_over) return;
    record::Invocation& kept = tape.exchange.invocations[invocation];
    const auto now = Clock::now();
    const auto begun = outcome.begun == Clock::time_point() ? now : std::max(outcome.begun, invoked);
    kept.outcome = to_outcome(outcome.kind);
    kept.error_type = error_type_of(outcome);
    kept.queued_us = to_microseconds(begun - invoked);
    kept.handler_us = to_microseconds(now - begun);
    (kept.streamed ? kept.stream_error : kept.reply) = outcome.payload;
    if (!kept.streamed) kept.reply_type = outcome.content_type;
    if (!tape.exchange.request) tape.exchange.total_us = to_microseconds(now - tape.arrived);
    --tape.running;
    settle(tape);
}

/// Whether the exchange is whole shows when the turn is over: what ends one part may begin another.
void Recorder::settle(ExchangeTape& tape) {
    if (tape.owes_response || tape.running > 0 || std::exchange(tape.is_due, true)) return;
    due_.push_back(tape.number);
    if (due_.size() > 1) return;
    boost::asio::post(context_, [recorder = weak_from_this()] {
        if (const auto self = recorder.lock()) self->flush();
    });
}

void Recorder::flush() {
    std::vector<record::Exchange> exchanges;
    exchanges.reserve(due_.size());
    for (const std::uint64_t number : std::exchange(due_, {})) {
        const auto found = tapes_.find(number);
        if (found == tapes_.end()) continue;
        ExchangeTape& tape = *found->second;
        tape.is_due = false;
        if (tape.owes_response || tape.running > 0) continue;
        tape.is_over = true;
        if (tape.response_body) tape.exchange.response->body = *tape.response_body;
        for (std::size_t i = 0; i < tape.events.size(); ++i) tape.exchange.invocations[i].event = *tape.events[i];
        exchanges.push_back(std::move(tape.exchange));
        tapes_.erase(found);
    }
    if (!exchanges.empty()) on_recorded_(std::move(exchanges));
}

void Recorder::finish() {
    due_.clear();
    for (const auto& [number, tape] : tapes_) {
        if (tape->owes_response || tape->running > 0) tape->exchange.missing = "the emulator was stopped";
        tape->owes_response = false;
        tape->running = 0;
        due_.push_back(number);
    }
    flush();
    on_recorded_ = [](std::vector<record::Exchange>&&) {};
}

}  // namespace understudy::net
