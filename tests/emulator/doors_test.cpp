// The front doors' own answers, over sockets: one application whose functions show what reaches them.

#include "tests/emulator/net/loopback.hpp"
#include "tests/emulator/served.hpp"
#include "tests/support/program.hpp"
#include "tests/support/scripted_server.hpp"
#include "tests/support/token_issuer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::doors_test {
namespace {

using app::ApiKind;
using app::Authorization;
using app::FrontKind;
using testing::HasSubstr;
using testing::StartsWith;

const std::string kIssuer = "https://issuer.example/pool";

app::Route route(std::string method, std::string path, Authorization authorization = Authorization::none) {
    return {.method = std::move(method),
            .path = std::move(path),
            .integration = app::LambdaIntegration{.function = "show"},
            .access = {.authorization = authorization}};
}

app::Route guarded(std::string path, const std::string& authorizer) {
    app::Route made = route("GET", std::move(path), Authorization::authorizer);
    made.access.authorizer = authorizer;
    return made;
}

app::Api rest_api() {
    app::Route keyed = route("GET", "/keyed");
    keyed.access.api_key_required = true;
    app::Route checked = route("POST", "/checked");
    checked.validation = app::RequestValidation{.parameters = true,
                                                .body = true,
                                                .required = {"method.request.header.Need"},
                                                .models = {{"application/json", "List"}}};
    app::Route preflight = route("OPTIONS", "/keyed");
    preflight.integration = app::MockIntegration{.headers = {{"Access-Control-Allow-Origin", "*"}},
                                                 .templates = {{"application/json", "{}"}}};
    return {.id = "rest000000",
            .kind = ApiKind::rest,
            .name = "Rest",
            .stages = {{.name = "prod"}},
            .routes = {route("GET", "/signed", Authorization::iam), guarded("/token", "Token"),
                       guarded("/request", "Request"), keyed, checked, preflight},
            .authorizers = {{.name = "Token", .kind = app::AuthorizerKind::token, .function = "decide"},
                            {.name = "Request",
                             .kind = app::AuthorizerKind::request,
                             .function = "decide",
                             .identity_sources = {"method.request.header.X-Who"}}},
            .gateway_responses = {{.type = "UNAUTHORIZED",
                                   .headers = {{"X-From", "gateway"}},
                                   .templates = {{"application/json", R"({"said":$context.error.messageString})"}}}},
            .models = {{"List", R"({"type":"array"})"}}};
}

app::Api http_api() {
    app::Route tokens = guarded("/jwt", "Tokens");
    tokens.access.scopes = {"read"};
    return {
        .id = "http000000",
        .kind = ApiKind::http,
        .name = "Http",
        .stages = {{.name = "$default"}},
        .routes = {route("GET", "/signed", Authorization::iam), tokens},
        .authorizers = {{.name = "Tokens", .kind = app::AuthorizerKind::jwt, .issuer = kIssuer, .audiences = {"app"}}},
        .cors = app::Cors{.allow_origins = {"https://a.example"}, .allow_methods = {"GET"}}};
}

app::Api websocket_api() {
    return {.id = "chat000000",
            .kind = ApiKind::websocket,
            .name = "Chat",
            .stages = {{.name = "prod"}},
            .routes = {route("", "$connect", Authorization::iam)}};
}

/// A function that shows its event, one that decides as an authorizer, and four APIs.
Settings house() {
    Settings settings = scripted_alone(FrontKind::rest);
    app::Application& application = settings.application;
    app::Function function = application.functions.front();
    application.functions.clear();
    for (const auto& [name, order] : {std::pair("show", "show"), std::pair("decide", "policy")}) {
        function.name = name;
        function.environment = {{"ORDER", order}};
        application.functions.push_back(function);
    }
    application.apis = {rest_api(), http_api(), websocket_api(),
                        app::to_single_function_api(FrontKind::url, {}, "show")};
    app::Api& url = application.apis.back();
    url.name = "Url";
    for (app::Route& any : url.routes) any.access.authorization = Authorization::iam;
    application.api_keys = {{"id1", "one", "value", true}};
    application.usage_plans = {{.name = "plan",
                                .stages = {{"rest000000", "prod"}},
                                .key_ids = {"id1"},
                                .throttle = app::Throttle{.rate = 0.001, .burst = 1}}};
    return settings;
}

/// What curl prints of the answer to a request that it signs: the body, then the status.
std::string curl_signed(const Served& served, const std::string& path, const std::string& scope,
                        const std::string& key) {
    return test::run_file("/usr/bin/curl",
                          {"--silent", "--aws-sigv4", "aws:amz:" + scope, "--user", key, "--write-out", "%{http_code}",
                           served.endpoints().gateway + path},
                          {})
        .out;
}

TEST(Doors, AwsIamAsksForASignature) {
    Settings settings = house();
    settings.signing_keys.emplace({SigningKey{"GIVEN", "secret"}});
    const Served served(settings);
    const std::string own = "UNDERSTUDYDUMMYKEY00:understudy-dummy-secret-access-key";
    const std::string rest = "/_apis/Rest/prod/signed", http = "/_apis/Http/signed", url = "/_apis/Url/";
    const struct {
        std::string path, scope, key, body, status;
    } rows[] = {
        {rest, "us-east-1:execute-api", own, R"({"resource":"/signed")", "200"},
        {rest, "us-east-1:execute-api", "GIVEN:secret", R"({"resource":"/signed")", "200"},
        {rest, "us-east-1:execute-api", "GIVEN:other",
         R"({"message":"The request signature we calculated does not match the signature you provided. Check your AWS )"
         R"(Secret Access Key and signing method. Consult the service documentation for details.\n\n)"
         R"(The Canonical String for this request should have been\n'GET\n/_apis/Rest/prod/signed\n\nhost:)",
         "403"},
        {rest, "us-east-1:execute-api", "NOBODY:secret",
         R"({"message":"The security token included in the request is invalid."})", "403"},
        {rest, "us-east-1:lambda", own,
         R"({"message":"Credential should be scoped to correct service: 'execute-api'. "})", "403"},
        {http, "us-east-1:execute-api", own, R"({"version":"2.0")", "200"},
        {http, "us-east-1:execute-api", "GIVEN:other", R"({"message":"Forbidden"})", "403"},
        {url, "us-east-1:lambda", own, R"({"version":"2.0")", "200"},
        {url, "us-east-1:lambda", "GIVEN:other",
         R"({"message":"The request signature we calculated does not match the signature you provided. Check your AWS )"
         R"(Secret Access Key and signing method. Consult the service documentation for details."})",
         "403"},
    };
    for (const auto& row : rows) {
        const std::string answer = curl_signed(served, row.path, row.scope, row.key);
        EXPECT_THAT(answer, StartsWith(row.body)) << row.path << ' ' << row.key;
        EXPECT_EQ(answer.substr(std::max<std::size_t>(answer.size(), 3) - 3), row.status) << row.path;
    }
    EXPECT_EQ(served.get(rest).body, R"({"message":"Missing Authentication Token"})");
    EXPECT_EQ(served.get("/_apis/Chat/prod/@connections/Abcd123=").status, 403) << "a call that nobody signed";
    EXPECT_EQ(served.get(http).body, R"({"message":"Forbidden"})");
    EXPECT_THAT(served.get(url).body, HasSubstr("Forbidden. For troubleshooting"));
}

