#include "emulator/gateway/websocket_session.hpp"

#include "emulator/gateway/access/request_signature.hpp"
#include "emulator/gateway/limits.hpp"
#include "emulator/gateway/selection_expression.hpp"
#include "tests/emulator/event/samples.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <tuple>

namespace understudy::gateway::websocket_session_test {
namespace {

using event::at;
using event::kSampleTime;
using event::parse_json;
using testing::HasSubstr;
using Kind = FunctionReply::Kind;
using Upgrade = WebSocketDoor::Upgrade;

constexpr std::string_view kId = "ConnectedTo1234=";
constexpr std::string_view kAllow = R"({"principalId":"me","context":{"team":7},"policyDocument":)"
                                    R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}})";
constexpr std::string_view kDeny =
    R"({"principalId":"me","policyDocument":{"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}})";

app::Api chat() {
    app::Api api{.id = "chat000000", .kind = app::ApiKind::websocket, .name = "Chat"};
    api.stages = {{.name = "prod", .variables = {{"who", "join"}}}};
    const auto add = [&](const char* key, const char* function, bool replies) {
        api.routes.push_back(
            {.path = key, .integration = app::LambdaIntegration{.function = function}, .replies = replies});
    };
    add("$connect", "greet", false);
    add("$disconnect", "part", false);
    add("$default", "hear", false);
    add("ask", "${stageVariables.who}", true);
    return api;
}

/// What was asked, in short: `call FUNCTION`, `accept`, `accept HEADER`, `refuse STATUS BODY`, `send TEXT`, `rest`.
std::string show(const WebSocketStep& step) {
    if (const auto* call = std::get_if<WebSocketCall>(&step.action)) return "call " + call->function;
    if (const auto* refuse = std::get_if<RefuseHandshake>(&step.action)) {
        return "refuse " + std::to_string(refuse->response.status) + ' ' + std::string(refuse->response.body.view());
    }
    if (const auto* send = std::get_if<SendMessage>(&step.action)) return "send " + send->text;
    const auto* accept = std::get_if<AcceptHandshake>(&step.action);
    if (accept == nullptr) return "rest";
    std::string text = "accept";
    for (const auto [name, value] : accept->headers) text.append(" ").append(name).append("=").append(value);
    return text;
}

std::string error(const std::string& message) {
    return R"({"message":")" + message + R"(","connectionId":"ConnectedTo1234=","requestId":"JKJaXmPLvHcESHA="})";
}

/// One client of an API, and what the gateway wanted last.
class Course {
  public:
    explicit Course(app::Api api, const http::Headers& more = {})
        : door(std::make_shared<WebSocketDoor>(app::Application{}, std::move(api))) {
        http::Request request{
            "GET", "/prod?room=1", 1, {{"Host", "chat.example.com:3000"}, {"User-Agent", "me/1"}}, {}};
        for (const auto [name, value] : more) request.headers.add(name, value);
        auto admission = door->admit(request, Upgrade::asked, {.kind = Entrance::Kind::by_path}, event::sample_facts(),
                                     std::string(kId));
        session.emplace(door, std::move(std::get<WebSocketClient>(admission)));
        take(session->on_handshake(std::move(request), event::sample_facts()));
    }

    std::string reply(Kind kind, std::string_view payload, std::optional<std::size_t> oversized = {}) {
        return take(session->on_reply(std::get<WebSocketCall>(last.action).ticket,
                                      {kind, std::string(payload), oversized}, kSampleTime));
    }
    std::string reply(std::string_view payload) { return reply(Kind::succeeded, payload); }
    std::string message(std::string_view text) {
        return take(session->on_message(text, "MessageNumber01=", event::sample_facts()));
    }
    std::string close(int code, std::string_view reason) {
        return take(session->on_close(code, reason, event::sample_facts()));
    }
    std::string event() const { return std::get<WebSocketCall>(last.action).event; }

