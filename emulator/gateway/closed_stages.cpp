#include "emulator/gateway/closed_stages.hpp"

#include "emulator/gateway/access/usage.hpp"

#include <algorithm>

namespace understudy::gateway {

std::vector<std::string> find_closed_stages(const app::Application& application, const app::Api& api) {
    std::vector<std::string> closed;
    if (std::ranges::none_of(api.routes, [](const app::Route& route) { return route.access.api_key_required; }))
        return closed;
    for (const app::Stage& stage : api.stages) {
        if (access::find_opening_key(application, api.id, stage.name) == nullptr) closed.push_back(stage.name);
    }
    return closed;
}

}  // namespace understudy::gateway
