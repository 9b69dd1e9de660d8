// What `understudy explain` says. UNDERSTUDY_UPDATE_GOLDEN=1 writes the golden file instead of comparing with it.
#include "emulator/app/single_function.hpp"
#include "tests/tools/understudy/explained.hpp"
#include "tools/understudy/explain_options.hpp"
#include "tools/understudy/explain_report.hpp"
#include "tools/understudy/explained_request.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::cli::explain_test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(Explain, AThrottleIsToldBesideWhoMayCome) {
    app::Application application = two_apis();
    const auto access = [&] {
        const http::Headers headers = {{"Host", "httphttpht.execute-api.localhost"}};
        return explain_request(application, {"GET", "/users/7", 1, headers, {}}, {}).at(0).access;
    };
    EXPECT_THAT(access(), ElementsAre("open to everybody"));
    app::Stage& stage = application.apis[1].stages[0];
    stage.throttle = app::Throttle{.rate = 0.5, .burst = 2};
    EXPECT_THAT(access(),
                ElementsAre("open to everybody", "throttled to 0.5 requests a second and bursts of 2, 429 beyond"));
    stage.route_throttles = {{"GET /users/{id}", {.rate = 0, .burst = 0}}};
    EXPECT_THAT(access(), ElementsAre("open to everybody",
                                      "nobody gets through: a throttle with a burst of 0, everything is 429"));
}

TEST(Explain, WhatAsksNobodyLetsNobodyIn) {
    app::Application application = two_apis();
    application.functions.pop_back();
    const http::Headers headers = {{"Host", "localhost"}, {"Authorization", "me"}};
    const auto explanation =
        explain_request(application, {"GET", "/_apis/Rest/prod/users/7", 1, headers, {}}, {}).at(0);
    EXPECT_EQ(explanation.route, "GET /users/{id} (line 7)");
    EXPECT_FALSE(explanation.authorizer);
    ASSERT_TRUE(explanation.answer);
    EXPECT_EQ(explanation.answer->status, 500);
    EXPECT_THAT(ids(explanation), Contains("no-function"));
}

TEST(Explain, TheStageSaysWhichFunctionAuthorizes) {
    app::Application application = two_apis();
    application.apis.erase(application.apis.begin() + 1);
    application.apis[0].stages = {{.name = "prod"}, {.name = "test", .variables = {{"who", "guard"}, {"as", "live"}}}};
    application.apis[0].authorizers[0].function = "${stageVariables.who}";
    application.apis[0].authorizers[0].qualifier = "${stageVariables.as}";
    const http::Request request{
        .method = "GET", .target = "/_apis/Rest/test/users/7", .headers = {{"Host", "localhost"}}, .body = {}};
    const auto explained = explain_request(application, request, {});
    ASSERT_EQ(explained.size(), 1U);
    EXPECT_EQ(explained[0].stage, "test");
    EXPECT_THAT(explained[0].access.at(0), HasSubstr("the authorizer Guard: the function guard:live;"));
}

TEST(Explain, AValidatorWithoutRequiredParametersAsksForNone) {
    app::Application application = two_apis();
    app::Route& route = application.apis[0].routes[1];
    const auto asked = [&] {
        const http::Request request{"POST", "/users", 1, {}, ""};
        return explain_request(application, request, {}).at(0).access;
    };
    route.validation = app::RequestValidation{.parameters = true};
    EXPECT_THAT(asked(), ElementsAre("open to everybody"));
    route.validation->required = {"method.request.querystring.q"};
    EXPECT_THAT(asked(), ElementsAre("the parameters method.request.querystring.q"));
}

TEST(Explain, AnAuthorizerThatNamesTheKeysNamesOneThatOpensTheStage) {
    app::Application application = two_apis();
    application.apis.pop_back();
    application.apis[0].api_key_from_authorizer = true;
    application.apis[0].routes[0].access.api_key_required = true;
    application.api_keys = {{.id = "k1", .name = "Other", .value = "1"},
                            {.id = "k2", .name = "Off", .value = "2", .enabled = false},
                            {.id = "k3", .name = "Mine", .value = "3\""}};
    application.usage_plans = {{.name = "P", .stages = {{"restrestre", "prod"}}, .key_ids = {"k2", "k3"}},
                               {.name = "Q", .stages = {{"restrestre", "test"}}, .key_ids = {"k1"}}};
    const http::Request request{"GET", "/users/7", 1, {{"Authorization", "Bearer x"}}, ""};
    const Explanation opened = explain_request(application, request, {}).at(0);
    ASSERT_TRUE(opened.call);
    EXPECT_THAT(opened.call->event, HasSubstr(R"("apiKey":"3\"")"));
    EXPECT_THAT(opened.access.at(1), HasSubstr("usageIdentifierKey, here taken to be that of Mine; 2 plans open"));
    application.usage_plans.clear();
    const Explanation closed = explain_request(application, request, {}).at(0);
    ASSERT_TRUE(closed.answer);
    EXPECT_EQ(closed.answer->status, 403);
    EXPECT_THAT(closed.access.at(1), HasSubstr("usageIdentifierKey; 0 plans open"));
}

TEST(Explain, ATokenIsCheckedButForItsSignature) {
    app::Application application = two_apis();
    app::Api& api = application.apis[1];
    api.authorizers = {{.name = "Pool",
                        .kind = app::AuthorizerKind::jwt,
                        .identity_sources = {"$request.header.Authorization"},
                        .issuer = "https://issuer",
                        .audiences = {"app"}}};
    api.routes[0].access = {.authorization = app::Authorization::authorizer, .authorizer = "Pool"};
    const auto explain = [&](const std::string& audience) {
        api.authorizers[0].audiences = {audience};
        // {"alg":"RS256","kid":"k"}, {"iss":"https://issuer","aud":"app","exp":4102444800,"sub":"ada"}
        const std::string token =
            "eyJhbGciOiJSUzI1NiIsImtpZCI6ImsifQ."
            "eyJpc3MiOiJodHRwczovL2lzc3VlciIsImF1ZCI6ImFwcCIsImV4cCI6NDEwMjQ0NDgwMCwic3ViIjoiYWRhIn0.AAAA";
        const http::Headers headers = {{"Host", "httphttpht.execute-api.us-east-1.amazonaws.com"},
                                       {"Authorization", "Bearer " + token}};
        return explain_request(application, {"GET", "/users/7", 1, headers, {}}, {}).at(0);
    };
    const Explanation passed = explain("app");
    ASSERT_TRUE(passed.call);
    EXPECT_THAT(passed.call->event, HasSubstr(R"("sub":"ada")"));
    EXPECT_THAT(passed.access.at(0), HasSubstr("signature is taken for good"));
    const Explanation refused = explain("other");
    EXPECT_FALSE(refused.call);
    EXPECT_EQ(refused.answer->status, 401);
}

}  // namespace
}  // namespace understudy::cli::explain_test
