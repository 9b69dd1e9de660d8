// WebSocket APIs over real sockets, with real handlers.

#include "tests/emulator/net/loopback.hpp"
#include "tests/emulator/net/websocket_bytes.hpp"
#include "tests/emulator/served.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>

namespace understudy::websocket_test {
namespace {

using net::frame;
using net::handshake;
using testing::EndsWith;
using testing::HasSubstr;

constexpr int kText = 0x81;
constexpr int kClose = 0x88;
constexpr int kPing = 0x89;

/// A WebSocket API, `Chat`, and beside it an HTTP API, so that neither is alone. Each route has a function of its own:
/// `ask` gets an answer to its messages, `fail` an error, all others tell their event in the log.
Settings chat() {
    Settings settings = scripted(app::FrontKind::http);
    app::Application& application = settings.application;
    app::Api api{.id = "chat000000", .kind = app::ApiKind::websocket, .name = "Chat", .stages = {{.name = "prod"}}};
    const auto add = [&](const char* key, const char* name, const char* order, bool replies) {
        app::Function function = application.functions.front();
        function.name = name;
        function.environment = {{"ORDER", order}, {"REPLY", R"({"statusCode":200,"body":"yes"})"}};
        application.functions.push_back(function);
        api.routes.push_back(
            {.path = key, .integration = app::LambdaIntegration{.function = name}, .replies = replies});
    };
    add("$connect", "greet", "tell", false);
    add("$disconnect", "part", "tell", false);
    add("$default", "hear", "tell", false);
    add("ask", "answer", "reply", true);
    add("fail", "stumble", "throw", false);
    application.apis.push_back(api);
    return settings;
}

app::Function& function_of(Settings& settings, const std::string& name) {
    return *std::ranges::find(settings.application.functions, name, &app::Function::name);
}

/// A client that is, or wants to be, connected to `Chat`.
class ChatClient {
  public:
    explicit ChatClient(const Served& served, const std::string& target = "/_apis/Chat/prod",
                        const std::string& lines = "", const std::string& host = "localhost")
        : raw(served.port()) {
        raw.write(handshake(target, host, lines));
    }

    std::string head() { return raw.read_through("\r\n\r\n"); }
    void send(const std::string& text) const { raw.write(frame(kText, text)); }

