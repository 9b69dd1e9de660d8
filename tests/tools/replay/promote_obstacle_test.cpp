#include "tools/replay/promote_obstacle.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <utility>

namespace understudy::replay {
namespace {

using testing::HasSubstr;

/// An answer that no function was asked for.
record::Exchange make_refusal(const std::string& front, const std::string& target = "/a") {
    record::Exchange exchange;
    exchange.id = "id-1";
    exchange.front = front;
    exchange.api = "a1";
    exchange.stage = front == "rest" ? "prod" : "";
    exchange.request = record::HttpMessage{"GET " + target + " HTTP/1.1", {{"Host", "localhost:3000"}}, ""};
    exchange.response = record::HttpMessage{"HTTP/1.1 404 Not Found", {}, "{}"};
    return exchange;
}

std::string find_reason(record::Exchange exchange, const std::string& template_file,
                        const std::string& recorded_template = "abc") {
    record::Session session;
    session.template_sha256 = recorded_template;
    session.apis = {{.id = "a1", .kind = "rest", .name = "Orders", .stages = {"prod"}}};
    PromoteRules rules;
    rules.template_file = template_file;
    return find_promote_obstacle(
        {{std::move(exchange), std::make_shared<const record::Session>(session), "t.jsonl", 7}, 1}, rules);
}

TEST(PromoteObstacle, WhatAnApiAnsweredByItselfNeedsItsTemplate) {
    for (const char* front : {"http", "rest", "url", "alb"}) {
        EXPECT_EQ(find_reason(make_refusal(front), "t.yaml"), "") << front;
        EXPECT_THAT(find_reason(make_refusal(front), ""), HasSubstr("name the template instead")) << front;
        EXPECT_EQ(find_reason(make_refusal(front), "", ""), "") << "a command answers so again";
        auto asked = make_refusal(front);
        asked.invocations.push_back({.function = "authorizer", .authorizer = true});
        EXPECT_THAT(find_reason(asked, ""), HasSubstr("name the template instead")) << front;
        asked.invocations.push_back({.function = "orders"});
        EXPECT_EQ(find_reason(asked, ""), "") << front;
    }
}

TEST(PromoteObstacle, WhatNoScenarioCouldPassIsLeftOut) {
    auto unfinished = make_refusal("http");
    unfinished.missing = "the request's body";
    EXPECT_EQ(find_reason(unfinished, "t.yaml"), "was refused before its request was whole");
    EXPECT_EQ(find_reason(make_refusal("http", "*"), "t.yaml"), "asks for no path, which no step can");
    EXPECT_EQ(find_reason(make_refusal("http", "http://localhost/a"), "t.yaml"), "");
    auto before_stage = make_refusal("rest", "/ping");
    before_stage.stage.clear();
    EXPECT_THAT(find_reason(before_stage, "t.yaml"), HasSubstr("in front of the API's stage"));
    auto redacted = make_refusal("http");
    redacted.redacted = {"request.headers.Authorization"};
    EXPECT_EQ(find_reason(redacted, "t.yaml"), "") << "no route asks for it";
    redacted.invocations.push_back({.function = "authorizer", .authorizer = true});
    EXPECT_THAT(find_reason(redacted, "t.yaml"), HasSubstr("for what is redacted, request.headers.Authorization"));
    EXPECT_THAT(find_reason(make_refusal("websocket"), "t.yaml"), HasSubstr("no step opens a WebSocket"));
    EXPECT_THAT(find_reason(make_refusal("invoke", "/2015-03-31/functions/a"), "t.yaml"),
                HasSubstr("a call of the Lambda API that no step makes"));
    EXPECT_EQ(find_reason({.id = "b", .front = "runtime"}, "t.yaml"), "holds nothing that can be sent");
    EXPECT_EQ(find_reason({.id = "b", .front = "runtime", .invocations = {{.function = "a"}}}, "t.yaml"), "");
}

TEST(PromoteObstacle, WhatIsMissingInPartIsLeftOut) {
    record::Exchange without_reply{.id = "b", .front = "runtime", .invocations = {{.function = "a", .event = "{}"}}};
    without_reply.missing = "the reply of 509 bytes is longer than UNDERSTUDY_RECORD_MAX_BODY, 100";
    EXPECT_EQ(find_reason(without_reply, ""), "is not whole in the recording: " + without_reply.missing);
    auto without_end = make_refusal("http");
    without_end.invocations = {{.function = "a", .event = "{}", .outcome = record::Outcome::unknown}};
    without_end.missing = "there was no reply shortly before the function's deadline";
    EXPECT_EQ(find_reason(without_end, "t.yaml"), "is not whole in the recording: " + without_end.missing);
    EXPECT_EQ(find_reason({.id = "b", .missing = "piece 2 of 3"}, ""), "is not whole in the recording: piece 2 of 3");
}

TEST(PromoteObstacle, WhatIsNoRequestOfHttpIsLeftOut) {
    EXPECT_EQ(find_reason(make_refusal("http", "wss://a.example/b"), ""), "went to a URL of 'wss', which no step can");
    EXPECT_EQ(find_reason(make_refusal("http", "HTTPS://a.example/b"), "t.yaml"), "");
    EXPECT_EQ(find_reason(make_refusal("http", "/wss:/b"), "t.yaml"), "");
}

}  // namespace
}  // namespace understudy::replay
