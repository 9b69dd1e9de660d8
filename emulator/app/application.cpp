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

std::string function_arn(const Application& application, const std::string& function, const std::string& qualifier) {
    std::string arn;
    arn.reserve(64 + function.size() + qualifier.size());
    arn.append("arn:aws:lambda:").append(application.region).append(":").append(application.account);
    arn.append(":function:").append(function);
    if (!qualifier.empty()) arn.append(":").append(qualifier);
    return arn;
}

}  // namespace understudy::app
