#include "emulator/app/single_function.hpp"
#include "emulator/event/exchange_findings.hpp"
#include "emulator/gateway/front_door.hpp"
#include "emulator/gateway/target_choice.hpp"
#include "tests/emulator/event/samples.hpp"
#include "tests/emulator/gateway/front_doors.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace understudy::gateway::front_doors_test {
namespace {

using app::ApiKind;
using event::at;
using event::ids_of;
using event::kSampleTime;
using event::parse_json;
using event::sample_facts;
using Kind = FunctionReply::Kind;

app::Api with_cors(ApiKind kind) {
    app::Api api =
        api_of(kind, {to_function(kind == ApiKind::http ? "GET" : "", kind == ApiKind::http ? "/a" : "$default", "f")},
               {{"$default"}});
    api.cors = app::Cors{.allow_origins = {"https://a.example"}, .allow_methods = {"GET"}};
    return api;
}

TEST(FrontDoorCors, PreflightsNeedNoRoute) {
    const http::Request preflight{
        "OPTIONS", "/nowhere", 1, {{"Origin", "https://a.example"}, {"Access-Control-Request-Method", "GET"}}, ""};
    const http::Response http = refused(FrontDoor({}, with_cors(ApiKind::http)), preflight).response;
    EXPECT_EQ(http.status, 204);
    EXPECT_EQ(http.headers.first("access-control-allow-methods"), "GET");
    EXPECT_TRUE(http.headers.contains("Apigw-Requestid"));
    EXPECT_EQ(refused(FrontDoor({}, with_cors(ApiKind::url)), preflight).response.status, 200);
    EXPECT_EQ(refused(FrontDoor({}, with_cors(ApiKind::http)), {"OPTIONS", "/a", 1, {}, ""}).response.status, 404);
}

TEST(FrontDoorCors, BodiesThatAreNotReadAreRefusedWithTheGatewaysWords) {
    const http::Request request{"POST", "/a", 1, {{"Origin", "https://a.example"}}, ""};
    for (const ApiKind kind : {ApiKind::http, ApiKind::url}) {
        const FrontDoor door({}, with_cors(kind));
        const auto response = door.refuse_body(ErrorKind::request_too_large, request, {}, sample_facts()).response;
        EXPECT_EQ(response.status, 413);
        EXPECT_EQ(response.headers.first("access-control-allow-origin"), "https://a.example");
    }
}

TEST(FrontDoorCors, TheGatewaysWordsStandInPlaceOfTheFunctions) {
    for (const ApiKind kind : {ApiKind::http, ApiKind::url}) {
        FrontDoor door({}, with_cors(kind));
        const auto answer_to = [&](const http::Request& request, Kind reply) {
            Verdict verdict = door.admit(request, sample_facts());
            return door
                .answer(
                    std::get<Accepted>(verdict).ticket,
                    {reply, R"({"statusCode":200,"headers":{"Access-Control-Allow-Origin":"x","y":"z"},"body":""})"},
                    kSampleTime)
                .response;
        };
        const http::Response allowed = answer_to(get("/a", {{"Origin", "https://a.example"}}), Kind::succeeded);
        EXPECT_EQ(allowed.headers.last("access-control-allow-origin"), "https://a.example");
        EXPECT_EQ(allowed.headers.first("Access-Control-Allow-Origin"), "https://a.example");
        EXPECT_TRUE(allowed.headers.contains("y"));
        const http::Response other = answer_to(get("/a", {{"Origin", "https://b.example"}}), Kind::succeeded);
        EXPECT_FALSE(other.headers.contains("access-control-allow-origin"));
        const http::Response failed = answer_to(get("/a", {{"Origin", "https://a.example"}}), Kind::function_error);
        EXPECT_EQ(failed.headers.first("access-control-allow-origin"), "https://a.example");
    }
}

TEST(FrontDoorKinds, AnswersOfUrls) {
    FrontDoor door({}, single(app::FrontKind::url));
    const Accepted request = accepted(FrontDoor({}, single(app::FrontKind::url)), get("/a/b"));
    EXPECT_EQ(request.function, "function");
    EXPECT_EQ(request.timeout, std::chrono::minutes(15));
    EXPECT_EQ(at(parse_json(request.event), "/rawPath"), R"("/a/b")");
    const auto answer = [&](Kind kind) {
        return door.answer(request.ticket, {kind, R"({"a":1})"}, kSampleTime).response;
    };
    EXPECT_EQ(answer(Kind::succeeded).body.view(), R"({"a":1})");
    EXPECT_EQ(answer(Kind::succeeded).headers.first("x-amzn-RequestId"), sample_facts().request_id);
    EXPECT_TRUE(answer(Kind::succeeded).headers.contains("X-Amzn-Trace-Id"));
    EXPECT_EQ(answer(Kind::function_error).status, 502);
    EXPECT_EQ(answer(Kind::function_error).body.view(), "Internal Server Error");
    EXPECT_EQ(answer(Kind::timed_out).status, 502);
    EXPECT_EQ(answer(Kind::no_function).status, 502);
    EXPECT_EQ(answer(Kind::throttled).status, 429);
    EXPECT_EQ(answer(Kind::throttled).headers.first("x-amzn-ErrorType"), "TooManyRequestsException");
}

TEST(FrontDoorKinds, AUrlThatStreamsSaysSo) {
    const Accepted request =
        accepted(FrontDoor({}, single(app::FrontKind::url, {.transfer = app::TransferMode::stream})), get("/"));
    EXPECT_EQ(request.transfer, app::TransferMode::stream);
    EXPECT_EQ(request.ticket.transfer, app::TransferMode::stream);
}

TEST(FrontDoorKinds, AnswersOfAlb) {
    FrontDoor door({}, single(app::FrontKind::alb));
    const Accepted request = accepted(FrontDoor({}, single(app::FrontKind::alb)), get("/a?b=%20"));
    EXPECT_EQ(at(parse_json(request.event), "/queryStringParameters/b"), R"("%20")");
    const auto answer = [&](Kind kind, std::string payload) {
        return door.answer(request.ticket, {kind, std::move(payload)}, kSampleTime).response;
    };
    EXPECT_EQ(answer(Kind::timed_out, ""), (http::Response{502,
                                                           {{"Server", "awselb/2.0"},
                                                            {"Date", "Thu, 12 Mar 2020 19:03:58 GMT"},
                                                            {"Content-Type", "text/html"},
                                                            {"Connection", "keep-alive"}},
                                                           render_alb_page("502 Bad Gateway")}));
    EXPECT_EQ(answer(Kind::succeeded, R"({"statusCode":201,"body":"x"})").status, 201);
    EXPECT_EQ(answer(Kind::succeeded, R"({"body":"x"})").status, 502);
    const std::string large = R"({"statusCode":200,"body":")" + std::string(1024 * 1024, 'x') + R"("})";
    EXPECT_EQ(answer(Kind::succeeded, large).status, 502);
}

TEST(FrontDoorKinds, WhatALoadBalancerRefuses) {
    const auto status = [](const http::Request& request) {
        return refused(FrontDoor({}, single(app::FrontKind::alb)), request).response.status;
    };
    EXPECT_EQ(status({"TRACE", "/", 1, {}, ""}), 405);
    EXPECT_EQ(status(get("/", {{"Upgrade", "websocket"}})), 400);
    EXPECT_EQ(status({"POST", "/", 1, {}, std::string(1024 * 1024 + 1, 'x')}), 413);
    EXPECT_EQ(status(get('/' + std::string(16 * 1024, 'x'))), 414);
    std::string way = "10.0.0.1";
    for (int i = 1; i < 29; ++i) way += ", 10.0.0.1";
    accepted(FrontDoor({}, single(app::FrontKind::alb)),
             get("/", {{"X-Forwarded-For", way}, {"X-Forwarded-For", "::1"}}));
    EXPECT_EQ(status(get("/", {{"X-Forwarded-For", way}, {"X-Forwarded-For", "::1, ::2"}})), 463);
}

TEST(FrontDoorKinds, ALoadBalancersHeadersHaveLimitsOfTheirOwn) {
    FrontDoor door({}, single(app::FrontKind::alb));
    const auto line = [](std::size_t size) { return get("/", {{"X-A", std::string(size - 5, 'a')}}); };
    const Accepted request = accepted(FrontDoor({}, single(app::FrontKind::alb)), line(16 * 1024));
    const auto status = [](const http::Request& sent) {
        return refused(FrontDoor({}, single(app::FrontKind::alb)), sent).response.status;
    };
    EXPECT_EQ(status(line(16 * 1024 + 1)), 400) << "one line";
    http::Headers many;
    for (int i = 0; i < 5; ++i) many.add("X-" + std::to_string(i), std::string(14'000, 'a'));
    EXPECT_EQ(status(get("/", many)), 400) << "all of them";

    const auto reply = [&](std::size_t lines) {
        std::string headers;
        for (std::size_t i = 0; i < lines; ++i)
            headers += (i == 0 ? "\"X-" : ",\"X-") + std::to_string(i) + "\":\"" + std::string(8000, 'a') + '"';
        return door.answer(request.ticket, {Kind::succeeded, R"({"statusCode":200,"headers":{)" + headers + "}}"},
                           kSampleTime);
    };
    EXPECT_EQ(reply(4).response.status, 200);
    const Answer answer = reply(5);
    EXPECT_EQ(answer.response.status, 502);
    ASSERT_EQ(answer.findings.size(), 1u);
    EXPECT_EQ(answer.findings[0].id, "alb-reply-headers-too-large");
}

TEST(FrontDoorKinds, ALoadBalancerAddsNoSecondDateOrServer) {
    FrontDoor door({}, single(app::FrontKind::alb));
    const Accepted request = accepted(FrontDoor({}, single(app::FrontKind::alb)), get("/"));
    const http::Response response =
        door.answer(request.ticket,
                    {Kind::succeeded, R"({"statusCode":200,"headers":{"Date":"then","Server":"mine"}})"}, kSampleTime)
            .response;
    EXPECT_EQ(response.headers, (http::Headers{{"Date", "then"}, {"Server", "mine"}, {"Connection", "keep-alive"}}));
}

TEST(FrontDoorKinds, TheEmulatorsOwnPrefixCountsAgainstNoLimit) {
    FrontDoor door({}, single(app::FrontKind::alb));
    const std::string prefix = "/_apis/Balancer";
    const auto status = [&](std::size_t size, std::size_t ours) {
        const http::Request request = get(prefix + '/' + std::string(size - 1, 'x'));
        const Verdict verdict = door.admit(request, {.prefix = ours}, sample_facts());
        const auto* answer = std::get_if<Answer>(&verdict);
        return answer == nullptr ? 200 : answer->response.status;
    };
    EXPECT_EQ(status(16 * 1024, prefix.size()), 200);
    EXPECT_EQ(status(16 * 1024 + 1, prefix.size()), 414);
    EXPECT_EQ(status(16 * 1024, 0), 414);
}

TEST(FrontDoorKinds, RulesOfALoadBalancerAnswerThemselves) {
    app::Api api = api_of(ApiKind::alb, {}, {});
    app::Route moved;
    moved.priority = 1;
    moved.conditions = {{app::AlbCondition::Field::path, "", {"/old/*"}}};
    moved.integration = app::Redirect{.status = 301, .protocol = "HTTPS", .port = "443"};
    app::Route otherwise;
    otherwise.priority = 50'000;
    otherwise.integration = app::FixedResponse{404, "text/plain", "none"};
    api.routes = {otherwise, moved};
    const http::Response redirect =
        refused(FrontDoor({}, api), get("/old/x?a=1", {{"Host", "a.example:3000"}})).response;
    EXPECT_EQ(redirect.status, 301);
    EXPECT_EQ(redirect.headers.first("Location"), "https://a.example:443/old/x?a=1");
    const http::Response fixed = refused(FrontDoor({}, api), get("/new")).response;
    EXPECT_EQ(fixed.status, 404);
    EXPECT_EQ(fixed.body.view(), "none");
    EXPECT_EQ(fixed.headers.first("Server"), "awselb/2.0");
}

TEST(FrontDoorKinds, ARedirectByPathLeadsBackToItsLoadBalancer) {
    app::Api api = api_of(ApiKind::alb, {}, {});
    app::Route moved;
    moved.conditions = {{app::AlbCondition::Field::path, "", {"/old/*"}}};
    moved.integration = app::Redirect{.path = "/new/#{path}"};
    api.routes = {moved};
    const std::string prefix = "/_apis/Api";
    const auto location = [&](const std::string& target, const Entrance& entrance) {
        return std::string(refused(FrontDoor({}, api), get(target, {{"Host", "a.example:443"}}), entrance)
                               .response.headers.first("Location")
                               .value_or("none"));
    };
    EXPECT_EQ(location(prefix + "/old/x?a=1", {.kind = Entrance::Kind::by_path, .prefix = prefix.size()}),
              "https://a.example:443/_apis/Api/new/old/x?a=1");
    EXPECT_EQ(location("/old/x", {}), "https://a.example:443/new/old/x");
}

TEST(FrontDoorKinds, EachRuleOfALoadBalancerHasTheGroupAndTheHeadersOfItsTargets) {
    app::Api api = api_of(ApiKind::alb, {}, {});
    api.target_group_arn = "arn:one";
    app::Route many, one;
    many.priority = 1;
    many.conditions = {{app::AlbCondition::Field::path, "", {"/many"}}};
    many.integration = app::LambdaIntegration{.function = "f", .target_group = app::TargetGroup{"arn:many", true}};
    one.priority = 50'000;
    one.integration = app::LambdaIntegration{.function = "f", .target_group = app::TargetGroup{"arn:one", false}};
    api.routes = {many, one};
    const std::string reply = R"({"statusCode":200,"headers":{"x":"single"},"multiValueHeaders":{"x":["multi"]}})";
    struct Row {
        const char *path, *arn, *map, *other, *value;
    };
    for (const Row& row : {Row{"/many", R"("arn:many")", "/multiValueHeaders/a/0", "/headers", "multi"},
                           Row{"/else", R"("arn:one")", "/headers/a", "/multiValueHeaders", "single"}}) {
        FrontDoor door({}, api);
        const Accepted call = accepted(FrontDoor({}, api), get(row.path, {{"A", "1"}}));
        const auto event = parse_json(call.event);
        EXPECT_EQ(at(event, "/requestContext/elb/targetGroupArn"), row.arn);
        EXPECT_EQ(at(event, row.map), R"("1")");
        EXPECT_EQ(event.as_object().if_contains(row.other + 1), nullptr);
        const auto answer = door.answer(call.ticket, {Kind::succeeded, reply}, kSampleTime);
        EXPECT_EQ(answer.response.headers.first("x"), row.value);
    }
}

app::WeightedTarget target(const std::string& function, int weight, bool multi = false) {
    return {app::LambdaIntegration{.function = function, .target_group = app::TargetGroup{"arn:" + function, multi}},
            weight};
}

TEST(TargetChoice, RequestsAreSpreadByWeight) {
    const app::WeightedForward forward{
        {target("none", 0), target("often", 9), target("seldom", 1), target("never", 0)}};
    std::map<std::string, int> shares;
    for (int i = 0; i < 10'000; ++i) {
        const app::WeightedTarget* chosen = choose_target(forward, "1-69a55998-" + std::to_string(i));
        ASSERT_NE(chosen, nullptr);
        ++shares[std::get<app::LambdaIntegration>(chosen->target).function];
    }
    EXPECT_EQ(shares.size(), 2u) << "a weight of 0 is no request at all";
    EXPECT_NEAR(shares["seldom"], 1000, 150);
    EXPECT_EQ(choose_target(forward, "1-a"), choose_target(forward, "1-a"));
    EXPECT_EQ(choose_target({{target("a", 0), target("b", 0)}}, "1-a"), nullptr);
    EXPECT_EQ(choose_target({}, "1-a"), nullptr);
}

TEST(FrontDoorKinds, EachWeightedTargetGroupHasItsFunctionAndItsHeaders) {
    app::Api api = api_of(ApiKind::alb, {}, {});
    app::Route spread, lost;
    spread.integration = app::WeightedForward{{target("one", 1), target("many", 1, true)}};
    spread.conditions = {{app::AlbCondition::Field::path, "", {"/spread"}}};
    lost.integration = app::WeightedForward{{target("one", 0), {app::UnsupportedIntegration{.type = "forward"}, 1}}};
    lost.priority = 2;
    api.routes = {spread, lost};
    FrontDoor door({}, api);
    std::set<std::string> seen;
    for (int i = 0; i < 40; ++i) {
        event::Facts facts = sample_facts();
        facts.trace_root = "1-69a55998-" + std::to_string(i);
        const auto verdict = door.admit(get("/spread", {{"A", "1"}}), facts);
        const auto& call = std::get<Accepted>(verdict);
        const auto event = parse_json(call.event);
        EXPECT_EQ(at(event, "/requestContext/elb/targetGroupArn"), "\"arn:" + call.function + "\"");
        EXPECT_EQ(event.as_object().contains("multiValueHeaders"), call.function == "many");
        seen.insert(call.function);
    }
    EXPECT_EQ(seen, (std::set<std::string>{"one", "many"}));
    const Answer nobody = refused(FrontDoor({}, api), get("/lost"));
    EXPECT_EQ(nobody.response.status, 503) << "a group that is not emulated keeps its share";
    EXPECT_EQ(ids_of(nobody.findings), "integration-not-emulated");
    api.routes[1].integration = app::WeightedForward{{target("one", 0), target("many", 0)}};
    const Answer weightless = refused(FrontDoor({}, api), get("/lost"));
    EXPECT_EQ(weightless.response.status, 503);
    EXPECT_EQ(ids_of(weightless.findings), "alb-no-weight");
}

TEST(FrontDoorKinds, ARuleThatIsNotEmulatedIsCalledByItsPriority) {
    app::Api api = api_of(ApiKind::alb, {}, {});
    app::Route rule, otherwise;
    rule.priority = 12;
    rule.conditions = {{app::AlbCondition::Field::path, "", {"/e/*"}}};
    rule.integration = otherwise.integration = app::UnsupportedIntegration{.type = "forward"};
    otherwise.priority = 50'000;
    api.routes = {rule, otherwise};
    const auto told = [&](const char* path) { return refused(FrontDoor({}, api), get(path)).findings.at(0).text; };
    EXPECT_EQ(told("/e/1").find("The rule of priority 12 leads to an integration of type forward"), 0u);
    EXPECT_EQ(told("/f").find("The default action leads to an integration of type forward"), 0u);
}

TEST(FrontDoorKinds, PayloadFormatOneOnAnHttpApi) {
    FrontDoor door({}, single(app::FrontKind::http1));
    const Accepted request = accepted(FrontDoor({}, single(app::FrontKind::http1)), get("/x"));
    EXPECT_EQ(at(parse_json(request.event), "/version"), R"("1.0")");
    EXPECT_EQ(door.answer(request.ticket, {Kind::succeeded, R"({"a":1})"}, kSampleTime).response.status, 500);
    EXPECT_EQ(door.answer(request.ticket, {Kind::succeeded, R"({"statusCode":204})"}, kSampleTime).response.status,
              204);
}

TEST(FrontDoorCompression, RequestsAreUnpackedAndRepliesPackedFromTheMinimumOn) {
    app::Api api = single(app::FrontKind::rest);
    api.minimum_compression_size = 10;
    const std::string packed = access::compress("the question", access::Coding::gzip);
    FrontDoor door({}, api);
    Verdict verdict = door.admit({"POST", "/x", 1, {{"Content-Encoding", "gzip"}, {"Accept-Encoding", "gzip"}}, packed},
                                 sample_facts());
    const auto& request = std::get<Accepted>(verdict);
    EXPECT_EQ(at(parse_json(request.event), "/body"), R"("the question")");

    const auto answer = [&](const char* body) {
        return door.answer(request.ticket, {Kind::succeeded, std::string(R"({"body":")") + body + R"("})"}, kSampleTime)
            .response;
    };
    const http::Response longer = answer("ten bytes and more");
    EXPECT_EQ(longer.headers.first("Content-Encoding"), "gzip");
    EXPECT_EQ(access::decompress(longer.body.view(), access::Coding::gzip, 100).body, "ten bytes and more");
    EXPECT_EQ(answer("short").headers.first("Content-Encoding"), std::nullopt);
    EXPECT_EQ(answer("short").body.view(), "short");
}

TEST(FrontDoorCompression, RequestsAreUnpackedByDefault) {
    const http::Request packed{
        "POST", "/x", 1, {{"Content-Encoding", "gzip"}}, access::compress("the question", access::Coding::gzip)};
    const Accepted rest = accepted(FrontDoor({}, single(app::FrontKind::rest)), packed);
    EXPECT_EQ(at(parse_json(rest.event), "/body"), R"("the question")");
    EXPECT_EQ(at(parse_json(rest.event), "/headers/Content-Encoding"), R"("gzip")");
    EXPECT_EQ(event::ids_of(rest.findings), "rest-body-compressed");
    const Accepted http = accepted(FrontDoor({}, single(app::FrontKind::http)), packed);
    EXPECT_EQ(at(parse_json(http.event), "/isBase64Encoded"), "true");
}

TEST(FrontDoorCompression, WhatCannotBeUnpackedIsRefused) {
    app::Api api = single(app::FrontKind::rest);
    api.minimum_compression_size = 0;
    const auto status = [&](const char* coding, const char* body) {
        return refused(FrontDoor({}, api), {"POST", "/x", 1, {{"Content-Encoding", coding}}, body}).response.status;
    };
    EXPECT_EQ(status("br", "x"), 415);
    EXPECT_EQ(status("gzip", "no gzip"), 400);
    api.minimum_compression_size = std::nullopt;
    EXPECT_EQ(status("br", "x"), 415);
    accepted(FrontDoor({}, api), {"POST", "/x", 1, {{"Content-Encoding", "br"}}, ""});
}

}  // namespace
}  // namespace understudy::gateway::front_doors_test