    std::shared_ptr<WebSocketDoor> door;
    std::optional<WebSocketSession> session;
    WebSocketStep last;

  private:
    std::string take(WebSocketStep step) {
        last = std::move(step);
        return show(last);
    }
};

TEST(WebSocketSession, RepliesToConnect) {
    struct Row {
        Kind kind;
        std::string_view payload;
        std::string expected;
    };
    const Row rows[] = {
        {Kind::succeeded, R"({"statusCode":200})", "accept"},
        {Kind::succeeded, R"({"statusCode":204,"headers":{"sec-websocket-protocol":"v1","Set-Cookie":"a=b"}})",
         "accept Sec-WebSocket-Protocol=v1"},
        {Kind::succeeded, R"({"statusCode":401,"body":"who are you?"})", "refuse 401 who are you?"},
        {Kind::succeeded, R"({"statusCode":503})", "refuse 503 "},
        {Kind::succeeded, R"({"message":"ok"})", "refuse 502 " + error("Internal server error")},
        {Kind::function_error, R"({"errorMessage":"x"})", "refuse 502 " + error("Internal server error")},
        {Kind::throttled, "", "refuse 500 " + error("Internal server error")},
        {Kind::no_function, "", "refuse 500 " + error("Internal server error")},
        {Kind::timed_out, "", "refuse 504 " + error("Endpoint request timed out")},
    };
    for (const Row& row : rows) {
        Course course(chat());
        EXPECT_EQ(show(course.last), "call greet");
        EXPECT_EQ(course.reply(row.kind, row.payload), row.expected) << row.payload;
    }
}

TEST(WebSocketSession, ASubprotocolThatTheClientDoesNotAskForIsSentAndTold) {
    const struct {
        http::Headers asked;
        const char* findings;
    } rows[] = {
        {{{"sec-websocket-protocol", "v0 , v1"}}, ""},
        {{{"Sec-WebSocket-Protocol", "v0"}, {"Sec-WebSocket-Protocol", "v1"}}, ""},
        {{{"Sec-WebSocket-Protocol", "V1,v10"}}, "websocket-protocol-unasked"},
        {{}, "websocket-protocol-unasked"},
    };
    for (const auto& row : rows) {
        Course course(chat(), row.asked);
        EXPECT_EQ(course.reply(R"({"statusCode":200,"headers":{"Sec-WebSocket-Protocol":"v1"}})"),
                  "accept Sec-WebSocket-Protocol=v1");
        EXPECT_EQ(event::ids_of(course.last.findings), row.findings);
    }
}

TEST(WebSocketSession, WithoutAConnectRouteEverybodyIsLetIn) {
    app::Api api = chat();
    api.routes.erase(api.routes.begin());
    EXPECT_EQ(show(Course(api).last), "accept");
}

TEST(WebSocketSession, TheConnectEventHasTheRequest) {
    const auto sent = parse_json(Course(chat()).event());
    EXPECT_EQ(at(sent, "/requestContext/connectionId"), R"("ConnectedTo1234=")");
    EXPECT_EQ(at(sent, "/requestContext/domainName"), R"("chat.example.com")");
    EXPECT_EQ(at(sent, "/requestContext/stage"), R"("prod")");
    EXPECT_EQ(at(sent, "/requestContext/eventType"), R"("CONNECT")");
    EXPECT_EQ(at(sent, "/queryStringParameters/room"), R"("1")");
    EXPECT_EQ(at(sent, "/stageVariables/who"), R"("join")");
}

