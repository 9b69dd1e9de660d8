#include "tools/understudy/replayed_requests.hpp"

#include "emulator/lambda/trace.hpp"
#include "tools/replay/connection_call.hpp"
#include "tools/replay/json_view.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <system_error>
#include <utility>

namespace understudy::cli {
namespace {

constexpr std::string_view kMark = "X-Understudy-Replay";
/// How long the end of an exchange is waited for whose client has its answer.
constexpr std::chrono::seconds kPatienceForTheEnd{5};
/// Ends of connections that nobody has closed by a recorded exchange are asked for by nobody.
constexpr std::size_t kMostEvents = 100;

const record::Invocation* find_invocation(const record::Exchange& exchange, bool authorizer) {
    const auto found =
        std::ranges::find_if(exchange.invocations, [&](const auto& asked) { return asked.authorizer == authorizer; });
    return found == exchange.invocations.end() ? nullptr : &*found;
}

/// The id that only events of gateways have: a REST API's second one, an HTTP API's only one.
std::string find_gateway_id(const std::string& event) {
    const auto context = replay::JsonView(event).find("requestContext");
    if (!context) return {};
    const std::string extended = context->text_of("extendedRequestId");
    return extended.empty() ? context->text_of("requestId") : extended;
}

/// The gateway's clock as the event tells it: the exchange's own start is read a moment later.
std::optional<std::chrono::milliseconds> find_gateway_time(const std::string& event) {
    const auto context = replay::JsonView(event).find("requestContext");
    if (!context) return std::nullopt;
    for (const std::string_view name : {"timeEpoch", "requestTimeEpoch"}) {
        std::int64_t epoch = 0;
        const std::string text = context->text_of(name);
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), epoch);
        if (!text.empty() && error == std::errc() && end == text.data() + text.size())
            return std::chrono::milliseconds(epoch);
    }
    return std::nullopt;
}

void recall_time(const record::Exchange& exchange, const record::Invocation* asked, event::Facts& facts) {
    facts.time = std::chrono::system_clock::time_point(exchange.started);
    if (asked == nullptr) return;
    if (const auto time = find_gateway_time(asked->event)) facts.time = std::chrono::system_clock::time_point(*time);
}

void recall_trace(std::string_view recorded, event::Facts& facts) {
    lambda::Trace trace = lambda::parse_trace(recorded);
    if (trace.root.empty()) return;
    facts.trace_root = std::move(trace.root);
    if (!trace.parent.empty()) facts.trace_parent = std::move(trace.parent);
    // `1:` and `:0` stand around it.
    if (trace.lineage.size() > 4) facts.trace_lineage = trace.lineage.substr(2, trace.lineage.size() - 4);
}

/// Whether the client spoke HTTP/2: by the recorded line, or, where that is older, by what CloudFront wrote.
bool was_http2(const record::Exchange& exchange, const record::Invocation* asked) {
    if (exchange.request && exchange.request->start_line.ends_with(" HTTP/2.0")) return true;
    const auto headers = asked == nullptr ? std::nullopt : replay::JsonView(asked->event).find("headers");
    return headers && headers->text_of("Via").starts_with("2.0 ");
}

/// The value of the mark, which is taken off.
std::uint64_t take_mark(http::Request& request) {
    std::uint64_t number = 0;
    http::Headers kept;
    for (const http::HeaderLine line : request.headers) {
        if (http::same_name(line.name, kMark))
            std::from_chars(line.value.data(), line.value.data() + line.value.size(), number);
        else
            kept.add(line.name, line.value);
    }
    request.headers = std::move(kept);
    return number;
}

}  // namespace

std::chrono::system_clock::time_point to_invoked(const record::Exchange& exchange, const record::Invocation& asked) {
    return std::chrono::system_clock::time_point(exchange.started + std::chrono::microseconds(asked.queued_us));
}

