#include "tools/understudy/replay_outcomes.hpp"

#include "tools/replay/connection_call.hpp"
#include "tools/replay/masking.hpp"
#include "tools/replay/shortening.hpp"
#include "tools/understudy/console.hpp"

#include <unistd.h>

#include <algorithm>
#include <utility>

namespace understudy::cli {
namespace {

constexpr std::chrono::milliseconds kProgress{200};

/// Whether what is sent has redacted values in it.
bool sends_redacted(const record::Exchange& exchange) {
    return std::any_of(exchange.redacted.begin(), exchange.redacted.end(), [](const std::string& path) {
        return path.starts_with("request") || path.find(".event") != std::string::npos;
    });
}

}  // namespace

ReplayOutcomes::ReplayOutcomes(replay::ReplayRules rules)
    : rules_(std::move(rules)),
      shows_progress_(::isatty(STDERR_FILENO) == 1),
      shown_(std::chrono::steady_clock::now()) {}

void ReplayOutcomes::on_reply(const ReplayJob& job, const replay::FunctionReply& reply) {
    on_reply(job, job.recorded(), reply);
}

void ReplayOutcomes::on_reply(const ReplayJob& job, const record::Invocation& expected,
                              const replay::FunctionReply& reply) {
    auto compared = replay::compare_replies(expected, reply, rules_);
    replay::shorten(compared);
    add(job, compared);
}

void ReplayOutcomes::on_response(const ReplayJob& job, const replay::Answer& answer, const record::Exchange* seen) {
    auto compared = replay::compare_responses(job.exchange(), answer, rules_);
    if (seen != nullptr) replay::add_behind(compared, replay::compare_invocations(job.exchange(), *seen, rules_));
    if (job.selected->is_from_archive()) replay::mask_secrets(compared);
    replay::shorten(compared);
    add(job, compared);
}

void ReplayOutcomes::on_connection_call(const replay::MatchedCall& call) {
    using Fate = replay::MatchedCall::Fate;
    replay::Compared compared;
    if (call.fate == Fate::missing) {
        compared = replay::compare_missing_call(call.recorded->exchange(), rules_);
    } else if (call.fate == Fate::added) {
        compared = replay::compare_new_call(*call.actual, rules_);
    } else {
        const auto* method = replay::find_socket_method(call.cause->exchange(), rules_);
        compared = replay::compare_connection_calls(call.recorded->exchange(), *call.actual, method, rules_);
    }
    if (call.fate == Fate::reversed) compared.differences.push_back(replay::to_order_deviation());
    replay::shorten(compared);
    add({call.recorded ? call.recorded : call.cause, 0, Sent::by_function}, compared);
}

bool ReplayOutcomes::is_same_call(const record::Exchange& recorded, const record::Exchange& actual) const {
    return replay::compare_connection_calls(recorded, actual, nullptr, rules_).equal();
}

void ReplayOutcomes::note_sent(const ReplayJob& job) {
    if (job.sent == Sent::by_function) return;
    if (sends_redacted(job.exchange())) tally_.add_sent_redacted();
    if (job.exchange().front == "websocket" && job.sent == Sent::as_event) tally_.add_websocket_event();
}

void ReplayOutcomes::note_met(const replay::Compared& compared) {
    if (!compared.by_value) return;
    ++compared_by_value_;
    ignores_met_.insert(compared.ignores_met.begin(), compared.ignores_met.end());
    expectations_met_.insert(compared.expectations_met.begin(), compared.expectations_met.end());
}

std::vector<std::string> ReplayOutcomes::find_idle_rules() const {
    std::vector<std::string> idle;
    if (compared_by_value_ == 0) return idle;
    const auto tell = [&](const char* option, const std::string& path) {
        const auto suggestion = replay::find_suggestion(path, rules_);
        idle.push_back(std::string(option) + " '" + path + "' names nothing in any reply that was looked into" +
                       (suggestion.empty() ? "" : "; " + suggestion));
    };
    for (std::size_t i = 0; i < rules_.ignore.size(); ++i) {
        if (!ignores_met_.contains(i)) tell("--ignore", rules_.ignore[i]);
    }
    for (std::size_t i = 0; i < rules_.expectations.size(); ++i) {
        if (!expectations_met_.contains(i)) tell("--expect", rules_.expectations[i].path);
    }
    return idle;
}

void ReplayOutcomes::add(const ReplayJob& job, const replay::Compared& compared) {
    const auto place = job.selected->place();
    const std::lock_guard lock(mutex_);
    if (stopped_) return;
    note_sent(job);
    note_met(compared);
    if (compared.equal()) {
        tally_.add_same(place, compared.redacted);
    } else {
        tally_.add_differences(place, compared);
        write_json(replay::render_json_line(place, compared.differences));
    }
    show_progress();
}

void ReplayOutcomes::on_unanswered(const ReplayJob& job, const std::string& why) {
    const std::string reason = job.selected->is_from_archive() ? replay::mask_secrets(why) : why;
    const auto place = job.selected->place();
    const std::lock_guard lock(mutex_);
    if (stopped_) return;
    note_sent(job);
    tally_.add_unanswered(place, reason);
    write_json(replay::render_json_line(
        place, {{match::make_difference({}, "a reply", reason, {}), replay::Change::unanswered}}));
    show_progress();
}

void ReplayOutcomes::on_left_out(const std::string& reason) {
    const std::lock_guard lock(mutex_);
    if (!stopped_) tally_.add_skipped(reason);
}

void ReplayOutcomes::stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
}

void ReplayOutcomes::show_progress() {
    if (!shows_progress_) return;
    const auto now = std::chrono::steady_clock::now();
    if (now - shown_ < kProgress) return;
    shown_ = now;
    const auto& counts = tally_.counts();
    write_all(STDERR_FILENO, "\r" + std::to_string(counts.all()) + " replayed, " +
                                 std::to_string(counts.different + counts.unanswered) + " not the same\x1b[K");
}

source::Result<void> ReplayOutcomes::finish(std::chrono::milliseconds duration) {
    const std::lock_guard lock(mutex_);
    if (shows_progress_) write_all(STDERR_FILENO, "\r\x1b[K");
    write_json(replay::render_json_summary(tally_, duration));
    return json_written_;
}

void ReplayOutcomes::write_json(const std::string& line) {
    if (!json_.is_open() || !json_written_) return;
    json_written_ = json_.write(line);
}

}  // namespace understudy::cli