TEST(WebSocketSession, RepliesToMessages) {
    struct Row {
        std::string_view message;
        std::string called;
        Kind kind;
        std::string_view payload;
        std::string expected;
    };
    const std::string_view answer = R"({"statusCode":200,"body":"yes"})";
    const std::string large = R"({"statusCode":200,"body":")" + std::string(128 * 1024 + 1, 'x') + "\"}";
    const Row rows[] = {
        {R"({"action":"ask"})", "call join", Kind::succeeded, answer, "send yes"},
        {R"({"action":"ask"})", "call join", Kind::succeeded,
         R"({"statusCode":500,"body":"eWVz","isBase64Encoded":true})", "send yes"},
        {R"({"action":"ask"})", "call join", Kind::succeeded, R"({"statusCode":200})", "rest"},
        {R"({"action":"ask"})", "call join", Kind::succeeded, large, "send " + error("Internal server error")},
        {R"({"action":"ask"})", "call join", Kind::succeeded, "null", "send " + error("Internal server error")},
        {R"({"action":"say"})", "call hear", Kind::succeeded, answer, "rest"},
        {"no JSON", "call hear", Kind::succeeded, R"({"statusCode":500})", "rest"},
        {"hello", "call hear", Kind::function_error, "{}", "send " + error("Internal server error")},
        {"hello", "call hear", Kind::throttled, "", "send " + error("Internal server error")},
        {"hello", "call hear", Kind::no_function, "", "send " + error("Internal server error")},
        {"hello", "call hear", Kind::timed_out, "", "send " + error("Endpoint request timed out")},
    };
    for (const Row& row : rows) {
        Course course(chat());
        course.reply(R"({"statusCode":200})");
        EXPECT_EQ(course.message(row.message), row.called);
        EXPECT_EQ(at(parse_json(course.event()), "/requestContext/messageId"), R"("MessageNumber01=")");
        EXPECT_EQ(course.reply(row.kind, row.payload), row.expected) << row.message << ' ' << row.payload.substr(0, 99);
    }
}

TEST(WebSocketSession, AReplyThatReachesNobodyIsTold) {
    Course course(chat());
    course.reply(R"({"statusCode":200})");
    course.message("hello");
    course.reply(R"({"statusCode":200,"body":"yes"})");
    ASSERT_EQ(course.last.findings.size(), 1u);
    EXPECT_EQ(course.last.findings.front().id, "websocket-reply-unsent");
    course.message("hello");
    course.reply(R"({"statusCode":200})");
    EXPECT_TRUE(course.last.findings.empty());
}

TEST(WebSocketSession, AReplyOverALimitIsToldWithIt) {
    const std::string most(128 * 1024, 'x'), internal = "send " + error("Internal server error");
    app::Api api = chat();
    app::MockIntegration mock;
    mock.templates = {{"$default", most + "x"}};
    api.routes.push_back({.path = "mocked", .integration = mock, .replies = true});
    Course course(api);
    course.reply(R"({"statusCode":200})");
    const auto ask = [&](Kind kind, const std::string& payload, std::optional<std::size_t> oversized) {
        course.message(R"({"action":"ask"})");
        return course.reply(kind, payload, oversized) == internal ? event::ids_of(course.last.findings) : "sent";
    };
    const auto sized = [](const std::string& body) { return R"({"statusCode":200,"body":")" + body + "\"}"; };
    EXPECT_EQ(ask(Kind::succeeded, sized(most), {}), "sent");
    EXPECT_EQ(ask(Kind::succeeded, sized(most + "x"), {}), "websocket-reply-large");
    EXPECT_EQ(course.last.status, 502);
    EXPECT_NE(course.last.findings.at(0).text.find("to ask has 131073 bytes"), std::string::npos);
    EXPECT_EQ(ask(Kind::function_error, "{}", 6'291'557), "reply-too-large") << "Lambda's own limit";
    EXPECT_EQ(ask(Kind::succeeded, sized(std::string(6'291'557, 'x')), {}), "reply-too-large");
    EXPECT_EQ(course.message(R"({"action":"mocked"})"), internal);
    EXPECT_EQ(event::ids_of(course.last.findings), "websocket-reply-large");
}

TEST(WebSocketSession, AMessageWithoutARouteIsForbidden) {
    app::Api api = chat();
    api.routes.erase(api.routes.begin() + 2);
    Course course(api);
    course.reply(R"({"statusCode":200})");
    EXPECT_EQ(course.message("hello"), "send " + error("Forbidden"));
    EXPECT_EQ(event::ids_of(course.last.findings), "websocket-no-route");
}

