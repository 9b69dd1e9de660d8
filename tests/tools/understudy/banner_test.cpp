#include "tools/understudy/banner.hpp"

#include "emulator/app/single_function.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kUrl = "http://127.0.0.1:1";

TEST(Banner, ShowsWhereToCallAndWhatRuns) {
    app::Application application;
    application.functions.emplace_back().command = {"./bootstrap", "x"};
    application.apis = {app::to_single_function_api(app::FrontKind::rest, {}, "function")};
    application.apis[0].id = "abc";
    const Endpoints endpoints{kUrl, "http://127.0.0.1:2", {{"abc", app::ApiKind::rest, kUrl, "function"}}};
    EXPECT_EQ(render_banner(endpoints, application),
              "REST API    http://127.0.0.1:1\n"
              "Lambda API  http://127.0.0.1:2   (aws lambda invoke --endpoint-url http://127.0.0.1:2 …)\n"
              "function    function: ./bootstrap x\n"
              "Ctrl-C stops.\n");
}

TEST(Banner, HowToStopComesLast) {
    app::Application application;
    application.functions.emplace_back().command = {"./bootstrap"};
    EXPECT_EQ(render_banner({kUrl, "http://l", {}}, application, "127.0.0.1:50051"),
              "Lambda API  http://l   (aws lambda invoke --endpoint-url http://l …)\n"
              "gRPC        127.0.0.1:50051\n"
              "function    function: ./bootstrap\n"
              "Ctrl-C stops.\n");
}

TEST(Banner, FurtherStagesCustomDomainsAndMadeUpKeysAreTold) {
    app::Application application;
    application.functions.push_back({.name = "orders", .logical_id = "Orders", .command = {"/o/bootstrap"}});
    app::Api& api = application.apis.emplace_back();
    api = {.id = "abc", .kind = app::ApiKind::rest, .name = "Shop"};
    api.base_paths = {{.domain = "api.example.com", .base_path = "v1", .stage = "prod"},
                      {.domain = "api.example.com", .base_path = "all", .stage = {}}};
    application.api_keys = {{.id = "a", .name = "Made", .value = "v1", .generated = true},
                            {.id = "b", .name = "Given", .value = "v2"}};
    const Endpoints endpoints{
        kUrl,
        kUrl,
        {{"abc", app::ApiKind::rest, "http://a", "Shop", {{"v1", "http://a"}, {"v2", "http://a/_apis/Shop/v2"}}}}};
    EXPECT_THAT(render_banner(endpoints, application), HasSubstr("REST API    http://a   Shop\n"
                                                                 "  stage   http://a/_apis/Shop/v2\n"
                                                                 "  domain  api.example.com/v1  stage prod\n"
                                                                 "  domain  api.example.com/all  its stage in the path "
                                                                 "behind it\n"
                                                                 "API key     v1   Made\n"
                                                                 "Lambda API"));
    EXPECT_THAT(render_banner(endpoints, application), Not(HasSubstr("API key     v2")));
}