    net::RawClient raw;
};

/// The connection's id, as the function that was told of it has it.
std::string connection_of(const Served& served) {
    const std::string rest = served.record().wait_for_log("\"connectionId\":\"");
    return rest.substr(0, rest.find('"'));
}

client::Exchange call(const Served& served, const std::string& method, const std::string& id,
                      const std::string& body = {}) {
    const std::string path = id.substr(0, id.find('='));
    return served.ask({method, "/_apis/Chat/prod/@connections/" + path + "%3D", {}, body});
}

TEST(WebSocketApi, AMessageIsAnsweredByItsRoute) {
    const Served served(chat());
    ChatClient client(served);
    EXPECT_THAT(client.head(), HasSubstr("101 Switching Protocols"));
    client.send(R"({"action":"ask"})");
    EXPECT_EQ(client.raw.read_through("yes"), "\x81\x03yes");
    client.send(R"({"action":"fail"})");
    EXPECT_THAT(client.raw.read_through("\"}"), HasSubstr(R"({"message":"Internal server error","connectionId":")"));
    client.send("hello");
    EXPECT_THAT(served.record().wait_for_log("\"eventType\":\"MESSAGE\""), HasSubstr("\"body\":\"hello\""));
}

TEST(WebSocketApi, AnApiIsChosenByItsHost) {
    const Served served(chat());
    ChatClient client(served, "/prod", "", "chat000000.execute-api.localhost:3000");
    EXPECT_THAT(client.head(), HasSubstr("101 Switching Protocols"));
    EXPECT_THAT(served.record().wait_for_log("\"eventType\":\"CONNECT\""),
                HasSubstr(R"("domainName":"chat000000.execute-api.localhost")"));
}

TEST(WebSocketApi, AloneItAnswersAtTheRoot) {
    Settings settings = chat();
    settings.application.apis.erase(settings.application.apis.begin());
    const Served served(settings);
    EXPECT_THAT(served.endpoints().apis.front().url, testing::StartsWith("ws://127.0.0.1:"));
    ChatClient client(served, "/");
    EXPECT_THAT(client.head(), HasSubstr("101 Switching Protocols"));
    EXPECT_EQ(served.ask({"POST", "/@connections/" + connection_of(served), {}, "pushed"}).status, 200);
    EXPECT_EQ(client.raw.read_through("pushed"), "\x81\x06pushed");
    EXPECT_THAT(ChatClient(served, "/prod").head(), HasSubstr("101 Switching Protocols"));
}

TEST(WebSocketApi, ConnectMayRefuseOrChooseAProtocol) {
    Settings settings = chat();
    function_of(settings, "greet").environment = {{"ORDER", "reply"}, {"REPLY", R"({"statusCode":403,"body":"no"})"}};
    {
        const Served served(settings);
        ChatClient client(served);
        const net::WireReply reply = client.raw.read_reply();
        EXPECT_EQ(reply.status, 403);
        EXPECT_EQ(reply.body, "no");
        EXPECT_EQ(served.get("/").status, 404);  // what is told of the handshake is told before this
        EXPECT_EQ(served.record().statuses().front(), 403);
    }
    function_of(settings, "greet").environment = {
        {"ORDER", "reply"},
        {"REPLY", R"({"statusCode":200,"headers":{"Sec-WebSocket-Protocol":"v2","X-Not":"sent"}})"}};
    const Served served(settings);
    ChatClient client(served, "/_apis/Chat/prod", "Sec-WebSocket-Protocol: v1, v2\r\n");
    EXPECT_THAT(client.head(), EndsWith("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
                                        "Sec-WebSocket-Protocol: v2\r\n\r\n"));
}

TEST(WebSocketApi, AFunctionThatFailsRefuses) {
    Settings settings = chat();
    function_of(settings, "greet").environment = {{"ORDER", "throw"}};
    const Served served(settings);
    EXPECT_EQ(ChatClient(served).raw.read_reply().status, 502);
    EXPECT_EQ(ChatClient(served, "/_apis/Chat/dev").raw.read_reply().status, 403);
    EXPECT_EQ(served.get("/_apis/Chat/prod").status, 403);
}

TEST(WebSocketApi, ConnectionsReachTheClient) {
    const Served served(chat());
    ChatClient client(served);
    client.head();
    const std::string id = connection_of(served);
    EXPECT_EQ(call(served, "POST", id, "pushed").status, 200);
    EXPECT_EQ(client.raw.read_through("pushed"), "\x81\x06pushed");
    EXPECT_THAT(call(served, "GET", id).body, HasSubstr(R"("identity":{"sourceIp":"127.0.0.1"},"lastActiveAt":")"));
    EXPECT_EQ(call(served, "DELETE", id).status, 204);
    EXPECT_EQ(client.raw.read_through("\x03\xe8"), "\x88\x02\x03\xe8");
    const client::Exchange gone = call(served, "POST", id, "late");
    EXPECT_EQ(gone.status, 410);
    EXPECT_TRUE(gone.body.empty());
    client.raw.write(frame(kClose, "\x03\xe8"));
    EXPECT_THAT(served.record().wait_for_log("\"eventType\":\"DISCONNECT\""), HasSubstr("\"disconnectReason\":\"\""));
    EXPECT_EQ(call(served, "POST", "no").status, 400);
}

// The port is another one in each run, and an event's domain has none.
TEST(WebSocketApi, FunctionsFindWhereConnectionsAreCalled) {
    constexpr const char* kName = "AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI=";
    Settings settings = chat();
    const auto list = [](const Settings& given) {
        const Served served(given);
        return std::pair(served.invoke(R"({"do":"environment"})").body, served.endpoints().gateway);
    };
    const auto [variables, gateway] = list(settings);
    EXPECT_THAT(variables, HasSubstr(kName + gateway + "/_apis/Chat/prod\n"));
    settings.strict_environment = true;
    EXPECT_THAT(list(settings).first, testing::Not(HasSubstr(kName)));
    settings.strict_environment = false;
    settings.application.apis.push_back(settings.application.apis.back());
    settings.application.apis.back().id = settings.application.apis.back().name = "Other";
    EXPECT_THAT(list(settings).first, testing::Not(HasSubstr(kName))) << "which of two is not known";
}

TEST(WebSocketApi, TheEndIsToldToDisconnect) {
    const Served served(chat());
    {
        ChatClient client(served);
        client.head();
        client.raw.write(frame(kClose,
                               "\x03\xe9"
                               "bye"));
        EXPECT_EQ(client.raw.read_all(),
                  "\x88\x05\x03\xe9"
                  "bye");
    }
    EXPECT_THAT(served.record().wait_for_log("\"disconnectStatusCode\":1001"),
                HasSubstr("\"disconnectReason\":\"bye\""));
    ChatClient(served).head();
    served.record().wait_for_log("\"disconnectStatusCode\":1006");
}

TEST(WebSocketApi, AnIdleConnectionIsToldToGoAway) {
    Settings settings = chat();
    settings.application.apis.back().routes.clear();
    settings.clock_scale = 60'000;  // 10 minutes are 10 ms
    const Served served(settings);
    ChatClient client(served);
    EXPECT_THAT(client.head(), HasSubstr("101 Switching Protocols"));
    EXPECT_EQ(client.raw.read_through("Going away"), "\x88\x0c\x03\xe9Going away");
}

TEST(WebSocketApi, AConnectionWithManyMessagesUnderWayIsReadOnWhenOneHasEnded) {
    const std::string gate = testing::TempDir() + "understudy-chat-gate-" + std::to_string(::getpid());
    ASSERT_EQ(::mkfifo(gate.c_str(), 0600), 0);
    Settings settings = chat();
    settings.max_environments = 1;
    function_of(settings, "hear").environment = {{"ORDER", "gate"}, {"GATE", gate}};
    const Served served(settings);
    ChatClient client(served);
    client.head();
    for (int i = 0; i < 128; ++i) client.send("hello");
    client.raw.write(frame(kPing, "p"));
    served.record().wait_for_log("at the gate");
    for (int i = 0; i < 5; ++i) EXPECT_EQ(call(served, "POST", connection_of(served), "pushed").status, 200);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(client.raw.read_through("pushed"), "\x81\x06pushed");
    std::ofstream(gate) << R"({"statusCode":200})" << std::endl;
    EXPECT_EQ(client.raw.read_through("p"), "\x8a\x01p");
    std::remove(gate.c_str());
}

TEST(WebSocketApi, AReplacementKeepsItsClients) {
    Settings settings = chat();
    Served served(settings);
    ChatClient client(served);
    client.head();
    const std::string id = connection_of(served);
    function_of(settings, "answer").environment[1].second = R"({"statusCode":200,"body":"new"})";
    settings.application.apis.back().route_selection = "$request.body.verb";
    ASSERT_TRUE(served.replace(settings.application));
    client.send(R"({"verb":"ask"})");
    EXPECT_EQ(client.raw.read_through("new"), "\x81\x03new");
    EXPECT_EQ(call(served, "POST", id, "still").status, 200);
    EXPECT_EQ(client.raw.read_through("still"), "\x81\x05still");
    settings.application.apis.pop_back();
    ASSERT_TRUE(served.replace(settings.application));
    EXPECT_THAT(client.raw.read_through("Going away"), EndsWith("Going away"));
}

TEST(WebSocketApi, AnAuthorizerIsAskedBeforeConnect) {
    Settings settings = chat();
    app::Api& api = settings.application.apis.back();
    api.authorizers = {{.name = "guard", .function = "answer", .identity_sources = {"route.request.header.Auth"}}};
    api.routes[0].access = {.authorization = app::Authorization::authorizer, .authorizer = "guard"};
    const auto decide = [&](const char* effect) {
        function_of(settings, "answer").environment[1].second =
            std::string(
                R"({"principalId":"me","policyDocument":{"Statement":[{"Action":"*","Resource":"*","Effect":")") +
            effect + "\"}]}}";
    };
    decide("Allow");
    {
        const Served served(settings);
        EXPECT_EQ(ChatClient(served).raw.read_reply().status, 401);
        EXPECT_THAT(ChatClient(served, "/_apis/Chat/prod", "Auth: me\r\n").head(), HasSubstr("101"));
        EXPECT_THAT(served.record().wait_for_log("\"eventType\":\"CONNECT\""), HasSubstr("\"sourceIp\""));
    }
    const auto refusal = [&] {
        const Served served(settings);
        const net::WireReply reply = ChatClient(served, "/_apis/Chat/prod", "Auth: me\r\n").raw.read_reply();
        return std::to_string(reply.status) + ' ' + reply.body.substr(0, reply.body.find(",\"connectionId\":\""));
    };
    decide("Deny");
    EXPECT_EQ(refusal(), R"(403 {"message":"Forbidden")");
    function_of(settings, "answer").environment[0].second = "throw";
    EXPECT_EQ(refusal(), R"(500 {"message":"Internal server error")");
    settings.application.apis.back().routes[0].access = {.authorization = app::Authorization::iam};
    settings.signing_keys.emplace({SigningKey{"GIVEN", "secret"}});
    EXPECT_EQ(refusal(), R"(403 {"message":"Missing Authentication Token")");
}

}  // namespace
}  // namespace understudy::websocket_test