TEST(WebSocketSession, AConnectMayAskForAnApiKey) {
    app::Application application;
    application.api_keys = {{.id = "k", .name = "key", .value = "open sesame"}};
    application.usage_plans = {{.name = "plan",
                                .stages = {{.api_id = "chat000000", .stage = "prod"}},
                                .key_ids = {"k"},
                                .quota = app::Quota{.limit = 2, .period = app::QuotaPeriod::month}}};
    app::Api api = chat();
    api.routes[0].access.api_key_required = true;
    const auto door = std::make_shared<WebSocketDoor>(application, api);
    const auto connect = [&](const http::Headers& headers) {
        http::Request request{"GET", "/prod", 1, headers, {}};
        auto admission = door->admit(request, Upgrade::asked, {.kind = Entrance::Kind::by_path}, event::sample_facts(),
                                     std::string(kId));
        WebSocketSession session(door, std::move(std::get<WebSocketClient>(admission)));
        return show(session.on_handshake(std::move(request), event::sample_facts()));
    };
    EXPECT_EQ(connect({}), "refuse 403 " + error("Forbidden"));
    EXPECT_EQ(connect({{"x-api-key", "guess"}}), "refuse 403 " + error("Forbidden"));
    EXPECT_EQ(connect({{"x-api-key", "open sesame"}}), "call greet");
    EXPECT_EQ(connect({{"X-Api-Key", "open sesame"}}), "call greet");
    EXPECT_EQ(connect({{"x-api-key", "open sesame"}}), "refuse 429 " + error("Limit Exceeded"));
}

TEST(WebSocketSession, ARouteMayHaveARate) {
    app::Api api = chat();
    api.stages[0].route_throttles["ask"] = {.rate = 1, .burst = 1};
    Course course(api);
    course.reply(R"({"statusCode":200})");
    EXPECT_EQ(course.message(R"({"action":"ask"})"), "call join");
    EXPECT_EQ(course.message(R"({"action":"ask"})"), "send " + error("Too Many Requests"));
    EXPECT_EQ(course.message("hello"), "call hear");
}

TEST(SelectionExpression, ReadsTheBodyOrIsTheKeyItself) {
    const std::tuple<const char*, const char*, const char*> rows[] = {
        {"$request.body.action", R"({"action":"ask"})", "ask"},
        {"${request.body.a.b}", R"({"a":{"b":"deep"}})", "deep"},
        {"$request.body.action", R"({"action":7})", "none"},
        {"$request.body.action", "no JSON", "none"},
        {"$default", "{}", "$default"},
        {"strict", "{}", "strict"},
    };
    for (const auto& [expression, message, key] : rows) {
        EXPECT_EQ(SelectionExpression(expression).evaluate(message).value_or("none"), key) << expression << message;
    }
}

TEST(SelectionExpression, VariablesMayStandInTextAndTogether) {
    constexpr std::string_view kMessage = R"({"version":"v1","type":"a","sub":"$b","deep":{"x":"y"}})";
    for (const auto& [expression, key] : std::vector<std::pair<const char*, const char*>>{
             {"${request.body.version}-beta", "v1-beta"},
             {"api/${request.body.version}", "api/v1"},
             {"${request.body.type}.${request.body.version}", "a.v1"},
             {"$request.body.type.$request.body.version", "a.v1"},
             {"$request.body.type/$request.body.deep.x", "a/y"},
             {"${request.body.type}${request.body.deep.x}", "ay"},
             {"${request.body.type}${request.body.sub}", "a$b"},
             {"${request.body.type}.${request.body.none}", "none"},
             {"\\$default", "$default"},
             {"\\${request.body.type}", "${request.body.type}"},
             {"${request.body.type", "${request.body.type"},
             {"a\\b$", "a\\b$"},
             {"${context.stage}-${request.body.type}", "${context.stage}-a"}}) {
        EXPECT_EQ(SelectionExpression(expression).evaluate(kMessage).value_or("none"), key) << expression;
    }
}

