#include "tools/replay/plan.hpp"

#include "tools/replay/entrance.hpp"
#include "tools/replay/subject.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::replay {
namespace {

using record::Outcome;
using testing::ElementsAre;
using testing::IsEmpty;

record::Invocation invocation(const std::string& function, bool authorizer = false,
                              Outcome outcome = Outcome::succeeded) {
    record::Invocation made;
    made.function = function;
    made.authorizer = authorizer;
    made.outcome = outcome;
    return made;
}

record::Exchange exchange(std::vector<record::Invocation> invocations) {
    record::Exchange made;
    made.invocations = std::move(invocations);
    return made;
}

record::Exchange request(const std::string& front, const std::string& line, const std::string& host) {
    record::Exchange made;
    made.front = front;
    made.stage = "prod";
    made.request = record::HttpMessage{line, {{"Host", host}, {"X-A", "1"}, {"Content-Length", "2"}}, "hi"};
    made.response = record::HttpMessage{"HTTP/1.1 200 OK", {}, ""};
    return made;
}

TEST(SubjectOfAnExchange, IsTheRequestOrTheEventOrTheFunction) {
    EXPECT_EQ(to_subject(request("rest", "GET /a?b=c HTTP/1.1", "x")).text(), "GET /a");
    auto event = exchange({invocation("f")});
    EXPECT_EQ(to_subject(event).text(), "invoke f");
    event.invocations[0].event = R"({"requestContext":{"a":{},"http":{"method":"PUT"}},"rawPath":"/b"})";
    EXPECT_EQ(to_subject(event).text(), "PUT /b");
    event.invocations[0].event = R"({"body":null,"path":"/c","httpMethod":"DELETE"})";
    EXPECT_EQ(to_subject(event).text(), "DELETE /c");
    event.invocations[0].event = R"({"path":"/c","httpMethod":)";
    EXPECT_EQ(to_subject(event).text(), "invoke f");
}

TEST(PlanEvents, ACommandStandsInForOneFunction) {
    const auto planned =
        plan_events(exchange({invocation("auth", true), invocation("f"), invocation("g")}), {"f", {}, "function"});
    EXPECT_THAT(planned.invocations, ElementsAre(1));
    EXPECT_EQ(planned.left_out.size(), 2U);
}

TEST(PlanEvents, AnEventWhoseReplyAloneIsMissingIsOneForTwoBuilds) {
    auto late = exchange({invocation("f", false, Outcome::unknown)});
    late.invocations[0].event = "{}";
    late.missing = "there was no reply shortly before the function's deadline";
    EXPECT_THAT(plan_events(late, {.recorded = {}, .functions = {}, .command_name = "c"}).left_out,
                ElementsAre(testing::HasSubstr("no reply to them was recorded")));
    EXPECT_THAT(
        plan_events(late, {.recorded = {}, .functions = {}, .command_name = "c", .needs = Needs::event}).invocations,
        ElementsAre(0));
}

TEST(PlanEvents, CallsOfConnectionsAreLeftOutWithTheReason) {
    auto call = request("websocket", "POST /prod/@connections/abc%3D HTTP/1.1", "localhost");
    const std::string reason = "they are calls of @connections, which are compared where";
    EXPECT_THAT(to_request(call, {}, nullptr).error().message(), testing::HasSubstr(reason));
    EXPECT_THAT(plan_events(call, {}).left_out, testing::ElementsAre(testing::HasSubstr(reason)));
}

TEST(PlanEvents, WebSocketsAreLeftOutOfRequestsWithTheReason) {
    auto message = exchange({invocation("f")});
    message.front = "websocket";
    EXPECT_THAT(to_request(message, {}).error().message(), testing::HasSubstr("they are of WebSockets"));
}

TEST(PlanEvents, ATemplatesFunctionsAreAskedByNameAuthorizersToo) {
    const auto planned =
        plan_events(exchange({invocation("auth", true), invocation("f"), invocation("g")}), {{}, {"auth", "f"}});
    EXPECT_THAT(planned.invocations, ElementsAre(0, 1));
    EXPECT_THAT(planned.left_out, ElementsAre("there is no function 'g'"));
}

TEST(PlanEvents, WhatHasNothingToCompareWithIsLeftOut) {
    EXPECT_THAT(plan_events(exchange({invocation("f", false, Outcome::throttled)}), {"f", {}, "function"}).invocations,
                IsEmpty());
    EXPECT_THAT(plan_events(exchange({invocation("f", false, Outcome::unknown)}), {"f", {}, "function"}).invocations,
                IsEmpty());
    EXPECT_THAT(
        plan_events(exchange({invocation("f", false, Outcome::function_error)}), {"f", {}, "function"}).invocations,
        ElementsAre(0));
    auto partly = exchange({invocation("f")});
    partly.missing = "piece 2 of 3";
    EXPECT_THAT(plan_events(partly, {"f", {}, "function"}).left_out,
                ElementsAre("parts of them are missing in the recording"));
}

TEST(PlanRequests, WhatWasRefusedBeforeItWasWholeIsNotSentAgain) {
    auto refused = request("http", "POST /a HTTP/1.1", "x");
    refused.missing = "the request's body: it was refused before its end";
    const std::string why = "they were refused before they were whole, and are not sent again";
    EXPECT_EQ(to_request(refused, {.url = "http://e", .lambda = {}, .doors = {}, .headers = {}}).error().message(),
              why);
    EXPECT_THAT(plan_events(refused, {"f", {}, "function"}).left_out, ElementsAre(why));
    refused.missing = {};
    EXPECT_TRUE(to_request(refused, {.url = "http://e", .lambda = {}, .doors = {}, .headers = {}}));
}

TEST(PlanRequests, WhatIsNoRequestOfHttpIsNotSent) {
    const auto socket = request("http", "GET wss://a.example/b HTTP/1.1", "x");
    const std::string why = "they went to URLs of 'wss', which are none of HTTP";
    EXPECT_EQ(find_sending_obstacle(socket), why);
    EXPECT_EQ(to_request(socket, {.url = "http://e", .lambda = {}, .doors = {}, .headers = {}}).error().message(), why);
    for (const char* line : {"GET http://a.example/b HTTP/1.1", "GET /a:b HTTP/1.1", "GET /?a=b:c HTTP/1.1",
                             "OPTIONS * HTTP/1.1", "CONNECT a.example:443 HTTP/1.1", "broken"})
        EXPECT_EQ(find_sending_obstacle(request("http", line, "x")), "") << line;
}

TEST(PlanRequests, WhatWouldBeAnotherRequestOnTheWireIsNotSent) {
    const Doors elsewhere{.url = "http://e", .lambda = {}, .doors = {}, .headers = {}};
    const auto why = [&](const record::Exchange& exchange) {
        const auto again = to_request(exchange, elsewhere);
        return again ? "" : again.error().message();
    };
    for (const char* line : {"", "GET", "GET / HTTP/1.1\r\nX: y\r\n\r\nGET /a HTTP/1.1", "G\nT / HTTP/1.1"})
        EXPECT_THAT(why(request("http", line, "x")), testing::HasSubstr("start line")) << line;
    for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{
             {"A", "b\r\nEvil: 1"}, {"A\r\nEvil", "b"}, {"Content-Length:5, X", "b"}, {"", "b"}}) {
        auto made = request("http", "GET /a HTTP/1.1", "x");
        made.request->headers.add(name, value);
        EXPECT_EQ(why(made), "they have a header that would be another one when it is sent") << name;
    }
    EXPECT_EQ(why(request("http", "GET /a b HTTP/1.1", "x")), "");
    auto domain = request("http", "GET /a HTTP/1.1", "my.domain:1\r\nEvil: 1");
    const Doors doors{.url = "http://e",
                      .lambda = {},
                      .doors = {{"a", "A", "http"}, {"b", "B", "rest"}},
                      .headers = {},
                      .domains = {"my.domain"}};
    EXPECT_FALSE(to_request(domain, doors));
    domain.front = "websocket";
    domain.request->start_line = "GET /?a\r\nb HTTP/1.1";
    domain.request->headers = {{"Host", "my.domain"}};
    EXPECT_FALSE(
        to_handshake(domain, {.url = {}, .lambda = {}, .doors = {{"a", "A", "websocket"}}, .headers = {}}, nullptr));
}

