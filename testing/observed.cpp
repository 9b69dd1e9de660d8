#include "testing/observed.hpp"

#include <chrono>

namespace understudy {
namespace {

constexpr std::chrono::milliseconds kPatience{500};

}  // namespace

void Observed::on_event(std::string_view, std::string_view, std::string_view event) {
    const std::lock_guard lock(mutex_);
    events_.emplace_back(event);
}

void Observed::on_log(std::string_view, std::string_view lines) {
    const std::lock_guard lock(mutex_);
    while (!lines.empty()) {
        const auto end = lines.find('\n');
        reports_ += lines.starts_with("REPORT RequestId: ") ? 1 : 0;
        lines_.emplace_back(lines.substr(0, end));
        lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
    }
    changed_.notify_all();
}

void Observed::on_advice(std::string_view, std::string_view text) {
    const std::lock_guard lock(mutex_);
    lines_.push_back("advice: " + std::string(text));
}

std::vector<std::string> Observed::log() const {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kPatience, [this] { return reports_ >= events_.size(); });
    return lines_;
}

std::vector<std::string> Observed::events() const {
    const std::lock_guard lock(mutex_);
    return events_;
}

}  // namespace understudy