TEST(WebSocketSession, MessagesThatTheirModelRefuses) {
    app::Api api = chat();
    api.models = {{"Line", R"({"type":"object","required":["text"]})"}, {"Any", R"({"type":["object","array"]})"}};
    api.routes[3].model_selection = "$request.body.kind";
    api.routes[3].validation = app::RequestValidation{.body = true, .models = {{"line", "Line"}}};
    app::Api with_default = api;
    with_default.routes[3].validation->models["$default"] = "Any";
    app::Api for_all = api;
    for_all.routes[2].model_selection = "$default";
    for_all.routes[2].validation = app::RequestValidation{.body = true, .models = {{"$default", "Any"}}};
    const std::string refused = "send " + error("Bad request body");
    const std::tuple<app::Api, const char*, std::string> rows[] = {
        {api, R"({"action":"ask","kind":"line","text":"x"})", "call join"},
        {api, R"({"action":"ask","kind":"line"})", refused},
        {api, R"({"action":"ask","kind":"other"})", refused},
        {api, R"({"action":"ask"})", refused},
        {api, "no JSON", "call hear"},
        {with_default, R"({"action":"ask","kind":"line"})", refused},
        {with_default, R"({"action":"ask","kind":"other"})", "call join"},
        {for_all, "[1]", "call hear"},
        {for_all, "7", refused},
        {for_all, "no JSON", refused},
    };
    for (const auto& [described, message, expected] : rows) {
        Course course(described);
        course.reply(R"({"statusCode":200})");
        EXPECT_EQ(course.message(message), expected) << message;
        if (expected != refused) continue;
        ASSERT_EQ(course.last.findings.size(), 1U);
        EXPECT_EQ(course.last.findings[0].id, "websocket-message-refused");
        EXPECT_THAT(course.last.findings[0].text, HasSubstr("The client gets Bad request body"));
    }
}

TEST(WebSocketSession, RoutesWithoutAFunction) {
    app::Api api = chat();
    api.routes[2].integration = app::MockIntegration{.templates = {{"$default", "mocked"}}};
    api.routes[2].replies = true;
    api.routes[3].integration = app::UnsupportedIntegration{"HTTP"};
    Course course(api);
    course.reply(R"({"statusCode":200})");
    EXPECT_EQ(course.message("hello"), "send mocked");
    EXPECT_EQ(course.message(R"({"action":"ask"})"), "send " + error("Internal server error"));
    EXPECT_EQ(event::ids_of(course.last.findings), "integration-not-emulated");
    api.routes[0].integration = app::MockIntegration{.status = 200};
    EXPECT_EQ(show(Course(api).last), "accept");
    api.routes[0].integration = app::MockIntegration{.status = 403};
    EXPECT_EQ(show(Course(api).last), "refuse 403 ");
    api.routes[0].integration = app::UnsupportedIntegration{"HTTP"};
    EXPECT_EQ(show(Course(api).last), "refuse 500 " + error("Internal server error"));
}

TEST(WebSocketSession, TheCloseGoesToDisconnect) {
    app::Api api = chat();
    Course course(api);
    course.reply(R"({"statusCode":200})");
    EXPECT_EQ(course.close(1000, "done"), "call part");
    const auto sent = parse_json(course.event());
    EXPECT_EQ(at(sent, "/requestContext/disconnectStatusCode"), "1000");
    EXPECT_EQ(at(sent, "/requestContext/disconnectReason"), R"("done")");
    EXPECT_EQ(course.reply(R"({"statusCode":500,"body":"x"})"), "rest");
    api.routes.erase(api.routes.begin() + 1);
    EXPECT_EQ(Course(api).close(1006, ""), "rest");
}

