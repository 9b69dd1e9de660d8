// Events of HTTP API payload format 1.0, function URLs, load balancers and WebSocket APIs.
#include "emulator/event/alb_event.hpp"
#include "emulator/event/http1_event.hpp"
#include "emulator/event/url_event.hpp"
#include "emulator/event/websocket_event.hpp"
#include "tests/emulator/event/samples.hpp"

#include <gtest/gtest.h>

namespace understudy::event::front_events_test {
namespace {

const std::string kTrace = "Root=" + sample_facts().trace_root;

std::string http1_json(const http::Request& request, const Place& place) {
    return render_http1_event(request, place, sample_facts(), kTrace).json;
}
std::string url_json(const http::Request& request, const Place& place) {
    return render_url_event(request, place, sample_facts(), kTrace).json;
}
std::string alb_json(const http::Request& request, const Place& place, AlbHeaders mode = AlbHeaders::single_value) {
    return render_alb_event(request, place, sample_facts(), kTrace, mode).json;
}
http::Request post(http::Headers headers, std::string body = {}) {
    return {"POST", "/x", 1, std::move(headers), std::move(body)};
}

Place route_place() {
    Place place = http_place("/users/J%20D%2B/orders/%E2%98%95", "q=Hello%20World&tag=C%23&tag=.NET+Core");
    place.route = "GET /users/{name}/orders/{drink}";
    place.path_parameters = {{"name", "J%20D%2B"}, {"drink", "%E2%98%95"}};
    return place;
}

Place url_place(std::string path, std::string_view query = {}, std::string_view method = "GET") {
    Place place = http_place(std::move(path), query, method);
    place.api_id = "abcdefghijklmnopqrstuvwxyz012345";
    place.domain = "abcdefghijklmnopqrstuvwxyz012345.lambda-url.us-east-1.on.aws";
    return place;
}

Place alb_place(std::string path, std::string_view query = {}, std::string_view method = "GET") {
    Place place;
    place.domain = "lb-1.us-east-1.elb.amazonaws.com";
    place.target_group_arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/t/6d0ecf831eec9f09";
    place.method = method;
    place.path = std::move(path);
    place.query = query;
    return place;
}

TEST(Http1Event, TheWholeEventOfAGet) {
    const http::Request request{"GET",
                                "/ignored",
                                1,
                                {{"host", "localhost:3000"},
                                 {"user-agent", "curl/7.88.1"},
                                 {"x-custom-HEADER", "1"},
                                 {"X-Custom-Header", "2"},
                                 {"cookie", "a=1; b=2"}},
                                ""};
    EXPECT_EQ(http1_json(request, route_place()),
              R"({"version":"1.0","resource":"/users/{name}/orders/{drink}",)"
              R"("path":"/users/J%20D%2B/orders/%E2%98%95","httpMethod":"GET",)"
              R"("headers":{"Content-Length":"0","Cookie":"a=1; b=2","Host":"localhost:3000",)"
              R"("User-Agent":"curl/7.88.1","X-Amzn-Trace-Id":"Root=1-5e6a861e-1f2d3c4b5a69788796a5b4c3",)"
              R"("X-Custom-Header":"2","X-Forwarded-For":"127.0.0.1","X-Forwarded-Port":"443",)"
              R"("X-Forwarded-Proto":"https"},)"
              R"("multiValueHeaders":{"Content-Length":["0"],"Cookie":["a=1; b=2"],"Host":["localhost:3000"],)"
              R"("User-Agent":["curl/7.88.1"],"X-Amzn-Trace-Id":["Root=1-5e6a861e-1f2d3c4b5a69788796a5b4c3"],)"
              R"("X-Custom-Header":["1","2"],"X-Forwarded-For":["127.0.0.1"],"X-Forwarded-Port":["443"],)"
              R"("X-Forwarded-Proto":["https"]},)"
              R"("queryStringParameters":{"q":"Hello World","tag":".NET Core"},)"
              R"("multiValueQueryStringParameters":{"q":["Hello World"],"tag":["C#",".NET Core"]},)"
              R"("requestContext":{"accountId":"123456789012","apiId":"abcdefghij","domainName":"localhost",)"
              R"("domainPrefix":"localhost","extendedRequestId":"JKJaXmPLvHcESHA=","httpMethod":"GET",)"
              R"("identity":{"accessKey":null,"accountId":null,"caller":null,"cognitoAuthenticationProvider":null,)"
              R"("cognitoAuthenticationType":null,"cognitoIdentityId":null,"cognitoIdentityPoolId":null,)"
              R"("principalOrgId":null,"sourceIp":"127.0.0.1","user":null,"userAgent":"curl/7.88.1","userArn":null},)"
              "\"path\":\"/users/J D+/orders/\xE2\x98\x95\",\"protocol\":\"HTTP/1.1\","
              R"("requestId":"JKJaXmPLvHcESHA=","requestTime":"12/Mar/2020:19:03:58 +0000",)"
              R"("requestTimeEpoch":1584039838390,"resourceId":"GET /users/{name}/orders/{drink}",)"
              R"("resourcePath":"/users/{name}/orders/{drink}","stage":"$default"},)"
              "\"pathParameters\":{\"name\":\"J D+\",\"drink\":\"\xE2\x98\x95\"},"
              R"("stageVariables":null,"body":null,"isBase64Encoded":false})");
}

TEST(Http1Event, TheWholeEventOfAPost) {
    const auto event = parse_json(http1_json(
        post({{"content-type", "application/octet-stream"}}, "\x01\x02\x03\x04\x05"), http_place("/x", "", "POST")));
    const std::pair<std::string_view, std::string_view> rows[] = {
        {"/version", R"("1.0")"},
        {"/resource", R"("$default")"},
        {"/requestContext/resourceId", R"("$default")"},
        {"/requestContext/resourcePath", R"("$default")"},
        {"/requestContext/identity/userAgent", R"("")"},
        {"/requestContext/authorizer", "absent"},
        {"/requestContext/deploymentId", "absent"},
        {"/queryStringParameters", "null"},
        {"/multiValueQueryStringParameters", "null"},
        {"/pathParameters", "null"},
        {"/headers/Content-Type", R"("application/octet-stream")"},
        {"/multiValueHeaders/Content-Length", R"(["5"])"},
        {"/body", R"("AQIDBAU=")"},
        {"/isBase64Encoded", "true"},
    };
    for (const auto& [pointer, value] : rows) EXPECT_EQ(at(event, pointer), value) << pointer;
}

TEST(Http1Event, WhatTheAuthorizerSaidStandsByItself) {
    const std::pair<std::string_view, std::string_view> rows[] = {
        {R"({"jwt":{"claims":{"sub":"me"},"scopes":null}})", R"({"claims":{"sub":"me"},"scopes":null})"},
        {R"({"lambda":{"a":{"b":1}}})", R"({"a":{"b":1}})"},
        {R"({"lambda":null})", "null"},
        {R"({"iam":{"accessKey":"AKIA"}})", "absent"},
    };
    for (const auto& [authorizer, shown] : rows) {
        Place place = route_place();
        place.authorizer = authorizer;
        EXPECT_EQ(at(parse_json(http1_json(post({}), place)), "/requestContext/authorizer"), shown) << authorizer;
    }
}

TEST(Http1Event, ASignersNameIsInTheIdentity) {
    Place place = route_place();
    place.access_key = "AKIA7";
    const auto event = parse_json(http1_json(post({}), place));
    const std::pair<std::string_view, std::string_view> rows[] = {
        {"accessKey", R"("AKIA7")"},
        {"accountId", R"("123456789012")"},
        {"caller", R"("AKIA7")"},
        {"user", R"("AKIA7")"},
        {"userArn", R"("arn:aws:iam::123456789012:user/AKIA7")"},
    };
    for (const auto& [name, value] : rows) {
        EXPECT_EQ(at(event, "/requestContext/identity/" + std::string(name)), value) << name;
    }
}

TEST(UrlEvent, TheWholeEventOfAGet) {
    const http::Request request{"GET",
                                "/ignored",
                                1,
                                {{"Host", "abcdefghijklmnopqrstuvwxyz012345.lambda-url.us-east-1.on.aws"},
                                 {"User-Agent", "curl/7.88.1"},
                                 {"Cookie", "a=1; b=2"}},
                                ""};
    EXPECT_EQ(url_json(request, url_place("/pa2%25Fth/1", "multiQuery=foo&multiQuery=%2Fbar")),
              R"({"version":"2.0","routeKey":"$default","rawPath":"/pa2%Fth/1",)"
              R"("rawQueryString":"multiQuery=foo&multiQuery=%2Fbar","cookies":["a=1","b=2"],)"
              R"("headers":{"content-length":"0","cookie":"a=1; b=2",)"
              R"("host":"abcdefghijklmnopqrstuvwxyz012345.lambda-url.us-east-1.on.aws","user-agent":"curl/7.88.1",)"
              R"("x-amzn-tls-cipher-suite":"TLS_AES_128_GCM_SHA256","x-amzn-tls-version":"TLSv1.3",)"
              R"("x-amzn-trace-id":"Root=1-5e6a861e-1f2d3c4b5a69788796a5b4c3","x-forwarded-for":"127.0.0.1",)"
              R"("x-forwarded-port":"443","x-forwarded-proto":"https"},)"
              R"("queryStringParameters":{"multiQuery":"foo,/bar"},)"
              R"("requestContext":{"accountId":"anonymous","apiId":"abcdefghijklmnopqrstuvwxyz012345",)"
              R"("domainName":"abcdefghijklmnopqrstuvwxyz012345.lambda-url.us-east-1.on.aws",)"
              R"("domainPrefix":"abcdefghijklmnopqrstuvwxyz012345","http":{"method":"GET","path":"/pa2%Fth/1",)"
              R"("protocol":"HTTP/1.1","sourceIp":"127.0.0.1","userAgent":"curl/7.88.1"},)"
              R"("requestId":"0b5e4c1f-3f6a-4d0e-9c8b-2a1f00d4c0de","routeKey":"$default","stage":"$default",)"
              R"("time":"12/Mar/2020:19:03:58 +0000","timeEpoch":1584039838390},"isBase64Encoded":false})");
}

TEST(UrlEvent, TheWholeEventOfAPost) {
    struct Row {
        http::Headers headers;
        std::string_view body;
    };
    const Row rows[] = {
        {{{"Content-Type", "multipart/form-data; boundary=x"}}, R"("YQ==")"},
        {{{"Content-Type", "application/json"}}, R"("a")"},
        {{{"Content-Type", "text/plain"}}, R"("a")"},
        {{{"Content-Type", "application/x-protobuf"}}, R"("YQ==")"},
        {{}, R"("YQ==")"},
    };
    for (const Row& row : rows) {
        const auto event = parse_json(url_json(post(row.headers, "a"), url_place("/", "", "POST")));
        EXPECT_EQ(at(event, "/body"), row.body) << row.headers;
        for (const std::string_view absent : {"/cookies", "/queryStringParameters", "/pathParameters",
                                              "/stageVariables", "/requestContext/authorizer"}) {
            EXPECT_EQ(at(event, absent), "absent") << absent;
        }
    }
}

TEST(UrlEvent, AnAuthorizedCallerHasAnAccount) {
    Place place = url_place("/");
    place.authorizer = R"({"iam":{"accountId":"123456789012","userId":"AIDA"}})";
    const auto event = parse_json(url_json(post({{"X-Amzn-Tls-Version", "forged"}}), place));
    EXPECT_EQ(at(event, "/requestContext/accountId"), R"("123456789012")");
    EXPECT_EQ(at(event, "/requestContext/authorizer/iam/userId"), R"("AIDA")");
    EXPECT_EQ(at(event, "/headers/x-amzn-tls-version"), R"("TLSv1.3")");
}

TEST(AlbEvent, TheWholeEventOfAGet) {
    const http::Request request{"GET",
                                "/ignored",
                                1,
                                {{"Host", "lb-1.us-east-1.elb.amazonaws.com"},
                                 {"Connection", "keep-alive"},
                                 {"User-Agent", "curl/7.88.1"},
                                 {"X-Tag", "1"},
                                 {"x-tag", "2"}},
                                ""};
    const Place place = alb_place("/a%20b", "k%20=v%2Bw+x&tag=1&tag=%32&flag");
    const std::string arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/t/6d0ecf831eec9f09";
    EXPECT_EQ(alb_json(request, place),
              R"({"requestContext":{"elb":{"targetGroupArn":")" + arn +
                  R"("}},"httpMethod":"GET","path":"/a%20b",)"
                  R"("queryStringParameters":{"flag":"","k%20":"v%2Bw+x","tag":"%32"},)"
                  R"("headers":{"connection":"keep-alive","host":"lb-1.us-east-1.elb.amazonaws.com",)"
                  R"("user-agent":"curl/7.88.1","x-amzn-trace-id":"Root=1-5e6a861e-1f2d3c4b5a69788796a5b4c3",)"
                  R"("x-forwarded-for":"127.0.0.1","x-forwarded-port":"443","x-forwarded-proto":"https",)"
                  R"("x-tag":"2"},"body":"","isBase64Encoded":false})");
    EXPECT_EQ(alb_json(request, place, AlbHeaders::multi_value),
              R"({"requestContext":{"elb":{"targetGroupArn":")" + arn +
                  R"("}},"httpMethod":"GET","path":"/a%20b",)"
                  R"("multiValueQueryStringParameters":{"flag":[""],"k%20":["v%2Bw+x"],"tag":["1","%32"]},)"
                  R"("multiValueHeaders":{"connection":["keep-alive"],)"
                  R"("host":["lb-1.us-east-1.elb.amazonaws.com"],"user-agent":["curl/7.88.1"],)"
                  R"("x-amzn-trace-id":["Root=1-5e6a861e-1f2d3c4b5a69788796a5b4c3"],"x-forwarded-for":["127.0.0.1"],)"
                  R"("x-forwarded-port":["443"],"x-forwarded-proto":["https"],"x-tag":["1","2"]},)"
                  R"("body":"","isBase64Encoded":false})");
}

