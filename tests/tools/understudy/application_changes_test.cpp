#include "tools/understudy/application_changes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::cli::application_changes_test {
namespace {

app::Route route(const std::string& method, const std::string& path, const std::string& function = "Foo") {
    return {.method = method, .path = path, .integration = app::LambdaIntegration{.function = function}};
}

/// An application with an HTTP API, and where it answers.
struct World {
    app::Application application{.functions = {{.name = "Foo"}}, .apis = {shop()}, .api_keys = {}, .usage_plans = {}};
    Endpoints endpoints = endpoints_of("http://g");

    static app::Api shop() {
        return {.kind = app::ApiKind::http,
                .name = "Shop",
                .stages = {{.name = "$default"}},
                .routes = {route("GET", "/a"), route("GET", "/b")}};
    }
    static Endpoints endpoints_of(const std::string& url) {
        return {"http://g", "http://l", {{"id", app::ApiKind::http, url, "Shop"}}};
    }
    app::Api& api() { return application.apis.front(); }
};

std::string changes(const World& before, const World& now, const std::set<std::string>& rebuilt = {},
                    bool asked = false) {
    return describe_changes({before.application, before.endpoints}, {now.application, now.endpoints}, {rebuilt, asked});
}

TEST(ApplicationChanges, WhereNothingDiffersNothingIsTold) {
    const World before;
    World now;
    now.api().routes.front().line = 12;
    EXPECT_EQ(changes(before, now), "") << "it stands elsewhere in the template";
    EXPECT_TRUE(is_same_application(before.application, now.application));
}

TEST(ApplicationChanges, FunctionsAreToldByWhatHappenedToThem) {
    World before;
    before.application.functions = {{.name = "Same"}, {.name = "Built"}, {.name = "Changed"}, {.name = "Gone"}};
    World now;
    now.application.functions = {
        {.name = "Same"}, {.name = "Built"}, {.name = "Changed", .memory_megabytes = 256}, {.name = "New"}};
    EXPECT_EQ(
        changes(before, now, {"Built"}),
        "function Built has new code, function Changed is set up anew, function New is new, function Gone is gone");
    EXPECT_EQ(changes(before, before, {"Built"}, true), "function Built is started anew");
    EXPECT_FALSE(is_same_application(before.application, now.application));
}

TEST(ApplicationChanges, RoutesAreCountedAndTheFirstNamed) {
    const World before;
    World now;
    now.api().routes = {route("GET", "/b", "Bar"), route("POST", "/c")};
    EXPECT_EQ(changes(before, now), "routes of HTTP API Shop: 1 new (POST /c), 1 gone (GET /a), 1 changed (GET /b)");
    now = before;
    for (int i = 0; i < 7; ++i) now.api().routes.push_back(route("GET", "/" + std::to_string(i)));
    EXPECT_EQ(changes(before, now),
              "routes of HTTP API Shop: 7 new (GET /0, GET /1, GET /2, GET /3, GET /4 and 2 more)");
    EXPECT_FALSE(is_same_application(before.application, now.application));
}

TEST(ApplicationChanges, ApisComeWithTheirUrlsAndGoByName) {
    const World before;
    World now;
    now.application.apis.push_back({.kind = app::ApiKind::rest, .name = "Keyed", .routes = {route("GET", "/k")}});
    now.endpoints.apis.front().url = "http://g/_apis/Shop";
    now.endpoints.apis.push_back({"id2", app::ApiKind::rest, "http://g/_apis/Keyed/s", "Keyed"});
    EXPECT_EQ(changes(before, now),
              "HTTP API Shop answers at http://g/_apis/Shop, REST API Keyed is new at http://g/_apis/Keyed/s, its "
              "routes: 1 new (GET /k)");
    EXPECT_EQ(changes(now, before), "HTTP API Shop answers at http://g, REST API Keyed is gone");
    World renamed;
    renamed.api().name = "Store";
    renamed.endpoints.apis.front() = {"id", app::ApiKind::http, "http://g", "Store"};
    EXPECT_EQ(changes(before, renamed), "HTTP API Shop is Store now, at http://g");
}

TEST(ApplicationChanges, StagesAreNamedAndOtherSettingsCounted) {
    const World before;
    World now;
    now.api().stages = {{.name = "v1"}};
    EXPECT_EQ(changes(before, now), "HTTP API Shop has the new stage v1, HTTP API Shop has no stage $default any more");
    now = before;
    now.api().stages.front().variables = {{"a", "b"}};
    EXPECT_EQ(changes(before, now), "HTTP API Shop is set up anew");
    now = before;
    now.api().cors = app::Cors{.allow_origins = {"*"}};
    EXPECT_EQ(changes(before, now), "HTTP API Shop is set up anew");
    now = before;
    now.application.usage_plans = {{.name = "Plan"}};
    EXPECT_EQ(changes(before, now), "API keys and usage plans are set up anew");
}

TEST(ApplicationChanges, KeysThatWereMadeUpAreShownAsAtTheStart) {
    World before;
    before.application.api_keys = {{.id = "a", .name = "Old", .value = "v0", .generated = true}};
    World now = before;
    now.application.api_keys.push_back({.id = "b", .name = "Made", .value = "v1", .generated = true});
    now.application.api_keys.push_back({.id = "c", .name = "Given", .value = "v2"});
    EXPECT_EQ(render_new_keys(before.application, now.application), "API key     v1   Made\n");
}

}  // namespace
}  // namespace understudy::cli::application_changes_test