TEST(Banner, AnApplicationsRoutesAreATable) {
    app::Application application;
    application.functions.push_back({.name = "orders", .logical_id = "Orders", .command = {"/o/bootstrap"}});
    app::Api& api = application.apis.emplace_back();
    api = {.id = "abc", .kind = app::ApiKind::http, .name = "Shop"};
    api.routes.push_back({.method = "GET",
                          .path = "/orders/{id}",
                          .integration = app::LambdaIntegration{.function = "orders", .qualifier = "live"},
                          .access = {.authorization = app::Authorization::authorizer, .authorizer = "Jwt"}});
    api.routes.push_back({.path = "$default", .integration = app::UnsupportedIntegration{"HTTP_PROXY"}});
    app::Api& balancer = application.apis.emplace_back();
    balancer = {.id = "def", .kind = app::ApiKind::alb, .name = "Balancer"};
    balancer.routes.push_back({.integration = app::FixedResponse{.status = 404},
                               .conditions = {{.field = app::AlbCondition::Field::path, .values = {"/a", "/b/*"}},
                                              {.field = app::AlbCondition::Field::method, .values = {"GET"}}}});
    balancer.routes.push_back({.integration = app::WeightedForward{{{app::LambdaIntegration{.function = "orders"}, 9},
                                                                    {app::UnsupportedIntegration{"forward"}, 1}}},
                               .conditions = {{.field = app::AlbCondition::Field::path, .values = {"/c"}}}});
    balancer.routes.push_back({.integration = app::UnsupportedIntegration{"authenticate-oidc"}});
    app::Api& chat = application.apis.emplace_back();
    chat = {.id = "ghi", .kind = app::ApiKind::websocket, .name = "Chat"};
    chat.routes = {{.path = "$connect", .integration = app::LambdaIntegration{.function = "orders"}},
                   {.path = "ask", .integration = app::LambdaIntegration{.function = "orders"}, .replies = true}};
    const Endpoints endpoints{kUrl,
                              kUrl,
                              {{"abc", app::ApiKind::http, "http://a", "Shop"},
                               {"def", app::ApiKind::alb, "http://b", "Balancer"},
                               {"ghi", app::ApiKind::websocket, "ws://c", "Chat"}}};
    EXPECT_THAT(render_banner(endpoints, application),
                HasSubstr("HTTP API    http://a   Shop\n"
                          "  GET     /orders/{id}  orders:live  [Jwt]\n"
                          "  $default              HTTP_PROXY: not emulated, answers 500\n"
                          "ALB         http://b   Balancer\n"
                          "  path /a or /b/*, method GET  fixed response 404\n"
                          "  path /c                      orders (9 of 10) or forward: not emulated, answers 503 (1 of "
                          "10)\n"
                          "  *                            authenticate-oidc: not emulated, answers 503\n"
                          "WebSocket   ws://c   Chat\n"
                          "  $connect  orders\n"
                          "  ask       orders  (replies)\n"));
}

TEST(Banner, ARouteThatFailsOnEachRequestIsShownAsThat) {
    app::Application application;
    application.functions.push_back({.logical_id = "F"});
    app::Api& api = application.apis.emplace_back();
    api = {.id = "abc", .kind = app::ApiKind::rest, .name = "Shop"};
    api.binary_media_types = {"image/png", "*/*"};
    api.routes = {{.method = "OPTIONS", .path = "/a", .integration = app::MockIntegration{}},
                  {.method = "OPTIONS", .path = "/b", .integration = app::MockIntegration{.converts_to_text = true}},
                  {.method = "GET",
                   .path = "/c",
                   .integration = app::LambdaIntegration{.function = "f", .invoke_method = "GET"}}};
    const Endpoints endpoints{kUrl, kUrl, {{"abc", app::ApiKind::rest, "http://a", "Shop"}}};
    EXPECT_THAT(
        render_banner(endpoints, application),
        HasSubstr("  OPTIONS /a  answers 500 itself: binaryMediaTypes holds */*, and no contentHandling converts "
                  "to text\n"
                  "  OPTIONS /b  answers 200 itself\n"
                  "  GET     /c  f: answers 500, Lambda is called by POST and not by GET\n"));
    api.binary_media_types = {"image/png"};
    EXPECT_THAT(render_banner(endpoints, application), HasSubstr("  OPTIONS /a  answers 200 itself\n"));
}

TEST(Banner, ADocumentsRoutesAreShownForALoneFunctionWithoutCodeToo) {
    app::Application application;
    application.functions.push_back({.name = "orders"});
    app::Api& api = application.apis.emplace_back();
    api = {.id = "abc", .name = "OpenApi", .described = app::Described::in_openapi};
    api.routes.push_back({.method = "GET", .path = "/", .integration = app::LambdaIntegration{.function = "orders"}});
    const std::string banner = render_banner({kUrl, kUrl, {{"abc", api.kind, kUrl, "OpenApi"}}}, application);
    EXPECT_THAT(banner, HasSubstr("  GET     /  orders\n"));
    EXPECT_THAT(banner, HasSubstr("function    orders: no code\n"));
}

TEST(Banner, ManyRoutesAreCounted) {
    app::Application application;
    application.functions.push_back({.logical_id = "F"});
    app::Api& api = application.apis.emplace_back();
    api = {.id = "abc", .kind = app::ApiKind::http};
    api.routes.assign(205, {.method = "GET", .path = "/x", .integration = app::LambdaIntegration{.function = "f"}});
    const Endpoints endpoints{kUrl, kUrl, {{"abc", app::ApiKind::http, "http://a", "Api"}}};
    EXPECT_THAT(render_banner(endpoints, application), HasSubstr("  and 5 further routes\n"));
    api.routes.resize(200);
    EXPECT_THAT(render_banner(endpoints, application), Not(HasSubstr("further")));
}

}  // namespace
}  // namespace understudy::cli
