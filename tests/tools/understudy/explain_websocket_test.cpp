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

using app::ApiKind;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(Explain, AWebSocketApiTakesHandshakesMessagesAndCalls) {
    app::Application application;
    application.functions = {{.name = "guard"}, {.name = "greet"}, {.name = "answer"}};
    app::Api& api = application.apis.emplace_back();
    api = {.id = "chatchatch", .kind = ApiKind::websocket, .name = "Chat", .stages = {{.name = "prod"}}};
    api.authorizers = {{.name = "Guard", .function = "guard"}};
    api.routes = {{.path = "$connect",
                   .integration = app::LambdaIntegration{.function = "greet"},
                   .access = {.authorization = app::Authorization::authorizer, .authorizer = "Guard"}},
                  {.path = "ask", .integration = app::LambdaIntegration{.function = "answer"}, .replies = true}};
    const auto explain = [&](const http::Request& request, std::optional<std::string> reply = {}) {
        return explain_request(application, request, reply).at(0);
    };
    const Explanation handshake = explain({"GET", "/prod", 1, {}, {}}, R"({"statusCode":403})");
    EXPECT_EQ(handshake.route, "$connect");
    EXPECT_EQ(handshake.authorizer->function, "guard");
    EXPECT_EQ(handshake.call->function, "greet");
    EXPECT_THAT(handshake.call->event, HasSubstr(R"("eventType":"CONNECT")"));
    EXPECT_EQ(handshake.response->status, 403);
    EXPECT_THAT(ids(handshake), Contains(std::string("assumed-handshake")));
    const Explanation asked =
        explain({"POST", "/", 1, {}, R"({"action":"ask"})"}, R"({"statusCode":200,"body":"yes"})");
    EXPECT_EQ(asked.route, "ask");
    EXPECT_EQ(asked.call->function, "answer");
    EXPECT_EQ(asked.message, "yes");
    const Explanation lost = explain({"POST", "/", 1, {}, "hello"});
    EXPECT_EQ(lost.route, std::nullopt);
    EXPECT_THAT(*lost.message, HasSubstr("Forbidden"));
    EXPECT_THAT(ids(lost), ElementsAre("websocket-no-route"));
    EXPECT_EQ(explain({"POST", "/prod/@connections/Abcd123=", 1, {}, "x"}).route, "@connections, for Abcd123=");
    EXPECT_EQ(explain({"GET", "/prod/more", 1, {}, {}}).answer->status, 403);
    EXPECT_THAT(render_explanations({asked}), HasSubstr("message      yes"));
}

TEST(Explain, ACallOfConnectionsIsNoMessage) {
    const auto explain = [](std::string method, std::string target, std::string body = {}) {
        return explain_request(websocket_api(), {std::move(method), std::move(target), 1, {}, std::move(body)}, {})
            .at(0);
    };
    const Explanation sent = explain("POST", "/prod/@connections/Abcd123=", "hello");
    EXPECT_EQ(sent.route, "@connections, for Abcd123=");
    EXPECT_EQ(sent.stage, "prod");
    EXPECT_FALSE(sent.call);
    EXPECT_EQ(sent.answer->status, 200);
    EXPECT_EQ(sent.message, "hello");
    EXPECT_THAT(
        sent.access,
        ElementsAre(
            HasSubstr("a management call"), HasSubstr("execute-api:ManageConnections"),
            HasSubstr("if it has left, is not let in yet or is another stage's, the answer is 410 GoneException")));
    const Explanation told = explain("GET", "/@connections/Abcd123%3D");
    EXPECT_EQ(told.answer->status, 200);
    EXPECT_THAT(std::string(told.answer->body.view()), HasSubstr(R"("connectedAt")"));
    const Explanation ended = explain("DELETE", "/prod/%40connections/Abcd123=");
    EXPECT_EQ(ended.answer->status, 204);
    EXPECT_THAT(ended.close.value_or(""), testing::StartsWith("1000: "));
    struct Refused {
        const char* method;
        const char* target;
        int status;
    };
    for (const auto& [method, target, status] :
         {Refused{"POST", "/prod/@connections/ID", 400}, Refused{"PUT", "/prod/@connections/Abcd123=", 403},
          Refused{"POST", "/prod/@connections", 403}, Refused{"POST", "/prod/@connections/", 403}}) {
        const Explanation refused = explain(method, target, "hello");
        EXPECT_FALSE(refused.call || refused.route || refused.message) << method << target;
        EXPECT_THAT(refused.access.at(0), HasSubstr("a management call")) << method << target;
        ASSERT_TRUE(refused.answer) << method << target;
        EXPECT_EQ(refused.answer->status, status) << method << target;
    }
    EXPECT_EQ(explain("POST", "/prod/@connections/Abcd123=", std::string(128 * 1024 + 1, 'x')).answer->status, 413);
}

