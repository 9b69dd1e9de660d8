#include "emulator/event/rest_event.hpp"

#include "tests/emulator/event/samples.hpp"

#include <gtest/gtest.h>

namespace understudy::event::rest_event_test {
namespace {

RenderedEvent render(const http::Request& request, const Place& place, std::vector<std::string> binary = {}) {
    const Facts facts = sample_facts();
    return render_rest_event(request, place, BinaryMediaTypes(binary), facts, "Root=" + facts.trace_root);
}

boost::json::value event_of(const http::Headers& headers, std::string body = {}, std::vector<std::string> binary = {}) {
    const http::Request request{"POST", "/logs", 1, headers, std::move(body)};
    return parse_json(render(request, rest_place("/logs", "", "POST"), std::move(binary)).json);
}

TEST(RestEvent, TheWholeEventOfAGet) {
    const http::Request request{
        "GET",
        "/logs/a%20b?limit=2&tag=x&tag=y+z",
        1,
        {{"Host", "localhost:3000"}, {"user-agent", "curl/7.88.1"}, {"Accept", "*/*"}, {"X-Tag", "1"}, {"x-tag", "2"}},
        ""};
    EXPECT_EQ(render(request, rest_place("/logs/a%20b", "limit=2&tag=x&tag=y+z")).json,
              R"({"resource":"/{proxy+}","path":"/logs/a%20b","httpMethod":"GET",)"
              R"("headers":{"Accept":"*/*","Host":"localhost:3000","User-Agent":"curl/7.88.1",)"
              R"("X-Amzn-Trace-Id":"Root=1-5e6a861e-1f2d3c4b5a69788796a5b4c3","X-Forwarded-For":"127.0.0.1",)"
              R"("X-Forwarded-Port":"443","X-Forwarded-Proto":"https","X-Tag":"2"},)"
              R"("multiValueHeaders":{"Accept":["*/*"],"Host":["localhost:3000"],"User-Agent":["curl/7.88.1"],)"
              R"("X-Amzn-Trace-Id":["Root=1-5e6a861e-1f2d3c4b5a69788796a5b4c3"],"X-Forwarded-For":["127.0.0.1"],)"
              R"("X-Forwarded-Port":["443"],"X-Forwarded-Proto":["https"],"X-Tag":["1","2"]},)"
              R"("queryStringParameters":{"limit":"2","tag":"y z"},)"
              R"("multiValueQueryStringParameters":{"limit":["2"],"tag":["x","y z"]},)"
              R"("pathParameters":{"proxy":"logs/a%20b"},"stageVariables":null,)"
              R"("requestContext":{"resourceId":"pr0xy0","resourcePath":"/{proxy+}","httpMethod":"GET",)"
              R"("extendedRequestId":"JKJaXmPLvHcESHA=","requestTime":"12/Mar/2020:19:03:58 +0000",)"
              R"("path":"/prod/logs/a%20b","accountId":"123456789012","protocol":"HTTP/1.1","stage":"prod",)"
              R"("domainPrefix":"localhost","requestTimeEpoch":1584039838390,)"
              R"("requestId":"0b5e4c1f-3f6a-4d0e-9c8b-2a1f00d4c0de",)"
              R"("identity":{"cognitoIdentityPoolId":null,"accountId":null,"cognitoIdentityId":null,"caller":null,)"
              R"("sourceIp":"127.0.0.1","principalOrgId":null,"accessKey":null,"cognitoAuthenticationType":null,)"
              R"("cognitoAuthenticationProvider":null,"userArn":null,"userAgent":"curl/7.88.1","user":null},)"
              R"("domainName":"localhost","deploymentId":"d3pl0y","apiId":"abcdefghij"},)"
              R"("body":null,"isBase64Encoded":false})");
}

TEST(RestEvent, TheWholeEventOfAPost) {
    const http::Request request{"POST",
                                "/",
                                1,
                                {{"Host", "abcdefghij.execute-api.us-east-1.amazonaws.com"},
                                 {"Content-Type", "application/x-protobuf"},
                                 {"Content-Length", "5"}},
                                "\x01\x02\x03\x04\x05"};
    const RenderedEvent event = render(request, rest_place("/", "", "POST"), {"application/x-protobuf"});
    EXPECT_EQ(event.json,
              R"({"resource":"/","path":"/","httpMethod":"POST",)"
              R"("headers":{"Content-Type":"application/x-protobuf",)"
              R"("Host":"abcdefghij.execute-api.us-east-1.amazonaws.com",)"
              R"("X-Amzn-Trace-Id":"Root=1-5e6a861e-1f2d3c4b5a69788796a5b4c3","X-Forwarded-For":"127.0.0.1",)"
              R"("X-Forwarded-Port":"443","X-Forwarded-Proto":"https"},)"
              R"("multiValueHeaders":{"Content-Type":["application/x-protobuf"],)"
              R"("Host":["abcdefghij.execute-api.us-east-1.amazonaws.com"],)"
              R"("X-Amzn-Trace-Id":["Root=1-5e6a861e-1f2d3c4b5a69788796a5b4c3"],"X-Forwarded-For":["127.0.0.1"],)"
              R"("X-Forwarded-Port":["443"],"X-Forwarded-Proto":["https"]},)"
              R"("queryStringParameters":null,"multiValueQueryStringParameters":null,)"
              R"("pathParameters":null,"stageVariables":null,)"
              R"("requestContext":{"resourceId":"r00tr00t00","resourcePath":"/","httpMethod":"POST",)"
              R"("extendedRequestId":"JKJaXmPLvHcESHA=","requestTime":"12/Mar/2020:19:03:58 +0000",)"
              R"("path":"/prod/","accountId":"123456789012","protocol":"HTTP/1.1","stage":"prod",)"
              R"("domainPrefix":"abcdefghij","requestTimeEpoch":1584039838390,)"
              R"("requestId":"0b5e4c1f-3f6a-4d0e-9c8b-2a1f00d4c0de",)"
              R"("identity":{"cognitoIdentityPoolId":null,"accountId":null,"cognitoIdentityId":null,"caller":null,)"
              R"("sourceIp":"127.0.0.1","principalOrgId":null,"accessKey":null,"cognitoAuthenticationType":null,)"
              R"("cognitoAuthenticationProvider":null,"userArn":null,"userAgent":null,"user":null},)"
              R"("domainName":"abcdefghij.execute-api.us-east-1.amazonaws.com","deploymentId":"d3pl0y",)"
              R"("apiId":"abcdefghij"},"body":"AQIDBAU=","isBase64Encoded":true})");
    EXPECT_EQ(ids_of(event.findings), "");
}

TEST(RestEvent, HasExactlyTheKeysThatWereRecorded) {
    const auto event = event_of({{"Host", "localhost"}});
    std::vector<std::string> keys;
    for (const auto& member : event.as_object()) keys.emplace_back(member.key());
    std::ranges::sort(keys);
    EXPECT_EQ(keys,
              (std::vector<std::string>{"body", "headers", "httpMethod", "isBase64Encoded", "multiValueHeaders",
                                        "multiValueQueryStringParameters", "path", "pathParameters",
                                        "queryStringParameters", "requestContext", "resource", "stageVariables"}));
    EXPECT_EQ(at(event, "/version"), "absent");
    EXPECT_EQ(event.at("requestContext").at("identity").as_object().size(), 12u);
}

TEST(RestEvent, WhatIsEmptyIsNull) {
    const http::Request request{"GET", "/?", 1, {}, ""};
    const auto event = parse_json(render(request, rest_place("/")).json);
    for (const std::string_view key : {"/queryStringParameters", "/multiValueQueryStringParameters", "/pathParameters",
                                       "/stageVariables", "/body", "/requestContext/identity/userAgent"}) {
        EXPECT_EQ(at(event, key), "null") << key;
    }
    EXPECT_EQ(at(event, "/isBase64Encoded"), "false");
}

TEST(RestEvent, HeaderNamesKeepTheClientsCaseButForAFew) {
    const auto event = event_of({{"tEsT-HEADeR", "1"},
                                 {"aUThorization", "Bearer x"},
                                 {"uSER-aGENT", "me"},
                                 {"dATE", "now"},
                                 {"hOST", "localhost"},
                                 {"x_under_score", "kept"}});
    for (const std::string_view name :
         {"tEsT-HEADeR", "Authorization", "User-Agent", "Date", "Host", "x_under_score"}) {
        EXPECT_TRUE(event.at("headers").as_object().contains(std::string(name))) << name;
        EXPECT_TRUE(event.at("multiValueHeaders").as_object().contains(std::string(name))) << name;
    }
    EXPECT_EQ(at(event, "/requestContext/identity/userAgent"), "\"me\"");
}

TEST(RestEvent, TheHeadersThatAwsRemovesAreRemoved) {
    for (const std::string_view name :
         {"Connection", "Content-Length", "Content-MD5", "Expect", "Max-Forwards", "Proxy-Authenticate", "Server", "TE",
          "Transfer-Encoding", "Trailer", "Upgrade", "WWW-Authenticate", "content-length", "te"}) {
        const auto event = event_of({{name, "x"}});
        EXPECT_FALSE(event.at("headers").as_object().contains(std::string(name))) << name;
        EXPECT_FALSE(event.at("multiValueHeaders").as_object().contains(std::string(name))) << name;
    }
}

TEST(RestEvent, TheHeadersThatAwsKeepsAreKept) {
    for (const std::string_view name : {"Accept",       "Accept-Charset", "Accept-Encoding",
                                        "Age",          "Authorization",  "Content-Encoding",
                                        "Content-Type", "Cookie",         "Date",
                                        "Host",         "Pragma",         "Range",
                                        "Referer",      "User-Agent",     "Via",
                                        "Warn",         "X-Custom",       "Connect-Protocol-Version",
                                        "Grpc-Timeout", "Trailer-Foo"}) {
        EXPECT_EQ(at(event_of({{name, "x"}}), "/headers/" + std::string(name)), "\"x\"") << name;
    }
}

TEST(RestEvent, RepeatedHeadersLastWinsAndAllAreListed) {
    const auto event = event_of({{"X-A", "1"}, {"X-B", "b, c"}, {"X-A", "2"}, {"x-a", ""}});
    EXPECT_EQ(at(event, "/headers/X-A"), "\"\"");
    EXPECT_EQ(at(event, "/multiValueHeaders/X-A"), R"(["1","2",""])");
    EXPECT_EQ(at(event, "/multiValueHeaders/X-B"), R"(["b, c"])") << "a comma splits nothing";
}

TEST(RestEvent, AddsWhatARegionalApiAdds) {
    const auto event = event_of({});
    EXPECT_EQ(at(event, "/headers"),
              R"({"Host":"abcdefghij.execute-api.us-east-1.amazonaws.com",)"
              R"("X-Amzn-Trace-Id":"Root=1-5e6a861e-1f2d3c4b5a69788796a5b4c3","X-Forwarded-For":"127.0.0.1",)"
              R"("X-Forwarded-Port":"443","X-Forwarded-Proto":"https"})");
}

TEST(RestEvent, ForwardedHeadersOfTheClientAreContinuedOrReplaced) {
    const auto event =
        event_of({{"x-forwarded-for", "10.0.0.1"}, {"X-Forwarded-Proto", "http"}, {"X-FORWARDED-PORT", "80"}});
    EXPECT_EQ(at(event, "/headers/X-Forwarded-For"), R"("10.0.0.1, 127.0.0.1")");
    EXPECT_EQ(at(event, "/headers/X-Forwarded-Proto"), R"("https")");
    EXPECT_EQ(at(event, "/multiValueHeaders/X-Forwarded-Port"), R"(["443"])");
}

TEST(RestEvent, AnEdgeApiAddsCloudFrontsHeaders) {
    Place place = rest_place("/x");
    place.endpoint = app::EndpointType::edge;
    const http::Headers client = {
        {"cloudfront-viewer-country", "XX"}, {"Via", "1.1 mine"}, {"X-Forwarded-For", "10.0.0.1"}};
    const auto event = parse_json(render({"GET", "/x", 1, client, ""}, place).json);
    EXPECT_EQ(at(event, "/headers"),
              R"x({"CloudFront-Forwarded-Proto":"https","CloudFront-Is-Desktop-Viewer":"true",)x"
              R"x("CloudFront-Is-Mobile-Viewer":"false","CloudFront-Is-SmartTV-Viewer":"false",)x"
              R"x("CloudFront-Is-Tablet-Viewer":"false","CloudFront-Viewer-ASN":"16509",)x"
              R"x("CloudFront-Viewer-Country":"US","Host":"abcdefghij.execute-api.us-east-1.amazonaws.com",)x"
              R"x("Via":"1.1 d98420743a69852491bbdea73f7680bd.cloudfront.net (CloudFront)",)x"
              R"x("X-Amz-Cf-Id":"pn-PWIJc6thYnZm5P0NMgOUglL1DYtl0gdeJky8tqsg8iS_sgsKD1A==",)x"
              R"x("X-Amzn-Trace-Id":"Root=1-5e6a861e-1f2d3c4b5a69788796a5b4c3",)x"
              R"x("X-Forwarded-For":"10.0.0.1, 127.0.0.1, 54.182.214.83","X-Forwarded-Port":"443",)x"
              R"x("X-Forwarded-Proto":"https"})x");
    EXPECT_EQ(at(event, "/multiValueHeaders/Via"),
              R"x(["1.1 mine","1.1 d98420743a69852491bbdea73f7680bd.cloudfront.net (CloudFront)"])x");
    EXPECT_EQ(at(event, "/requestContext/identity/sourceIp"), R"("127.0.0.1")");
}

TEST(RestEvent, ViaSaysWhichVersionTheClientSpeaksToCloudFront) {
    Place place = rest_place("/x");
    place.endpoint = app::EndpointType::edge;
    const auto via = [&](int minor_version, bool http2) {
        Facts facts = sample_facts();
        facts.http2 = http2;
        const http::Request request{"GET", "/x", minor_version, {}, ""};
        return at(parse_json(render_rest_event(request, place, BinaryMediaTypes{}, facts, "").json), "/headers/Via");
    };
    const std::string rest = R"x( d98420743a69852491bbdea73f7680bd.cloudfront.net (CloudFront)")x";
    EXPECT_EQ(via(1, true), "\"2.0" + rest);
    EXPECT_EQ(via(1, false), "\"1.1" + rest);
    EXPECT_EQ(via(0, false), "\"1.0" + rest);
}

TEST(RestEvent, ASignedRequestShowsItsSignerAndNotTheSignature) {
    Place place = rest_place("/x");
    place.access_key = "AKIDEXAMPLE";
    const http::Headers headers = {{"Authorization", "AWS4-HMAC-SHA256 Credential=…"},
                                   {"X-Amz-Date", "20200312T190358Z"}};
    const auto event = parse_json(render({"GET", "/", 1, headers, ""}, place).json);
    EXPECT_EQ(at(event, "/headers/Authorization"), "absent");
    EXPECT_EQ(at(event, "/headers/X-Amz-Date"), R"("20200312T190358Z")");
    EXPECT_EQ(at(event, "/requestContext/identity/accessKey"), R"("AKIDEXAMPLE")");
    EXPECT_EQ(at(event, "/requestContext/identity/userArn"), R"("arn:aws:iam::123456789012:user/AKIDEXAMPLE")");
    EXPECT_EQ(at(event, "/requestContext/identity/accountId"), R"("123456789012")");
    const auto bearer = parse_json(render({"GET", "/", 1, {{"Authorization", "Bearer x"}}, ""}, place).json);
    EXPECT_EQ(at(bearer, "/headers/Authorization"), R"("Bearer x")");
}

TEST(RestEvent, APlaceSaysWhatRoutingAndAuthorizationDecided) {
    Place place = rest_place("/users/a%20b/c");
    const std::pair<std::string, std::string> variables[] = {{"table", "t1"}, {"log\"", "\n"}};
    place.stage_variables = variables;
    place.path_parameters = {{"name", "a%20b"}, {"rest", "c"}};
    place.authorizer = R"({"principalId":"me","level":"7","integrationLatency":12})";
    place.operation_name = "GetUser";
    place.api_key = "secret";
    place.api_key_id = "k3y1d";
    place.base_path = "base";
    place.domain_prefix = "api";
    place.public_host = "shop.example.com";
    const auto event = parse_json(render({"GET", "/", 1, {{"host", "localhost:3000"}}, ""}, place).json);
    const std::pair<std::string_view, std::string_view> rows[] = {
        {"/stageVariables", R"({"table":"t1","log\"":"\n"})"},
        {"/pathParameters", R"({"name":"a%20b","rest":"c"})"},
        {"/requestContext/authorizer", R"({"principalId":"me","level":"7","integrationLatency":12})"},
        {"/requestContext/operationName", R"("GetUser")"},
        {"/requestContext/identity/apiKey", R"("secret")"},
        {"/requestContext/identity/apiKeyId", R"("k3y1d")"},
        {"/requestContext/customDomain", R"({"basePathMatched":"base"})"},
        {"/requestContext/domainPrefix", R"("api")"},
        {"/requestContext/domainName", R"("shop.example.com")"},
        {"/multiValueHeaders/Host", R"(["shop.example.com"])"},
    };
    for (const auto& [pointer, value] : rows) EXPECT_EQ(at(event, pointer), value) << pointer;
    const auto plain = parse_json(render({"GET", "/", 1, {}, ""}, rest_place("/x")).json);
    for (const std::string_view absent : {"/requestContext/authorizer", "/requestContext/operationName",
                                          "/requestContext/identity/apiKey", "/requestContext/customDomain"}) {
        EXPECT_EQ(at(plain, absent), "absent") << absent;
    }
}