std::string token(const test::TokenIssuer& issuer, const std::string& key, const std::string& claims) {
    return "Bearer " + issuer.sign(R"({"alg":"RS256","kid":")" + key + "\"}",
                                   R"({"iss":")" + kIssuer + R"(","aud":"app","exp":9999999999)" + claims + "}");
}

/// A request, and what its answer has: status, and a part of its body.
struct Asked {
    std::string method, path;
    client::HeaderLines headers;
    std::string body;
    int status;
    std::string answer;
};

void expect_answers(const Served& served, const std::vector<Asked>& rows) {
    for (const Asked& row : rows) {
        const auto exchange = served.ask({row.method, row.path, row.headers, row.body});
        EXPECT_EQ(exchange.status, row.status) << row.path << ' ' << exchange.body;
        EXPECT_THAT(exchange.body, HasSubstr(row.answer)) << row.path;
    }
}

TEST(Doors, ARestApiAsksItsAuthorizersAndKeepsWhatTheySay) {
    const Served served(house());
    const std::string token = "/_apis/Rest/prod/token", request = "/_apis/Rest/prod/request";
    const client::HeaderLines mine = {{"Authorization", "mine"}}, other = {{"Authorization", "other"}};
    expect_answers(served, {{"GET", token, {}, "", 401, R"({"said":"Unauthorized"})"},
                            {"GET", token, mine, "", 200, R"("principalId":"me")"},
                            {"GET", token, mine, "", 200, R"("calls":"1")"},
                            {"GET", token, other, "", 200, R"("calls":"2")"},
                            {"GET", token, mine, "", 200, R"("calls":"1")"},
                            {"GET", request, mine, "", 401, R"({"said":"Unauthorized"})"},
                            {"GET", request, {{"X-Who", "mine"}}, "", 200, R"("calls":"3")"},
                            {"GET", request, {{"x-who", "mine"}}, "", 200, R"("calls":"3")"}});
    EXPECT_EQ(*served.get(token).find_header("X-From"), "gateway");
}

