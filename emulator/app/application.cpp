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
    std::string arn = "arn:aws:lambda:" + application.region + ':' + application.account + ":function:" + function;
    return qualifier.empty() ? arn : arn + ':' + qualifier;
}

}  // namespace understudy::app
