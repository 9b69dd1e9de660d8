#include "emulator/gateway/api_selector.hpp"
#include "emulator/gateway/host_name.hpp"
#include "emulator/gateway/json_member.hpp"
#include "emulator/gateway/websocket_routes.hpp"

#include <gtest/gtest.h>

#include <ostream>

namespace understudy::gateway {

static void PrintTo(const Selection& selection, std::ostream* out) {
    *out << "api " << selection.api << " kind " << static_cast<int>(selection.entrance.kind) << " prefix "
         << selection.entrance.prefix << " base " << selection.entrance.base_path << " stage "
         << static_cast<int>(selection.entrance.stage.value_or(-1));
}

namespace {

using Kind = Entrance::Kind;

app::Api staged(app::ApiKind kind, std::initializer_list<const char*> stages) {
    app::Api api{.kind = kind};
    for (const char* name : stages) api.stages.push_back({.name = name});
    return api;
}

/// `stage path stage_path`, or "none".
std::string resolve(const app::Api& api, const Entrance& entrance, std::string_view path) {
    const auto staged = resolve_stage(api, entrance, path);
    if (!staged) return "none";
    return std::string(stage_name(api, staged->stage)) + ' ' + std::string(staged->path) + ' ' + staged->stage_path;
}

TEST(Stage, RestPathsAsRecorded) {
    const app::Api api = staged(app::ApiKind::rest, {"stage"});
    struct Row {
        std::string_view path, expected;
    };
    const Row rows[] = {
        {"/stage/proxy-value", "stage /proxy-value /stage/proxy-value"},
        {"/stage/proxy-value/", "stage /proxy-value/ /stage/proxy-value/"},
        {"//stage/proxy-value", "stage /proxy-value /stage/proxy-value"},
        {"/stage//hardcoded", "stage //hardcoded /stage//hardcoded"},
        {"/stage", "stage / /stage"},
        {"/stage/", "stage / /stage/"},
        {"/other/x", "none"},
        {"/Stage/x", "none"},
        {"/", "none"},
        {"//", "none"},
    };
    for (const Row& row : rows) EXPECT_EQ(resolve(api, {.kind = Kind::by_path}, row.path), row.expected) << row.path;
}

TEST(Stage, HttpPaths) {
    const app::Api api = staged(app::ApiKind::http, {"$default", "dev"});
    const Entrance by_path{.kind = Kind::by_path};
    EXPECT_EQ(resolve(api, by_path, "/dev/a"), "dev /a /dev/a");
    EXPECT_EQ(resolve(api, by_path, "/dev"), "dev / /dev");
    EXPECT_EQ(resolve(api, by_path, "/devil"), "$default /devil /devil");
    EXPECT_EQ(resolve(api, by_path, "//dev/a"), "$default //dev/a //dev/a");
    EXPECT_EQ(resolve(api, by_path, "/$default/a"), "$default /$default/a /$default/a");
    const app::Api named = staged(app::ApiKind::http, {"dev"});
    EXPECT_EQ(resolve(named, by_path, "/x"), "none");
    EXPECT_EQ(resolve(named, by_path, "/dev/x"), "dev /x /dev/x");
    EXPECT_EQ(resolve(named, {}, "/x"), "dev /x /dev/x");
}

TEST(Stage, ImpliedStages) {
    const app::Api rest = staged(app::ApiKind::rest, {"prod", "test"});
    EXPECT_EQ(resolve(rest, {}, "/a"), "prod /a /prod/a");
    EXPECT_EQ(resolve(rest, {}, "//a"), "prod //a /prod//a");
    EXPECT_EQ(resolve(rest, {}, "/test/a"), "prod /test/a /prod/test/a");
    EXPECT_EQ(resolve(staged(app::ApiKind::http, {"$default"}), {}, "/a"), "$default /a /a");
    const app::Api socket = staged(app::ApiKind::websocket, {"prod", "test"});
    EXPECT_EQ(resolve(socket, {}, "/"), "prod / /prod/");
    EXPECT_EQ(resolve(socket, {}, "/test"), "test / /test");
    EXPECT_EQ(resolve(socket, {}, "/@connections/x"), "prod /@connections/x /prod/@connections/x");
    EXPECT_EQ(resolve(staged(app::ApiKind::url, {}), {}, "/a/b"), "$default /a/b /a/b");
    EXPECT_EQ(resolve(staged(app::ApiKind::alb, {}), {.kind = Kind::by_path}, "/a/b"), "$default /a/b /a/b");
}

TEST(Stage, CustomDomains) {
    const app::Api rest = staged(app::ApiKind::rest, {"prod", "test"});
    EXPECT_EQ(resolve(rest, {Kind::by_domain, 0, 5, 1}, "/base/users"), "test /users /base/users");
    EXPECT_EQ(resolve_stage(rest, {Kind::by_domain, 0, 5, 1}, "/base/users")->base_path, "base");
    EXPECT_EQ(resolve(rest, {Kind::by_domain, 0, 5, 1}, "/base"), "test / /base");
    EXPECT_EQ(resolve(rest, {Kind::by_domain, 0, 0, 0}, "/users"), "prod /users /users");
    EXPECT_EQ(resolve(rest, {.kind = Kind::by_path, .prefix = 9}, "/_apis/my/prod/x"), "prod /x /prod/x");
}

TEST(Stage, AMappingWithoutAStageLeavesItToThePath) {
    const app::Api rest = staged(app::ApiKind::rest, {"prod", "test"});
    const Entrance below{Kind::by_domain, 0, 5, std::nullopt};
    EXPECT_EQ(resolve(rest, below, "/base/test/users"), "test /users /base/test/users");
    EXPECT_EQ(resolve_stage(rest, below, "/base/test/users")->base_path, "base");
    EXPECT_EQ(resolve(rest, below, "/base/prod"), "prod / /base/prod");
    EXPECT_EQ(resolve(rest, below, "/base/users"), "none");
    EXPECT_EQ(resolve(rest, below, "/base"), "none");
    EXPECT_EQ(resolve(rest, {Kind::by_domain, 0, 0, std::nullopt}, "/prod/users"), "prod /users /prod/users");
}

app::Application application() {
    app::Application application;
    application.apis = {{.id = "restapi001", .kind = app::ApiKind::rest, .name = "Orders"},
                        {.id = "httpapi002", .kind = app::ApiKind::http, .name = "Users"},
                        {.id = "urlid", .kind = app::ApiKind::url, .name = "Search"},
                        {.id = "albid", .kind = app::ApiKind::alb, .name = "Balancer"}};
    application.apis[0].stages = {{.name = "prod"}, {.name = "test"}};
    application.apis[0].base_paths = {
        {"api.example.com", "orders", "test"}, {"root.example.com", "", "prod"}, {"api.example.com", "all", ""}};
    application.apis[1].stages = {{.name = "$default"}};
    application.apis[1].base_paths = {{"API.example.com", "orders/users", "$default"}};
    return application;
}

using Result = std::variant<Selection, Unselected>;

TEST(ApiSelector, Hosts) {
    const ApiSelector selector(application(), std::nullopt);
    const Entrance by_path{.kind = Kind::by_path};
    const std::pair<const char*, Result> rows[] = {
        {"restapi001.execute-api.localhost", Selection{0, by_path}},
        {"RestApi001.Execute-API.localhost", Selection{0, by_path}},
        {"orders.execute-api.localhost", Selection{0, by_path}},
        {"restapi001.execute-api.eu-west-1.amazonaws.com", Selection{0, by_path}},
        {"httpapi002.execute-api.localhost", Selection{1, by_path}},
        {"urlid.lambda-url.localhost", Selection{2, by_path}},
        {"search.lambda-url.localhost", Selection{2, by_path}},
        {"urlid.lambda-url.us-east-1.on.aws", Selection{2, by_path}},
        {"urlid.lambda-url.us-east-1.localhost", Selection{2, by_path}},
        {"restapi001.execute-api.eu-west-1.localhost", Selection{0, by_path}},
        {"nobody.lambda-url.us-east-1.localhost", Unselected::unknown_url},
        {"urlid.lambda-url.us-east-1.evil.localhost", Unselected::ambiguous},
        {"urlid.lambda-urlx.localhost", Unselected::ambiguous},
        {"balancer.elb.localhost", Selection{3, by_path}},
        {"urlid.execute-api.localhost", Unselected::unknown_host},
        {"nobody.lambda-url.localhost", Unselected::unknown_url},
        {"restapi001.execute-api.evil.com", Unselected::ambiguous},
        {"restapi001.execute-api-not.localhost", Unselected::ambiguous},
        {"localhost", Unselected::ambiguous},
        {"", Unselected::ambiguous},
    };
    for (const auto& [host, expected] : rows) EXPECT_EQ(selector.select(host, "/x"), expected) << host;
}

TEST(ApiSelector, TheUrlOfAnAliasHasItsFunctionsName) {
    app::Application described = application();
    described.apis.push_back({.id = "livesearch", .kind = app::ApiKind::url, .name = "Search:live"});
    described.apis.push_back({.id = "livelog", .kind = app::ApiKind::url, .name = "Log:live"});
    const ApiSelector selector(described, std::nullopt);
    const Entrance by_path{.kind = Kind::by_path};
    EXPECT_EQ(selector.select("log.lambda-url.localhost", "/"), Result(Selection{5, by_path}));
    EXPECT_EQ(selector.select("search.lambda-url.localhost", "/"), Result(Selection{2, by_path})) << "it has its own";
    EXPECT_EQ(std::get<Selection>(selector.select("localhost", "/_apis/Log/x")).api, 5U);
}

TEST(ApiSelector, CustomDomains) {
    const ApiSelector selector(application(), std::nullopt);
    const auto select = [&](const char* host, const char* path) { return selector.select(host, path); };
    EXPECT_EQ(select("api.example.com", "/orders/1"), Result(Selection{0, {Kind::by_domain, 0, 7, 1}}));
    EXPECT_EQ(select("api.example.com", "/orders/users/1"), Result(Selection{1, {Kind::by_domain, 0, 13, 0}}));
    EXPECT_EQ(select("api.example.com", "/all/test/1"), Result(Selection{0, {Kind::by_domain, 0, 4, std::nullopt}}));
    EXPECT_EQ(select("api.example.com", "/orders"), Result(Selection{0, {Kind::by_domain, 0, 7, 1}}));
    EXPECT_EQ(select("api.example.com", "/ordersx"), Result(Unselected::unknown_base_path));
    EXPECT_EQ(select("ROOT.example.com", "/anything"), Result(Selection{0, {Kind::by_domain, 0, 0, 0}}));
}

TEST(HostName, OfAWholeTargetGoesBeforeHost) {
    struct Row {
        const char *target, *host, *adopted;
    };
    for (const auto& [target, host, adopted] :
         {Row{"http://a.example:80/x", "a.example", "a.example:80"},
          Row{"HTTPS://me:pw@a.example?x=http://b", "a.example", "a.example"},
          Row{"http://[::1]:3000", "[::1]", "[::1]:3000"}, Row{"/x?y=http://a.example/", "foo", "foo:1"},
          Row{"*", "foo", "foo:1"}}) {
        http::Request request{"GET", target, 1, {{"A", "b"}, {"host", "foo:1"}, {"C", "d"}}, "body"};
        EXPECT_EQ(host_of(request), host) << target;
        adopt_host_of_target(request);
        EXPECT_EQ(request.headers, (http::Headers{{"A", "b"}, {"host", adopted}, {"C", "d"}})) << target;
    }
    http::Request bare{"GET", "http://a.example/", 0, {}, ""};
    adopt_host_of_target(bare);
    EXPECT_EQ(bare.headers, (http::Headers{{"Host", "a.example"}}));
}

TEST(ApiSelector, Paths) {
    const ApiSelector selector(application(), 1);
    const auto select = [&](const char* path) { return selector.select("localhost", path); };
    EXPECT_EQ(select("/_apis/Orders/prod/x"), Result(Selection{0, {.kind = Kind::by_path, .prefix = 13}}));
    EXPECT_EQ(select("/_apis/restapi001"), Result(Selection{0, {.kind = Kind::by_path, .prefix = 17}}));
    EXPECT_EQ(select("/_apis/Search/"), Result(Selection{2, {.kind = Kind::by_path, .prefix = 13}}));
    EXPECT_EQ(select("/_apis/Nobody/x"), Result(Unselected::unknown_name));
    EXPECT_EQ(select("/x"), Result(Selection{1, {}}));
    EXPECT_EQ(select("/lambda-url/Search/x"), Result(Selection{1, {}})) << "a path of the API at the root";
    EXPECT_EQ(sole_api(application()), std::nullopt);
}

TEST(ApiSelector, AFunctionUrlHasCargoLambdasPathWhereNothingIsAtTheRoot) {
    const ApiSelector selector(application(), std::nullopt);
    const auto select = [&](const char* path) { return selector.select("localhost", path); };
    EXPECT_EQ(select("/lambda-url/Search/x"), Result(Selection{2, {.kind = Kind::by_path, .prefix = 18}}));
    EXPECT_EQ(select("/lambda-url/urlid"), Result(Selection{2, {.kind = Kind::by_path, .prefix = 17}}));
    EXPECT_EQ(select("/lambda-url/Orders/x"), Result(Unselected::ambiguous)) << "no function URL";
    EXPECT_EQ(select("/lambda-urls/Search/x"), Result(Unselected::ambiguous));
}

TEST(ApiSelector, WhatNamesNoApi) {
    const ApiSelector selector(application(), std::nullopt);
    EXPECT_EQ(selector.refuse(Unselected::unknown_url).status, 403);
    EXPECT_EQ(selector.refuse(Unselected::unknown_url).body.view(), R"({"Message":null})");
    EXPECT_EQ(selector.refuse(Unselected::unknown_base_path).body.view(), R"({"message":"Forbidden"})");
    const http::Response ambiguous = selector.refuse(Unselected::ambiguous);
    EXPECT_EQ(ambiguous.status, 404);
    EXPECT_NE(ambiguous.body.view().find("Orders Users Search Balancer"), std::string_view::npos);
}

TEST(WebSocketRoutes, MessagesGoWhereTheirActionSays) {
    app::Api api{.kind = app::ApiKind::websocket};
    for (const char* key : {"$connect", "$disconnect", "$default", "join", "a\"b"})
        api.routes.push_back({.path = key, .integration = {}});
    const WebSocketRoutes routes(api);
    EXPECT_EQ(routes.find("$connect"), 0u);
    const std::pair<const char*, std::size_t> rows[] = {
        {R"({"action":"join"})", 3},
        {R"({"x":{"action":"no"},"l":["action"],"action":"join","y":1.5})", 3},
        {R"({"action":"no","action":"join"})", 3},
        {R"({"a\u0063tion":"j\u006fin"})", 3},
        {R"({"action":"a\"b"})", 4},
        {R"({"action":"nobody"})", 2},
        {R"({"action":"$connect"})", 2},
        {R"({"action":{"action":"join"}})", 2},
        {R"({"action":"join","action":7})", 2},
        {R"({"action":7})", 2},
        {R"([{"action":"join"}])", 2},
        {R"({"action":"join"} x)", 2},
        {R"({"action":"join")", 2},
        {"join", 2},
        {"", 2},
    };
    for (const auto& [message, route] : rows) EXPECT_EQ(routes.select(message), route) << message;
    api.routes.erase(api.routes.begin() + 2);
    EXPECT_EQ(WebSocketRoutes(api).select("{}"), std::nullopt);
}

TEST(WebSocketRoutes, SelectionsMayGoDeeper) {
    app::Api api{.kind = app::ApiKind::websocket};
    api.routes = {{.path = "$default", .integration = {}}, {.path = "join", .integration = {}}};
    const std::string message = R"({"action":"no","service":{"x":[{"action":"no"}],"action":"join"}})";
    for (const char* selection : {"$request.body.service.action", "${request.body.service.action}"}) {
        api.route_selection = selection;
        EXPECT_EQ(WebSocketRoutes(api).select(message), 1u) << selection;
    }
    api.route_selection = "$request.header.action";
    EXPECT_EQ(WebSocketRoutes(api).select(R"({"action":"join"})"), 0u);
}

}  // namespace
}  // namespace understudy::gateway