TEST(Doors, ADisturbanceIsNotForTheAuthorizerInFront) {
    Served served(house());
    served.disturb_next({lambda::Disturbance::Kind::throttle, {}});
    const client::HeaderLines mine = {{"Authorization", "mine"}};
    EXPECT_EQ(served.ask({"GET", "/_apis/Rest/prod/token", mine, ""}).status, 500);
    EXPECT_THAT(served.record().events(), testing::ElementsAre(HasSubstr("methodArn"))) << "that of the authorizer";
}

TEST(Doors, KeysPlansAndValidatorsOfARestApi) {
    const Served served(house());
    const std::string keyed = "/_apis/Rest/prod/keyed", checked = "/_apis/Rest/prod/checked";
    const client::HeaderLines json = {{"Content-Type", "application/json"}, {"Need", "1"}};
    expect_answers(served,
                   {{"GET", keyed, {}, "", 403, R"({"message":"Forbidden"})"},
                    {"GET", keyed, {{"x-api-key", "none"}}, "", 403, R"({"message":"Forbidden"})"},
                    {"GET", keyed, {{"x-api-key", "value"}}, "", 200, R"("apiKey":"value")"},
                    {"GET", keyed, {{"x-api-key", "value"}}, "", 429, R"({"message":"Too Many Requests"})"},
                    {"POST", checked, {}, "[]", 400, R"({"message":"Missing required request parameters: [Need]"})"},
                    {"POST", checked, json, "{}", 400, R"({"message":"Invalid request body"})"},
                    {"POST", checked, json, "[]", 200, R"("body":"[]")"}});
}

TEST(Doors, PreflightsOfBothKindsOfApis) {
    const Served served(house());
    const client::HeaderLines asks = {{"Origin", "https://a.example"}, {"Access-Control-Request-Method", "GET"}};
    const auto rest = served.ask({"OPTIONS", "/_apis/Rest/prod/keyed", asks, {}});
    EXPECT_EQ(rest.status, 200);
    EXPECT_EQ(rest.body, "{}");
    EXPECT_EQ(*rest.find_header("Access-Control-Allow-Origin"), "*");
    const auto http = served.ask({"OPTIONS", "/_apis/Http/signed", asks, {}});
    EXPECT_EQ(http.status, 204);
    EXPECT_EQ(*http.find_header("Access-Control-Allow-Origin"), "https://a.example");
    EXPECT_EQ(*http.find_header("Access-Control-Allow-Methods"), "GET");
}

