#include "tools/replay/header_path.hpp"

#include "proto/wire/metadata.hpp"
#include "tools/match/ignore_path.hpp"

#include <utility>

namespace understudy::replay {

std::vector<std::string> to_header_steps(std::vector<std::string> steps) {
    const std::size_t at = !steps.empty() && steps.front() == ".reply" ? 1 : 0;
    const bool is_header = steps.size() > at + 1 && (steps[at] == ".headers" || steps[at] == ".trailers");
    if (is_header) steps[at + 1] = wire::to_lower_name(steps[at + 1]);
    return steps;
}

std::string to_header_path(const std::string& path) {
    std::string text;
    for (const auto& step : to_header_steps(match::parse_path(path))) text += step;
    return match::to_path_text(std::move(text));
}

}  // namespace understudy::replay
