#include "emulator/app/application.hpp"

namespace understudy::app {

std::string_view kind_name(ApiKind kind) {
    switch (kind) {
        case ApiKind::http:
            break;
        case ApiKind::rest:
            return "rest";
        case ApiKind::url:
            return "url";
        case ApiKind::alb:
            return "alb";
        case ApiKind::websocket:
            return "websocket";
    }
    return "http";
}

const Throttle* find_throttle(const Stage& stage, const std::string& route_key) {
    const auto own = stage.route_throttles.find(route_key);
    if (own != stage.route_throttles.end()) return &own->second;
    return stage.throttle ? &*stage.throttle : nullptr;
}

std::string function_arn(const Application& application, const std::string& function, const std::string& qualifier) {
    std::string arn;
    arn.reserve(64 + function.size() + qualifier.size());
    arn.append("arn:aws:lambda:").append(application.region).append(":").append(application.account);
    arn.append(":function:").append(function);
    if (!qualifier.empty()) arn.append(":").append(qualifier);
    return arn;
}

}  // namespace understudy::app
