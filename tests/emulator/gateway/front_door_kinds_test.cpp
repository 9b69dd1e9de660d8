#include "emulator/app/single_function.hpp"
#include "emulator/event/exchange_findings.hpp"
#include "emulator/gateway/front_door.hpp"
#include "tests/emulator/event/samples.hpp"

#include <gtest/gtest.h>

namespace understudy::gateway::front_door_kinds_test {
namespace {

using app::ApiKind;
using event::at;
using event::ids_of;
using event::kSampleTime;
using event::parse_json;
using event::sample_facts;
using Kind = FunctionReply::Kind;

app::Route to_function(std::string method, std::string path, std::string function) {
    app::Route route;
    route.method = std::move(method);
    route.path = std::move(path);
    route.integration = app::LambdaIntegration{.function = std::move(function)};
    return route;
}

app::Api api_of(ApiKind kind, std::vector<app::Route> routes, std::vector<app::Stage> stages) {
    app::Api api{.id = "abcdefghij", .kind = kind, .name = "Api"};
    api.routes = std::move(routes);
    api.stages = std::move(stages);
    return api;
}

app::Api single(app::FrontKind front, const app::FrontOptions& options = {}) {
    app::Api api = app::to_single_function_api(front, options, "function");
    api.id = "abcdefghij";
    return api;
}

http::Request get(std::string target, http::Headers headers = {}) {
    return {"GET", std::move(target), 1, std::move(headers), ""};
}

Accepted accepted(FrontDoor&& door, const http::Request& request, const Entrance& entrance = {}) {
    Verdict verdict = door.admit(request, entrance, sample_facts());
    if (auto* answer = std::get_if<Answer>(&verdict)) ADD_FAILURE() << answer->response;
    return std::get<Accepted>(std::move(verdict));
}
Answer refused(FrontDoor&& door, const http::Request& request, const Entrance& entrance = {}) {
    return std::get<Answer>(door.admit(request, entrance, sample_facts()));
}

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
    EXPECT_EQ(ids_of(broken.findings), "mock-with-binary-types");
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

app::Api with_cors(ApiKind kind) {
    app::Api api =
        api_of(kind, {to_function(kind == ApiKind::http ? "GET" : "", kind == ApiKind::http ? "/a" : "$default", "f")},
               {{"$default"}});
    api.cors = app::Cors{.allow_origins = {"https://a.example"}, .allow_methods = {"GET"}};
    return api;
}

TEST(FrontDoorRoutes, AFailureIsSeenTogetherWithWhatWasSent) {
    FrontDoor door({}, single(app::FrontKind::rest));
    const http::Request request{"POST", "/", 1, {{"Content-Type", "application/x-protobuf"}}, ""};
    const Ticket ticket = accepted(FrontDoor({}, single(app::FrontKind::rest)), request).ticket;
    const auto ids = [&](Kind kind, std::string payload) {
        return ids_of(door.answer(ticket, {kind, std::move(payload)}, kSampleTime).findings);
    };
    EXPECT_EQ(ids(Kind::function_error, R"({"errorMessage":"x"})"), event::kEmptyBodyNotRead);
    EXPECT_EQ(ids(Kind::timed_out, ""), "");
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

TEST(GatewayResponses, StatusHeadersAndTemplates) {
    app::Api api = api_of(ApiKind::rest, {to_function("GET", "/a", "f")}, {{"prod", {{"team", "blue"}}}});
    api.gateway_responses = {
        {"MISSING_AUTHENTICATION_TOKEN",
         404,
         {{"gatewayresponse.header.Access-Control-Allow-Origin", "*"},
          {"x-origin", "method.request.header.Origin"},
          {"x-query", "method.request.querystring.q"},
          {"x-id", "context.requestId"}},
         {{"application/json",
           R"({"m":$context.error.messageString,"t":"$context.error.responseType",$none "$context.no"})"},
          {"text/plain", "$context.error.message $context.stage $context.identity.sourceIp $stageVariables.team."}}},
        {"REQUEST_TOO_LARGE", 400, {}, {}},
        {"INTEGRATION_FAILURE", {}, {}, {}}};
    const http::Response json = refused(FrontDoor({}, api), get("/b?q=6&q=7+8", {{"Origin", "o"}})).response;
    EXPECT_EQ(json.status, 404);
    EXPECT_EQ(json.body.view(), R"({"m":"Missing Authentication Token","t":"MISSING_AUTHENTICATION_TOKEN",$none ""})");
    EXPECT_EQ(json.headers.first("Access-Control-Allow-Origin"), "*");
    EXPECT_EQ(json.headers.first("x-origin"), "o");
    EXPECT_EQ(json.headers.first("x-query"), "7 8");
    EXPECT_EQ(json.headers.first("x-id"), sample_facts().request_id);
    EXPECT_EQ(json.headers.first("x-amzn-ErrorType"), "MissingAuthenticationTokenException");
    const http::Response text = refused(FrontDoor({}, api), get("/b", {{"Accept", "text/plain"}})).response;
    EXPECT_EQ(text.headers.first("Content-Type"), "text/plain");
    EXPECT_EQ(text.body.view(), "Missing Authentication Token prod 127.0.0.1 blue.");
    const std::string large(10 * 1024 * 1024 + 1, 'x');
    EXPECT_EQ(refused(FrontDoor({}, api), {"POST", "/a", 1, {}, large}).response.status, 413);
    FrontDoor door({}, api);
    const Accepted request = accepted(FrontDoor({}, api), get("/a"));
    EXPECT_EQ(door.answer(request.ticket, {Kind::throttled, ""}, kSampleTime).response.status, 504);
}

TEST(GatewayResponses, SpeakOfBodiesThatAreNotReadAsOfThoseThatAre) {
    app::Api api = api_of(ApiKind::rest, {to_function("POST", "/a", "f")}, {{"prod", {{"team", "blue"}}}});
    api.gateway_responses = {
        {"REQUEST_TOO_LARGE",
         {},
         {{"x-origin", "method.request.header.Origin"}},
         {{"application/json", "$context.path $context.stage $stageVariables.team $context.httpMethod"}}},
        {"DEFAULT_4XX", 418, {{"x-four", "1"}}, {}}};
    const FrontDoor door({}, api);
    const Entrance by_path{.kind = Entrance::Kind::by_path, .prefix = 11};
    http::Request request{"POST", "/_apis/rest/prod/a", 1, {{"Origin", "o"}}, ""};
    const http::Response unread =
        door.refuse_body(ErrorKind::request_too_large, request, by_path, sample_facts()).response;
    EXPECT_EQ(unread.status, 413);
    EXPECT_EQ(unread.body.view(), "/prod/a prod blue POST");
    EXPECT_EQ(unread.headers.first("x-origin"), "o");
    EXPECT_EQ(unread.headers.first("Connection"), "close");
    const auto bad = door.refuse_body(ErrorKind::bad_request, request, by_path, sample_facts());
    EXPECT_EQ(bad.response.headers.first("x-four"), "1");
    EXPECT_TRUE(bad.findings.empty());
    EXPECT_EQ(door.refuse(ErrorKind::bad_request, sample_facts()).status, 400) << "at no place";
    request.body = std::string(10 * 1024 * 1024 + 1, 'x');
    http::Response read = refused(FrontDoor({}, api), request, by_path).response;
    EXPECT_EQ(read.body, unread.body);
    EXPECT_EQ(read.headers.first("x-origin"), "o");
}

TEST(GatewayResponses, TellWhatTheValidatorFinds) {
    app::Route route = to_function("POST", "/a/{id}", "f");
    route.validation = app::RequestValidation{.body = true, .models = {{"application/json", "Named"}}};
    app::Api api = api_of(ApiKind::rest, {route}, {{"prod", {}}});
    api.models = {{"Named", R"({"required":["name"],"properties":{"age":{"type":"integer"}}})"}};
    api.gateway_responses = {{"BAD_REQUEST_BODY",
                              {},
                              {{"x-id", "method.request.path.id"}},
                              {{"application/json", "$context.error.validationErrorString"}}}};
    const auto post = [&](const char* body) {
        return refused(FrontDoor({}, api), {"POST", "/a/5", 1, {{"Content-Type", "application/json"}}, body}).response;
    };
    EXPECT_EQ(post("{}").body.view(), R"([object has missing required properties ([\"name\"])])") << "escaped";
    EXPECT_EQ(post("{}").headers.first("x-id"), "5");
    EXPECT_EQ(post(R"({"name":"a","age":"b"})").body.view(),
              R"([instance type (string) does not match any allowed primitive type (allowed: [\"integer\"])])");
}

TEST(GatewayResponses, KnowWhatTheAuthorizerSaid) {
    app::Api api = api_of(ApiKind::rest, {to_function("GET", "/a", "f")}, {{"prod", {}}});
    api.authorizers = {{.name = "guard", .function = "decides"}};
    api.routes[0].access = {
        .authorization = app::Authorization::authorizer, .authorizer = "guard", .api_key_required = true};
    const std::vector<std::pair<std::string, std::string>> said = {
        {"application/json",
         "$context.authorizer.principalId $context.authorizer.why $context.authorizer.n $context.authorizer.none"}};
    api.gateway_responses = {
        {"ACCESS_DENIED", {}, {}, said}, {"INVALID_API_KEY", {}, {}, said}, {"DEFAULT_5XX", {}, {}, said}};
    const auto verdict = [&](FrontDoor& door, const std::string& effect) {
        const Verdict asked = door.admit(get("/a"), sample_facts());
        const FunctionReply reply{Kind::succeeded, R"({"principalId":"me","context":{"why":"no fee","n":7},)"
                                                   R"("policyDocument":{"Statement":{"Effect":")" +
                                                       effect + R"(","Action":"*","Resource":"*"}}})"};
        return door.authorized(std::get<AuthorizerCall>(asked).pending, get("/a"), reply, kSampleTime);
    };
    FrontDoor door({}, api);
    EXPECT_EQ(std::get<Answer>(verdict(door, "Deny")).response.body.view(), "me no fee 7 ");
    EXPECT_EQ(std::get<Answer>(verdict(door, "Allow")).response.body.view(), "me no fee 7 ") << "without a key";
    api.routes[0].access.api_key_required = false;
    FrontDoor open({}, api);
    const auto admitted = std::get<Accepted>(verdict(open, "Allow"));
    EXPECT_EQ(open.answer(admitted.ticket, {Kind::function_error, "{}"}, kSampleTime).response.body.view(),
              "me no fee 7 ");
    api.routes[0].integration = app::UnsupportedIntegration{.type = "HTTP"};
    FrontDoor other({}, api);
    EXPECT_EQ(std::get<Answer>(verdict(other, "Allow")).response.body.view(), "me no fee 7 ");
}

