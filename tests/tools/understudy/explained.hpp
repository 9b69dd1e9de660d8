#pragma once

#include "emulator/app/single_function.hpp"
#include "tools/understudy/explain_options.hpp"
#include "tools/understudy/explain_report.hpp"
#include "tools/understudy/explained_request.hpp"

#include <gtest/gtest.h>

namespace understudy::cli::explain_test {

using app::ApiKind;

inline std::vector<std::string> ids(const Explanation& explanation) {
    std::vector<std::string> found;
    for (const event::Finding& finding : explanation.findings) found.emplace_back(finding.id);
    return found;
}

/// A REST API and an HTTP API; the first asks an authorizer.
inline app::Application two_apis() {
    const app::LambdaIntegration lambda{.function = "shop"};
    app::Application application;
    application.functions = {{.name = "shop"}, {.name = "guard"}};
    application.apis = {{.id = "restrestre", .kind = ApiKind::rest, .name = "Rest"},
                        {.id = "httphttpht", .kind = ApiKind::http, .name = "Http"}};
    app::Api& rest = application.apis[0];
    rest.stages = {{.name = "prod"}};
    rest.authorizers = {{.name = "Guard",
                         .kind = app::AuthorizerKind::token,
                         .function = "guard",
                         .identity_sources = {"method.request.header.Authorization"}}};
    rest.routes = {{.method = "GET",
                    .path = "/users/{id}",
                    .integration = lambda,
                    .access = {.authorization = app::Authorization::authorizer, .authorizer = "Guard"},
                    .line = 7},
                   {.method = "POST", .path = "/users", .integration = lambda}};
    application.apis[1].stages = {{.name = "$default"}};
    application.apis[1].routes = {{.method = "GET", .path = "/users/{id}", .integration = lambda}};
    return application;
}

inline app::Application websocket_api() {
    app::Application application;
    application.functions = {{.name = "answer"}, {.name = "greet"}};
    application.apis = {{.id = "chatchatch", .kind = ApiKind::websocket, .name = "Chat", .stages = {{.name = "prod"}}}};
    application.apis[0].routes = {{.path = "$connect", .integration = app::LambdaIntegration{.function = "greet"}},
                                  {.path = "$default", .integration = app::LambdaIntegration{.function = "answer"}}};
    return application;
}

}  // namespace understudy::cli::explain_test
