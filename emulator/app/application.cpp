#include "emulator/app/application.hpp"

namespace understudy::app {

std::string_view kind_name(ApiKind kind) {
    return kind == ApiKind::rest ? "rest" : "http";
}

std::string_view default_stage(ApiKind kind) {
    return kind == ApiKind::rest ? "prod" : "$default";
}

std::string function_arn(const Application& application, const std::string& function, const std::string& qualifier) {
    std::string arn = "arn:aws:lambda:" + application.region + ':' + application.account + ":function:" + function;
    return qualifier.empty() ? arn : arn + ':' + qualifier;
}

}  // namespace understudy::app