TEST(PlanEvents, TwoBuildsNeedNoRecordedReply) {
    const Runners runners{"f", {}, "function", Needs::event};
    EXPECT_THAT(plan_events(exchange({invocation("f", false, Outcome::unknown)}), runners).invocations, ElementsAre(0));
    EXPECT_THAT(plan_events(exchange({invocation("g", false, Outcome::unknown)}), runners).invocations, IsEmpty());
}

TEST(PlanEvents, AnEventThatNamesNoFunctionIsTheCommands) {
    EXPECT_THAT(plan_events(exchange({invocation("")}), {{}, {}, "function"}).invocations, ElementsAre(0));
    EXPECT_THAT(plan_events(exchange({invocation("")}), {"f", {}, "function"}).invocations, ElementsAre(0));
}

TEST(PlanRequests, ToAUrlGoesTheRequestWithoutWhatIsTheSenders) {
    const auto again = to_request(request("rest", "POST /a?b HTTP/1.1", "localhost:3000"),
                                  {.url = "https://x", .lambda = {}, .doors = {}, .headers = {{"x-a", "2"}}});
    ASSERT_TRUE(again);
    EXPECT_EQ(again->base_url, "https://x");
    EXPECT_EQ(again->request.method, "POST");
    EXPECT_EQ(again->request.target, "/a?b");
    EXPECT_EQ(again->request.headers, (http::Headers{{"x-a", "2"}}));
    EXPECT_EQ(again->request.body, "hi");
}

