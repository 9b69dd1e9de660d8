#include "emulator/gateway/access_control.hpp"

#include <utility>

namespace understudy::gateway {

AccessControl::AccessControl(const app::Application& /*application*/, std::shared_ptr<const app::Api> api)
    : api_(std::move(api)) {}

AccessDecision AccessControl::check(const RouteRequest& /*request*/, std::chrono::system_clock::time_point /*now*/) {
    return Pass{};
}

AccessDecision AccessControl::decide(const RouteRequest& /*request*/, const PendingAccess& /*pending*/,
                                     const FunctionReply& /*reply*/, std::chrono::system_clock::time_point /*now*/) {
    return Pass{};
}

}  // namespace understudy::gateway
