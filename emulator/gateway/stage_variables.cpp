#include "emulator/gateway/stage_variables.hpp"

#include <algorithm>

namespace understudy::gateway {

std::string fill_in_stage_variables(std::string_view text,
                                    std::span<const std::pair<std::string, std::string>> variables) {
    constexpr std::string_view kBegin = "${stageVariables.";
    std::string filled;
    for (;;) {
        const auto begin = text.find(kBegin);
        const auto end = begin == std::string_view::npos ? begin : text.find('}', begin);
        if (end == std::string_view::npos) return filled.append(text);
        const std::string_view name = text.substr(begin + kBegin.size(), end - begin - kBegin.size());
        const auto found = std::ranges::find_if(variables, [&](const auto& each) { return each.first == name; });
        filled.append(text.substr(0, begin));
        if (found != variables.end()) filled.append(found->second);
        text.remove_prefix(end + 1);
    }
}

}  // namespace understudy::gateway