TEST(PlanRequests, TheStageInThePathOfAnApisOwnHostIsTakenOff) {
    const Doors elsewhere{.url = "https://x", .lambda = {}, .doors = {}, .headers = {}};
    const auto target = [&](const std::string& line, const std::string& host) {
        return to_request(request("rest", line, host), elsewhere)->request.target;
    };
    EXPECT_EQ(target("GET /prod/a HTTP/1.1", "abc.execute-api.us-east-1.amazonaws.com"), "/a");
    EXPECT_EQ(target("GET /prod HTTP/1.1", "abc.execute-api.localhost:3000"), "/");
    EXPECT_EQ(target("GET /products HTTP/1.1", "abc.execute-api.localhost:3000"), "/products");
    EXPECT_EQ(target("GET /prod/a HTTP/1.1", "localhost:3000"), "/prod/a");
}

TEST(PlanRequests, AnApiThatThePathNamedIsNamedAsItIsCalledNow) {
    const Doors two{.url = "http://e", .lambda = {}, .doors = {{"id1", "One", "rest"}, {"id2", "Two", "http"}}};
    const auto target = [](const std::string& line, const Doors& doors) {
        const auto again = to_request(request("rest", line, "localhost:3000"), doors);
        return again ? again->request.target : again.error().message();
    };
    EXPECT_EQ(target("GET /_apis/old/prod/a?b HTTP/1.1", two), "/_apis/id1/prod/a?b");
    EXPECT_EQ(target("GET /_apis/One/prod/a HTTP/1.1", two), "/_apis/id1/prod/a");
    const Doors one{.url = "http://e", .lambda = {}, .doors = {{"id1", "One", "rest"}}};
    EXPECT_EQ(target("GET /_apis/old/prod/a?b HTTP/1.1", one), "/a?b");
    EXPECT_EQ(target("GET /_apis/old/prod?b HTTP/1.1", {.url = "https://x"}), "/?b");
}