TEST(Doors, JsonWebTokensAreCheckedWithKeysThatAreFetched) {
    const test::TokenIssuer issuer;
    test::ScriptedServer server([&](test::ScriptedServer& keys) {
        for (const char* id : {"old", "new"}) {
            test::Peer peer = keys.accept();
            EXPECT_EQ(peer.read_request().first_line(), "GET /keys HTTP/1.0");
            peer.reply("200 OK", "", issuer.key_set(id));
        }
    });
    Settings settings = house();
    settings.clock_scale = 100;
    for (app::Function& function : settings.application.functions) function.timeout = std::chrono::hours(1);
    for (app::Route& any : settings.application.apis[1].routes) {
        std::get<app::LambdaIntegration>(any.integration).timeout = std::chrono::hours(1);
    }
    settings.issuer_keys = {{.issuer = kIssuer, .key_set = {}, .url = "http://" + server.authority() + "/keys"}};
    const Served served(settings);
    const auto ask = [&](const std::string& credential) {
        return served.ask({"GET", "/_apis/Http/jwt", {{"Authorization", credential}}, {}});
    };
    EXPECT_THAT(ask(token(issuer, "old", R"(,"scope":"read write")")).body, HasSubstr(R"("scope":"read write")"));
    EXPECT_EQ(ask(token(issuer, "old", R"(,"scope":"write")")).status, 403);
    EXPECT_EQ(ask("Bearer none").status, 401);
    EXPECT_EQ(served.get("/_apis/Http/jwt").status, 401);
    int status = 401;
    while (status == 401) status = ask(token(issuer, "new", R"(,"scope":"read")")).status;
    EXPECT_EQ(status, 200);
    EXPECT_EQ(ask(token(issuer, "old", "")).status, 401) << "that key is gone";
}

TEST(Doors, AnHttpApisMappingsChangeRequestAndReply) {
    Settings settings = house();
    app::Route mapped = route("GET", "/mapped/{id}");
    auto& lambda = std::get<app::LambdaIntegration>(mapped.integration);
    lambda.request_parameters = {{"overwrite:header.x-id", "$request.path.id"},
                                 {"overwrite:path", "/else"},
                                 {"append:querystring.stage", "${context.stage}"}};
    lambda.response_parameters = {
        {200, {{"overwrite:statuscode", "202"}, {"append:header.x-request", "$context.requestId"}}}};
    settings.application.apis[1].routes.push_back(mapped);
    const Served served(settings);
    const auto exchange = served.get("/_apis/Http/mapped/7?a=b");
    EXPECT_EQ(exchange.status, 202);
    EXPECT_THAT(exchange.body, HasSubstr(R"("rawPath":"/else","rawQueryString":"a=b&stage=%24default")"));
    EXPECT_THAT(exchange.body, HasSubstr(R"("x-id":"7")"));
    ASSERT_NE(exchange.find_header("X-Request"), nullptr);
    EXPECT_EQ(*exchange.find_header("X-Request"), *exchange.find_header("Apigw-Requestid"));
}

TEST(Doors, ALoadBalancersHealthChecksReachTheFunction) {
    Settings settings = scripted_alone(FrontKind::alb);
    settings.application.functions[0].environment = {{"ORDER", "log-event"}};
    settings.application.apis[0].health_checks = {{.function = "function", .path = "/well"}};
    const Served served(settings);
    const std::string event = served.record().wait_for_log("event ");
    EXPECT_THAT(event, HasSubstr(R"("httpMethod":"GET","path":"/well","queryStringParameters":{})"));
    EXPECT_THAT(event,
                HasSubstr(R"("headers":{"user-agent":"ELB-HealthChecker/2.0"},"body":"","isBase64Encoded":false})"));
}

TEST(Doors, ADisturbanceIsNotForHealthChecks) {
    Settings settings = scripted_alone(FrontKind::alb);
    settings.clock_scale = 1000;
    settings.application.functions[0].timeout = std::chrono::seconds(900);
    settings.application.functions[0].environment = {{"ORDER", "throw"}};
    settings.application.apis[0].health_checks = {app::HealthCheck{.function = "function"}};
    Served served(settings);
    served.disturb_next({lambda::Disturbance::Kind::throttle, {}});
    served.record().wait_for([](const std::vector<std::string>& advice) { return !advice.empty(); });
    served.get("/throttled");
    served.get("/thrown");
    EXPECT_THAT(served.record().events(), testing::Not(testing::Contains(HasSubstr("/throttled"))));
    EXPECT_THAT(served.record().events(), testing::Contains(HasSubstr("/thrown")));
}