TEST(AlbEvent, TheWholeEventOfAPost) {
    struct Row {
        http::Headers headers;
        std::string_view body;
    };
    const Row rows[] = {
        {{{"Content-Type", "text/csv; charset=iso-8859-1"}}, R"("a")"},
        {{{"Content-Type", "application/json"}}, R"("a")"},
        {{{"Content-Type", "application/javascript"}}, R"("a")"},
        {{{"Content-Type", "Application/XML"}}, R"("a")"},
        {{{"Content-Type", "application/graphql"}}, R"("YQ==")"},
        {{{"Content-Type", "application/x-protobuf"}}, R"("YQ==")"},
        {{{"Content-Type", "application/json"}, {"Content-Encoding", "gzip"}}, R"("YQ==")"},
        {{{"Content-Type", "application/json"}, {"Content-Encoding", "identity"}}, R"("YQ==")"},
        {{}, R"("YQ==")"},
    };
    for (const Row& row : rows) {
        const auto event = parse_json(alb_json(post(row.headers, "a"), alb_place("/", "", "POST")));
        EXPECT_EQ(at(event, "/body"), row.body) << row.headers;
        EXPECT_EQ(at(event, "/queryStringParameters"), "{}");
    }
}

TEST(AlbEvent, AClientsRootGetsASelf) {
    const http::Request request = post({{"X-Amzn-Trace-Id", "Root=1-67891233-abcdef012345678912345678"}});
    const auto event = parse_json(render_alb_event(request, alb_place("/"), sample_facts(),
                                                   "Root=1-67891233-abcdef012345678912345678", AlbHeaders::single_value)
                                      .json);
    EXPECT_EQ(at(event, "/headers/x-amzn-trace-id"),
              R"("Self=1-5e6a861e-1f2d3c4b5a69788796a5b4c3;Root=1-67891233-abcdef012345678912345678")");
}