app::Api guarded() {
    app::Api api = chat();
    api.authorizers = {{.name = "guard",
                        .function = "decide",
                        .identity_sources = {"route.request.querystring.room"},
                        .ttl = std::chrono::seconds(300)}};
    api.routes[0].access = {.authorization = app::Authorization::authorizer, .authorizer = "guard"};
    return api;
}

TEST(WebSocketSession, AHandshakeAsksTheAuthorizerThenConnect) {
    const app::Api api = guarded();
    for (int time = 0; time < 2; ++time) {  // no decision is kept
        Course course(api);
        ASSERT_EQ(show(course.last), "call decide");
        const auto asked = parse_json(course.event());
        EXPECT_EQ(at(asked, "/type"), R"("REQUEST")");
        EXPECT_EQ(at(asked, "/methodArn"), R"("arn:aws:execute-api:us-east-1:123456789012:chat000000/prod/$connect")");
        EXPECT_EQ(at(asked, "/requestContext/connectionId"), R"("ConnectedTo1234=")");
        EXPECT_EQ(at(asked, "/isBase64Encoded"), "absent");
        EXPECT_EQ(course.reply(kAllow), "call greet");
        EXPECT_EQ(at(parse_json(course.event()), "/requestContext/authorizer/team"), R"("7")");
        course.reply(R"({"statusCode":200})");
        course.message("hello");
        EXPECT_EQ(at(parse_json(course.event()), "/requestContext/authorizer/principalId"), R"("me")");
    }
}

TEST(WebSocketSession, WhatAnAuthorizerMayRefuse) {
    struct Row {
        Kind kind;
        std::string_view payload;
        std::string expected;
    };
    const Row rows[] = {
        {Kind::succeeded, kDeny, "refuse 403 " + error("Forbidden")},
        {Kind::function_error, R"({"errorMessage":"Unauthorized"})", "refuse 401 " + error("Unauthorized")},
        {Kind::function_error, R"({"errorMessage":"oops"})", "refuse 500 " + error("Internal server error")},
        {Kind::succeeded, "{}", "refuse 500 " + error("Internal server error")},
    };
    for (const Row& row : rows) {
        Course course(guarded());
        EXPECT_EQ(course.reply(row.kind, row.payload), row.expected);
    }
    app::Api api = guarded();
    api.authorizers[0].identity_sources = {"route.request.header.Auth"};
    EXPECT_EQ(show(Course(api).last), "refuse 401 " + error("Unauthorized"));
}

/// `connect STAGE`, `VERB ID STAGE`, or the status and body of the answer.
std::string admit(const app::Api& api, const http::Request& request, Upgrade upgrade, Entrance::Kind entrance) {
    const WebSocketDoor door({}, api);
    const auto admission = door.admit(request, upgrade, {.kind = entrance}, event::sample_facts(), std::string(kId));
    if (const auto* client = std::get_if<WebSocketClient>(&admission)) return "connect " + client->stage;
    if (const auto* call = std::get_if<ConnectionsCall>(&admission)) {
        constexpr std::string_view kNames[] = {"send ", "describe ", "disconnect "};
        return std::string(kNames[static_cast<std::size_t>(call->kind)]) + call->connection_id + ' ' + call->stage;
    }
    const http::Response& response = std::get<Answer>(admission).response;
    return std::to_string(response.status) + ' ' + std::string(response.body.view());
}