TEST(Doors, EachTargetGroupsHealthCheckSpeaksForItsGroup) {
    Settings settings = scripted_alone(FrontKind::alb);
    settings.application.functions[0].environment = {{"ORDER", "log-event"}};
    settings.application.apis[0].health_checks = {
        {.function = "function", .target_group = {.arn = "arn:one"}},
        {.function = "function", .target_group = {.arn = "arn:two", .multi_value_headers = true}}};
    const Served served(settings);
    EXPECT_THAT(served.record().wait_for_log(R"("targetGroupArn":"arn:one")"), HasSubstr(R"("headers":)"));
    EXPECT_THAT(served.record().wait_for_log(R"("targetGroupArn":"arn:two")"), HasSubstr(R"("multiValueHeaders":)"));
}

TEST(Doors, KeysThatCannotBeFetchedAreTold) {
    Settings settings = house();
    settings.issuer_keys = {{.issuer = kIssuer, .key_set = {}, .url = "http://127.0.0.1:1/keys"}};
    const Served served(settings);
    const test::TokenIssuer issuer;
    const std::string credential = token(issuer, "old", "");
    EXPECT_EQ(served.ask({"GET", "/_apis/Http/jwt", {{"Authorization", credential}}, {}}).status, 401);
    EXPECT_THAT(served.record().advice(),
                testing::Contains(HasSubstr("could not be fetched from http://127.0.0.1:1/keys: Connection refused")));
}

