#include "tools/understudy/observation_keeper.hpp"

#include <algorithm>
#include <utility>

namespace understudy::cli {
namespace {

/// Of a REPORT line; empty for another one.
std::string_view find_reported_id(std::string_view line) {
    constexpr std::string_view kReport = "REPORT RequestId: ";
    if (!line.starts_with(kReport)) return {};
    line.remove_prefix(kReport.size());
    return line.substr(0, line.find('\t'));
}

}  // namespace

void ObservationKeeper::on_event(std::string_view, std::string_view request_id, std::string_view event) {
    const std::lock_guard lock(mutex_);
    observed_.events.emplace_back(event);
    observed_.request_ids.emplace_back(request_id);
    calls_.emplace(request_id, Call::under_way);
}

/// One that had not begun gets no REPORT.
void ObservationKeeper::on_end(std::string_view request_id, Begun begun) {
    const std::lock_guard lock(mutex_);
    const auto call = calls_.find(request_id);
    if (call == calls_.end()) return;
    if (begun == Begun::yes)
        call->second = Call::answered;
    else
        calls_.erase(call);
    changed_.notify_all();
}

void ObservationKeeper::on_log(std::string_view, std::string_view lines) {
    const std::lock_guard lock(mutex_);
    while (!lines.empty()) {
        const auto end = lines.find('\n');
        const auto line = lines.substr(0, end);
        observed_.log.emplace_back(line);
        if (const auto call = calls_.find(find_reported_id(line)); call != calls_.end()) calls_.erase(call);
        lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
    }
    changed_.notify_all();
}

void ObservationKeeper::on_advice(std::string_view, std::string_view text) {
    const std::lock_guard lock(mutex_);
    auto line = "advice: " + std::string(text);
    if (std::ranges::find(observed_.log, line) == observed_.log.end()) observed_.log.push_back(std::move(line));
}

bool ObservationKeeper::is_any(Call call) const {
    return std::ranges::any_of(calls_, [call](const auto& known) { return known.second == call; });
}

scenario::Observed ObservationKeeper::take() {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, patience_.unanswered, [this] { return calls_.empty(); });
    changed_.wait_for(lock, patience_.answered, [this] { return !is_any(Call::answered); });
    lost_ = lost_ || !calls_.empty();
    calls_.clear();
    return std::exchange(observed_, {});
}

void ObservationKeeper::give_up() {
    const std::lock_guard lock(mutex_);
    lost_ = lost_ || !calls_.empty();
    calls_.clear();
    changed_.notify_all();
}

bool ObservationKeeper::settle() {
    const std::lock_guard lock(mutex_);
    observed_ = {};
    return calls_.empty() && !lost_;
}

}  // namespace understudy::cli
