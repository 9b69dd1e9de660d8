#include "emulator/event/http_event.hpp"
#include "emulator/event/rest_event.hpp"
#include "emulator/gateway/access/authorizer_event.hpp"
#include "emulator/gateway/access/authorizer_reply.hpp"
#include "emulator/gateway/access/grant_cache.hpp"
#include "emulator/gateway/access/identity_source.hpp"
#include "emulator/gateway/access/pattern.hpp"

#include <gtest/gtest.h>

namespace understudy::access::authorizer_test {
namespace {

using std::chrono::seconds;

/// A request for `/users/7` with all that authorizers look at.
struct Asked {
    std::vector<std::pair<std::string, std::string>> variables = {{"tier", "gold"}, {"empty", ""}};
    http::Request request{.method = "GET",
                          .target = "/prod/users/7?q=1&q=2&blank=",
                          .headers = {{"Host", "abcdefghij.execute-api.us-east-1.amazonaws.com"},
                                      {"authorization", "first"},
                                      {"Authorization", "Bearer x"},
                                      {"User-Agent", "curl"},
                                      {"X-Empty", ""}},
                          .body = {}};
    event::Place place;
    event::Facts facts;

    Asked() {
        place.account = "123456789012";
        place.api_id = "abcdefghij";
        place.stage = "prod";
        place.method = "GET";
        place.route = "/users/{id}";
        place.path = "/users/7";
        place.stage_path = "/prod/users/7";
        place.query = "q=1&q=2&blank=";
        place.stage_variables = variables;
        facts.source_ip = "127.0.0.1";
        facts.request_id = "id";
    }
    Caller caller() const { return {request, place, facts}; }
};

TEST(IdentitySource, FindsWhatEachSourceNames) {
    const Asked asked;
    const struct {
        std::string_view source;
        std::optional<std::string> value;
    } rows[] = {
        {"method.request.header.Authorization", "Bearer x"},
        {"method.request.header.AUTHORIZATION", "Bearer x"},
        {"$request.header.authorization", "Bearer x"},
        {"route.request.header.Authorization", "Bearer x"},
        {"method.request.header.X-Empty", std::nullopt},
        {"method.request.header.Missing", std::nullopt},
        {"method.request.querystring.q", "2"},
        {"$request.querystring.q", "2"},
        {"method.request.querystring.Q", std::nullopt},
        {"method.request.querystring.blank", std::nullopt},
        {"stageVariables.tier", "gold"},
        {"$stageVariables.tier", "gold"},
        {"stageVariables.empty", std::nullopt},
        {"context.stage", "prod"},
        {"$context.routeKey", "/users/{id}"},
        {"context.httpMethod", "GET"},
        {"context.path", "/prod/users/7"},
        {"context.identity.sourceIp", "127.0.0.1"},
        {"context.identity.userAgent", "curl"},
        {"context.domainPrefix", "abcdefghij"},
        {"context.unknown", std::nullopt},
        {"request.body.x", std::nullopt},
        {"", std::nullopt},
    };
    for (const auto& row : rows) EXPECT_EQ(find_identity(row.source, asked.caller()), row.value) << row.source;
}

TEST(IdentitySource, AllOfThemMustBeThere) {
    const Asked asked;
    using Values = std::vector<std::string>;
    EXPECT_EQ(find_identities({"context.stage", "stageVariables.tier"}, asked.caller()), (Values{"prod", "gold"}));
    EXPECT_EQ(find_identities({"context.stage", "stageVariables.none"}, asked.caller()), std::nullopt);
    EXPECT_EQ(find_identities({}, asked.caller()), Values{});
}

TEST(Pattern, IsAWholeOrAPartAndNeverAnErrorAtUse) {
    const Pattern token("^Bearer [-0-9a-zA-Z._]*$");
    EXPECT_TRUE(token.matches_all("Bearer abc.def"));
    EXPECT_FALSE(token.matches_all("Basic abc"));
    EXPECT_TRUE(Pattern("b+").matches_part("abbc"));
    EXPECT_FALSE(Pattern("b+").matches_all("abbc"));
    EXPECT_FALSE(Pattern("(").valid());
    EXPECT_FALSE(Pattern("(").matches_part("("));
}

constexpr std::string_view kArn = "arn:aws:execute-api:us-east-1:123456789012:abcdefghij/prod/GET/users/7";

TEST(AuthorizerEvent, ATokenAuthorizerGetsThreeMembers) {
    const Asked asked;
    EXPECT_EQ(render_method_arn("us-east-1", asked.place), kArn);
    EXPECT_EQ(render_token_event(kArn, "Bearer \"x\""),
              R"({"type":"TOKEN","methodArn":")" + std::string(kArn) + R"(","authorizationToken":"Bearer \"x\""})");
}

TEST(AuthorizerEvent, OfRest) {
    const Asked asked;
    const std::string event = event::render_rest_event(asked.request, asked.place, {}, asked.facts, "Root=1").json;
    const std::string asks = render_rest_request_event(kArn, event);
    const std::string begin = R"({"type":"REQUEST","methodArn":")" + std::string(kArn) + R"(","resource":)";
    EXPECT_TRUE(asks.starts_with(begin)) << asks;
    EXPECT_TRUE(asks.ends_with("}}")) << asks;
    const auto json = parse_json(asks);
    ASSERT_TRUE(json);
    std::string names;
    for (const auto& [name, value] : json->members) names += name + " ";
    EXPECT_EQ(names,
              "type methodArn resource path httpMethod headers multiValueHeaders queryStringParameters "
              "multiValueQueryStringParameters pathParameters stageVariables requestContext ");
}

TEST(AuthorizerEvent, OfAWebSocketApi) {
    event::Place place;
    place.account = "123456789012";
    place.api_id = "abcdefghij";
    place.stage = "prod";
    place.route = "$connect";
    EXPECT_EQ(render_method_arn("us-east-1", place),
              "arn:aws:execute-api:us-east-1:123456789012:abcdefghij/prod/$connect");
}

TEST(AuthorizerEvent, OfAnHttpApi) {
    const Asked asked;
    const std::string event = event::render_http_event(asked.request, asked.place, asked.facts, "Root=1").json;
    const std::string asks = render_http_request_event(kArn, {"user\"1", "123"}, event);
    const auto json = parse_json(asks);
    ASSERT_TRUE(json) << event;
    EXPECT_EQ(json->find("version")->text, "2.0");
    EXPECT_EQ(json->find("type")->text, "REQUEST");
    EXPECT_EQ(json->find("routeArn")->text, kArn);
    EXPECT_EQ(json->find("identitySource")->source, R"(["user\"1","123"])");
    EXPECT_EQ(json->find("routeKey")->text, "/users/{id}");
    EXPECT_EQ(json->find("body"), nullptr);
    EXPECT_EQ(json->find("isBase64Encoded"), nullptr);
    const std::string asks_for_nobody = render_http_request_event(kArn, {}, event);
    EXPECT_EQ(parse_json(asks_for_nobody)->find("identitySource")->source, "null");
}