TEST(AlbEvent, HealthChecksAreShort) {
    const std::string arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/t/6d0ecf831eec9f09";
    EXPECT_EQ(render_alb_health_check(alb_place("/"), AlbHeaders::single_value),
              R"({"requestContext":{"elb":{"targetGroupArn":")" + arn +
                  R"("}},"httpMethod":"GET","path":"/","queryStringParameters":{},)"
                  R"("headers":{"user-agent":"ELB-HealthChecker/2.0"},"body":"","isBase64Encoded":false})");
    EXPECT_EQ(at(parse_json(render_alb_health_check(alb_place("/"), AlbHeaders::multi_value)), "/multiValueHeaders"),
              R"({"user-agent":["ELB-HealthChecker/2.0"]})");
}

WebSocketConnection connection() {
    return {"TWegAcC4EowCHnA=", kSampleTime - std::chrono::seconds(8), "ws.example.com", "agent/1"};
}

Place websocket_place(std::string_view route) {
    Place place;
    place.api_id = "gy415nuibc";
    place.stage = "prod";
    place.route = route;
    return place;
}

/// What the context says behind the members of its own.
const std::string kContextEnd =
    R"("extendedRequestId":"JKJaXmPLvHcESHA=","requestTime":"12/Mar/2020:19:03:58 +0000","messageDirection":"IN",)"
    R"("stage":"prod","connectedAt":1584039830390,"requestTimeEpoch":1584039838390,)"
    R"("identity":{"userAgent":"agent/1","sourceIp":"127.0.0.1"},"requestId":"JKJaXmPLvHcESHA=",)"
    R"("domainName":"ws.example.com","connectionId":"TWegAcC4EowCHnA=","apiId":"gy415nuibc"})";

