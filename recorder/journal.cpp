#include "recorder/journal.hpp"

#include "emulator/record/write_line.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <limits>

#include "recorder/error_cause.hpp"
#include "recorder/version.hpp"

namespace understudy::recorder {
namespace {

using std::chrono::microseconds;

/// How long before its deadline an invocation is given up.
constexpr microseconds kMargin{50'000};
constexpr int kAccepted = 202, kTooLarge = 413;
/// How soon an event that comes again is the same invocation: Lambda tries again after a minute.
constexpr microseconds kHandedAgain{1'000'000};

/// What the caller gets in place of a reply that is too large.
/// Rule: localstack/localstack tests/aws/services/lambda_ (test_lambda_too_large_response)
constexpr std::string_view kTooLargeDocument =
    R"({"errorMessage":"Response payload size exceeded maximum allowed payload size (6291556 bytes).",)"
    R"("errorType":"Function.ResponseSizeTooLarge"})";

std::uint32_t to_whole(microseconds time) {
    return static_cast<std::uint32_t>(
        std::clamp<std::int64_t>(time.count(), 0, std::numeric_limits<std::uint32_t>::max()));
}

std::string to_digits(std::uint64_t number) {
    std::array<char, 16> digits{};
    std::snprintf(digits.data(), digits.size(), "%08x", static_cast<std::uint32_t>(number));
    return digits.data();
}

void say_missing(record::Exchange& exchange, const std::string& what) {
    exchange.missing += (exchange.missing.empty() ? "" : "; ") + what;
}

void say_too_long(record::Exchange& exchange, const char* what, const KeptBody& body, std::uint64_t limit) {
    say_missing(exchange, std::string(what) + " of " + std::to_string(body.size) +
                              " bytes is longer than UNDERSTUDY_RECORD_MAX_BODY, " + std::to_string(limit));
}

/// The type that an error document names, where that is easily seen.
std::string find_error_type(std::string_view document) {
    constexpr std::string_view kKey = "\"errorType\"";
    auto at = document.find(kKey);
    if (at == std::string_view::npos) return {};
    at = document.find_first_not_of(" \t\r\n:", at + kKey.size());
    if (at == std::string_view::npos || document[at] != '"') return {};
    const auto end = document.find_first_of("\"\\", at + 1);
    if (end == std::string_view::npos || document[end] != '"') return {};
    return std::string(document.substr(at + 1, end - at - 1));
}

/// The document that the platform makes of an error of its own.
std::string to_error_document(const std::string& type, const std::string& request_id, const std::string& message) {
    return R"({"errorType":")" + type + R"(","errorMessage":"RequestId: )" + request_id + " Error: " + message + "\"}";
}

microseconds find_deadline(const http::Headers& headers) {
    const std::string_view word = headers.first("Lambda-Runtime-Deadline-Ms").value_or("");
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    constexpr std::int64_t kMost = 1LL << 50;
    if (error != std::errc() || end != word.data() + word.size() || number <= 0 || number > kMost) return {};
    return std::chrono::milliseconds(number);
}

}  // namespace

Journal::Journal(Settings settings, Sink sink, Random random)
    : settings_(std::move(settings)),
      redactor_(settings_.redaction),
      sink_(std::move(sink)),
      random_(std::move(random)) {}

bool Journal::wants(std::string_view) {
    if (settings_.sample >= 1) return true;
    constexpr double kSteps = 4294967296.0;
    return static_cast<double>(static_cast<std::uint32_t>(random_())) < settings_.sample * kSteps;
}

void Journal::on_event(const std::string& request_id, Delivered event, Moment now) {
    if (request_id == truncated_ && now.steady - truncated_at_ < kHandedAgain) return;
    Open open{.exchange = {}, .begun = now, .last_call = {}};
    const auto header = [&event](const char* name) { return std::string(event.headers.first(name).value_or("")); };
    record::Invocation& invocation = open.exchange.invocations.emplace_back();
    invocation.function = settings_.function;
    invocation.request_id = request_id;
    invocation.trace = header("Lambda-Runtime-Trace-Id");
    invocation.function_arn = header("Lambda-Runtime-Invoked-Function-Arn");
    invocation.client_context = header("Lambda-Runtime-Client-Context");
    invocation.identity = header("Lambda-Runtime-Cognito-Identity");
    invocation.tenant = header("Lambda-Runtime-Aws-Tenant-Id");
    open.exchange.id = request_id;
    open.exchange.started = now.wall;
    open.exchange.front = "runtime";
    if (!event.body.is_whole()) say_too_long(open.exchange, "the event", event.body, settings_.most_body_bytes);
    invocation.event = std::move(event.body.bytes);
    const microseconds deadline = find_deadline(event.headers);
    if (deadline > now.wall) open.last_call = deadline - std::min(kMargin, (deadline - now.wall) / 4);
    open_.insert_or_assign(request_id, std::move(open));
}

void Journal::on_stream(const std::string& request_id) {
    if (const auto open = open_.find(request_id); open != open_.end()) invocation_of(open->second).streamed = true;
}

void Journal::on_posted(const std::string& request_id, Posted posted, int status) {
    const auto open = open_.find(request_id);
    if (open == open_.end() || (status != kAccepted && status != kTooLarge)) return;
    record::Invocation& invocation = invocation_of(open->second);
    invocation.reply_type = std::move(posted.content_type);
    if (status == kTooLarge) {
        // Whoever takes a stream as it is written never gets a reply that is too large for one who does not.
        invocation.streamed = false;
        invocation.outcome = record::Outcome::function_error;
        invocation.error_type = "Function.ResponseSizeTooLarge";
        invocation.reply = kTooLargeDocument;
    } else {
        take_posted(open->second, posted);
    }
    finish(open, posted.at);
}

void Journal::take_posted(Open& open, Posted& posted) {
    record::Invocation& invocation = invocation_of(open);
    invocation.streamed = posted.is_streamed;
    const bool is_document = posted.is_error && !posted.is_streamed && posted.stream_error.empty();
    if (is_document && invocation.reply_type == kErrorCauseType && posted.body.is_whole()) {
        auto [document, content_type] = without_cause(posted.body.bytes);
        posted.body.bytes = std::move(document);
        posted.body.size = posted.body.bytes.size();
        invocation.reply_type = std::move(content_type);
    }
    if (posted.is_error) {
        const std::string& document = posted.stream_error.empty() ? posted.body.bytes : posted.stream_error;
        invocation.outcome = record::Outcome::function_error;
        invocation.error_type = posted.error_type.empty() ? find_error_type(document) : posted.error_type;
    }
    if (!posted.is_streamed && !posted.stream_error.empty()) {
        invocation.reply = std::move(posted.stream_error);
        return;
    }
    if (!posted.body.is_whole()) say_too_long(open.exchange, "the reply", posted.body, settings_.most_body_bytes);
    invocation.reply = std::move(posted.body.bytes);
    invocation.stream_error = std::move(posted.stream_error);
}

void Journal::on_truncated(const std::string& request_id, Posted posted) {
    const auto open = open_.find(request_id);
    if (open == open_.end()) return;
    posted.is_error = true;
    posted.error_type = "Runtime.TruncatedResponse";
    posted.stream_error = to_error_document(posted.error_type, request_id, "HTTP request detected as truncated");
    invocation_of(open->second).reply_type = std::move(posted.content_type);
    take_posted(open->second, posted);
    truncated_ = request_id;
    truncated_at_ = posted.at.steady;
    finish(open, posted.at);
}

void Journal::on_exit(const std::string& reason, Moment now) {
    finish_all(now, [&](Open& open) {
        record::Invocation& invocation = invocation_of(open);
        invocation.outcome = record::Outcome::function_error;
        invocation.error_type = "Runtime.ExitError";
        (invocation.streamed ? invocation.stream_error : invocation.reply) =
            to_error_document(invocation.error_type, invocation.request_id, reason);
    });
}

void Journal::on_stop(const std::string& reason, Moment now) {
    finish_all(now, [&](Open& open) {
        invocation_of(open).outcome = record::Outcome::unknown;
        say_missing(open.exchange, reason);
    });
}

std::optional<microseconds> Journal::next_time() const {
    std::optional<microseconds> next;
    for (const auto& [id, open] : open_) {
        if (open.last_call.count() != 0 && (!next || open.last_call < *next)) next = open.last_call;
    }
    return next;
}

void Journal::on_time(Moment now) {
    for (auto open = open_.begin(); open != open_.end();) {
        const auto at = open++;
        if (at->second.last_call.count() == 0 || at->second.last_call > now.wall) continue;
        invocation_of(at->second).outcome = record::Outcome::unknown;
        say_missing(at->second.exchange, "there was no reply shortly before the function's deadline");
        finish(at, now);
    }
}

void Journal::finish_all(Moment now, const std::function<void(Open&)>& judge) {
    while (!open_.empty()) {
        judge(open_.begin()->second);
        finish(open_.begin(), now);
    }
}

void Journal::finish(std::map<std::string, Open>::iterator open, Moment now) {
    record::Exchange exchange = std::move(open->second.exchange);
    const microseconds took = now.steady - open->second.begun.steady;
    open_.erase(open);
    exchange.invocations.front().handler_us = exchange.total_us = to_whole(took);
    redactor_.redact(exchange);
    if (!has_session_) write_session(now);
    std::string line;
    record::append_line(line, exchange);
    line.pop_back();
    sink_(exchange.id + '-' + to_digits(random_()), line);
}

/// The function's own variables stay out: what is secret among them nobody has said.
void Journal::write_session(Moment now) {
    has_session_ = true;
    record::Session session;
    session.program = kProgram;
    session.started = now.wall;
    session.functions.push_back({.name = settings_.function,
                                 .code_sha256 = {},
                                 .environment = {},
                                 .handler = settings_.handler,
                                 .timeout_ms = 0,
                                 .memory_mb = settings_.memory_mb});
    std::string line;
    record::append_line(line, session);
    line.pop_back();
    sink_("session-" + to_digits(random_()), line);
}

}  // namespace understudy::recorder