TEST(AuthorizerEvent, OfAnHttpApiInVersion1) {
    const std::string event =
        R"({"version":"1.0","resource":"$default","requestContext":{},"body":null,"isBase64Encoded":false})";
    EXPECT_EQ(render_http1_request_event("arn", {"user1", "123"}, event),
              R"({"version":"1.0","type":"REQUEST","methodArn":"arn","identitySource":"user1,123",)"
              R"("authorizationToken":"user1,123","resource":"$default","requestContext":{}})");
    EXPECT_EQ(render_http1_request_event("arn", {}, event),
              R"({"version":"1.0","type":"REQUEST","methodArn":"arn","identitySource":null,)"
              R"("authorizationToken":null,"resource":"$default","requestContext":{}})");
}

constexpr std::string_view kPolicy =
    R"("policyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]})";

/// A reply that allows everything, with more members.
std::string allowing(std::string_view more = "") {
    return R"({"principalId":"me",)" + std::string(kPolicy) + std::string(more) + "}";
}

TEST(AuthorizerReply, OfRest) {
    const auto parsed = parse_rest_grant(
        allowing(R"(,"context":{"text":"a\"b","number":1.50,"yes":true,"none":null},"usageIdentifierKey":"k")"));
    ASSERT_TRUE(std::holds_alternative<Grant>(parsed)) << std::get<std::string>(parsed);
    const Grant& grant = std::get<Grant>(parsed);
    EXPECT_EQ(grant.evaluate(kArn, {}).effect, Effect::allow);
    EXPECT_EQ(grant.principal, "me");
    EXPECT_EQ(grant.usage_key, "k");
    for (const std::string& reply :
         {std::string("null"), std::string("not JSON"), std::string("\"me\""), "{" + std::string(kPolicy) + "}",
          R"({"principalId":7,)" + std::string(kPolicy) + "}", std::string(R"({"principalId":"me"})"),
          std::string(R"({"principalId":"me","policyDocument":"text"})"), allowing(R"(,"context":[])"),
          allowing(R"(,"context":{"a":{}})"), allowing(R"(,"context":{"a":[1]})"),
          std::string(R"({"isAuthorized":true})")}) {
        EXPECT_TRUE(std::holds_alternative<std::string>(parse_rest_grant(reply))) << reply;
    }
}