TEST(WebSocketDoor, WhatARequestIs) {
    struct Row {
        std::string method, target;
        Upgrade upgrade;
        Entrance::Kind entrance;
        std::string expected;
    };
    using enum Upgrade;
    using enum Entrance::Kind;
    const std::string forbidden = R"(403 {"message":"Forbidden"})";
    const Row rows[] = {
        {"GET", "/prod", asked, by_path, "connect prod"},
        {"GET", "/prod/?a=b", asked, by_path, "connect prod"},
        {"GET", "/", asked, implied, "connect prod"},
        {"GET", "/prod", asked, implied, "connect prod"},
        {"GET", "/", asked, by_path, forbidden},
        {"GET", "/dev", asked, by_path, forbidden},
        {"GET", "/prod/more", asked, by_path, forbidden},
        {"GET", "/prod", not_asked, by_path, forbidden},
        {"POST", "/prod/@connections/Abcd123%3D", not_asked, by_path, "send Abcd123= prod"},
        {"POST", "/@connections/Abcd123=", not_asked, implied, "send Abcd123= prod"},
        {"GET", "/prod/%40connections/Abcd123%3D", not_asked, by_path, "describe Abcd123= prod"},
        {"DELETE", "/prod/@connections/Abcd123=", not_asked, by_path, "disconnect Abcd123= prod"},
        {"PUT", "/prod/@connections/Abcd123=", not_asked, by_path, forbidden},
        {"GET", "/prod/@connections", not_asked, by_path, forbidden},
        {"GET", "/prod/@connections/", not_asked, by_path, forbidden},
        {"GET", "/prod/@connections/no", not_asked, by_path, R"(400 {"message":"Invalid connectionId: no"})"},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(admit(chat(), {row.method, row.target, 1, {}, {}}, row.upgrade, row.entrance), row.expected)
            << row.method << ' ' << row.target;
    }
    const http::Request large{"POST", "/prod/@connections/Abcd123=", 1, {}, std::string(128 * 1024 + 1, 'x')};
    EXPECT_EQ(admit(chat(), large, not_asked, by_path), R"(413 {"message":"Message too long"})");
}

TEST(WebSocketDoor, TheEmulatorsOwnPrefixCountsAgainstNoLimit) {
    const WebSocketDoor door({}, chat());
    const std::string prefix = "/api/Chat";
    const auto enters = [&](std::size_t size) {
        std::string target = "/prod?a=";
        target.resize(size, 'x');
        const http::Request request{"GET", prefix + target, 1, {}, {}};
        const Entrance entrance{.kind = Entrance::Kind::by_path, .prefix = prefix.size()};
        const auto admission = door.admit(request, Upgrade::asked, entrance, event::sample_facts(), std::string(kId));
        return std::holds_alternative<WebSocketClient>(admission);
    };
    EXPECT_TRUE(enters(kWebSocketLimits.target));
    EXPECT_FALSE(enters(kWebSocketLimits.target + 1));
}

TEST(WebSocketDoor, AnUnsignedCallIsTold) {
    const WebSocketDoor door({}, chat());
    http::Request request{"GET", "/prod/@connections/Abcd123=", 1, {}, {}};
    const auto findings = [&] {
        const auto admission =
            door.admit(request, Upgrade::not_asked, {.kind = Entrance::Kind::by_path}, event::sample_facts(), "");
        return std::get<ConnectionsCall>(admission).findings.size();
    };
    EXPECT_EQ(findings(), 1u);
    request.headers.add("Authorization", "AWS4-HMAC-SHA256 …");
    EXPECT_EQ(findings(), 0u);
}

/// The request as somebody with this secret signs it.
http::Request sign(http::Request request, std::string_view secret) {
    const access::Signature signature{.access_key = "KEY",
                                      .date = "20200312",
                                      .region = "us-east-1",
                                      .service = "execute-api",
                                      .time = "20200312T190358Z",
                                      .signed_headers = {"host", "x-amz-date"}};
    request.headers.add("X-Amz-Date", signature.time);
    request.headers.add("Authorization",
                        "AWS4-HMAC-SHA256 Credential=KEY/20200312/us-east-1/execute-api/aws4_request, "
                        "SignedHeaders=host;x-amz-date, Signature=" +
                            access::calculate_signature(request, signature, secret));
    return request;
}