TEST(Doors, ALoadBalancerAnswersAClientThatPausesInItsRequest) {
    Settings settings = scripted(FrontKind::alb);
    settings.clock_scale = 1000;
    settings.application.apis[0].idle_timeout = std::chrono::seconds(30);  // 30 ms
    const Served served(settings);
    const std::string page =
        "<html>\r\n<head><title>408 Request Time-out</title></head>\r\n<body>\r\n"
        "<center><h1>408 Request Time-out</h1></center>\r\n</body>\r\n</html>\r\n";
    for (const std::string_view part : {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf", "POST / HT"}) {
        net::RawClient client(served.port());
        client.write(part);
        const net::WireReply reply = client.read_reply();
        EXPECT_EQ(reply.status, 408) << part;
        EXPECT_TRUE(reply.has_line("Server: awselb/2.0")) << reply.head;
        EXPECT_TRUE(reply.has_line("Connection: close")) << reply.head;
        EXPECT_EQ(reply.body, page);
        EXPECT_TRUE(client.reads_end());
    }
    EXPECT_EQ(served.record().log(), "") << "the function was never called";
    EXPECT_EQ(served.record().statuses(), std::vector{408}) << "what has a head is told";
}

TEST(Doors, AWholeUrlInTheRequestLineGoesBeforeHost) {
    const Served served(house());
    net::RawClient client(served.port());
    client.write("GET http://http.execute-api.localhost/signed?a=b HTTP/1.1\r\nHost: foo\r\n\r\n");
    const net::WireReply reply = client.read_reply();
    EXPECT_EQ(reply.status, 200);
    EXPECT_THAT(reply.body, HasSubstr(R"("rawPath":"/signed","rawQueryString":"a=b")"));
    EXPECT_THAT(reply.body, HasSubstr(R"("host":"http.execute-api.localhost")"));
}

TEST(Doors, NoOtherFrontMindsAPause) {
    Settings settings = house();
    settings.clock_scale = 10;
    for (app::Function& function : settings.application.functions) function.timeout = std::chrono::seconds(900);
    app::Api balancer = app::to_single_function_api(FrontKind::alb, {}, "show");
    balancer.name = "Balancer";
    balancer.idle_timeout = std::chrono::seconds(1);
    settings.application.apis.push_back(balancer);
    const Served served(settings);
    net::RawClient rest(served.port()), no_head(served.port()), balanced(served.port());
    rest.write("POST /_apis/Rest/prod/checked HTTP/1.1\r\nHost: localhost\r\nNeed: x\r\nContent-Length: 2\r\n\r\n[");
    no_head.write("GET /_apis/Url/ HTTP/1.1\r\n");
    balanced.write("POST /_apis/Balancer/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n[");
    EXPECT_EQ(balanced.read_reply().status, 408) << "a second is 100 ms";
    rest.write("]");
    EXPECT_EQ(rest.read_reply().status, 200);
    no_head.write("Host: localhost\r\n\r\n");
    EXPECT_EQ(no_head.read_reply().status, 200);
}

TEST(Doors, WhatNeverSaysForWhichApiItIsIsAnsweredAsALoadBalancerWould) {
    Settings settings = house();
    settings.clock_scale = 2000;  // a minute is 30 ms
    const Served served(settings);
    for (const std::string_view part :
         {"GET /_apis/Ur", "POST /_apis/None/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n["}) {
        net::RawClient client(served.port());
        client.write(part);
        const net::WireReply reply = client.read_reply();
        EXPECT_EQ(reply.status, 408) << part;
        EXPECT_EQ(reply.body, "The request stopped before it said for which API it is.\n");
        EXPECT_TRUE(client.reads_end());
    }
}

TEST(Doors, AMalformedRequestIsAnsweredByTheApiThatItsHeadNamesAndIsTold) {
    Settings settings = house();
    app::Api balancer = app::to_single_function_api(FrontKind::alb, {}, "show");
    balancer.name = "Balancer";
    settings.application.apis.insert(settings.application.apis.begin(), balancer);
    const Served served(settings);
    const std::string large = "Content-Length: 10485761\r\n\r\n",
                      broken = "Transfer-Encoding: chunked\r\n\r\nno size\r\n";
    const struct {
        std::string path, rest;
        int status;
        std::string body;
    } rows[] = {
        {"Rest/prod/checked", large, 413, R"({"message":"Request Too Long"})"},
        {"Http/signed", large, 413, R"({"message":"Request Entity Too Large"})"},
        {"Url/", large, 413, R"({"Message":"Request Entity Too Large"})"},
        {"Balancer/", large, 413, "<center><h1>413 Request Entity Too Large</h1></center>"},
        {"Rest/prod/checked", broken, 400, R"({"message")"},
        {"Balancer/", broken, 400, "<center><h1>400 Bad Request</h1></center>"},
        {"None/", large, 404, "This request names no API."},
    };
    std::vector<int> statuses;
    for (const auto& row : rows) {
        net::RawClient client(served.port());
        client.write("POST /_apis/" + row.path + " HTTP/1.1\r\nHost: localhost\r\n" + row.rest);
        const net::WireReply reply = client.read_reply();
        EXPECT_EQ(reply.status, row.status) << row.path;
        EXPECT_THAT(reply.body, HasSubstr(row.body)) << row.path;
        EXPECT_TRUE(client.reads_end());
        statuses.push_back(row.status);
    }
    net::RawClient nothing(served.port());
    nothing.write("no HTTP\r\n\r\n");
    EXPECT_EQ(nothing.read_reply().status, 400);
    EXPECT_EQ(served.record().statuses(), statuses) << "what has a head is told";
}

TEST(Doors, AHeadIsAnsweredByTheApiThatItNamesBeforeItsFault) {
    Settings settings = house();
    app::Api balancer = app::to_single_function_api(FrontKind::alb, {}, "show");
    balancer.name = "Balancer";
    settings.application.apis.push_back(balancer);
    const Served served(settings);
    const std::string page = "<center><h1>400 Bad Request</h1></center>", json = R"({"message")";
    const struct {
        std::string path, lines, body;
    } rows[] = {
        {"/_apis/Balancer/x", "Bad Header: 1\r\n", page},
        {"/x", "Host: balancer.elb.localhost\r\nBad Header: 1\r\n", page},
        {"/_apis/Http/x", "A: b\r\nno line\r\n", R"({"message":"Bad Request"})"},
        {"/x", "Bad Header: 1\r\nHost: balancer.elb.localhost\r\n", json},
        {"/_apis/None/x", "Bad Header: 1\r\n", json},
    };
    for (const auto& row : rows) {
        net::RawClient client(served.port());
        client.write("GET " + row.path + " HTTP/1.1\r\n" + row.lines + "\r\n");
        const net::WireReply reply = client.read_reply();
        EXPECT_EQ(reply.status, 400) << row.path;
        EXPECT_THAT(reply.body, HasSubstr(row.body)) << row.path;
        EXPECT_TRUE(client.reads_end());
    }
    EXPECT_EQ(served.record().statuses(), std::vector<int>(std::size(rows), 400));
}

TEST(Doors, ABodyThatIsNotReadIsRefusedInTheApisOwnWords) {
    Settings settings = house();
    settings.application.apis[0].gateway_responses.push_back(
        {.type = "REQUEST_TOO_LARGE", .headers = {{"X-Large", "context.path"}}});
    const Served served(settings);
    for (const auto& [path, line] : {std::pair("Rest/prod/checked", "X-Large: /prod/checked"),
                                     std::pair("Http/signed", "access-control-allow-origin: https://a.example")}) {
        net::RawClient client(served.port());
        client.write(std::string("POST /_apis/") + path +
                     " HTTP/1.1\r\nOrigin: https://a.example\r\nHost: localhost\r\nContent-Length: 10485761\r\n\r\n");
        const net::WireReply reply = client.read_reply();
        EXPECT_EQ(reply.status, 413);
        EXPECT_TRUE(reply.has_line(line)) << reply.head;
    }
}

TEST(Doors, SamCliTakesABodyOfAnySize) {
    const std::string body(10 * 1024 * 1024 + 1, 'x');
    for (const auto& [front, status] :
         {std::pair(FrontKind::rest, 200), std::pair(FrontKind::http, 200), std::pair(FrontKind::url, 413)}) {
        Settings settings = scripted(front);
        settings.application.profile = app::Profile::sam;
        settings.application.functions[0].environment = {{"ORDER", "reply"}, {"REPLY", R"({"statusCode":200})"}};
        const Served served(settings);
        EXPECT_EQ(served.ask({"POST", "/", {{"Content-Type", "text/plain"}}, body}).status, status);
    }
}

TEST(Doors, AnEdgeApiRefusesAUrlThatIsTooLong) {
    Settings settings = scripted(FrontKind::rest);
    settings.application.apis[0].endpoint = app::EndpointType::edge;
    const Served served(settings);
    const std::string longest = "/?do=show&x=" + std::string(8192 - 12, 'x');
    EXPECT_EQ(served.get(longest).status, 200);
    const auto refused = served.get(longest + 'x');
    EXPECT_EQ(refused.status, 414);
    EXPECT_EQ(refused.body, R"({"message":"Request URI Too Long"})");
    EXPECT_EQ(*refused.find_header("x-amzn-ErrorType"), "BadRequestException");
    EXPECT_EQ(*refused.find_header("X-Cache"), "Error from cloudfront");
    EXPECT_EQ(*refused.find_header("Content-Type"), "application/json");
}

TEST(Doors, AnEdgeApiTellsThatItsClientSpeaksHttp2) {
    Settings settings = scripted(FrontKind::rest);
    settings.application.apis[0].endpoint = app::EndpointType::edge;
    const Served served(settings);
    const auto via = [&](const std::string& version) {
        const std::string url = served.endpoints().gateway + "/?do=show";
        return test::run_file("/usr/bin/curl", {"--silent", version, url}, {}).out;
    };
    EXPECT_THAT(via("--http2-prior-knowledge"), HasSubstr("2.0 d98420743a69852491bbdea73f7680bd.cloudfront.net"));
    EXPECT_THAT(via("--http1.1"), HasSubstr("1.1 d98420743a69852491bbdea73f7680bd.cloudfront.net"));
}

}  // namespace
}  // namespace understudy::doors_test