TEST(AuthorizerReply, ThatNestsTooDeepIsToldForThat) {
    const std::string deep = std::string(100, '[') + std::string(100, ']');
    const std::string policy = R"({"principalId":"me","policyDocument":)" + deep + '}';
    const auto words = [](const auto& parsed) { return std::get<std::string>(parsed); };
    const std::string told = "the authorizer's reply nests deeper than the 64 levels that are read here";
    EXPECT_EQ(words(parse_rest_grant(policy)), told);
    EXPECT_EQ(
        words(parse_http_grant(R"({"isAuthorized":true,"context":{"a":)" + deep + "}}", app::AuthorizerReply::simple)),
        told);
    EXPECT_EQ(words(parse_rest_grant("{]" + policy)), "the authorizer's reply is no JSON object");
}

TEST(AuthorizerReply, OfHttp) {
    using Form = app::AuthorizerReply;
    const struct {
        Form form;
        std::string reply;
        std::optional<Effect> effect;  ///< None: the reply breaks the rules.
    } rows[] = {
        {Form::simple, R"({"isAuthorized":true})", Effect::allow},
        {Form::simple, R"({"isAuthorized":false,"context":{"a":[1]}})", Effect::explicit_deny},
        {Form::simple, R"({"isAuthorized":"true"})", std::nullopt},
        {Form::simple, R"({})", std::nullopt},
        {Form::simple, R"({"isAuthorized":true,"context":"text"})", std::nullopt},
        {Form::simple, R"(true)", std::nullopt},
        {Form::simple, allowing(), std::nullopt},
        {Form::policy, allowing(), Effect::allow},
        {Form::policy, R"({"isAuthorized":true})", std::nullopt},
        {Form::policy, R"({"principalId":"me","policyDocument":{"Statement":[]}})", Effect::implicit_deny},
    };
    for (const auto& row : rows) {
        const auto parsed = parse_http_grant(row.reply, row.form);
        const Grant* grant = std::get_if<Grant>(&parsed);
        EXPECT_EQ(grant ? std::optional(grant->evaluate(kArn, {}).effect) : std::nullopt, row.effect) << row.reply;
    }
}

TEST(AuthorizerReply, UnauthorizedIsSaidByExactlyThatWord) {
    EXPECT_TRUE(says_unauthorized(R"({"errorMessage":"Unauthorized","errorType":"Error"})"));
    for (const std::string_view error : {R"({"errorMessage":"unauthorized"})", R"({"errorMessage":"Unauthorized."})",
                                         R"({"errorType":"Unauthorized"})", "Unauthorized", ""}) {
        EXPECT_FALSE(says_unauthorized(error)) << error;
    }
}