TEST(Explain, WhatIsNoHandshakeIsRefused) {
    const auto explain = [](std::string method, std::string target, http::Headers headers = {}, std::string body = {}) {
        return explain_request(websocket_api(),
                               {std::move(method), std::move(target), 1, std::move(headers), std::move(body)}, {})
            .at(0);
    };
    const Explanation handshake = explain("GET", "/prod", {{"X-Own", "1"}});
    ASSERT_TRUE(handshake.call) << "the client's own lines are added";
    EXPECT_THAT(handshake.call->event, HasSubstr("Sec-WebSocket-Version"));
    for (const Explanation& refused :
         {explain("POST", "/prod"), explain("DELETE", "/prod"),
          explain("GET", "/prod", {{"Sec-WebSocket-Version", "8"}}), explain("GET", "/prod", {{"Upgrade", "h2c"}})}) {
        EXPECT_FALSE(refused.call);
        ASSERT_TRUE(refused.answer);
        EXPECT_EQ(refused.answer->status, 403);
        EXPECT_THAT(ids(refused), ElementsAre("websocket-no-handshake"));
    }
    const Explanation nowhere = explain("POST", "*", {}, "hello");
    EXPECT_FALSE(nowhere.call);
    EXPECT_EQ(nowhere.answer->status, 400);
}

TEST(Explain, AWebSocketMessageIsOfTheStageThatItsPathNames) {
    app::Application application = websocket_api();
    application.apis[0].stages.push_back({.name = "dev"});
    const auto explain = [&](std::string target) {
        http::Request request{"GET", "", 1, {}, "{}"};
        set_target(request, target);
        return explain_request(application, request, {}).at(0);
    };
    const Explanation named = explain("wss://chatchatch.execute-api.localhost/dev?token=x");
    EXPECT_EQ(named.stage, "dev");
    EXPECT_THAT(named.call->event, HasSubstr(R"("stage":"dev")"));
    EXPECT_THAT(named.access, ElementsAre(HasSubstr("connected to the stage dev, its $connect answered")));
    const Explanation unnamed = explain("/");
    EXPECT_EQ(unnamed.stage, "prod");
    EXPECT_THAT(unnamed.access, ElementsAre(HasSubstr("the stage prod, the API's first, as the path names none")));
    EXPECT_EQ(explain("/none").answer->status, 403);
    EXPECT_EQ(explain("/dev/more").answer->status, 403);
}

TEST(Explain, AWebSocketMessageThatClosesTheConnectionMakesNoEvent) {
    app::Application application;
    application.functions = {{.name = "answer"}};
    application.apis = {{.id = "chatchatch", .kind = ApiKind::websocket, .name = "Chat", .stages = {{.name = "prod"}}}};
    application.apis[0].routes = {{.path = "$default", .integration = app::LambdaIntegration{.function = "answer"}}};
    const auto explain = [&](std::string message) {
        return explain_request(application, {"POST", "/", 1, {}, std::move(message)}, {}).at(0);
    };
    const Explanation large = explain(std::string(128 * 1024 + 1, 'x'));
    EXPECT_FALSE(large.call || large.route);
    EXPECT_THAT(render_explanations({large}), HasSubstr("  AWS closes   1009: the message is over the limit."));
    const Explanation binary = explain("\xff");
    EXPECT_FALSE(binary.call || binary.route);
    EXPECT_THAT(binary.close.value_or(""), testing::StartsWith("1003: the message is not UTF-8"));
    EXPECT_THAT(render_explanations_as_json({binary}), HasSubstr(R"("close":"1003: )"));
    const Explanation framed = explain(std::string(128 * 1024, 'x'));
    EXPECT_TRUE(framed.call && !framed.close);
    EXPECT_THAT(ids(framed), ElementsAre("websocket-frames"));
    EXPECT_THAT(ids(explain(std::string(32 * 1024, 'x'))), testing::IsEmpty());
}

}  // namespace
}  // namespace understudy::cli::explain_test