TEST(GatewayResponses, KnowTheDomainAsAnEventShowsIt) {
    app::Api api = api_of(ApiKind::rest, {to_function("GET", "/a", "f")}, {{"prod", {}}});
    api.gateway_responses = {
        {"DEFAULT_4XX",
         {},
         {},
         {{"application/json", "$context.domainName $context.domainPrefix $context.deploymentId."}}}};
    FrontDoor door({}, api);
    const auto event = parse_json(accepted(FrontDoor({}, api), get("/a")).event);
    const std::string deployment(event.at("requestContext").at("deploymentId").as_string());
    EXPECT_EQ(refused(FrontDoor({}, api), get("/b", {{"Host", "127.0.0.1:4100"}})).response.body.view(),
              "127.0.0.1 127 " + deployment + ".");
    event::Facts facts = sample_facts();
    facts.public_host = "api.example.com";
    const Verdict verdict = door.admit(get("/b", {{"Host", "127.0.0.1:4100"}}), facts);
    EXPECT_EQ(std::get<Answer>(verdict).response.body.view(), "api.example.com api " + deployment + ".");
}

TEST(GatewayResponses, KnowTheRouteOfABodyThatIsRefused) {
    app::Api api = api_of(ApiKind::rest, {to_function("POST", "/u/{id}", "f")}, {{"prod", {}}});
    api.gateway_responses = {{"DEFAULT_4XX",
                              {},
                              {},
                              {{"application/json",
                                "$context.stage $context.resourcePath $context.path "
                                "$method.request.path.id $method.request.querystring.q"}}}};
    const auto post = [](const char* target, http::Headers headers, std::size_t size) {
        return http::Request{"POST", target, 1, std::move(headers), std::string(size, 'x')};
    };
    const char* known = "prod /u/{id} /prod/u/7 7 1";
    const http::Response coded =
        refused(FrontDoor({}, api), post("/u/7?q=1", {{"Content-Encoding", "br"}}, 3)).response;
    EXPECT_EQ(coded.status, 415);
    EXPECT_EQ(coded.body.view(), known);
    EXPECT_EQ(refused(FrontDoor({}, api), post("/no", {{"Content-Encoding", "br"}}, 3)).response.status, 403);
    const http::Response large = refused(FrontDoor({}, api), post("/u/7?q=1", {}, 10 * 1024 * 1024 + 1)).response;
    EXPECT_EQ(large.status, 413);
    EXPECT_EQ(large.body.view(), known);
    EXPECT_EQ(FrontDoor({}, api)
                  .refuse_body(ErrorKind::request_too_large, post("/u/7?q=1", {}, 0), {}, sample_facts())
                  .response.body.view(),
              known);
    EXPECT_EQ(refused(FrontDoor({}, api), post("/no", {}, 10 * 1024 * 1024 + 1)).response.status, 413);
}

TEST(GatewayResponses, DefaultsOfAClass) {
    app::Api api = api_of(ApiKind::rest, {to_function("GET", "/a", "f")}, {{"prod", {{"team", "blue"}}}});
    api.gateway_responses = {{"DEFAULT_5XX", {}, {{"x-five", "1"}}, {{"application/json", "$stageVariables.team"}}},
                             {"DEFAULT_4XX", 418, {}, {}}};
    FrontDoor door({}, api);
    const Accepted request = accepted(FrontDoor({}, api), get("/a"));
    const http::Response five = door.answer(request.ticket, {Kind::function_error, ""}, kSampleTime).response;
    EXPECT_EQ(five.status, 502);
    EXPECT_EQ(five.body.view(), "blue");
    EXPECT_EQ(five.headers.first("x-five"), "1");
    const http::Response four = refused(FrontDoor({}, api), get("/b")).response;
    EXPECT_EQ(four.status, 418);
    EXPECT_EQ(four.body.view(), R"({"message":"Missing Authentication Token"})");
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
}  // namespace understudy::gateway::front_door_kinds_test