TEST(AuthorizerReply, AsAnEventShowsIt) {
    const auto rest = parse_rest_grant(
        allowing(R"(,"context":{"text":"a\"b","number":1.50,"yes":true,"none":null,"principalId":"other"})"));
    EXPECT_EQ(render_rest_authorizer(std::get<Grant>(rest), std::chrono::milliseconds(7)),
              R"({"principalId":"me","text":"a\"b","number":"1.50","yes":"true","integrationLatency":7})");
    const auto http =
        parse_http_grant(R"({"isAuthorized":true,"context":{"a": [1.50, null]}})", app::AuthorizerReply::simple);
    EXPECT_EQ(render_http_authorizer(std::get<Grant>(http)), R"({"lambda":{"a": [1.50, null]}})");
    EXPECT_EQ(render_http_authorizer(Grant{}), R"({"lambda":null})");
    EXPECT_EQ(render_iam_authorizer("123456789012", "AKID"),
              R"({"iam":{"accessKey":"AKID","accountId":"123456789012","callerId":"AKID","cognitoIdentity":null,)"
              R"("principalOrgId":null,"userArn":"arn:aws:iam::123456789012:user/AKID","userId":"AKID"}})");
}

TEST(GrantCache, HowLongDecisionsAreKept) {
    using app::ApiKind;
    const std::vector<std::string> sources = {"context.stage"};
    const struct {
        std::optional<seconds> ttl;
        ApiKind front;
        seconds kept;
    } rows[] = {
        {std::nullopt, ApiKind::rest, seconds(300)},   {std::nullopt, ApiKind::http, seconds(0)},
        {seconds(0), ApiKind::rest, seconds(0)},       {seconds(60), ApiKind::http, seconds(60)},
        {seconds(9999), ApiKind::rest, seconds(3600)},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(time_to_live({.name = "a", .identity_sources = sources, .ttl = row.ttl}, row.front), row.kept);
    }
    EXPECT_EQ(time_to_live({.name = "a", .ttl = seconds(60)}, ApiKind::rest), seconds(0)) << "no identity sources";
}

TEST(GrantCache, ForgetsWithTimeAndTheLeastUsedFirst) {
    const GrantCache::Time start{};
    GrantCache cache(2);
    const auto one = std::make_shared<const Grant>();
    const auto two = std::make_shared<const Grant>();
    cache.keep("one", one, start + seconds(10));
    cache.keep("two", two, start + seconds(10));
    EXPECT_EQ(cache.find("one", start + seconds(9)), one);
    EXPECT_EQ(cache.find("one", start + seconds(10)), nullptr) << "its time is over";
    cache.keep("one", two, start + seconds(20));
    EXPECT_EQ(cache.find("one", start + seconds(10)), two) << "the newer decision";
    cache.keep("three", one, start + seconds(20));
    EXPECT_EQ(cache.size(), 2u);
    EXPECT_EQ(cache.find("two", start), nullptr) << "the least recently used";
    EXPECT_EQ(cache.find("one", start), two);
}

TEST(GrantCache, NoTwoIdentitiesShareAKey) {
    EXPECT_NE(render_cache_key(0, "prod", {"a", "b"}), render_cache_key(0, "prod", {"a/1:b"}));
    EXPECT_NE(render_cache_key(0, "prod", {"ab", ""}), render_cache_key(0, "prod", {"a", "b"}));
    EXPECT_NE(render_cache_key(0, "prod", {"a"}), render_cache_key(1, "prod", {"a"}));
    EXPECT_NE(render_cache_key(0, "prod", {"a"}), render_cache_key(0, "dev", {"a"}));
    EXPECT_EQ(render_cache_key(1, "prod", {"a", "b"}), render_cache_key(1, "prod", {"a", "b"}));
}

}  // namespace
}  // namespace understudy::access::authorizer_test