void recall(const record::Exchange& exchange, const RecordedFacts& wanted, event::Facts& facts) {
    const record::Invocation* asked = find_invocation(exchange, false);
    const bool is_timed = exchange.started.count() > 0;
    facts.http2 = was_http2(exchange, asked);
    if (wanted.clock && is_timed) recall_time(exchange, asked, facts);
    if (wanted.deadline && is_timed && asked != nullptr) facts.invoked = to_invoked(exchange, *asked);
    if (!wanted.ids) return;
    if (asked != nullptr && !asked->request_id.empty()) {
        facts.request_id = asked->request_id;
        recall_trace(asked->trace, facts);
        if (auto id = find_gateway_id(asked->event); !id.empty()) facts.extended_request_id = std::move(id);
    } else if (!exchange.id.empty()) {
        facts.request_id = exchange.id;
    }
    if (const auto* authorizer = find_invocation(exchange, true)) facts.authorizer_request_id = authorizer->request_id;
}

std::uint64_t ReplayedRequests::mark(http::Request& request, std::shared_ptr<const replay::Selected> selected) {
    const std::lock_guard lock(mutex_);
    marked_[++last_].selected = std::move(selected);
    request.headers.add(kMark, std::to_string(last_));
    return last_;
}

void ReplayedRequests::on_arrival(http::Request& request, event::Facts& facts) {
    const std::uint64_t number = take_mark(request);
    const std::lock_guard lock(mutex_);
    const auto found = marked_.find(number);
    if (found == marked_.end()) return;
    recall(found->second.selected->exchange(), wanted_, facts);
    found->second.id = facts.request_id;
    by_id_[facts.request_id].push_back(number);
}

void ReplayedRequests::on_exchange(record::Exchange&& exchange) {
    const std::lock_guard lock(mutex_);
    const auto numbers = by_id_.find(exchange.id);
    if (numbers == by_id_.end() && exchange.front == "websocket" && !exchange.request) {
        if (events_.size() == kMostEvents) events_.pop_front();
        events_.push_back(std::move(exchange));
        return changed_.notify_all();
    }
    if (numbers == by_id_.end()) {
        if (keeps_calls_ && replay::find_called_connection(exchange)) calls_.push_back(std::move(exchange));
        return changed_.notify_all();
    }
    const auto waiting = std::ranges::find_if(
        numbers->second, [&](std::uint64_t number) { return !marked_.at(number).seen.has_value(); });
    if (waiting == numbers->second.end()) return;
    marked_.at(*waiting).seen = std::move(exchange);
    changed_.notify_all();
}

void ReplayedRequests::keep_connection_calls() {
    const std::lock_guard lock(mutex_);
    keeps_calls_ = true;
}

std::deque<record::Exchange> ReplayedRequests::take_connection_calls() {
    const std::lock_guard lock(mutex_);
    return std::exchange(calls_, {});
}

bool ReplayedRequests::wait_for_connection_call(std::chrono::steady_clock::time_point last) {
    std::unique_lock lock(mutex_);
    changed_.wait_until(lock, last, [&] { return is_stopped_ || !calls_.empty(); });
    return !is_stopped_ && !calls_.empty();
}

void ReplayedRequests::stop() {
    const std::lock_guard lock(mutex_);
    is_stopped_ = true;
    changed_.notify_all();
}

std::optional<record::Exchange> ReplayedRequests::take(std::uint64_t number) {
    std::unique_lock lock(mutex_);
    const auto marked = marked_.find(number);
    if (!marked->second.id.empty())
        changed_.wait_for(lock, kPatienceForTheEnd, [&] { return marked->second.seen.has_value(); });
    auto seen = std::move(marked->second.seen);
    erase(marked);
    return seen;
}

std::optional<record::Exchange> ReplayedRequests::take_event(
    const std::function<bool(const record::Exchange&)>& is_meant, std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    const auto find = [&] { return std::ranges::find_if(events_, is_meant); };
    if (!changed_.wait_for(lock, patience, [&] { return find() != events_.end(); })) return std::nullopt;
    const auto found = find();
    auto event = std::move(*found);
    events_.erase(events_.begin(), std::next(found));
    return event;
}

void ReplayedRequests::forget(std::uint64_t number) {
    const std::lock_guard lock(mutex_);
    erase(marked_.find(number));
}

void ReplayedRequests::erase(Marks::iterator mark) {
    if (const auto numbers = by_id_.find(mark->second.id); numbers != by_id_.end()) {
        std::erase(numbers->second, mark->first);
        if (numbers->second.empty()) by_id_.erase(numbers);
    }
    marked_.erase(mark);
}

}  // namespace understudy::cli
