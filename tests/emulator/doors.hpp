#pragma once

#include "tests/emulator/net/loopback.hpp"
#include "tests/emulator/served.hpp"
#include "tests/support/program.hpp"
#include "tests/support/scripted_server.hpp"
#include "tests/support/token_issuer.hpp"

#include <gtest/gtest.h>

namespace understudy::doors_test {

using app::ApiKind;
using app::Authorization;
using app::FrontKind;

inline const std::string kIssuer = "https://issuer.example/pool";

inline app::Route route(std::string method, std::string path, Authorization authorization = Authorization::none) {
    return {.method = std::move(method),
            .path = std::move(path),
            .integration = app::LambdaIntegration{.function = "show"},
            .access = {.authorization = authorization}};
}

inline app::Route guarded(std::string path, const std::string& authorizer) {
    app::Route made = route("GET", std::move(path), Authorization::authorizer);
    made.access.authorizer = authorizer;
    return made;
}

inline app::Api rest_api() {
    app::Route keyed = route("GET", "/keyed");
    keyed.access.api_key_required = true;
    app::Route checked = route("POST", "/checked");
    checked.validation = app::RequestValidation{.parameters = true,
                                                .body = true,
                                                .required = {"method.request.header.Need"},
                                                .models = {{"application/json", "List"}}};
    app::Route preflight = route("OPTIONS", "/keyed");
    preflight.integration = app::MockIntegration{.headers = {{"Access-Control-Allow-Origin", "*"}},
                                                 .templates = {{"application/json", "{}"}}};
    return {.id = "rest000000",
            .kind = ApiKind::rest,
            .name = "Rest",
            .stages = {{.name = "prod"}},
            .routes = {route("GET", "/signed", Authorization::iam), guarded("/token", "Token"),
                       guarded("/request", "Request"), keyed, checked, preflight},
            .authorizers = {{.name = "Token", .kind = app::AuthorizerKind::token, .function = "decide"},
                            {.name = "Request",
                             .kind = app::AuthorizerKind::request,
                             .function = "decide",
                             .identity_sources = {"method.request.header.X-Who"}}},
            .gateway_responses = {{.type = "UNAUTHORIZED",
                                   .headers = {{"X-From", "gateway"}},
                                   .templates = {{"application/json", R"({"said":$context.error.messageString})"}}}},
            .models = {{"List", R"({"type":"array"})"}}};
}

inline app::Api http_api() {
    app::Route tokens = guarded("/jwt", "Tokens");
    tokens.access.scopes = {"read"};
    return {
        .id = "http000000",
        .kind = ApiKind::http,
        .name = "Http",
        .stages = {{.name = "$default"}},
        .routes = {route("GET", "/signed", Authorization::iam), tokens},
        .authorizers = {{.name = "Tokens", .kind = app::AuthorizerKind::jwt, .issuer = kIssuer, .audiences = {"app"}}},
        .cors = app::Cors{.allow_origins = {"https://a.example"}, .allow_methods = {"GET"}}};
}

inline app::Api websocket_api() {
    return {.id = "chat000000",
            .kind = ApiKind::websocket,
            .name = "Chat",
            .stages = {{.name = "prod"}},
            .routes = {route("", "$connect", Authorization::iam)}};
}

/// A function that shows its event, one that decides as an authorizer, and four APIs.
inline Settings house() {
    Settings settings = scripted_alone(FrontKind::rest);
    app::Application& application = settings.application;
    app::Function function = application.functions.front();
    application.functions.clear();
    for (const auto& [name, order] : {std::pair("show", "show"), std::pair("decide", "policy")}) {
        function.name = name;
        function.environment = {{"ORDER", order}};
        application.functions.push_back(function);
    }
    application.apis = {rest_api(), http_api(), websocket_api(),
                        app::to_single_function_api(FrontKind::url, {}, "show")};
    app::Api& url = application.apis.back();
    url.name = "Url";
    for (app::Route& any : url.routes) any.access.authorization = Authorization::iam;
    application.api_keys = {{"id1", "one", "value", true}};
    application.usage_plans = {{.name = "plan",
                                .stages = {{"rest000000", "prod"}},
                                .key_ids = {"id1"},
                                .throttle = app::Throttle{.rate = 0.001, .burst = 1}}};
    return settings;
}

inline std::string token(const test::TokenIssuer& issuer, const std::string& key, const std::string& claims) {
    return "Bearer " + issuer.sign(R"({"alg":"RS256","kid":")" + key + "\"}",
                                   R"({"iss":")" + kIssuer + R"(","aud":"app","exp":9999999999)" + claims + "}");
}

}  // namespace understudy::doors_test
