// Whole applications: several functions and APIs on one listener, and one application in place of another.

#include "tests/emulator/served.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>

namespace understudy::application_test {
namespace {

using app::FrontKind;
using testing::HasSubstr;

/// Two functions that know their names behind one HTTP API, and the second behind a REST API too.
Settings shop() {
    Settings settings = scripted(FrontKind::http);
    app::Application& application = settings.application;
    app::Function function = application.functions.front();
    application.functions.clear();
    for (const char* name : {"orders", "users"}) {
        function.name = name;
        function.environment = {{"WHO", name}};
        application.functions.push_back(function);
    }
    app::Api& api = application.apis.front();
    api.name = "Shop";
    api.id = "shop000000";
    api.routes = {{.method = "GET", .path = "/orders", .integration = app::LambdaIntegration{.function = "orders"}},
                  {.method = "GET", .path = "/users/{id}", .integration = app::LambdaIntegration{.function = "users"}},
                  {.method = "GET", .path = "/nobody", .integration = app::LambdaIntegration{.function = "nobody"}}};
    app::Api rest = app::to_single_function_api(FrontKind::rest, {}, "users");
    rest.name = "Rest";
    rest.id = "rest000000";
    application.apis.push_back(rest);
    return settings;
}

TEST(Application, RoutesLeadToTheirFunctions) {
    const Served served(shop());
    EXPECT_THAT(served.get("/_apis/Shop/orders?do=environment").body, HasSubstr("WHO=orders"));
    EXPECT_THAT(served.get("/_apis/Shop/users/7?do=environment").body, HasSubstr("WHO=users"));
    EXPECT_EQ(served.get("/_apis/Rest/prod/any?do=bytes").body, "AP8B");
    EXPECT_EQ(served.get("/_apis/Shop/else").status, 404);
    EXPECT_EQ(served.get("/_apis/Rest/dev/any").status, 403);
}

TEST(Application, AnApiIsChosenByItsHost) {
    const Served served(shop());
    const auto ask = [&](const std::string& host, const std::string& target) {
        return served.ask({"GET", target, {{"Host", host}}, {}}).status;
    };
    EXPECT_EQ(ask("shop000000.execute-api.localhost", "/orders?do=id"), 200);
    EXPECT_EQ(ask("rest000000.execute-api.localhost", "/prod/x?do=bytes"), 200);
    EXPECT_EQ(ask("rest000000.execute-api.localhost", "/orders"), 403);
}

/// `NAME=URL ` of each.
std::string stages_of(const Served& served, std::size_t api) {
    std::string text;
    for (const Endpoints::Stage& stage : served.endpoints().apis.at(api).stages) {
        text.append(stage.name).append("=").append(stage.url).append(" ");
    }
    return text;
}

TEST(Application, AnHttpApiWithoutADefaultStageAnswersAtItsFirst) {
    Settings settings = shop();
    settings.application.apis[0].stages = {{.name = "v1"}, {.name = "v2"}};
    {
        const Served served(settings);
        const std::string shop = served.endpoints().gateway + "/_apis/Shop";
        EXPECT_EQ(served.endpoints().apis[0].url, shop + "/v1");
        EXPECT_EQ(stages_of(served, 0), "v1=" + shop + "/v1 v2=" + shop + "/v2 ");
        EXPECT_EQ(served.get("/_apis/Shop/v1/orders?do=id").status, 200);
    }
    settings.application.apis.pop_back();
    const Served served(settings);
    const std::string& gateway = served.endpoints().gateway;
    EXPECT_EQ(stages_of(served, 0), "v1=" + gateway + " v2=" + gateway + "/_apis/Shop/v2 ");
    EXPECT_EQ(served.get("/orders?do=id").status, 200);
}

TEST(Application, EveryStageHasAnAddressWhereItAnswers) {
    Settings settings = shop();
    settings.application.apis[0].stages.insert(settings.application.apis[0].stages.begin(), {.name = "dev"});
    settings.application.apis[1].stages.push_back({.name = "test"});
    const Served served(settings);
    const std::string& gateway = served.endpoints().gateway;
    EXPECT_EQ(stages_of(served, 0), "dev=" + gateway + "/_apis/Shop/dev $default=" + gateway + "/_apis/Shop ");
    EXPECT_EQ(stages_of(served, 1), "prod=" + gateway + "/_apis/Rest/prod test=" + gateway + "/_apis/Rest/test ");
    EXPECT_THAT(served.get("/_apis/Shop/dev/orders?do=event").body, HasSubstr(R"("stage":"dev")"));
    EXPECT_EQ(served.get("/_apis/Rest/test/any?do=bytes").body, "AP8B");
}

TEST(Application, ARouteToNoFunctionFailsAndIsTold) {
    Settings settings = shop();
    settings.application.apis[1].routes = {
        {.method = "GET", .path = "/nobody", .integration = app::LambdaIntegration{.function = "nobody"}},
        {.method = "GET",
         .path = "/dead",
         .integration = app::LambdaIntegration{.function = "users", .qualifier = "x"}}};
    const Served served(settings);
    EXPECT_EQ(served.get("/_apis/Shop/nobody").status, 500);
    EXPECT_EQ(served.get("/_apis/Rest/prod/nobody").status, 500);
    EXPECT_EQ(served.get("/_apis/Rest/prod/dead").status, 500);
    EXPECT_THAT(served.record().advice(), testing::Contains(HasSubstr("'nobody'")));
}

TEST(Application, AnAuthorizerIsAskedBeforeTheFunction) {
    Settings settings = shop();
    app::Application& application = settings.application;
    application.functions[0].environment = {{"REPLY", R"({"isAuthorized":true})"}};
    application.functions[1].environment = {{"REPLY", R"({"statusCode":200,"body":"in"})"}};
    application.apis[0].authorizers = {{.name = "Ask",
                                        .function = "orders",
                                        .identity_sources = {"$request.header.Authorization"},
                                        .reply = app::AuthorizerReply::simple}};
    application.apis[0].routes[1].access = {.authorization = app::Authorization::authorizer, .authorizer = "Ask"};
    const client::HttpRequest signed_in{"GET", "/_apis/Shop/users/7?do=reply", {{"Authorization", "me"}}, {}};
    {
        const Served served(settings);
        EXPECT_EQ(served.ask(signed_in).body, "in");
        EXPECT_EQ(served.get("/_apis/Shop/users/7?do=reply").status, 401);
    }
    application.functions[0].environment = {{"REPLY", R"({"isAuthorized":false})"}};
    const Served refusing(settings);
    EXPECT_EQ(refusing.ask(signed_in).status, 403);
    EXPECT_EQ(refusing.ask({"GET", "/_apis/Shop/users/7?do=exit3", {{"Authorization", "me"}}, {}}).status, 500);
}

TEST(Application, TheEventTellsHowTheClientReachedUs) {
    const Served served(scripted(FrontKind::http));
    const std::string event = served.ask({"POST", "/?do=echo", {}, {}}).body;
    EXPECT_THAT(event, HasSubstr("\"x-forwarded-proto\":\"http\""));
    EXPECT_THAT(event, HasSubstr("\"x-forwarded-port\":\"" + std::to_string(served.port()) + '"'));
}

TEST(Application, APublicAddressStandsInEveryEvent) {
    Settings settings = scripted(FrontKind::http);
    settings.public_address = PublicAddress{.host = "api.example.com"};
    const Served served(settings);
    const std::string event = served.ask({"POST", "/?do=echo", {}, {}}).body;
    EXPECT_THAT(event, HasSubstr("\"host\":\"api.example.com\""));
    EXPECT_THAT(event, HasSubstr("\"domainName\":\"api.example.com\""));
    EXPECT_THAT(event, HasSubstr("\"x-forwarded-proto\":\"https\""));
    EXPECT_THAT(event, HasSubstr("\"x-forwarded-port\":\"443\""));
}

TEST(Application, AWebPageMayCallTheHostsThatAreDeclared) {
    Settings settings = shop();
    settings.public_address = PublicAddress{.host = "api.example.org:8443"};
    app::Api& api = settings.application.apis.front();
    api.base_paths = {{.domain = "api.example.com", .base_path = {}, .stage = api.stages.front().name}};
    const Served served(settings);
    const auto ask = [&](const std::string& host, const std::string& target) {
        const client::HeaderLines headers{{"Host", host}, {"Origin", "https://app.example.com"}};
        return served.ask({"GET", target, headers, {}}).status;
    };
    EXPECT_EQ(ask("api.example.com", "/orders?do=id"), 200);
    EXPECT_EQ(ask("API.example.com:3000", "/orders?do=id"), 200);
    EXPECT_EQ(ask("shop000000.execute-api.us-east-1.amazonaws.com", "/orders?do=id"), 200);
    EXPECT_EQ(ask("api.example.org", "/_apis/Shop/orders?do=id"), 200);
    EXPECT_EQ(ask("other.example.com", "/_apis/Shop/orders?do=id"), 403);
    EXPECT_EQ(ask("other00000.execute-api.us-east-1.amazonaws.com", "/_apis/Shop/orders?do=id"), 403);
}

TEST(Application, AStageThatNoKeyOpensIsToldAtTheStart) {
    Settings settings = shop();
    app::Application& application = settings.application;
    for (app::Route& route : application.apis[1].routes) route.access.api_key_required = true;
    {
        const Served served(settings);
        EXPECT_EQ(served.get("/_apis/Rest/prod/any").status, 403);
        EXPECT_THAT(served.record().advice(), testing::Contains(HasSubstr("no key opens the stage prod")));
    }
    application.api_keys = {{.id = "key", .name = "Key", .value = "secret"}};
    application.usage_plans = {
        {.name = "Plan", .stages = {{.api_id = "rest000000", .stage = "prod"}}, .key_ids = {"key"}}};
    const Served open(settings);
    EXPECT_EQ(open.ask({"GET", "/_apis/Rest/prod/any?do=bytes", {{"x-api-key", "secret"}}, {}}).status, 200);
    EXPECT_THAT(open.record().advice(), testing::Not(testing::Contains(HasSubstr("no key opens"))));
}

TEST(Application, AReplacementLosesNoRequestInFlight) {
    const std::string gate = testing::TempDir() + "understudy-gate-" + std::to_string(::getpid());
    ASSERT_EQ(::mkfifo(gate.c_str(), 0600), 0);
    Settings settings = scripted(FrontKind::http);
    settings.application.functions.front().environment = {{"GATE", gate}};
    Served served(settings);
    auto in_flight = std::async(std::launch::async, [&] { return served.order("gate"); });
    served.record().wait_for_log("at the gate");

    app::Application next = settings.application;
    next.functions.front().environment.emplace_back("BUILD", "2");
    ASSERT_TRUE(served.replace(next));
    EXPECT_THAT(served.order("environment").body, HasSubstr("BUILD=2"));

    std::ofstream(gate) << "still there\n";
    const auto exchange = in_flight.get();
    EXPECT_EQ(exchange.status, 200);
    EXPECT_EQ(exchange.body, "still there");
    std::remove(gate.c_str());
}

TEST(Application, ABrokenBuildLeavesTheOldOneServing) {
    const Settings settings = scripted_alone(FrontKind::http);
    Served served(settings);
    const std::string pid = served.order("pid").body;
    app::Application broken = settings.application;
    broken.functions.front().command = {"/bin/false"};
    EXPECT_FALSE(served.replace(broken));
    EXPECT_EQ(served.order("pid").body, pid);
}

class FilesOnDisk : public testing::TestWithParam<const char*> {};

/// A bootstrap that is replaced by a broken one while it serves: a native program, and a script that becomes one.
TEST_P(FilesOnDisk, ABrokenFileIsNotStartedBesideTheOldOne) {
    namespace fs = std::filesystem;
    std::string folder = testing::TempDir() + "understudy-held-XXXXXX";
    ASSERT_NE(::mkdtemp(folder.data()), nullptr);
    const fs::path program = fs::path(folder) / "bootstrap";
    Settings settings = scripted(FrontKind::http);
    settings.changed_code = ChangedCode::held;
    const std::string handler = settings.application.functions.front().command.front();
    if (std::string_view(GetParam()) == "native") {
        fs::copy_file(handler, program);
    } else {
        std::ofstream(program) << "#!/bin/sh\nexec " << handler << '\n';
        fs::permissions(program, fs::perms::owner_all);
    }
    settings.application.functions.front().command = {program.string()};
    {
        const Served served(settings);
        EXPECT_EQ(served.order("pid").status, 200);
        fs::remove(program);
        fs::copy_file("/bin/false", program);
        std::vector<std::future<int>> clients;
        for (int i = 0; i < 6; ++i)
            clients.push_back(std::async(std::launch::async, [&] { return served.order("pid").status; }));
        for (auto& client : clients) EXPECT_EQ(client.get(), 200);
    }
    fs::remove_all(folder);
}

INSTANTIATE_TEST_SUITE_P(Application, FilesOnDisk, testing::Values("native", "script"),
                         [](const auto& kind) { return std::string(kind.param); });

TEST(Application, AnUnchangedFunctionKeepsItsEnvironments) {
    const Settings settings = scripted_alone(FrontKind::http);
    Served served(settings);
    const std::string pid = served.order("pid").body;
    ASSERT_TRUE(served.replace(settings.application));
    EXPECT_EQ(served.order("pid").body, pid);
}

}  // namespace
}  // namespace understudy::application_test
