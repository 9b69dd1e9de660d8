// What of a recorded exchange is given to functions again.
#include "tests/support/program.hpp"
#include "tools/understudy/replay_session.hpp"
#include "tools/understudy/replayed_requests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::cli {
namespace {

using std::chrono::system_clock;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

record::Exchange make_recorded() {
    record::Exchange exchange;
    exchange.id = "front";
    exchange.started = std::chrono::seconds(1'767'607'200);
    record::Invocation authorizer{.function = "auth", .request_id = "auth-id"};
    authorizer.authorizer = true;
    record::Invocation asked{.function = "orders", .request_id = "orders-id"};
    asked.trace = "Root=1-a-b;Parent=c;Sampled=0;Lineage=1:d0d0d0d0:0";
    asked.event = R"({"requestContext":{"requestId":"gateway="}})";
    asked.queued_us = 5000;
    exchange.invocations = {authorizer, asked};
    return exchange;
}

TEST(RecordedFacts, IdsAreThoseOfTheInvocationsAndOfTheGateway) {
    event::Facts facts;
    facts.request_id = "drawn";
    recall(make_recorded(), {.ids = true}, facts);
    EXPECT_EQ(facts.request_id, "orders-id");
    EXPECT_EQ(facts.authorizer_request_id, "auth-id");
    EXPECT_EQ(facts.extended_request_id, "gateway=");
    EXPECT_EQ(facts.trace_root, "1-a-b");
    EXPECT_EQ(facts.trace_parent, "c");
    EXPECT_EQ(facts.trace_lineage, "d0d0d0d0");
    EXPECT_EQ(facts.time, system_clock::time_point());
    EXPECT_FALSE(facts.invoked);
}

TEST(RecordedFacts, TheClockAndTheDeadlineAreAskedForApart) {
    event::Facts facts;
    facts.request_id = "drawn";
    recall(make_recorded(), {.clock = true}, facts);
    EXPECT_EQ(facts.time, system_clock::time_point(std::chrono::seconds(1'767'607'200)));
    EXPECT_FALSE(facts.invoked);
    EXPECT_EQ(facts.request_id, "drawn");
    recall(make_recorded(), {.deadline = true}, facts);
    EXPECT_EQ(facts.invoked, system_clock::time_point(std::chrono::milliseconds(1'767'607'200'005)));
}

TEST(RecordedFacts, TheClockIsTheEventsWhereTheExchangeBeganAMomentLater) {
    for (const char* member : {"timeEpoch", "requestTimeEpoch"}) {
        auto recorded = make_recorded();
        recorded.invocations.back().event = R"({"requestContext":{")" + std::string(member) + R"(":1767607199999}})";
        event::Facts facts;
        recall(recorded, {.clock = true}, facts);
        EXPECT_EQ(facts.time, system_clock::time_point(std::chrono::milliseconds(1'767'607'199'999))) << member;
    }
}

TEST(RecordedFacts, AClientSpeaksHttp2WhereTheRecordedOneDid) {
    const auto is_http2 = [](const std::string& start_line, const std::string& event) {
        auto recorded = make_recorded();
        recorded.request = record::HttpMessage{start_line, {}, ""};
        recorded.invocations.back().event = event;
        event::Facts facts;
        recall(recorded, {}, facts);
        return facts.http2;
    };
    EXPECT_TRUE(is_http2("GET / HTTP/2.0", "{}"));
    EXPECT_FALSE(is_http2("GET / HTTP/1.1", "{}"));
    EXPECT_FALSE(is_http2("GET / HTTP/1.1", R"({"headers":{"Via":"1.1 x.cloudfront.net"}})"));
    EXPECT_TRUE(is_http2("GET / HTTP/1.1", R"({"headers":{"Via":"2.0 x.cloudfront.net"}})"))
        << "older recordings call every request one of HTTP/1.1";
}

TEST(RecordedFacts, WhatWasNotRecordedIsDrawn) {
    event::Facts facts;
    facts.request_id = "drawn";
    facts.trace_root = "root";
    recall({}, {.ids = true, .clock = true, .deadline = true}, facts);
    EXPECT_EQ(facts.request_id, "drawn");
    EXPECT_EQ(facts.trace_root, "root");
    EXPECT_FALSE(facts.invoked);
}

std::shared_ptr<const replay::Selected> make_selected() {
    return std::make_shared<const replay::Selected>(replay::Selected{{make_recorded(), nullptr, "f", 1}, 1});
}

TEST(ReplayedRequests, WhatWasSeenIsFoundByTheMarkThatTheFunctionNeverSees) {
    ReplayedRequests requests({.ids = true});
    http::Request request;
    request.headers.add("A", "1");
    const auto number = requests.mark(request, make_selected());
    EXPECT_EQ(request.headers.size(), 2U);
    event::Facts facts;
    requests.on_arrival(request, facts);
    EXPECT_EQ(request.headers, (http::Headers{{"A", "1"}}));
    EXPECT_EQ(facts.request_id, "orders-id");
    record::Exchange seen;
    seen.id = "orders-id";
    seen.stage = "seen";
    requests.on_exchange(std::move(seen));
    EXPECT_EQ(requests.take(number)->stage, "seen");
}

TEST(ReplayedRequests, WhatMetNoApiIsNotWaitedFor) {
    ReplayedRequests requests({});
    http::Request request;
    EXPECT_EQ(requests.take(requests.mark(request, make_selected())), std::nullopt);
}

app::Application make_application() {
    app::Application application;
    app::Function function;
    function.name = "f";
    function.environment = {{"OWN", "mine"}};
    application.functions = {function};
    return application;
}

std::shared_ptr<const record::Session> make_session(const std::string& value) {
    record::Session session;
    session.functions = {{.name = "orders",
                          .environment = {{"OWN", "theirs"}, {"MODE", value}, {"TOKEN", "[redacted]"}},
                          .handler = "app.handler",
                          .timeout_ms = 2500,
                          .memory_mb = 512}};
    return std::make_shared<const record::Session>(session);
}

TEST(RecordedEnvironments, ACommandHasTheVariablesAndTermsThatNobodyGives) {
    ReplayOptions options;
    options.recorded_environment = true;
    options.given.memory = true;
    RecordedEnvironments environments(make_application(), options, "orders");
    const auto application = environments.change_to(make_session("on"));
    ASSERT_TRUE(application);
    const auto& function = application->functions.front();
    EXPECT_THAT(function.environment, ElementsAre(Pair("OWN", "mine"), Pair("MODE", "on")));
    EXPECT_EQ(function.timeout, std::chrono::milliseconds(2500));
    EXPECT_EQ(function.handler, "app.handler");
    EXPECT_EQ(function.memory_megabytes, app::Function().memory_megabytes);
}

TEST(RecordedEnvironments, OnlyPathsOfACommandGoOnToNameWhatTheyNamed) {
    test::TempFolder here, there;
    here.write("test", "");
    auto application = make_application();
    auto& function = application.functions.front();
    function.directory = here.path();
    function.command = {"run", "", "test", ".", "./test", "./none", "/"};
    auto session = *make_session("on");
    session.functions.front().directory = there.path();
    ReplayOptions options;
    options.recorded_environment = true;
    const RecordedEnvironments environments(application, options, "orders");
    const auto changed = environments.of(&session).functions.front();
    EXPECT_EQ(changed.directory, there.path());
    EXPECT_THAT(changed.command, ElementsAre("run", "", "test", ".", here.path() + "/./test", "./none", "/"));
}

TEST(RecordedEnvironments, ChangeWithTheSessionAndOnlyThen) {
    ReplayOptions options;
    options.recorded_environment = true;
    RecordedEnvironments environments(make_application(), options, "orders");
    const auto first = make_session("on");
    EXPECT_TRUE(environments.change_to(first));
    EXPECT_FALSE(environments.change_to(first));
    EXPECT_FALSE(environments.change_to(make_session("on")));
    EXPECT_TRUE(environments.change_to(make_session("off")));
    EXPECT_TRUE(environments.change_to(nullptr));
}

TEST(RecordedEnvironments, NobodyAskedForThemIsNoChange) {
    const ReplayOptions options;
    RecordedEnvironments environments(make_application(), options, "orders");
    EXPECT_FALSE(environments.change_to(make_session("on")));
}

TEST(RecordedEnvironments, ATemplateSaysItsTermsItself) {
    ReplayOptions options;
    options.recorded_environment = true;
    options.template_files.emplace();
    auto application = make_application();
    application.functions.front().name = "orders";
    RecordedEnvironments environments(application, options, "");
    const auto changed = environments.change_to(make_session("on"));
    ASSERT_TRUE(changed);
    EXPECT_THAT(changed->functions.front().environment, ElementsAre(Pair("OWN", "mine"), Pair("MODE", "on")));
    EXPECT_EQ(changed->functions.front().timeout, app::Function().timeout);
}

}  // namespace
}  // namespace understudy::cli