TEST(PlanRequests, WhatTheOneApiAtTheRootWasAskedGoesToTheSameOneOfSeveral) {
    const Doors doors{.url = "http://e",
                      .lambda = {},
                      .doors = {{"id1", "One", "rest", "http://e/_apis/One/prod"},
                                {"id2", "Two", "http", "http://e/_apis/Two"},
                                {"id3", "Three", "http", "http://e/_apis/Three"}},
                      .headers = {},
                      .of_template = true,
                      .domains = {"api.example.com"}};
    const auto url = [&](const record::Exchange& exchange, const record::Session* session = nullptr) {
        const auto again = to_request(exchange, doors, session);
        return again ? again->base_url + again->request.target : again.error().message();
    };
    EXPECT_EQ(url(request("rest", "GET /a?b HTTP/1.1", "127.0.0.1:3000")), "http://e/_apis/One/prod/a?b");
    EXPECT_EQ(url(request("rest", "GET /a HTTP/1.1", "API.example.com:80")), "http://e/a") << "a custom domain";
    EXPECT_EQ(url(request("rest", "GET /a?b HTTP/1.1", "shop.example.com")), "http://e/_apis/One/prod/a?b");
    for (const char* host : {"localhost", "shop.example.com"})
        EXPECT_EQ(
            url(request("http", "GET /a HTTP/1.1", host)),
            "the template has several APIs of kind http, and they name none (--api sends them to one: One, Two or "
            "Three)");
    record::Session session;
    session.apis = {{.id = "old", .kind = "http", .name = "Three"}};
    auto named = request("http", "GET /a HTTP/1.1", "[::1]:3000");
    named.api = "old";
    EXPECT_EQ(url(named, &session), "http://e/_apis/Three/a");
}

TEST(PlanRequests, TheApiThatTheUserChoseTakesWhatNamesNoneOfTheTemplates) {
    Doors doors{.url = "http://e",
                .lambda = {},
                .doors = {{"id1", "One", "rest", "http://e/_apis/One/prod"},
                          {"id2", "Two", "http", "http://e/_apis/Two"},
                          {"id3", "Three", "http", "http://e/_apis/Three"}},
                .headers = {},
                .domains = {"api.example.com"},
                .chosen = "three"};
    const auto url = [&](const std::string& front, const std::string& line, const std::string& host) {
        const auto again = to_request(request(front, line, host), doors);
        return again ? again->base_url + again->request.target + ' ' +
                           std::string(again->request.headers.first("host").value_or("-"))
                     : again.error().message();
    };
    EXPECT_EQ(url("http", "GET /a HTTP/1.1", "shop.example.com"), "http://e/_apis/Three/a -");
    EXPECT_EQ(url("http1", "GET /a HTTP/1.1", "localhost:3000"), "http://e/_apis/Three/a -");
    EXPECT_EQ(url("http", "GET /_apis/old/prod/a HTTP/1.1", "localhost"), "http://e/_apis/Three/a -");
    EXPECT_EQ(url("rest", "GET /prod/a HTTP/1.1", "old.execute-api.localhost"), "http://e/_apis/Three/a -");
    EXPECT_EQ(url("http", "GET /_apis/Two/a HTTP/1.1", "localhost"), "http://e/_apis/id2/a -");
    EXPECT_EQ(url("rest", "GET /a HTTP/1.1", "api.example.com"), "http://e/a api.example.com");
    EXPECT_EQ(find_door(doors, "ID2")->name, "Two");
    EXPECT_EQ(find_door(doors, ""), nullptr);
}

TEST(PlanRequests, AWebSocketIsOpenedAtItsApisStageOfToday) {
    const Doors doors{
        .url = "http://e",
        .lambda = {},
        .doors = {{"id1", "One", "http", "http://e/_apis/One"}, {"id2", "Chat", "websocket", "ws://e/_apis/Chat/prod"}},
        .headers = {}};
    const auto url = [&](const std::string& line, const std::string& host) {
        const auto again = to_handshake(request("websocket", line, host), doors, nullptr);
        return again ? again->base_url + again->request.target : again.error().message();
    };
    EXPECT_EQ(url("GET /_apis/old/prod?a=b HTTP/1.1", "localhost:3000"), "ws://e/_apis/Chat/prod?a=b");
    EXPECT_EQ(url("GET /v1 HTTP/1.1", "old.execute-api.localhost"), "ws://e/_apis/Chat/prod");
    EXPECT_EQ(url("GET / HTTP/1.1", "localhost"), "ws://e/_apis/Chat/prod");
    EXPECT_THAT(url("POST /prod HTTP/1.1", "localhost"), testing::HasSubstr("no handshakes"));
}