TEST(WebSocketEvent, TheWholeEventOfAConnect) {
    const http::Request request{"GET",
                                "/?name=me&name=you",
                                1,
                                {{"Host", "ws.example.com"},
                                 {"Connection", "Upgrade"},
                                 {"Upgrade", "websocket"},
                                 {"Sec-WebSocket-Version", "13"}},
                                ""};
    Place place = websocket_place("$connect");
    place.query = "name=me&name=you";
    EXPECT_EQ(render_websocket_event(WebSocketConnect{request, kTrace}, connection(), place, sample_facts()),
              R"({"headers":{"Host":"ws.example.com","Sec-WebSocket-Version":"13",)"
              R"("X-Amzn-Trace-Id":"Root=1-5e6a861e-1f2d3c4b5a69788796a5b4c3","X-Forwarded-For":"127.0.0.1",)"
              R"("X-Forwarded-Port":"443","X-Forwarded-Proto":"https"},)"
              R"("multiValueHeaders":{"Host":["ws.example.com"],"Sec-WebSocket-Version":["13"],)"
              R"("X-Amzn-Trace-Id":["Root=1-5e6a861e-1f2d3c4b5a69788796a5b4c3"],"X-Forwarded-For":["127.0.0.1"],)"
              R"("X-Forwarded-Port":["443"],"X-Forwarded-Proto":["https"]},)"
              R"("queryStringParameters":{"name":"you"},"multiValueQueryStringParameters":{"name":["me","you"]},)"
              R"("requestContext":{"routeKey":"$connect","messageId":null,"eventType":"CONNECT",)" +
                  kContextEnd + R"(,"isBase64Encoded":false})");
}

