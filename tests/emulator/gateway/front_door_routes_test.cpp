#include "emulator/app/single_function.hpp"
#include "emulator/event/api_findings.hpp"
#include "emulator/event/exchange_findings.hpp"
#include "emulator/event/reply_fields.hpp"
#include "emulator/gateway/front_door.hpp"
#include "tests/emulator/event/samples.hpp"
#include "tests/emulator/gateway/front_doors.hpp"

#include <gtest/gtest.h>

namespace understudy::gateway::front_doors_test {
namespace {

using app::ApiKind;
using event::at;
using event::ids_of;
using event::kSampleTime;
using event::parse_json;
using event::sample_facts;
using Kind = FunctionReply::Kind;

TEST(FrontDoorRoutes, EachRouteLeadsToItsFunction) {
    const app::Api api = api_of(
        ApiKind::rest, {to_function("GET", "/users/{id}", "one"), to_function("ANY", "/{proxy+}", "all")}, {{"prod"}});
    EXPECT_EQ(accepted(FrontDoor({}, api), get("/users/7")).function, "one");
    EXPECT_EQ(accepted(FrontDoor({}, api), {"PUT", "/users/7", 1, {}, ""}).function, "all");
    const Accepted request = accepted(FrontDoor({}, api), get("/prod/users/a%20b?x=1"), {Entrance::Kind::by_path});
    const auto event = parse_json(request.event);
    EXPECT_EQ(at(event, "/resource"), R"("/users/{id}")");
    EXPECT_EQ(at(event, "/path"), R"("/users/a%20b")");
    EXPECT_EQ(at(event, "/pathParameters"), R"({"id":"a%20b"})");
    EXPECT_EQ(at(event, "/requestContext/path"), R"("/prod/users/a%20b")");
    EXPECT_EQ(at(event, "/requestContext/stage"), R"("prod")");
    EXPECT_EQ(request.timeout, std::chrono::seconds(29));
}

TEST(FrontDoorRoutes, RestPathsBehindTheStageAsRecorded) {
    const app::Api api = api_of(
        ApiKind::rest, {to_function("ANY", "/{proxy+}", "f"), to_function("GET", "/hardcoded", "f")}, {{"stage"}});
    struct Row {
        std::string target, path, parameters, context_path;
    };
    const Row rows[] = {
        {"/stage/proxy-value", "/proxy-value", R"({"proxy":"proxy-value"})", "/stage/proxy-value"},
        {"/stage/proxy-value/", "/proxy-value/", R"({"proxy":"proxy-value"})", "/stage/proxy-value/"},
        {"/stage/proxy-value//double-slash", "/proxy-value//double-slash", R"({"proxy":"proxy-value//double-slash"})",
         "/stage/proxy-value//double-slash"},
        {"//stage/proxy-value", "/proxy-value", R"({"proxy":"proxy-value"})", "/stage/proxy-value"},
        {"/stage//proxy-value", "/proxy-value", R"({"proxy":"proxy-value"})", "/stage//proxy-value"},
        {"/stage//hardcoded", "/hardcoded", "null", "/stage//hardcoded"},
    };
    for (const Row& row : rows) {
        const auto event = parse_json(accepted(FrontDoor({}, api), get(row.target), {Entrance::Kind::by_path}).event);
        EXPECT_EQ(at(event, "/path"), '"' + row.path + '"') << row.target;
        EXPECT_EQ(at(event, "/pathParameters"), row.parameters) << row.target;
        EXPECT_EQ(at(event, "/requestContext/path"), '"' + row.context_path + '"') << row.target;
    }
}

TEST(FrontDoorRoutes, RestPathsOnACustomDomainKeepItsBasePath) {
    const app::Api api = api_of(
        ApiKind::rest,
        {to_function("ANY", "/", "f"), to_function("ANY", "/{proxy+}", "f"), to_function("GET", "/users/{id}", "f")},
        {{"stage"}});
    struct Row {
        std::string target, path, resource, parameters, context_path;
    };
    const Row rows[] = {
        {"/base/users/a%20b", "/base/users/a%20b", "/users/{id}", R"({"id":"a%20b"})", "/base/users/a%20b"},
        {"/base/a/b/", "/base/a/b/", "/{proxy+}", R"({"proxy":"a/b"})", "/base/a/b/"},
        {"/base//users/7", "/base/users/7", "/users/{id}", R"({"id":"7"})", "/base//users/7"},
        {"/base/base", "/base/base", "/{proxy+}", R"({"proxy":"base"})", "/base/base"},
        {"/base/", "/base/", "/", "null", "/base/"},
        {"/base?x=1", "/base", "/", "null", "/base"},
    };
    const Entrance by_domain{.kind = Entrance::Kind::by_domain, .base_path = 5};
    for (const Row& row : rows) {
        const auto event = parse_json(accepted(FrontDoor({}, api), get(row.target), by_domain).event);
        EXPECT_EQ(at(event, "/path"), '"' + row.path + '"') << row.target;
        EXPECT_EQ(at(event, "/resource"), '"' + row.resource + '"') << row.target;
        EXPECT_EQ(at(event, "/pathParameters"), row.parameters) << row.target;
        EXPECT_EQ(at(event, "/requestContext/path"), '"' + row.context_path + '"') << row.target;
    }
    const Entrance bare{.kind = Entrance::Kind::by_domain};
    EXPECT_EQ(at(parse_json(accepted(FrontDoor({}, api), get("/users/7"), bare).event), "/path"), R"("/users/7")");
}

TEST(FrontDoorRoutes, AMappedPathStaysBehindItsStage) {
    const app::Route route = to_function("GET", "/", "f");
    const app::Api api = api_of(ApiKind::http, {route}, {{"dev"}});
    const auto raw_path = [&](const app::ParameterMapping& mapping, const std::string& target) {
        app::Api mapped = api;
        std::get<app::LambdaIntegration>(mapped.routes[0].integration).request_parameters = {mapping};
        const Entrance by_path{.kind = Entrance::Kind::by_path};
        return at(parse_json(accepted(FrontDoor({}, mapped), get(target), by_path).event), "/rawPath");
    };
    EXPECT_EQ(raw_path({"append:header.x", "1"}, "/dev"), R"("/dev")");
    EXPECT_EQ(raw_path({"append:header.x", "1"}, "/dev/"), R"("/dev/")");
    EXPECT_EQ(raw_path({"overwrite:path", "/other"}, "/dev"), R"("/dev/other")");
    EXPECT_EQ(raw_path({"overwrite:path", "/other"}, "/dev/"), R"("/dev/other")");
}

TEST(FrontDoorRoutes, RestHostsAnswerTheServicesHealthChecks) {
    const app::Api rest = api_of(ApiKind::rest, {to_function("ANY", "/{proxy+}", "f")}, {{"prod"}});
    const Entrance by_path{.kind = Entrance::Kind::by_path, .prefix = 5};
    const Entrance by_domain{.kind = Entrance::Kind::by_domain};
    for (const auto& [target, entrance] :
         {std::pair("/_api/ping?x=1", by_path), std::pair("/_api/sping", by_path), std::pair("/ping", by_domain)}) {
        const Answer answer = refused(FrontDoor({}, rest), get(target), entrance);
        EXPECT_EQ(answer.response.status, 200) << target;
        EXPECT_EQ(answer.response.body.view(), "healthy") << target;
        EXPECT_EQ(ids_of(answer.findings), "rest-reserved-path") << target;
    }
    EXPECT_EQ(accepted(FrontDoor({}, rest), get("/_api/prod/ping"), by_path).function, "f");
    EXPECT_EQ(accepted(FrontDoor({}, rest), get("/ping/"), by_domain).function, "f");
    EXPECT_EQ(accepted(FrontDoor({}, rest), get("/ping")).function, "f") << "behind the stage, which is implied";
    const Entrance below{.kind = Entrance::Kind::by_domain, .base_path = 5};
    EXPECT_EQ(accepted(FrontDoor({}, rest), get("/base/ping"), below).function, "f");
    const app::Api http = api_of(ApiKind::http, {to_function("ANY", "/{proxy+}", "f")}, {{"$default"}});
    EXPECT_EQ(accepted(FrontDoor({}, http), get("/_api/ping"), by_path).function, "f");
}

TEST(FrontDoorRoutes, UnknownStagesAndRoutes) {
    const Entrance by_path{Entrance::Kind::by_path};
    const app::Api rest = api_of(ApiKind::rest, {to_function("GET", "/a", "f")}, {{"prod"}});
    EXPECT_EQ(refused(FrontDoor({}, rest), get("/nowhere/a"), by_path).response.body.view(),
              R"({"message":"Forbidden"})");
    EXPECT_EQ(refused(FrontDoor({}, rest), get("/prod/b"), by_path).response.body.view(),
              R"({"message":"Missing Authentication Token"})");
    const app::Api http = api_of(ApiKind::http, {to_function("GET", "/a", "f")}, {{"dev"}});
    EXPECT_EQ(refused(FrontDoor({}, http), get("/a"), by_path).response.body.view(), R"({"message":"Not Found"})");
    const Answer slash = refused(FrontDoor({}, http), get("/dev/a/"), by_path);
    EXPECT_EQ(slash.response.status, 404);
    ASSERT_EQ(ids_of(slash.findings), "route-near-miss");
    EXPECT_EQ(slash.findings[0].text, "No route takes GET /a/; the nearest is GET /a: the slash at the end counts.");
    const Answer method = refused(FrontDoor({}, http), {"POST", "/dev/a", 1, {}, ""}, by_path);
    EXPECT_EQ(method.findings[0].text,
              "No route takes POST /a; the nearest is GET /a: the path fits, the method POST does not.");
}

TEST(FrontDoorRoutes, AStageInFrontWhereItIsImpliedIsTold) {
    const app::Api rest = api_of(ApiKind::rest, {to_function("GET", "/a", "f")}, {{"Prod"}});
    const Answer told = refused(FrontDoor({}, rest), get("//Prod/a?b"));
    EXPECT_EQ(told.response.status, 403);
    ASSERT_EQ(ids_of(told.findings), "stage-in-path");
    EXPECT_EQ(told.findings[0].text,
              "No route takes GET /Prod/a: at / the stage is implied, and Prod counts as a part of the path. Ask "
              "for /a, or, with the stage as on AWS, for /_apis/" +
                  rest.name + "/Prod/a or at the API's own host.");
    EXPECT_EQ(ids_of(refused(FrontDoor({}, rest), get("/Prod/b")).findings), "");
    EXPECT_EQ(ids_of(refused(FrontDoor({}, rest), get("/Prod")).findings), "");
    EXPECT_EQ(ids_of(refused(FrontDoor({}, rest), get("/Prod/Prod/a"), {Entrance::Kind::by_path}).findings), "");
    const app::Api own = api_of(ApiKind::rest, {to_function("GET", "/Prod/a", "f")}, {{"Prod"}});
    EXPECT_EQ(accepted(FrontDoor({}, own), get("/Prod/a")).function, "f");
}

TEST(FrontDoorRoutes, TheStageMayChooseTheFunction) {
    app::Route route;
    route.method = "ANY";
    route.path = "/{proxy+}";
    route.integration = app::LambdaIntegration{.function = "search-${stageVariables.colour}",
                                               .qualifier = "${stageVariables.alias}${stageVariables.none}",
                                               .timeout = std::chrono::seconds(3)};
    const app::Api api = api_of(ApiKind::rest, {route},
                                {{"blue", {{"colour", "blue"}, {"alias", "live"}}}, {"red", {{"colour", "red"}}}});
    const Entrance by_path{Entrance::Kind::by_path};
    const Accepted blue = accepted(FrontDoor({}, api), get("/blue/x"), by_path);
    EXPECT_EQ(blue.function, "search-blue");
    EXPECT_EQ(blue.qualifier, "live");
    EXPECT_EQ(blue.timeout, std::chrono::seconds(3));
    EXPECT_EQ(at(parse_json(blue.event), "/stageVariables/colour"), R"("blue")");
    const Accepted red = accepted(FrontDoor({}, api), get("/red/x"), by_path);
    EXPECT_EQ(red.function, "search-red");
    EXPECT_EQ(red.qualifier, "");
}

TEST(FrontDoorRoutes, AnAuthorizedRequestGoesTheSameWay) {
    app::Api api = api_of(ApiKind::rest, {to_function("GET", "/users/{id}", "one")}, {{"prod"}});
    api.authorizers = {{.name = "guard", .function = "decides"}};
    api.routes[0].access = {.authorization = app::Authorization::authorizer, .authorizer = "guard"};
    FrontDoor door({}, api);
    const http::Request request = get("/prod/users/7?x=1");
    const Verdict asked = door.admit(request, Entrance{Entrance::Kind::by_path}, sample_facts());
    ASSERT_TRUE(std::holds_alternative<AuthorizerCall>(asked));
    const auto& call = std::get<AuthorizerCall>(asked);
    EXPECT_EQ(call.function, "decides");
    const FunctionReply reply{
        Kind::succeeded,
        R"({"principalId":"me","policyDocument":{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}})"};
    const Verdict verdict = door.authorized(call.pending, request, reply, kSampleTime);
    ASSERT_TRUE(std::holds_alternative<Accepted>(verdict));
    const auto& admitted = std::get<Accepted>(verdict);
    EXPECT_EQ(admitted.function, "one");
    EXPECT_NE(admitted.event.find(R"("authorizer":{"principalId":"me","integrationLatency":0})"), std::string::npos);
    EXPECT_EQ(admitted.ticket.trace, call.trace);
    const Verdict lost = door.authorized(call.pending, get("/prod/no"), reply, kSampleTime);
    EXPECT_TRUE(std::holds_alternative<Answer>(lost));
}

TEST(FrontDoorRoutes, WhatIsNotEmulatedSaysSo) {
    app::Route route;
    route.method = "GET";
    route.path = "/";
    route.integration = app::UnsupportedIntegration{"HTTP_PROXY"};
    const Answer answer = refused(FrontDoor({}, api_of(ApiKind::rest, {route}, {{"prod"}})), get("/"));
    EXPECT_EQ(answer.response.status, 500);
    ASSERT_EQ(ids_of(answer.findings), "integration-not-emulated");
    EXPECT_NE(answer.findings[0].text.find("HTTP_PROXY"), std::string::npos);
}

TEST(FrontDoorRoutes, MocksAnswerPreflightsOfRest) {
    app::Route route;
    route.method = "OPTIONS";
    route.path = "/";
    route.integration = app::MockIntegration{.status = 200, .headers = {{"Access-Control-Allow-Origin", "*"}}};
    app::Api api = api_of(ApiKind::rest, {route}, {{"prod"}});
    const http::Request options{"OPTIONS", "/", 1, {}, ""};
    const http::Response response = refused(FrontDoor({}, api), options).response;
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.headers.first("Access-Control-Allow-Origin"), "*");
    EXPECT_TRUE(response.headers.contains("x-amzn-RequestId"));
    api.binary_media_types = {"*/*"};
    const Answer broken = refused(FrontDoor({}, api), options);
    EXPECT_EQ(broken.response.status, 500);
    EXPECT_EQ(broken.findings, event::find_in_api(api)) << "what the start has told";
    EXPECT_EQ(ids_of(broken.findings), "mock-with-binary");
    std::get<app::MockIntegration>(api.routes[0].integration).converts_to_text = true;
    EXPECT_EQ(refused(FrontDoor({}, api), options).response.status, 200);
    std::get<app::MockIntegration>(api.routes[0].integration).request_types = {"text/csv"};
    const http::Response untaken = refused(FrontDoor({}, api), options).response;
    EXPECT_EQ(untaken.status, 415);
    EXPECT_EQ(untaken.body.view(), R"({"message":"Unsupported Media Type"})");
}

TEST(FrontDoorRoutes, AnIntegrationThatIsNotByPostFails) {
    app::Route route = to_function("GET", "/a", "f");
    std::get<app::LambdaIntegration>(route.integration).invoke_method = "GET";
    const app::Api rest = api_of(ApiKind::rest, {route}, {{"prod"}});
    const Answer failed = refused(FrontDoor({}, rest), {"GET", "/a", 1, {}, ""});
    EXPECT_EQ(failed.response.status, 500);
    EXPECT_EQ(failed.response.body, R"({"message": "Internal server error"})");
    EXPECT_EQ(ids_of(failed.findings), "integration-method");
}

TEST(FrontDoorRoutes, AFailureIsSeenTogetherWithWhatWasSent) {
    FrontDoor door({}, single(app::FrontKind::rest));
    const http::Request request{"POST", "/", 1, {{"Content-Type", "application/x-protobuf"}}, ""};
    const Ticket ticket = accepted(FrontDoor({}, single(app::FrontKind::rest)), request).ticket;
    const auto ids = [&](Kind kind, std::string payload) {
        return ids_of(door.answer(ticket, {kind, std::move(payload)}, kSampleTime).findings);
    };
    EXPECT_EQ(ids(Kind::function_error, R"({"errorMessage":"body is null"})"), event::kEmptyBodyNotRead);
    EXPECT_EQ(ids(Kind::function_error, R"({"errorMessage":"x"})"), "");
    EXPECT_EQ(ids(Kind::timed_out, ""), "");
    Accepted undecoded = accepted(FrontDoor({}, single(app::FrontKind::http)),
                                  {"POST", "/", 1, {{"Content-Type", "application/x-protobuf"}}, "\x08\x01"});
    const FunctionReply unparsed{Kind::function_error, R"({"errorMessage":"Error parsing message"})"};
    EXPECT_EQ(ids_of(door.answer(undecoded.ticket, unparsed, kSampleTime).findings), "") << "nobody kept the event";
    undecoded.ticket.event = std::make_shared<const std::string>(undecoded.event);
    EXPECT_EQ(ids_of(door.answer(undecoded.ticket, unparsed, kSampleTime).findings), event::kBase64NotDecoded);
    EXPECT_EQ(ids(Kind::succeeded, R"({"statusCode":415})"), event::kHeaderCaseMissed);
    const auto lost = [](app::FrontKind front, const std::string& spelling) {
        const http::Request sent{"POST", "/", 1, {{"Content-TYPE", "text/plain"}}, "x"};
        const Ticket given = accepted(FrontDoor({}, single(front)), sent).ticket;
        const std::string error = R"({"errorMessage":"')" + spelling + R"('","errorType":"KeyError"})";
        return ids_of(FrontDoor({}, single(front)).answer(given, {Kind::function_error, error}, kSampleTime).findings);
    };
    for (const char* spelling : {"content-type", "Content-Type"}) {
        const bool lower = std::string_view(spelling) == "content-type";
        EXPECT_EQ(lost(app::FrontKind::rest, spelling), event::kHeaderCaseMissed) << spelling;
        EXPECT_EQ(lost(app::FrontKind::http, spelling), lower ? "" : event::kHeaderCaseMissed) << spelling;
        EXPECT_EQ(lost(app::FrontKind::http1, spelling), lower ? event::kHeaderCaseMissed : "") << spelling;
        EXPECT_EQ(lost(app::FrontKind::url, spelling), lower ? "" : event::kHeaderCaseMissed) << spelling;
    }
    EXPECT_EQ(lost(app::FrontKind::rest, "Content-TYPE"), "");
    EXPECT_EQ(ids(Kind::succeeded, R"({"statusCode":400})"), "");
}

TEST(FrontDoorRoutes, AHeadIsNotToldOfABody) {
    FrontDoor door({}, single(app::FrontKind::rest));
    const auto ids = [&](std::string method) {
        const Ticket ticket =
            std::get<Accepted>(door.admit(http::Request{method, "/", 1, {}, ""}, {}, sample_facts())).ticket;
        const FunctionReply bytes{Kind::succeeded, R"({"statusCode":200,"isBase64Encoded":true,"body":"AA=="})"};
        return ids_of(door.answer(ticket, bytes, kSampleTime).findings);
    };
    EXPECT_EQ(ids("GET"), event::kRestBase64Sent);
    EXPECT_EQ(ids("HEAD"), "");
}

}  // namespace
}  // namespace understudy::gateway::front_doors_test
