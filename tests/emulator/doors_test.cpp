// The front doors' own answers, over sockets: one application whose functions show what reaches them.

#include "tests/emulator/doors.hpp"

#include "tests/emulator/net/loopback.hpp"
#include "tests/emulator/served.hpp"
#include "tests/support/program.hpp"
#include "tests/support/scripted_server.hpp"
#include "tests/support/token_issuer.hpp"
#include "tests/support/wait_until.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::doors_test {
namespace {

using app::Authorization;
using app::FrontKind;
using testing::HasSubstr;
using testing::StartsWith;

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
    test::wait_until("an answer other than 401 to the new key", [&] {
        status = ask(token(issuer, "new", R"(,"scope":"read")")).status;
        return status != 401;
    });
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

}  // namespace
}  // namespace understudy::doors_test
