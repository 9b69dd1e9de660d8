#include "tools/match/standing.hpp"

#include <algorithm>
#include <string>

namespace understudy::match {

bool Standing::is_ignored() const {
    return std::ranges::any_of(ignored, [&](const auto& entry) { return entry.second->matches(path, entry.first); });
}

std::string to_text(const std::vector<PathStep>& path) {
    std::string text;
    for (const auto& step : path) text += step.text;
    return to_path_text(std::move(text));
}

PathStep to_path_step(const Member& member) {
    return {to_step(member), member.json_name.empty() ? to_key_step(member.name) : '.' + member.json_name};
}

PathStep to_path_step(std::size_t item) {
    return {'[' + std::to_string(item) + ']', {}};
}

}  // namespace understudy::match