TEST(WebSocketEvent, TheWholeEventOfAMessage) {
    Place place = websocket_place("send");
    place.authorizer = R"({"principalId":"me"})";
    const std::pair<std::string, std::string> variables[] = {{"table", "t\"1"}};
    place.stage_variables = variables;
    EXPECT_EQ(
        render_websocket_event(WebSocketMessage{"{\"a\":1}", "R1knPc2ntjMCFIA="}, connection(), place, sample_facts()),
        R"({"stageVariables":{"table":"t\"1"},"requestContext":{"routeKey":"send",)"
        R"("authorizer":{"principalId":"me"},"messageId":"R1knPc2ntjMCFIA=","eventType":"MESSAGE",)" +
            kContextEnd + R"(,"body":"{\"a\":1}","isBase64Encoded":false})");
}

TEST(WebSocketEvent, TheWholeEventOfADisconnect) {
    EXPECT_EQ(render_websocket_event(WebSocketDisconnect{1005, "Client-side close frame status not set"}, connection(),
                                     websocket_place("$disconnect"), sample_facts()),
              R"({"headers":{"Host":"ws.example.com","x-api-key":"","X-Forwarded-For":"","x-restapi":""},)"
              R"("multiValueHeaders":{"Host":["ws.example.com"],"x-api-key":[""],"X-Forwarded-For":[""],)"
              R"("x-restapi":[""]},)"
              R"("requestContext":{"routeKey":"$disconnect","disconnectStatusCode":1005,"eventType":"DISCONNECT",)"
              R"("disconnectReason":"Client-side close frame status not set",)" +
                  kContextEnd + R"(,"isBase64Encoded":false})");
}

}  // namespace
}  // namespace understudy::event::front_events_test
