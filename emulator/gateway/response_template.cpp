#include "emulator/gateway/response_template.hpp"

#include "emulator/event/media_type.hpp"

#include <algorithm>
#include <string_view>

namespace understudy::gateway {

const std::pair<std::string, std::string>* choose_template(
    const std::vector<std::pair<std::string, std::string>>& templates, const http::Headers& request) {
    const auto by_type = [&](std::string_view type) {
        return std::ranges::find_if(templates, [&](const auto& each) { return each.first == type; });
    };
    const auto none = templates.end();
    auto chosen = by_type(event::first_accepted(request.last("Accept")));
    if (chosen == none) chosen = by_type("application/json");
    if (chosen == none) chosen = templates.begin();
    return chosen == none ? nullptr : &*chosen;
}

}  // namespace understudy::gateway
