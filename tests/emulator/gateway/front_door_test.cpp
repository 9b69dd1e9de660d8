#include "emulator/gateway/front_door.hpp"

#include "emulator/app/single_function.hpp"
#include "emulator/http/base64.hpp"
#include "tests/emulator/event/samples.hpp"

#include <gtest/gtest.h>

namespace understudy::gateway::front_door_test {
namespace {

using app::ApiKind;
using event::all_bytes;
using event::all_bytes_replaced;
using event::at;
using event::ids_of;
using event::kSampleTime;
using event::parse_json;
using event::sample_facts;
using Kind = FunctionReply::Kind;

FrontDoor door(ApiKind kind, std::vector<std::string> binary = {}) {
    const auto front = kind == ApiKind::rest  ? app::FrontKind::rest
                       : kind == ApiKind::url ? app::FrontKind::url
                       : kind == ApiKind::alb ? app::FrontKind::alb
                                              : app::FrontKind::http;
    app::Api api = app::to_single_function_api(front, {.binary_media_types = std::move(binary)}, "function");
    api.id = "abcdefghij";
    return FrontDoor(app::Application{}, api);
}

http::Request get(std::string target, http::Headers headers = {}) {
    return {"GET", std::move(target), 1, std::move(headers), ""};
}
http::Request post(http::Headers headers, std::string body) {
    return {"POST", "/x", 1, std::move(headers), std::move(body)};
}

Accepted accepted(auto&& front, const http::Request& request) {
    Verdict verdict = front.admit(request, sample_facts());
    if (auto* answer = std::get_if<Answer>(&verdict)) ADD_FAILURE() << answer->response;
    return std::get<Accepted>(std::move(verdict));
}
boost::json::value event_of(auto&& front, const http::Request& request) {
    return parse_json(accepted(front, request).event);
}
Answer refused(auto&& front, const http::Request& request) {
    return std::get<Answer>(front.admit(request, sample_facts()));
}
http::Response reply(auto&& front, const http::Request& request, std::string payload, Kind kind = Kind::succeeded) {
    return front.answer(accepted(front, request).ticket, {kind, std::move(payload)}, kSampleTime).response;
}

const http::Headers kHttpErrorHeaders = {{"Date", "Thu, 12 Mar 2020 19:03:58 GMT"},
                                         {"Content-Type", "application/json"},
                                         {"Connection", "keep-alive"},
                                         {"Apigw-Requestid", "JKJaXmPLvHcESHA="}};

http::Headers rest_error_headers(std::string_view type) {
    return {{"Date", "Thu, 12 Mar 2020 19:03:58 GMT"},
            {"Content-Type", "application/json"},
            {"Connection", "keep-alive"},
            {"x-amzn-RequestId", "0b5e4c1f-3f6a-4d0e-9c8b-2a1f00d4c0de"},
            {"x-amzn-ErrorType", type},
            {"x-amz-apigw-id", "JKJaXmPLvHcESHA="}};
}

TEST(FrontDoor, RestPathsAsRecorded) {
    struct Row {
        std::string target, path, proxy, context_path;
    };
    const Row rows[] = {
        {"/proxy-value", R"("/proxy-value")", R"("proxy-value")", R"("/prod/proxy-value")"},
        {"/proxy-value/", R"("/proxy-value/")", R"("proxy-value")", R"("/prod/proxy-value/")"},
        {"/proxy-value//double-slash?a=1", R"("/proxy-value//double-slash")", R"("proxy-value//double-slash")",
         R"("/prod/proxy-value//double-slash")"},
        {"//proxy-value", R"("/proxy-value")", R"("proxy-value")", R"("/prod//proxy-value")"},
        {"/a%2Fb+c", R"("/a%2Fb+c")", R"("a%2Fb+c")", R"("/prod/a%2Fb+c")"},
        {"/", R"("/")", "absent", R"("/prod/")"},
        {"//", R"("/")", "absent", R"("/prod//")"},
    };
    for (const Row& row : rows) {
        const auto event = event_of(door(ApiKind::rest), get(row.target));
        EXPECT_EQ(at(event, "/path"), row.path) << row.target;
        EXPECT_EQ(at(event, "/pathParameters/proxy"), row.proxy) << row.target;
        EXPECT_EQ(at(event, "/requestContext/path"), row.context_path) << row.target;
        EXPECT_EQ(at(event, "/resource"), row.proxy == "absent" ? R"("/")" : R"("/{proxy+}")");
        EXPECT_EQ(at(event, "/requestContext/stage"), R"("prod")");
    }
}

TEST(FrontDoor, TheDefaultStageIsNoPartOfThePath) {
    const auto event = event_of(door(ApiKind::http), get("/a%2Fb?x=%2F"));
    EXPECT_EQ(at(event, "/rawPath"), R"("/a/b")");
    EXPECT_EQ(at(event, "/rawQueryString"), R"("x=%2F")");
    EXPECT_EQ(at(event, "/routeKey"), R"("$default")");
    EXPECT_EQ(at(event, "/requestContext/stage"), R"("$default")");
}

TEST(FrontDoor, IdsOfResourcesLookLikeAwsAndStayTheSame) {
    const auto root = event_of(door(ApiKind::rest), get("/"));
    const auto proxy = event_of(door(ApiKind::rest), get("/x"));
    EXPECT_EQ(root.at("requestContext").at("resourceId").as_string().size(), 10u);
    EXPECT_EQ(proxy.at("requestContext").at("resourceId").as_string().size(), 6u);
    EXPECT_EQ(proxy.at("requestContext").at("deploymentId").as_string().size(), 6u);
    EXPECT_EQ(event_of(door(ApiKind::rest), get("/x")), proxy);
    EXPECT_NE(at(proxy, "/requestContext/deploymentId"), at(proxy, "/requestContext/resourceId"));
}

TEST(FrontDoor, AMethodOverrideCountsOnRest) {
    const http::Request request{"POST", "/x", 1, {{"X-HTTP-Method-Override", "PATCH"}}, ""};
    const auto rest = event_of(door(ApiKind::rest), request);
    EXPECT_EQ(at(rest, "/httpMethod"), R"("PATCH")");
    EXPECT_EQ(at(rest, "/requestContext/httpMethod"), R"("PATCH")");
    EXPECT_EQ(at(rest, "/headers/X-HTTP-Method-Override"), "absent");
    const auto http = event_of(door(ApiKind::http), request);
    EXPECT_EQ(at(http, "/requestContext/http/method"), R"("POST")");
    EXPECT_EQ(at(http, "/headers/x-http-method-override"), R"("PATCH")");
}

TEST(FrontDoor, TheTraceOfTheTicketContinuesThatOfTheEvent) {
    const Accepted request = accepted(door(ApiKind::rest), get("/"));
    EXPECT_EQ(request.ticket.trace,
              "Root=1-5e6a861e-1f2d3c4b5a69788796a5b4c3;Parent=53995c3f42cd8ad8;Sampled=0;Lineage=1:a1b2c3d4:0");
    EXPECT_EQ(at(parse_json(request.event), "/headers/X-Amzn-Trace-Id"),
              R"("Root=1-5e6a861e-1f2d3c4b5a69788796a5b4c3")");
}

TEST(FrontDoor, RestAnswersHaveTheirHeadersInAwsOrder) {
    const http::Response response =
        reply(door(ApiKind::rest), get("/"), R"({"headers":{"Content-Type":"text/html","x-mine":"1"},"body":"hi"})");
    EXPECT_EQ(response, (http::Response{200,
                                        {{"Date", "Thu, 12 Mar 2020 19:03:58 GMT"},
                                         {"Content-Type", "text/html"},
                                         {"x-mine", "1"},
                                         {"Connection", "keep-alive"},
                                         {"x-amzn-RequestId", "0b5e4c1f-3f6a-4d0e-9c8b-2a1f00d4c0de"},
                                         {"x-amz-apigw-id", "JKJaXmPLvHcESHA="},
                                         {"X-Amzn-Trace-Id",
                                          "Root=1-5e6a861e-1f2d3c4b5a69788796a5b4c3;Parent=53995c3f42cd8ad8;Sampled=0;"
                                          "Lineage=1:a1b2c3d4:0"}},
                                        "hi"}));
}

TEST(FrontDoor, EdgeAnswersCameThroughCloudFront) {
    app::Api api = app::to_single_function_api(app::FrontKind::rest, {}, "function");
    api.id = "abcdefghij";
    api.endpoint = app::EndpointType::edge;
    FrontDoor edge(app::Application{}, api);
    for (const auto& [payload, cache] :
         {std::pair{R"({"statusCode":200})", "Miss from cloudfront"}, std::pair{"[]", "Error from cloudfront"}}) {
        const http::Response response = reply(edge, get("/"), payload);
        EXPECT_EQ(response.headers.last("X-Cache"), cache);
        EXPECT_EQ(response.headers.last("Via"), "1.1 d98420743a69852491bbdea73f7680bd.cloudfront.net (CloudFront)");
        EXPECT_TRUE(response.headers.contains("X-Amz-Cf-Id"));
        EXPECT_TRUE(response.headers.contains("X-Amz-Cf-Pop"));
    }
    EXPECT_FALSE(reply(door(ApiKind::rest), get("/"), "{}").headers.contains("Via"));
    EXPECT_EQ(edge.limits().target, 8192U);
    EXPECT_EQ(door(ApiKind::rest).limits().target, 10'240U);
}

TEST(FrontDoor, HttpAnswersHaveNoTrace) {
    EXPECT_EQ(reply(door(ApiKind::http), get("/"), R"({"x":1})"),
              (http::Response{200, kHttpErrorHeaders, R"({"x":1})"}));
}

TEST(FrontDoor, AClientThatClosesIsToldSo) {
    for (const http::Request& request : {get("/", {{"connection", "Close"}}), http::Request{"GET", "/", 0, {}, ""}}) {
        EXPECT_EQ(reply(door(ApiKind::http), request, "{}").headers.first("Connection"), "close");
    }
    EXPECT_EQ(reply(door(ApiKind::http), get("/", {{"Connection", "keep-alive"}}), "{}").headers.first("Connection"),
              "keep-alive");
}

TEST(FrontDoor, AHeadRequestsAnswerKeepsItsBodyForTheWriterToCount) {
    const http::Request head{"HEAD", "/", 1, {}, ""};
    EXPECT_EQ(reply(door(ApiKind::rest), head, R"({"body":"12345"})").body.view(), "12345");
    EXPECT_EQ(reply(door(ApiKind::http), head, R"("12345")").body.view(), "12345");
}

TEST(FrontDoor, FailuresOfRest) {
    struct Row {
        Kind kind;
        std::string payload;
        int status;
        std::string_view body;
    };
    constexpr std::string_view kInternal = R"({"message": "Internal server error"})";
    const Row rows[] = {
        {Kind::function_error, R"({"errorMessage":"x"})", 502, kInternal},
        {Kind::throttled, "", 500, kInternal},
        {Kind::no_function, "", 500, kInternal},
        {Kind::timed_out, "", 504, R"({"message": "Endpoint request timed out"})"},
        {Kind::succeeded, R"({"statusCode":0})", 502, kInternal},
        {Kind::succeeded, R"({"unknown":0})", 502, kInternal},
        {Kind::succeeded, "null", 502, kInternal},
        {Kind::succeeded, R"({"body":"!","isBase64Encoded":true})", 500, kInternal},
    };
    for (const Row& row : rows) {
        const http::Response expected{row.status, rest_error_headers("InternalServerErrorException"),
                                      std::string(row.body)};
        EXPECT_EQ(reply(door(ApiKind::rest, {"image/png"}), get("/", {{"Accept", "image/png"}}), row.payload, row.kind),
                  expected)
            << row.payload;
    }
}

TEST(FrontDoor, FailuresOfHttp) {
    struct Row {
        Kind kind;
        std::string payload;
        int status;
        std::string_view body;
    };
    constexpr std::string_view kInternal = R"({"message":"Internal Server Error"})";
    const Row rows[] = {
        {Kind::function_error, R"({"errorMessage":"x"})", 500, kInternal},
        {Kind::throttled, "", 503, R"({"message":"Service Unavailable"})"},
        {Kind::no_function, "", 500, kInternal},
        {Kind::timed_out, "", 503, R"({"message":"Service Unavailable"})"},
        {Kind::succeeded, R"({"statusCode":0})", 500, kInternal},
        {Kind::succeeded, R"({"statusCode":200,"body":"!","isBase64Encoded":true})", 500, kInternal},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(reply(door(ApiKind::http), get("/"), row.payload, row.kind),
                  (http::Response{row.status, kHttpErrorHeaders, std::string(row.body)}))
            << row.payload;
    }
}

TEST(FrontDoor, TheFindingOfAMalformedReplyComesWithTheError) {
    FrontDoor front = door(ApiKind::rest);
    const Answer answer =
        front.answer(accepted(front, get("/")).ticket, {Kind::succeeded, R"({"oops":1})"}, kSampleTime);
    EXPECT_EQ(answer.response.status, 502);
    EXPECT_EQ(ids_of(answer.findings), "reply-malformed");
}

TEST(FrontDoor, NoRouteIsAnsweredByTheGateway) {
    EXPECT_EQ(refused(door(ApiKind::rest), {"TRACE", "/x", 1, {}, ""}).response,
              (http::Response{403, rest_error_headers("MissingAuthenticationTokenException"),
                              R"({"message":"Missing Authentication Token"})"}));
    EXPECT_EQ(refused(door(ApiKind::http), get("*")).response,
              (http::Response{400, kHttpErrorHeaders, R"({"message":"Bad Request"})"}));
}

TEST(FrontDoor, HeaderValuesAreLimitedInSum) {
    for (const ApiKind kind : {ApiKind::rest, ApiKind::http}) {
        // HTTP APIs count the request line too: "GET / HTTP/1.1".
        const std::size_t room = 10'240 - (kind == ApiKind::http ? 14 : 0);
        const std::string half(room / 2, 'x');
        EXPECT_TRUE(
            std::holds_alternative<Accepted>(door(kind).admit(get("/", {{"a", half}, {"b", half}}), sample_facts())));
        EXPECT_EQ(refused(door(kind), get("/", {{"a", half}, {"b", half + "x"}})).response.status, 431);
    }
}

TEST(FrontDoor, TargetsAreLimited) {
    EXPECT_EQ(refused(door(ApiKind::rest), get('/' + std::string(10'240, 'x'))).response.status, 414);
    EXPECT_TRUE(std::holds_alternative<Accepted>(
        door(ApiKind::rest).admit(get('/' + std::string(10'239, 'x')), sample_facts())));
}

TEST(FrontDoor, BodiesOverTenMegabytesAreRefused) {
    const std::string body(10 * 1024 * 1024 + 1, 'x');
    EXPECT_EQ(
        refused(door(ApiKind::rest), post({}, body)).response,
        (http::Response{413, rest_error_headers("RequestTooLargeException"), R"({"message":"Request Too Long"})"}));
    EXPECT_EQ(refused(door(ApiKind::http), post({}, body)).response,
              (http::Response{413, kHttpErrorHeaders, R"({"message":"Request Entity Too Large"})"}));
}

TEST(FrontDoor, EventsOverLambdasLimitAreRefusedWithBothSizes) {
    const http::Headers type = {{"Content-Type", "text/plain"}};
    for (const ApiKind kind : {ApiKind::rest, ApiKind::http}) {
        const std::size_t around =
            accepted(door(kind), post(type, std::string(1'000'000, 'x'))).event.size() - 1'000'000;
        const std::string fits(6'291'456 - around, 'x');
        EXPECT_EQ(accepted(door(kind), post(type, fits)).event.size(), 6'291'456u);
        const Answer answer = refused(door(kind), post(type, fits + 'x'));
        EXPECT_EQ(answer.response.status, 413);
        ASSERT_EQ(ids_of(answer.findings), "event-too-large");
        EXPECT_NE(answer.findings[0].text.find("an event of 6291457 bytes"), std::string::npos);
    }
}

TEST(FrontDoor, BodiesOverItsOwnLimitAreToldWithBothSizes) {
    for (const ApiKind kind : {ApiKind::rest, ApiKind::http, ApiKind::url, ApiKind::alb}) {
        const std::size_t most = limits_of(kind).body;
        const std::string sizes = "A body of " + std::to_string(most + 1) +
                                  " bytes was refused by the front door, which takes " + std::to_string(most) +
                                  " bytes";
        const Answer read = refused(door(kind), post({}, std::string(most + 1, 'x')));
        ASSERT_EQ(ids_of(read.findings), "body-too-large");
        EXPECT_TRUE(read.findings[0].text.starts_with(sizes)) << read.findings[0].text;
        const http::Request head = post({{"Content-Length", std::to_string(most + 1)}}, {});
        EXPECT_EQ(door(kind).refuse_body(ErrorKind::request_too_large, head, {}, sample_facts()).findings,
                  read.findings);
        const Answer chunked = door(kind).refuse_body(ErrorKind::request_too_large, post({}, {}), {}, sample_facts());
        ASSERT_EQ(ids_of(chunked.findings), "body-too-large");
        EXPECT_TRUE(chunked.findings[0].text.starts_with("A body of more than " + std::to_string(most) + " bytes"));
    }
}

TEST(FrontDoor, RepliesOverALimitAreToldWithBothSizes) {
    struct Row {
        ApiKind kind;
        const char* limit;
    };
    for (const auto& [kind, limit] : {Row{ApiKind::rest, "6291556"}, Row{ApiKind::http, "6291556"},
                                      Row{ApiKind::url, "6291556"}, Row{ApiKind::alb, "1048576"}}) {
        FrontDoor front = door(kind);
        const Accepted call = accepted(front, post({}, "x"));
        const auto told = [&](FunctionReply reply) {
            const Answer answer = front.answer(call.ticket, std::move(reply), sample_facts().time);
            EXPECT_GE(answer.response.status, 500);
            return ids_of(answer.findings) + ": " + answer.findings.at(0).text;
        };
        const std::string text = "reply-too-large: The function gave a reply of 6291557 bytes; the limit is ";
        EXPECT_TRUE(told({FunctionReply::Kind::succeeded, std::string(6'291'557, 'x')}).starts_with(text + limit));
        EXPECT_TRUE(told({FunctionReply::Kind::function_error, "{}", 6'291'557}).starts_with(text + limit));
        EXPECT_TRUE(told({FunctionReply::Kind::function_error, "{}", 0})
                        .starts_with("reply-too-large: The function gave a reply of more than 64 MiB; the limit is "));
    }
}

TEST(FrontDoor, GarbageIsRefusedAndTheConnectionClosed) {
    for (const ErrorKind kind : {ErrorKind::bad_request, ErrorKind::headers_too_large, ErrorKind::request_too_large}) {
        const http::Response response = door(ApiKind::rest).refuse(kind, sample_facts());
        EXPECT_EQ(response.status, gateway_error(ApiKind::rest, kind).status);
        EXPECT_EQ(response.headers.first("Connection"), "close");
        EXPECT_EQ(response.headers.first("x-amzn-RequestId"), sample_facts().request_id);
    }
    EXPECT_EQ(door(ApiKind::http).refuse(ErrorKind::bad_request, sample_facts()).body.view(),
              R"({"message":"Bad Request"})");
}

TEST(FrontDoor, TimeoutsOfTheIntegrations) {
    EXPECT_EQ(door(ApiKind::rest).integration_timeout(), std::chrono::seconds(29));
    EXPECT_EQ(door(ApiKind::http).integration_timeout(), std::chrono::seconds(30));
}

TEST(FrontDoor, TheBinaryMatrixOfRequests) {
    struct Row {
        ApiKind kind;
        std::vector<std::string> binary;
        std::optional<std::string_view> content_type;
        bool intact;
    };
    const std::vector<std::string> listed = {"application/x-protobuf"};
    const Row rows[] = {
        {ApiKind::rest, listed, "application/x-protobuf", true},
        {ApiKind::rest, listed, "application/octet-stream", false},
        {ApiKind::rest, listed, std::nullopt, false},
        {ApiKind::rest, {"*/*"}, std::nullopt, true},
        {ApiKind::http, {}, "application/x-protobuf", true},
        {ApiKind::http, {}, std::nullopt, true},
        {ApiKind::http, {}, "text/plain", false},
    };
    for (const Row& row : rows) {
        http::Headers headers;
        if (row.content_type) headers.add("Content-Type", *row.content_type);
        const Accepted request = accepted(door(row.kind, row.binary), post(headers, all_bytes()));
        const auto event = parse_json(request.event);
        EXPECT_EQ(event.at("isBase64Encoded").as_bool(), row.intact);
        EXPECT_EQ(event.at("body").as_string(), row.intact ? http::to_base64(all_bytes()) : all_bytes_replaced());
        EXPECT_EQ(request.findings.empty(), row.intact);
    }
}

TEST(FrontDoor, TheBinaryMatrixOfReplies) {
    struct Row {
        ApiKind kind;
        std::vector<std::string> binary;
        std::optional<std::string_view> accept;
        bool intact;
    };
    const std::vector<std::string> listed = {"application/x-protobuf"};
    const Row rows[] = {
        {ApiKind::rest, listed, "application/x-protobuf", true},
        {ApiKind::rest, listed, "*/*", false},
        {ApiKind::rest, {"*/*"}, std::nullopt, true},
        {ApiKind::http, {}, "application/x-protobuf", true},
        {ApiKind::http, {}, std::nullopt, true},
    };
    const std::string base64 = http::to_base64(all_bytes());
    const std::string payload = R"({"statusCode":200,"headers":{"Content-Type":"application/x-protobuf"},"body":")" +
                                base64 + R"(","isBase64Encoded":true})";
    for (const Row& row : rows) {
        http::Headers headers;
        if (row.accept) headers.add("Accept", *row.accept);
        const http::Response response = reply(door(row.kind, row.binary), get("/", headers), payload);
        EXPECT_EQ(response.body.view(), row.intact ? all_bytes() : base64);
        EXPECT_EQ(response.headers.first("Content-Type"), "application/x-protobuf");
    }
}

TEST(FrontDoor, AnEmptyMessageGoesThroughBothWays) {
    const http::Headers headers = {{"Content-Type", "application/proto"}, {"Accept", "application/proto"}};
    for (const ApiKind kind : {ApiKind::rest, ApiKind::http}) {
        FrontDoor front = door(kind, {"application/proto"});
        const auto event = event_of(front, post(headers, ""));
        EXPECT_EQ(at(event, "/body"), kind == ApiKind::rest ? "null" : "absent");
        EXPECT_EQ(at(event, "/isBase64Encoded"), "false");
        const http::Response response =
            reply(front, post(headers, ""), R"({"statusCode":200,"body":"","isBase64Encoded":true})");
        EXPECT_EQ(response.status, 200);
        EXPECT_TRUE(response.body.empty());
    }
}

}  // namespace
}  // namespace understudy::gateway::front_door_test