TEST(WebSocketSession, ConnectUnderIamIsForThoseWhoSign) {
    app::Api api = chat();
    api.routes[0].access.authorization = app::Authorization::iam;
    const http::Request request{"GET", "/prod", 1, {{"Host", "localhost"}}, {}};
    const event::Facts facts = event::sample_facts();
    const auto connect = [&](http::Request handshake, bool checked) {
        auto door = std::make_shared<WebSocketDoor>(app::Application{}, api);
        if (checked) {
            door->access().check_signatures([](std::string_view) { return std::optional<std::string>("secret"); });
        }
        auto admission =
            door->admit(handshake, Upgrade::asked, {.kind = Entrance::Kind::by_path}, facts, std::string(kId));
        WebSocketSession session(door, std::get<WebSocketClient>(admission));
        return show(session.on_handshake(std::move(handshake), facts));
    };
    EXPECT_EQ(connect(request, true), "refuse 403 " + error("Missing Authentication Token"));
    EXPECT_THAT(connect(sign(request, "other"), true), testing::StartsWith("refuse 403 "));
    EXPECT_EQ(connect(sign(request, "secret"), true), "call greet");
    EXPECT_EQ(connect(request, false), "call greet") << "signatures are not asked for";
}

TEST(WebSocketDoor, CallsAreSignedWhereSignaturesAreChecked) {
    WebSocketDoor door({}, chat());
    door.access().check_signatures([](std::string_view) { return std::optional<std::string>("secret"); });
    http::Request request{"GET", "/prod/@connections/Abcd123=", 1, {{"Host", "localhost"}}, {}};
    const event::Facts facts = event::sample_facts();
    const auto status = [&] {
        const auto admission = door.admit(request, Upgrade::not_asked, {.kind = Entrance::Kind::by_path}, facts, "");
        const auto* answer = std::get_if<Answer>(&admission);
        return answer == nullptr ? 0 : answer->response.status;
    };
    EXPECT_EQ(status(), 403) << "not signed";
    const http::Request unsigned_request = request;
    request = sign(unsigned_request, "other");
    EXPECT_EQ(status(), 403) << "signed by another secret";
    request = sign(unsigned_request, "secret");
    EXPECT_EQ(status(), 0);
}

TEST(WebSocketDoor, AnswersOfConnections) {
    const WebSocketDoor door({}, chat());
    const event::Facts facts = event::sample_facts();
    const auto show_answer = [](const http::Response& response) {
        std::string text = std::to_string(response.status);
        for (const char* name : {"Content-Type", "x-amzn-RequestId", "x-amzn-ErrorType"}) {
            if (const auto value = response.headers.last(name)) text.append(" ").append(*value);
        }
        return text + " | " + std::string(response.body.view());
    };
    EXPECT_EQ(show_answer(door.answer_sent(facts)), "200 0b5e4c1f-3f6a-4d0e-9c8b-2a1f00d4c0de | ");
    EXPECT_EQ(show_answer(door.answer_disconnected(facts)), "204 0b5e4c1f-3f6a-4d0e-9c8b-2a1f00d4c0de | ");
    EXPECT_THAT(show_answer(door.answer_gone(facts)), HasSubstr(" GoneException | "));
    EXPECT_TRUE(door.answer_gone(facts).body.empty());
    EXPECT_EQ(door.answer_gone(facts).status, 410);
    EXPECT_THAT(show_answer(door.answer_described({kSampleTime, kSampleTime, "::1", ""}, facts)),
                HasSubstr("200 application/json"));
}

TEST(ConnectionsCall, WhatIsToldOfAConnection) {
    EXPECT_EQ(render_connection({kSampleTime, kSampleTime + std::chrono::seconds(2), "127.0.0.1", "me/1"}),
              R"({"connectedAt":"2020-03-12T19:03:58.390Z",)"
              R"("identity":{"sourceIp":"127.0.0.1","userAgent":"me/1"},"lastActiveAt":"2020-03-12T19:04:00.390Z"})");
    EXPECT_THAT(render_connection({kSampleTime, kSampleTime, "::1", ""}), HasSubstr(R"({"sourceIp":"::1"})"));
}

}  // namespace
}  // namespace understudy::gateway::websocket_session_test
