#include "tools/scenario/stray_calls.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace understudy::scenario {

namespace {

/// What stands behind `RequestId: ` in a line of the platform; nullopt for another line.
std::optional<std::string_view> find_request_id(std::string_view line, std::string_view before) {
    if (!line.starts_with(before)) return std::nullopt;
    line.remove_prefix(before.size());
    constexpr std::string_view kName = "RequestId: ";
    if (!line.starts_with(kName)) return std::nullopt;
    line.remove_prefix(kName.size());
    return line.substr(0, line.find_first_of(" \t"));
}

}  // namespace

bool StrayCalls::is_stray_line(std::string_view line) {
    if (line.starts_with("advice: ")) return false;
    const auto started = find_request_id(line, "START "), reported = find_request_id(line, "REPORT ");
    if (started) open_.emplace(*started);
    if (reported) open_.erase(std::string(*reported));
    for (const auto& id : {started, reported, find_request_id(line, "END "), find_request_id(line, "")}) {
        if (id) return strays_.contains(*id);
    }
    return !open_.empty() && std::ranges::all_of(open_, [this](const auto& id) { return strays_.contains(id); });
}

void StrayCalls::take_out(Observed& observed) {
    std::erase_if(observed.log, [this](const std::string& line) { return is_stray_line(line); });
    std::vector<std::string> events;
    for (std::size_t i = 0; i < observed.events.size(); ++i) {
        const bool stray = i < observed.request_ids.size() && strays_.contains(observed.request_ids[i]);
        if (!stray) events.push_back(std::move(observed.events[i]));
    }
    observed.events = std::move(events);
}

}  // namespace understudy::scenario
