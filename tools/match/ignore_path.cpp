#include "tools/match/ignore_path.hpp"

#include "tools/match/value.hpp"

#include <algorithm>
#include <utility>

namespace understudy::match {

namespace {

// The end of a step in brackets, behind its `]`; a quoted key may hold one.
std::size_t find_bracket_end(std::string_view text) {
    bool quoted = false;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '\\' && quoted) {
            ++i;
        } else if (text[i] == '"') {
            quoted = !quoted;
        } else if (text[i] == ']' && !quoted) {
            return i + 1;
        }
    }
    return std::string_view::npos;
}

}  // namespace

std::vector<std::string> parse_path(std::string_view text) {
    std::vector<std::string> steps;
    while (!text.empty()) {
        const bool dot = text.front() == '.';
        if (dot) text.remove_prefix(1);
        const bool bracket = text.starts_with('[');
        if (!bracket && !dot && !steps.empty()) return {};
        const auto end = bracket ? find_bracket_end(text) : std::min(text.find_first_of(".["), text.size());
        if (end == std::string_view::npos || end == 0) return {};
        const auto step = text.substr(0, end);
        const bool element = bracket && !is_extension_name(step);
        if (element && dot) return {};
        steps.push_back((element ? "" : ".") + std::string(step));
        text.remove_prefix(end);
    }
    return steps;
}

std::string to_path_text(std::string steps) {
    if (steps.starts_with('.')) steps.erase(0, 1);
    return steps;
}

std::optional<IgnorePath> IgnorePath::parse(std::string_view text) {
    IgnorePath path;
    path.steps_ = parse_path(text);
    return path.steps_.empty() ? std::nullopt : std::optional(std::move(path));
}

bool IgnorePath::matches(std::span<const PathStep> path, std::size_t begin) const {
    return matches_from(0, path, begin);
}

bool IgnorePath::matches_from(std::size_t own, std::span<const PathStep> path, std::size_t at) const {
    if (own == steps_.size()) return at == path.size();
    if (at == path.size()) return false;
    const auto& step = steps_[own];
    const auto& meant = path[at];
    const bool element = meant.text.starts_with('[');
    const bool wild = step == ".*" || (step == "[*]" && element);
    const auto is_meant = [&](std::string_view spelled) { return spelled == meant.text || spelled == meant.other; };
    const bool same = is_meant(step) || (step.starts_with('.') && is_meant("[\"" + step.substr(1) + "\"]"));
    if ((wild || same) && matches_from(own + 1, path, at + 1)) return true;
    return element && own > 0 && matches_from(own, path, at + 1);
}

}  // namespace understudy::match
