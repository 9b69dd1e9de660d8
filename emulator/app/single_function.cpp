#include "emulator/app/single_function.hpp"

#include <algorithm>
#include <array>

namespace understudy::app {
namespace {

constexpr std::array kFronts{FrontKind::http, FrontKind::http1, FrontKind::rest, FrontKind::url, FrontKind::alb};
constexpr std::array<std::string_view, kFronts.size()> kNames{"http", "http1", "rest", "url", "alb"};

ApiKind to_kind(FrontKind front) {
    switch (front) {
        case FrontKind::http:
        case FrontKind::http1:
            break;
        case FrontKind::rest:
            return ApiKind::rest;
        case FrontKind::url:
            return ApiKind::url;
        case FrontKind::alb:
            return ApiKind::alb;
    }
    return ApiKind::http;
}

}  // namespace

std::string_view front_name(FrontKind front) {
    return kNames.at(static_cast<std::size_t>(front));
}

std::span<const FrontKind> all_fronts() {
    return kFronts;
}

std::optional<FrontKind> find_front(std::string_view name) {
    const auto found = std::ranges::find(kNames, name);
    if (found == kNames.end()) return std::nullopt;
    return kFronts.at(static_cast<std::size_t>(found - kNames.begin()));
}

Api to_single_function_api(FrontKind front, const FrontOptions& options, const std::string& function) {
    const LambdaIntegration integration{.function = function,
                                        .payload = front == FrontKind::http1 ? PayloadFormat::v1 : PayloadFormat::v2,
                                        .transfer = options.transfer};
    Api api{.kind = to_kind(front), .name = function};
    api.stages.push_back({.name = front == FrontKind::rest ? "prod" : "$default"});
    if (front == FrontKind::rest) {
        api.binary_media_types = options.binary_media_types;
        for (const char* resource : {"/", "/{proxy+}"})
            api.routes.push_back({.method = "ANY", .path = resource, .integration = integration});
        return api;
    }
    api.multi_value_headers = options.multi_value_headers;
    api.routes.push_back({.path = front == FrontKind::alb ? "" : "$default", .integration = integration});
    return api;
}

}  // namespace understudy::app
