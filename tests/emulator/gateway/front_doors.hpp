#pragma once

#include "emulator/app/single_function.hpp"
#include "emulator/gateway/front_door.hpp"
#include "tests/emulator/event/samples.hpp"

#include <gtest/gtest.h>

namespace understudy::gateway::front_doors_test {

using app::ApiKind;
using event::sample_facts;

inline app::Route to_function(std::string method, std::string path, std::string function) {
    app::Route route;
    route.method = std::move(method);
    route.path = std::move(path);
    route.integration = app::LambdaIntegration{.function = std::move(function)};
    return route;
}

inline app::Api api_of(ApiKind kind, std::vector<app::Route> routes, std::vector<app::Stage> stages) {
    app::Api api{.id = "abcdefghij", .kind = kind, .name = "Api"};
    api.routes = std::move(routes);
    api.stages = std::move(stages);
    return api;
}

inline app::Api single(app::FrontKind front, const app::FrontOptions& options = {}) {
    app::Api api = app::to_single_function_api(front, options, "function");
    api.id = "abcdefghij";
    return api;
}

inline http::Request get(std::string target, http::Headers headers = {}) {
    return {"GET", std::move(target), 1, std::move(headers), ""};
}

inline Accepted accepted(FrontDoor&& door, const http::Request& request, const Entrance& entrance = {}) {
    Verdict verdict = door.admit(request, entrance, sample_facts());
    if (auto* answer = std::get_if<Answer>(&verdict)) ADD_FAILURE() << answer->response;
    return std::get<Accepted>(std::move(verdict));
}
inline Answer refused(FrontDoor&& door, const http::Request& request, const Entrance& entrance = {}) {
    return std::get<Answer>(door.admit(request, entrance, sample_facts()));
}

}  // namespace understudy::gateway::front_doors_test
