#include "emulator/event/http_event.hpp"

#include "tests/emulator/event/samples.hpp"

#include <gtest/gtest.h>

namespace understudy::event::http_event_test {
namespace {

RenderedEvent render(const http::Request& request, const Place& place) {
    const Facts facts = sample_facts();
    return render_http_event(request, place, facts, "Root=" + facts.trace_root);
}

boost::json::value event_of(const http::Headers& headers, std::string body = {}) {
    return parse_json(render({"POST", "/logs", 1, headers, std::move(body)}, http_place("/logs", "", "POST")).json);
}

TEST(HttpEvent, TheWholeEventOfAGet) {
    const http::Request request{"GET",
                                "/logs/a%20b?tag=x&limit=2&tag=y%20z",
                                1,
                                {{"Host", "localhost:3000"},
                                 {"User-Agent", "curl/7.88.1"},
                                 {"Accept", "*/*"},
                                 {"Cookie", "session=abc123; theme=dark"},
                                 {"X-Tag", "1"},
                                 {"x-tag", "2"}},
                                ""};
    EXPECT_EQ(render(request, http_place("/logs/a%20b", "tag=x&limit=2&tag=y%20z")).json,
              R"({"version":"2.0","routeKey":"$default","rawPath":"/logs/a b",)"
              R"("rawQueryString":"tag=x&limit=2&tag=y%20z","cookies":["session=abc123","theme=dark"],)"
              R"("headers":{"accept":"*/*","content-length":"0","host":"localhost:3000","user-agent":"curl/7.88.1",)"
              R"("x-amzn-trace-id":"Root=1-5e6a861e-1f2d3c4b5a69788796a5b4c3","x-forwarded-for":"127.0.0.1",)"
              R"("x-forwarded-port":"443","x-forwarded-proto":"https","x-tag":"1,2"},)"
              R"("queryStringParameters":{"limit":"2","tag":"x,y z"},)"
              R"("requestContext":{"accountId":"123456789012","apiId":"abcdefghij","domainName":"localhost",)"
              R"("domainPrefix":"localhost","http":{"method":"GET","path":"/logs/a b","protocol":"HTTP/1.1",)"
              R"("sourceIp":"127.0.0.1","userAgent":"curl/7.88.1"},"requestId":"JKJaXmPLvHcESHA=",)"
              R"("routeKey":"$default","stage":"$default","time":"12/Mar/2020:19:03:58 +0000",)"
              R"("timeEpoch":1584039838390},"isBase64Encoded":false})");
}

TEST(HttpEvent, TheWholeEventOfAPost) {
    const http::Request request{
        "POST",
        "/logquery.v1.LogQueryService/CheckWindow",
        1,
        {{"Host", "localhost:3000"}, {"Content-Type", "application/proto"}, {"Content-Length", "3"}},
        "\x08\x96\x01"};
    EXPECT_EQ(render(request, http_place("/logquery.v1.LogQueryService/CheckWindow", "", "POST")).json,
              R"({"version":"2.0","routeKey":"$default","rawPath":"/logquery.v1.LogQueryService/CheckWindow",)"
              R"("rawQueryString":"","headers":{"content-length":"3","content-type":"application/proto",)"
              R"("host":"localhost:3000","x-amzn-trace-id":"Root=1-5e6a861e-1f2d3c4b5a69788796a5b4c3",)"
              R"("x-forwarded-for":"127.0.0.1","x-forwarded-port":"443","x-forwarded-proto":"https"},)"
              R"("requestContext":{"accountId":"123456789012","apiId":"abcdefghij","domainName":"localhost",)"
              R"("domainPrefix":"localhost","http":{"method":"POST",)"
              R"("path":"/logquery.v1.LogQueryService/CheckWindow","protocol":"HTTP/1.1","sourceIp":"127.0.0.1",)"
              R"("userAgent":""},"requestId":"JKJaXmPLvHcESHA=","routeKey":"$default","stage":"$default",)"
              R"("time":"12/Mar/2020:19:03:58 +0000","timeEpoch":1584039838390},"body":"CJYB",)"
              R"("isBase64Encoded":true})");
}

TEST(HttpEvent, WhatIsEmptyIsLeftOut) {
    const auto event = event_of({});
    for (const std::string_view key : {"/cookies", "/queryStringParameters", "/pathParameters", "/stageVariables",
                                       "/body", "/requestContext/authorizer", "/requestContext/authentication"}) {
        EXPECT_EQ(at(event, key), "absent") << key;
    }
    EXPECT_EQ(at(event, "/rawQueryString"), R"("")");
    EXPECT_EQ(at(event, "/isBase64Encoded"), "false");
    EXPECT_EQ(at(event, "/requestContext/http/userAgent"), R"("")");
}

TEST(HttpEvent, APlaceSaysWhatRoutingAndAuthorizationDecided) {
    Place place = http_place("/users/a%20b");
    place.route = "GET /users/{name}";
    const std::pair<std::string, std::string> variables[] = {{"table", "t1"}};
    place.stage_variables = variables;
    place.path_parameters = {{"name", "a%20b%2B+"}};
    place.authorizer = R"({"jwt":{"claims":{"sub":"me"},"scopes":null}})";
    place.public_host = "api.example.com";
    const auto event = parse_json(render({"GET", "/", 1, {{"Host", "localhost:3000"}}, ""}, place).json);
    const std::pair<std::string_view, std::string_view> rows[] = {
        {"/routeKey", R"("GET /users/{name}")"},
        {"/stageVariables", R"({"table":"t1"})"},
        {"/pathParameters", R"({"name":"a b++"})"},
        {"/requestContext/authorizer", R"({"jwt":{"claims":{"sub":"me"},"scopes":null}})"},
        {"/requestContext/domainName", R"("api.example.com")"},
        {"/requestContext/domainPrefix", R"("api")"},
        {"/headers/host", R"("api.example.com")"},
    };
    for (const auto& [pointer, value] : rows) EXPECT_EQ(at(event, pointer), value) << pointer;
}

TEST(HttpEvent, TheRawPathIsDecoded) {
    struct Row {
        std::string_view path, raw_path;
    };
    const Row rows[] = {
        {"/", "/"},
        {"/a%2Fb", "/a/b"},
        {"/a+b", "/a+b"},
        {"/a%2Bb", "/a+b"},
        {"/****%20Doe/Summer%20Sale%202023", "/**** Doe/Summer Sale 2023"},
        {"/%E2%98%95%20Coffee", "/\xE2\x98\x95 Coffee"},
        {"/trailing/", "/trailing/"},
        {"//double//slash", "//double//slash"},
        {"/%zz%4", "/%zz%4"},
        {"/%FF", "/\xEF\xBF\xBD"},
        {"/a#b", "/a#b"},
    };
    for (const Row& row : rows) {
        const auto event =
            parse_json(render({"GET", std::string(row.path), 1, {}, ""}, http_place(std::string(row.path))).json);
        EXPECT_EQ(event.at("rawPath").as_string(), row.raw_path);
        EXPECT_EQ(event.at("requestContext").at("http").at("path").as_string(), row.raw_path);
    }
}

TEST(HttpEvent, RepeatedQueryKeysAreJoinedAndTheRawQueryStays) {
    struct Row {
        std::string_view query, parameters;
    };
    const Row rows[] = {
        {"q=Hello%20World&tag=C%23%20Programming&tag=.NET%20Core",
         R"({"q":"Hello World","tag":"C# Programming,.NET Core"})"},
        {"tag=important&tag=urgent", R"({"tag":"important,urgent"})"},
        {"a=1%2C2&a=3", R"({"a":"1,2,3"})"},
        {"a=x+y", R"({"a":"x y"})"},
        {"a", R"({"a":""})"},
        {"a=1;b=2", R"({"a":"1;b=2"})"},
        {"a=1#b&c=2", R"({"a":"1#b","c":"2"})"},
        {"", "absent"},
    };
    for (const Row& row : rows) {
        const auto event = parse_json(render({"GET", "/x", 1, {}, ""}, http_place("/x", row.query)).json);
        EXPECT_EQ(event.at("rawQueryString").as_string(), row.query);
        EXPECT_EQ(at(event, "/queryStringParameters"), row.parameters) << row.query;
    }
}

TEST(HttpEvent, HeaderNamesAreLowerCaseAndRepeatsAreJoined) {
    const auto event = event_of({{"X-Custom-HEADER", "a"}, {"x_under_score", "b"}, {"x-custom-header", "c, d"}});
    EXPECT_EQ(at(event, "/headers/x-custom-header"), R"("a,c, d")");
    EXPECT_EQ(at(event, "/headers/x_under_score"), R"("b")");
}

TEST(HttpEvent, CookiesHaveAMemberOfTheirOwn) {
    const auto event = event_of({{"Cookie", "a=1; b=2;c=\"x\""}, {"cookie", "d=4"}});
    EXPECT_EQ(at(event, "/cookies"), R"(["a=1","b=2","c=\"x\"","d=4"])");
    EXPECT_EQ(at(event, "/headers/cookie"), "absent");
}

TEST(HttpEvent, ContentLengthIsThereAlsoWithoutABody) {
    EXPECT_EQ(at(event_of({}), "/headers/content-length"), R"("0")");
    EXPECT_EQ(at(event_of({{"Transfer-Encoding", "chunked"}}, "abc"), "/headers/content-length"), R"("3")");
}

TEST(HttpEvent, ConnectionHeadersAreRemoved) {
    for (const std::string_view name :
         {"connection", "expect", "proxy-authenticate", "te", "transfer-encoding", "upgrade"}) {
        EXPECT_EQ(at(event_of({{name, "x"}}), "/headers/" + std::string(name)), "absent") << name;
    }
}

TEST(HttpEvent, ForwardedHeadersOfTheClientAreContinuedOrReplaced) {
    const auto event = event_of({{"X-Forwarded-For", "10.0.0.1"}, {"X-Forwarded-Proto", "http"}});
    EXPECT_EQ(at(event, "/headers/x-forwarded-for"), R"("10.0.0.1, 127.0.0.1")");
    EXPECT_EQ(at(event, "/headers/x-forwarded-proto"), R"("https")");
}

TEST(HttpEvent, BodiesAreTextOnlyUnderATextType) {
    struct Row {
        http::Headers headers;
        bool base64;
    };
    const Row rows[] = {
        {{{"Content-Type", "text/plain"}}, false},
        {{{"content-type", "Application/JSON; charset=UTF-8"}}, false},
        {{{"Content-Type", "text/plain; charset=iso-8859-1"}}, true},
        {{{"Content-Type", "application/x-protobuf"}}, true},
        {{{"Content-Type", "application/x-www-form-urlencoded"}}, true},
        {{}, true},
        {{{"Content-Type", "application/json"}, {"Content-Encoding", "gzip"}}, true},
        {{{"Content-Type", "application/json"}, {"Content-Encoding", "identity"}}, false},
    };
    for (const Row& row : rows) {
        const auto event = event_of(row.headers, "a=\"b\"");
        EXPECT_EQ(event.at("isBase64Encoded").as_bool(), row.base64) << row.headers;
        EXPECT_EQ(event.at("body").as_string(), row.base64 ? "YT0iYiI=" : "a=\"b\"") << row.headers;
    }
}

TEST(HttpEvent, ATextBodyThatIsNotUtf8IsReported) {
    const http::Request request{"POST", "/x", 1, {{"Content-Type", "application/json"}}, "\xFF\xFE{}"};
    const auto findings = render(request, http_place("/x")).findings;
    ASSERT_EQ(ids_of(findings), "http-body-replaced");
    EXPECT_EQ(
        findings[0].text,
        "A body of type application/json is text to an HTTP API: 2 of its 4 bytes are not UTF-8 and were replaced "
        "by U+FFFD, as on AWS (unverified). Send binary data under a binary type, such as application/x-protobuf.");
}

}  // namespace
}  // namespace understudy::event::http_event_test