TEST(Entrance, OfAnApiThatIsNamedTheTargetIsWhatTheApiIsAsked) {
    record::Session session;
    session.apis = {{.id = "a1", .kind = "http", .stages = {"$default", "v1"}}};
    const auto target = [&](const std::string& line, const std::string& host, const std::string& stage) {
        auto made = request("http", "GET " + line + " HTTP/1.1", host);
        made.api = "a1";
        made.stage = stage;
        return to_root_target(made, &session);
    };
    EXPECT_EQ(target("/_apis/a1/v1/x", "localhost:3000", "v1"), "/x");
    EXPECT_EQ(target("/_apis/a1/v1/x", "localhost:3000", ""), "/x") << "the session knows the API's stages";
    EXPECT_EQ(target("/_apis/a1/v1/x", "localhost:3000", "$default"), "/v1/x") << "that is a route's";
    EXPECT_EQ(target("/v1/x", "a1.execute-api.eu-west-1.amazonaws.com", "v1"), "/x");
    EXPECT_EQ(target("/v1?q", "a1.execute-api.localhost:3000", ""), "/?q");
    EXPECT_EQ(target("/v1/x", "localhost:3000", "v1"), "/v1/x") << "at the root the stage is implied";
    EXPECT_EQ(target("/_apis", "localhost:3000", "v1"), "/_apis");
    EXPECT_EQ(target("/_apis/a1", "localhost:3000", "v1"), "/");
}

TEST(PlanRequests, OfSeveralApisTheRecordedOneIsMeantWhateverItsIdIsNow) {
    const Doors doors{.url = "http://e",
                      .lambda = "http://l",
                      .doors = {{"id1", "One", "rest"}, {"id2", "Two", "http"}, {"id3", "Three", "http"}},
                      .headers = {},
                      .domains = {"api.example.com"}};
    const auto host = [&](const std::string& front, const std::string& recorded) {
        const auto again = to_request(request(front, "GET / HTTP/1.1", recorded), doors);
        return again ? std::string(again->request.headers.first("host").value_or("-")) : again.error().message();
    };
    EXPECT_EQ(host("rest", "old.execute-api.localhost:3000"), "id1.execute-api.localhost");
    EXPECT_EQ(host("http1", "two.execute-api.localhost:3000"), "id2.execute-api.localhost");
    EXPECT_EQ(host("http", "old.execute-api.localhost"),
              "the template has several APIs of kind http, and none is called 'old'");
    EXPECT_EQ(host("url", "old.lambda-url.localhost"), "the template has no API of kind url, and none is called 'old'");
    EXPECT_EQ(host("http", "api.example.com"), "api.example.com");
    EXPECT_EQ(to_request(request("invoke", "POST /2015-03-31/functions/f/invocations HTTP/1.1", "x"), doors)->base_url,
              "http://l");
}

TEST(PlanRequests, WhatCannotBeSentSaysWhy) {
    const Doors one{.url = "http://e", .lambda = {}, .doors = {{"id", "One", "rest"}}, .headers = {}};
    EXPECT_FALSE(to_request(exchange({invocation("f")}), one));
    EXPECT_FALSE(to_request(request("websocket", "GET / HTTP/1.1", "x"), one));
    EXPECT_FALSE(to_request(request("url", "GET / HTTP/1.1", "x"), one));
    EXPECT_FALSE(to_request(request("invoke", "POST / HTTP/1.1", "x"), one));
    EXPECT_TRUE(to_request(request("rest", "GET / HTTP/1.1", "x"), one));
}

TEST(PlanRequests, TheRecordedTraceIsSentWhereAsked) {
    auto recorded = request("rest", "GET / HTTP/1.1", "x");
    recorded.invocations.push_back(invocation("f"));
    recorded.invocations.back().trace = "Root=1-2-3";
    const Doors doors{.url = "http://e", .lambda = {}, .doors = {}, .headers = {}, .recorded_ids = true};
    EXPECT_EQ(to_request(recorded, doors)->request.headers.first("x-amzn-trace-id"), "Root=1-2-3");
}

}  // namespace
}  // namespace understudy::replay