TEST(RestEvent, DomainIsHostWithoutItsPort) {
    struct Row {
        std::string_view host, domain, prefix;
    };
    for (const Row& row : {Row{"localhost:3000", "localhost", "localhost"}, Row{"127.0.0.1:3000", "127.0.0.1", "127"},
                           Row{"[::1]:3000", "[::1]", "[::1]"}, Row{"api.example.com", "api.example.com", "api"}}) {
        const auto event = event_of({{"Host", row.host}});
        EXPECT_EQ(event.at("requestContext").at("domainName").as_string(), row.domain);
        EXPECT_EQ(event.at("requestContext").at("domainPrefix").as_string(), row.prefix);
        EXPECT_EQ(event.at("headers").at("Host").as_string(), row.host);
    }
}

TEST(RestEvent, QueryIsFormDecodedAsRecorded) {
    struct Row {
        std::string_view query, single, multi;
    };
    const Row rows[] = {
        {"dateTimeOffset=2023-06-12T18:05:10.123456+00:00", R"({"dateTimeOffset":"2023-06-12T18:05:10.123456 00:00"})",
         R"({"dateTimeOffset":["2023-06-12T18:05:10.123456 00:00"]})"},
        {"email=test%2Balias@gmail.com", R"({"email":"test+alias@gmail.com"})",
         R"({"email":["test+alias@gmail.com"]})"},
        {"plus=test+alias@gmail.com", R"({"plus":"test alias@gmail.com"})", R"({"plus":["test alias@gmail.com"]})"},
        {"url=https://www.google.com/", R"({"url":"https://www.google.com/"})",
         R"({"url":["https://www.google.com/"]})"},
        {"whitespace=foo bar", R"({"whitespace":"foo bar"})", R"({"whitespace":["foo bar"]})"},
        {"zhash=abort/#&ignored=1", R"({"zhash":"abort/"})", R"({"zhash":["abort/"]})"},
        {"category=electronics&category=books&price=10&price=20&price=30", R"({"category":"books","price":"30"})",
         R"({"category":["electronics","books"],"price":["10","20","30"]})"},
        {"a=1;b=2", R"({"a":"1","b":"2"})", R"({"a":["1"],"b":["2"]})"},
        {"flag", R"({"flag":""})", R"({"flag":[""]})"},
        {"a=", R"({"a":""})", R"({"a":[""]})"},
        {"", "null", "null"},
    };
    for (const Row& row : rows) {
        const auto event = parse_json(render({"GET", "/x", 1, {}, ""}, rest_place("/x", row.query)).json);
        EXPECT_EQ(at(event, "/queryStringParameters"), row.single) << row.query;
        EXPECT_EQ(at(event, "/multiValueQueryStringParameters"), row.multi) << row.query;
    }
}

TEST(RestEvent, PercentEncodingStaysInThePath) {
    for (const std::string path : {"/a%2Fb", "/****%20Doe/Summer%20Sale%202023", "/%E2%98%95%20Coffee",
                                   "/test%2Balias@gmail.com/plus/test+alias@gmail.com", "/%zz"}) {
        const auto event = parse_json(render({"GET", path, 1, {}, ""}, rest_place(path)).json);
        EXPECT_EQ(event.at("path").as_string(), path);
        EXPECT_EQ(event.at("pathParameters").at("proxy").as_string(), path.substr(1));
        EXPECT_EQ(event.at("requestContext").at("path").as_string(), "/prod" + path);
    }
}

TEST(RestEvent, BodiesBecomeBase64WhereTheTypeIsListed) {
    struct Row {
        http::Headers headers;
        std::vector<std::string> binary;
        bool base64;
    };
    const Row rows[] = {
        {{{"Content-Type", "application/x-protobuf"}}, {"application/x-protobuf"}, true},
        {{{"content-type", "Application/X-Protobuf; proto=a.B"}}, {"application/x-protobuf"}, true},
        {{{"Content-Type", "application/protobuf"}}, {"application/x-protobuf"}, false},
        {{{"Content-Type", "application/json"}}, {"*/*"}, true},
        {{{"Content-Type", "*/*"}}, {"application/x-protobuf"}, false},
        {{}, {"application/x-protobuf"}, false},
        {{}, {"*/*"}, true},
        {{{"Content-Type", "application/x-protobuf"}}, {}, false},
        {{{"Content-Type", "application/x-protobuf"}}, {"application/*"}, true},
    };
    for (const Row& row : rows) {
        const auto event = event_of(row.headers, "\x08\x96\x01", row.binary);
        EXPECT_EQ(event.at("isBase64Encoded").as_bool(), row.base64) << row.headers;
        EXPECT_EQ(event.at("body").as_string(), row.base64 ? "CJYB" : "\x08\xEF\xBF\xBD\x01") << row.headers;
    }
}

TEST(RestEvent, AnEmptyBodyIsNullAlsoWhereTheTypeIsBinary) {
    const auto event = event_of({{"Content-Type", "application/x-protobuf"}}, "", {"*/*"});
    EXPECT_EQ(at(event, "/body"), "null");
    EXPECT_EQ(at(event, "/isBase64Encoded"), "false");
}

TEST(RestEvent, AReplacedBodyIsReportedWithItsCure) {
    const http::Request request{"POST", "/x", 1, {{"Content-Type", "application/x-protobuf"}}, "\x08\x96\x01"};
    const auto findings = render(request, rest_place("/x"), {"application/protobuf"}).findings;
    ASSERT_EQ(ids_of(findings), "rest-body-replaced");
    EXPECT_EQ(findings[0].subject, "application/x-protobuf");
    EXPECT_EQ(findings[0].text,
              "A body of type application/x-protobuf was sent to the function as text, because binaryMediaTypes does "
              "not list it: 1 of its 3 bytes are not UTF-8 and were replaced by U+FFFD, as on AWS. It does list "
              "application/protobuf, which is another spelling. Cure: --binary-media-type application/x-protobuf");
}

TEST(RestEvent, ATypeWithoutASlashIsNotToldToBeListed) {
    const http::Request request{"POST", "/x", 1, {{"Content-Type", "image"}}, "\xff"};
    const auto findings = render(request, rest_place("/x")).findings;
    ASSERT_EQ(ids_of(findings), "rest-body-replaced");
    EXPECT_EQ(findings[0].text,
              "A body of type image was sent to the function as text, because binaryMediaTypes does not list it: 1 of "
              "its 1 bytes are not UTF-8 and were replaced by U+FFFD, as on AWS. Cure: send a media type, which has a "
              "slash, and list it; no entry but */* matches image.");
}

TEST(RestEvent, AProtobufBodyThatIsUtf8IsNoFinding) {
    const http::Request request{"POST", "/x", 1, {{"Content-Type", "application/x-protobuf"}}, "\x08\x01"};
    const RenderedEvent event = render(request, rest_place("/x"));
    EXPECT_EQ(ids_of(event.findings), "");
    EXPECT_EQ(at(parse_json(event.json), "/body"), R"("\b\u0001")");
}

TEST(RestEvent, JsonAsBase64AndCompressedBodiesAreReported) {
    const http::Request request{
        "POST", "/x", 1, {{"Content-Type", "application/json"}, {"Content-Encoding", "gzip"}}, "\x1f\x8b"};
    EXPECT_EQ(ids_of(render(request, rest_place("/x"), {"*/*"}).findings), "rest-json-as-base64 rest-body-compressed");
}

TEST(RestEvent, ALargeBodyIsWrittenIntoExactlyTheRoomItNeeds) {
    http::Request request{"POST", "/x", 1, {{"Content-Type", "a/b"}}, std::string(3'000'000, 'x')};
    const RenderedEvent base64 = render(request, rest_place("/x"), {"a/b"});
    EXPECT_GT(base64.json.size(), 4'000'000u);
    EXPECT_LT(base64.json.capacity() - base64.json.size(), 64u);
    request.body.assign(300'000, '"');
    const RenderedEvent text = render(request, rest_place("/x"));
    EXPECT_GT(text.json.size(), 600'000u);
    EXPECT_LT(text.json.capacity() - text.json.size(), 64u);
}

}  // namespace
}  // namespace understudy::event::rest_event_test
