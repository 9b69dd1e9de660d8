#include "emulator/app/single_function.hpp"
#include "emulator/event/exchange_findings.hpp"
#include "emulator/gateway/front_door.hpp"
#include "tests/emulator/event/samples.hpp"
#include "tests/emulator/gateway/front_doors.hpp"

#include <gtest/gtest.h>

namespace understudy::gateway::front_doors_test {
namespace {

using app::ApiKind;
using event::at;
using event::kSampleTime;
using event::parse_json;
using event::sample_facts;
using Kind = FunctionReply::Kind;

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

}  // namespace
}  // namespace understudy::gateway::front_doors_test
