#include "tools/replay/shortening.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace understudy::replay {
namespace {

constexpr std::size_t kMostShown = 300, kShownBefore = 80;

/// A long value cut to what is around the place where the two part.
std::string cut(const std::string& text, std::size_t parting) {
    if (text.size() <= kMostShown) return text;
    const auto is_inside = [&](std::size_t at) {
        return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
    };
    std::size_t begin = std::min(parting, text.size()) - std::min(parting, kShownBefore);
    while (is_inside(begin)) ++begin;
    std::size_t end = std::min(begin + kMostShown, text.size());
    while (is_inside(end)) ++end;
    return (begin > 0 ? "…" : "") + text.substr(begin, end - begin) + (end < text.size() ? "…" : "");
}

Deviation shorten(Deviation difference) {
    const auto [left, right] = std::mismatch(difference.expected.begin(), difference.expected.end(),
                                             difference.actual.begin(), difference.actual.end());
    const auto parting = static_cast<std::size_t>(left - difference.expected.begin());
    return {match::make_difference(std::move(difference.path), cut(difference.expected, parting),
                                   cut(difference.actual, parting), {}),
            difference.change};
}

}  // namespace

void shorten(Compared& compared) {
    for (auto& difference : compared.differences) difference = shorten(std::move(difference));
}

}  // namespace understudy::replay
