#include "emulator/gateway/access_control.hpp"

#include "tests/emulator/event/samples.hpp"

#include <gtest/gtest.h>

#include <set>

namespace understudy::gateway::access_control_test {
namespace {

using app::ApiKind;
using app::AuthorizerKind;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::string_view kAllow =
    R"({"principalId":"me","policyDocument":{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}})";

/// An API with one route, `GET /users`, and a request for it.
class Gate {
  public:
    explicit Gate(ApiKind kind) : event_facts(event::sample_facts()) {
        api.id = "abcdefghij";
        api.kind = kind;
        api.stages = {{.name = "prod"}};
        api.routes = {{.method = "GET", .path = "/users", .integration = app::LambdaIntegration{"f"}}};
        place = kind == ApiKind::rest ? event::rest_place("/users") : event::http_place("/users");
        request = {.method = "GET", .target = "/users", .headers = {}, .body = {}};
    }

    Gate& guarded_by(app::Authorizer authorizer) {
        authorizer.name = "guard";
        authorizer.function = "decides";
        api.authorizers = {std::move(authorizer)};
        route().access.authorization = app::Authorization::authorizer;
        route().access.authorizer = "guard";
        return *this;
    }

    app::Route& route() { return api.routes.front(); }

    /// `pass`, a number of an error with its message, or `ask`.
    std::string check(seconds later = seconds(0)) { return show(control().check(seen(), event::kSampleTime + later)); }
    std::string decide(FunctionReply reply, milliseconds later = milliseconds(7)) {
        return show(control().decide(seen(), asked.pending, reply, event::kSampleTime + later));
    }
    AccessControl& control() {
        if (!control_) control_.emplace(application, std::make_shared<const app::Api>(api));
        return *control_;
    }

    app::Application application;
    app::Api api;
    http::Request request;
    event::Place place;
    event::Facts event_facts;
    AskAuthorizer asked{.function = {}, .event = {}, .timeout = {}, .pending = {}};
    Pass passed;
    Refusal refused{.kind = ErrorKind::no_route};

  private:
    RouteRequest seen() const { return {request, place, event_facts, "Root=1", 0, 0}; }

    std::string show(AccessDecision decision) {
        if (auto* pass = std::get_if<Pass>(&decision)) {
            passed = std::move(*pass);
            return "pass";
        }
        if (auto* ask = std::get_if<AskAuthorizer>(&decision)) {
            asked = std::move(*ask);
            return "ask";
        }
        if (const auto* keys = std::get_if<AskKeys>(&decision)) return "keys of " + keys->issuer;
        refused = std::get<Refusal>(std::move(decision));
        const GatewayError& error = gateway_error(api.kind, refused.kind);
        const std::string body = refused.message.empty() ? std::string(error.body) : refused.message;
        return std::to_string(error.status) + " " + body;
    }

    std::optional<AccessControl> control_;
};

constexpr std::string_view kUnauthorized = R"(401 {"message":"Unauthorized"})";
constexpr std::string_view kNull = R"(500 {"message":null})";

FunctionReply failed(std::string payload) {
    return {FunctionReply::Kind::function_error, std::move(payload)};
}
FunctionReply replied(std::string_view payload) {
    return {FunctionReply::Kind::succeeded, std::string(payload)};
}

TEST(AccessControl, ARouteWithoutConditionsLetsAllPass) {
    Gate gate(ApiKind::rest);
    EXPECT_EQ(gate.check(), "pass");
    EXPECT_EQ(gate.passed.authorizer, "");
}

TEST(AccessControl, AMethodArnHasAtMostSixteenHundredBytes) {
    const std::string before = "arn:aws:execute-api:us-east-1:123456789012:abcdefghij/prod/GET";
    for (const bool by_iam : {false, true}) {
        Gate gate(ApiKind::rest);
        gate.guarded_by({.name = "", .kind = AuthorizerKind::token});
        if (by_iam) gate.route().access.authorization = app::Authorization::iam;
        gate.request.headers.add("Authorization", "x");
        gate.place.path = '/' + std::string(1600 - before.size() - 1, 'a');
        EXPECT_EQ(gate.check(), by_iam ? "pass" : "ask");
        EXPECT_EQ(gate.asked.pending.method_arn.size(), by_iam ? 0u : 1600u);
        gate.place.path += 'a';
        EXPECT_EQ(gate.check(), R"(414 {"message":"Request URI Too Long"})");
        EXPECT_EQ(event::ids_of(gate.refused.findings), "method-arn-too-long");
    }
    Gate open(ApiKind::rest);
    open.place.path = '/' + std::string(2000, 'a');
    EXPECT_EQ(open.check(), "pass") << "nobody is asked";
    Gate http(ApiKind::http);
    http.guarded_by({.name = "", .kind = AuthorizerKind::request});
    http.request.headers.add("Authorization", "x");
    http.place.path = '/' + std::string(2000, 'a');
    EXPECT_EQ(http.check(), "ask") << "a limit of REST APIs";
}

TEST(AccessControl, AnAuthorizerIsAskedByItsAlias) {
    Gate gate(ApiKind::rest);
    gate.guarded_by({.name = "", .kind = AuthorizerKind::token, .qualifier = "live"});
    gate.request.headers.add("Authorization", "x");
    ASSERT_EQ(gate.check(), "ask");
    EXPECT_EQ(gate.asked.qualifier, "live");
}

TEST(AccessControl, ATokenAuthorizerIsAskedAndItsDecisionKept) {
    Gate gate(ApiKind::rest);
    gate.guarded_by({.name = "", .kind = AuthorizerKind::token, .identity_validation = "^Bearer [a-z]+$"});
    EXPECT_EQ(gate.check(), kUnauthorized) << "no token";
    gate.request.headers.add("Authorization", "Basic x");
    EXPECT_EQ(gate.check(), kUnauthorized) << "no token of that form";
    gate.request.headers.add("Authorization", "Bearer x");
    ASSERT_EQ(gate.check(), "ask");
    EXPECT_EQ(gate.asked.function, "decides");
    EXPECT_EQ(gate.asked.timeout, seconds(29));
    EXPECT_EQ(
        gate.asked.event,
        R"({"type":"TOKEN","methodArn":)"
        R"("arn:aws:execute-api:us-east-1:123456789012:abcdefghij/prod/GET/users","authorizationToken":"Bearer x"})");
    EXPECT_EQ(gate.decide(replied(kAllow)), "pass");
    EXPECT_EQ(gate.passed.authorizer, R"({"principalId":"me","integrationLatency":7})");
    EXPECT_EQ(gate.check(seconds(300)), "pass") << "kept for 300 seconds";
    EXPECT_EQ(gate.passed.authorizer, R"({"principalId":"me","integrationLatency":0})");
    EXPECT_EQ(gate.check(seconds(301)), "ask");
}

TEST(AccessControl, ACachedPolicyIsEvaluatedAgainForEachMethod) {
    Gate gate(ApiKind::rest);
    gate.guarded_by({.name = "", .kind = AuthorizerKind::request, .identity_sources = {"method.request.header.Who"}});
    gate.request.headers.add("Who", "me");
    ASSERT_EQ(gate.check(), "ask");
    EXPECT_TRUE(gate.asked.event.starts_with(R"({"type":"REQUEST","methodArn":"arn:)"));
    EXPECT_EQ(gate.decide(replied(R"({"principalId":"me","policyDocument":{"Statement":{"Effect":"Allow","Action":"*",)"
                                  R"("Resource":"*/GET/users"}}})")),
              "pass");
    gate.place.path = "/orders";
    EXPECT_EQ(gate.check(), R"(403 {"Message":"User is not authorized to access this resource"})");
    EXPECT_EQ(event::ids_of(gate.refused.findings), "authorizer-cached-policy");
}

TEST(AccessControl, ARestApiTellsAnExplicitDenyFromNone) {
    const std::string deny =
        R"({"principalId":"me","policyDocument":{"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}})";
    const std::string nothing = R"({"principalId":"me","policyDocument":{"Statement":[]}})";
    for (const ApiKind kind : {ApiKind::rest, ApiKind::http}) {
        Gate gate(kind);
        gate.guarded_by({.name = ""});
        ASSERT_EQ(gate.check(), "ask") << "no identity sources: always asked";
        const bool is_rest = kind == ApiKind::rest;
        EXPECT_EQ(gate.decide(replied(deny)),
                  is_rest ? "403 User is not authorized to access this resource with an explicit deny"
                          : R"(403 {"message":"Forbidden"})");
        EXPECT_EQ(gate.decide(replied(nothing)),
                  is_rest ? R"(403 {"Message":"User is not authorized to access this resource"})"
                          : R"(403 {"message":"Forbidden"})");
    }
}

TEST(AccessControl, APolicysConditionIsEvaluatedForEachRequest) {
    const auto policy = [](const std::string& condition) {
        return R"({"principalId":"me","policyDocument":{"Statement":{"Effect":"Allow","Action":"execute-api:Invoke",)"
               R"("Resource":"*","Condition":)" +
               condition + "}}}";
    };
    for (const ApiKind kind : {ApiKind::rest, ApiKind::http, ApiKind::websocket}) {
        Gate gate(kind);
        gate.guarded_by({.name = ""});
        gate.event_facts.source_ip = "203.0.113.10";
        ASSERT_EQ(gate.check(), "ask");
        EXPECT_EQ(gate.decide(replied(policy(R"({"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}})"))), "pass");
        EXPECT_TRUE(gate.decide(replied(policy(R"({"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}})"))).starts_with("403 "));
        EXPECT_EQ(event::ids_of(gate.refused.findings), "") << "that is what it says";
        EXPECT_TRUE(gate.decide(replied(policy(R"({"IpAdress":{"aws:SourceIp":"10.0.0.0/8"}})"))).starts_with("403 "));
        ASSERT_EQ(event::ids_of(gate.refused.findings), "authorizer-policy-condition");
        EXPECT_EQ(gate.refused.findings[0].subject, "the operator IpAdress");
        EXPECT_EQ(gate.decide(replied(policy(R"({"StringNotEquals":{"my:Key":"x"}})"))), "pass");
        ASSERT_EQ(event::ids_of(gate.passed.findings), "authorizer-policy-condition");
        EXPECT_EQ(gate.passed.findings[0].subject, "the key my:Key");
    }
    Gate gate(ApiKind::rest);
    gate.guarded_by({.name = "", .kind = AuthorizerKind::request, .identity_sources = {"method.request.header.Who"}});
    gate.request.headers.add("Who", "me");
    ASSERT_EQ(gate.check(), "ask");
    EXPECT_TRUE(gate.decide(replied(policy(R"({"StringEquals":{"aws:UserAgent":"a/1"}})"))).starts_with("403 "));
    gate.request.headers.add("User-Agent", "a/1");
    EXPECT_EQ(gate.check(), "pass") << "the policy that was kept, on another request";
    gate.request.headers.add("User-Agent", "b/1");
    EXPECT_TRUE(gate.check().starts_with("403 "));
    EXPECT_EQ(event::ids_of(gate.refused.findings), "") << "it covers the method";
}

TEST(AccessControl, WhatAFailedAuthorizerComesTo) {
    Gate rest(ApiKind::rest);
    rest.guarded_by({.name = ""});
    ASSERT_EQ(rest.check(), "ask");
    EXPECT_EQ(rest.decide(failed(R"({"errorMessage":"Unauthorized"})")), kUnauthorized);
    EXPECT_EQ(rest.decide(failed(R"({"errorMessage":"other"})")), kNull);
    EXPECT_EQ(event::ids_of(rest.refused.findings), "authorizer-failed");
    EXPECT_EQ(rest.decide({FunctionReply::Kind::timed_out, ""}), kNull);
    EXPECT_EQ(rest.decide({FunctionReply::Kind::throttled, ""}), kNull);
    EXPECT_EQ(rest.decide(replied("{}")), kNull);
    EXPECT_EQ(event::ids_of(rest.refused.findings), "authorizer-reply");

    // Each cause has a subject of its own, by which it is told.
    std::set<std::string> subjects = {rest.refused.findings.at(0).subject};
    for (const FunctionReply& reply : {replied(R"({"principalId":"u"})"), replied("[]"), failed("{}"),
                                       FunctionReply{FunctionReply::Kind::timed_out, ""}}) {
        EXPECT_EQ(rest.decide(reply), kNull);
        EXPECT_TRUE(subjects.insert(rest.refused.findings.at(0).subject).second) << reply.payload;
    }

    constexpr std::string_view kInternal = R"(500 {"message":"Internal Server Error"})";
    Gate http(ApiKind::http);
    http.guarded_by({.name = ""});
    ASSERT_EQ(http.check(), "ask");
    EXPECT_EQ(http.asked.timeout, seconds(10));
    EXPECT_EQ(http.decide(failed(R"({"errorMessage":"Unauthorized"})")), kInternal);
    EXPECT_EQ(http.decide({FunctionReply::Kind::timed_out, ""}), kInternal);
    EXPECT_EQ(http.decide(replied("{}")), kInternal);
}

TEST(AccessControl, AnHttpApisAuthorizerIsAskedEachTimeUnlessATtlIsSet) {
    Gate gate(ApiKind::http);
    gate.guarded_by({.name = "", .identity_sources = {"$request.header.Who"}, .reply = app::AuthorizerReply::simple});
    EXPECT_EQ(gate.check(), kUnauthorized);
    gate.request.headers.add("Who", "me");
    ASSERT_EQ(gate.check(), "ask");
    EXPECT_TRUE(gate.asked.event.starts_with(R"({"version":"2.0","type":"REQUEST","routeArn":"arn:aws:execute-api:)"
                                             R"(us-east-1:123456789012:abcdefghij/$default/GET/users",)"
                                             R"("identitySource":["me"],"routeKey":)"))
        << gate.asked.event;
    EXPECT_EQ(gate.decide(replied(R"({"isAuthorized":true,"context":{"a":1}})")), "pass");
    EXPECT_EQ(gate.passed.authorizer, R"({"lambda":{"a":1}})");
    EXPECT_EQ(gate.check(), "ask");

    Gate kept(ApiKind::http);
    kept.guarded_by({.name = "",
                     .identity_sources = {"$request.header.Who"},
                     .ttl = seconds(60),
                     .payload = app::PayloadFormat::v1});
    kept.request.headers.add("Who", "me");
    ASSERT_EQ(kept.check(), "ask");
    EXPECT_TRUE(kept.asked.event.starts_with(R"({"version":"1.0","type":"REQUEST","methodArn":)")) << kept.asked.event;
    EXPECT_EQ(kept.decide(replied(kAllow), seconds(1)), "pass");
    EXPECT_EQ(kept.check(seconds(60)), "pass");
    kept.request.headers.add("Who", "you");
    EXPECT_EQ(kept.check(seconds(2)), "ask") << "another identity";
}

TEST(AccessControl, TokensNeedTheIssuersKeys) {
    Gate gate(ApiKind::http);
    gate.guarded_by({.name = "", .kind = AuthorizerKind::jwt, .issuer = "http://localhost/pool"});
    EXPECT_EQ(gate.control().issuers(), std::vector<std::string>{"http://localhost/pool"});
    EXPECT_EQ(gate.check(), kUnauthorized);
    EXPECT_EQ(gate.refused.headers, (http::Headers{{"www-authenticate", "Bearer"}}));
    gate.request.headers.add("Authorization", "Bearer eyJhbGciOiJSUzI1NiIsImtpZCI6ImsifQ.e30.AAAA");
    EXPECT_EQ(gate.check(), kUnauthorized);
    EXPECT_NE(gate.refused.headers.first("www-authenticate")->find("unable to fetch"), std::string_view::npos);
    EXPECT_FALSE(gate.control().set_keys("http://localhost/pool", "not a key set"));
    EXPECT_TRUE(gate.control().set_keys("http://localhost/pool", R"({"keys":[]})"));
    EXPECT_EQ(gate.check(), kUnauthorized);
    EXPECT_NE(gate.refused.headers.first("www-authenticate")->find("unable to find a key"), std::string_view::npos);
}

TEST(AccessControl, KeysAreFetchedForATokenWhoseKeyIsNotKnown) {
    const std::string issuer = "http://localhost/pool";
    Gate gate(ApiKind::http);
    gate.guarded_by({.name = "", .kind = AuthorizerKind::jwt, .issuer = issuer});
    gate.request.headers.add("Authorization", "Bearer eyJhbGciOiJSUzI1NiIsImtpZCI6ImsifQ.e30.AAAA");
    EXPECT_EQ(gate.check(), kUnauthorized) << "nowhere to fetch them from";
    gate.control().fetch_keys_of(issuer, seconds(10));
    EXPECT_EQ(gate.check(), "keys of " + issuer);
    EXPECT_EQ(gate.check(), "keys of " + issuer) << "as long as they are not there";
    EXPECT_TRUE(gate.control().on_keys(issuer, std::nullopt, event::kSampleTime));
    EXPECT_EQ(gate.check(seconds(9)), kUnauthorized);
    EXPECT_EQ(gate.check(seconds(10)), "keys of " + issuer);
    EXPECT_FALSE(gate.control().on_keys(issuer, "no key set", event::kSampleTime));
    EXPECT_TRUE(gate.control().on_keys(issuer, R"({"keys":[]})", event::kSampleTime));
    EXPECT_EQ(gate.check(), kUnauthorized);
    EXPECT_EQ(gate.check(seconds(10)), "keys of " + issuer) << "they may have changed";
    gate.request.headers = {{"Authorization", "Bearer no token"}};
    EXPECT_EQ(gate.check(seconds(20)), kUnauthorized);
}

TEST(AccessControl, SignaturesAreCheckedWhereSecretsAreKnown) {
    const auto secrets = [](std::string_view) { return std::optional<std::string>("secret"); };
    const std::string unsigned_rest = R"(403 {"message":"Missing Authentication Token"})";
    Gate rest(ApiKind::rest);
    rest.route().access.authorization = app::Authorization::iam;
    EXPECT_EQ(rest.check(), "pass");
    EXPECT_EQ(event::ids_of(rest.passed.findings), "iam-not-checked");
    EXPECT_TRUE(rest.passed.access_key.starts_with("AKIA"));
    rest.control().check_signatures(secrets);
    EXPECT_EQ(rest.check(), unsigned_rest);
    rest.request.headers.add("Authorization", "Bearer x");
    EXPECT_TRUE(rest.check().starts_with("403 Authorization header requires 'Credential' parameter."));

    Gate url(ApiKind::url);
    url.route().access.authorization = app::Authorization::iam;
    EXPECT_EQ(url.check(), "pass");
    EXPECT_TRUE(url.passed.authorizer.starts_with(R"({"iam":{"accessKey":"AKIA)"));
    EXPECT_TRUE(url.passed.access_key.starts_with("AKIA"));
    url.control().check_signatures(secrets);
    EXPECT_TRUE(url.check().starts_with(R"(403 {"Message":"Forbidden. For troubleshooting)"));
}

TEST(AccessControl, ASignatureThatDoesNotCount) {
    const struct {
        ApiKind front;
        std::string_view secret_of;  ///< Which key is known.
        std::string_view answer, type;
    } rows[] = {
        {ApiKind::rest, "other", "403 The security token included in the request is invalid.",
         "UnrecognizedClientException"},
        {ApiKind::rest, "known", "403 The request signature we calculated does not match the signature you provided.",
         "InvalidSignatureException"},
        {ApiKind::http, "known", R"(403 {"message":"Forbidden"})", ""},
        {ApiKind::url, "known", R"(403 {"message":"The request signature we calculated does not match)",
         "InvalidSignatureException"},
        {ApiKind::url, "other", "403 The security token included in the request is invalid.",
         "UnrecognizedClientException"},
    };
    for (const auto& row : rows) {
        Gate gate(row.front);
        gate.route().access.authorization = app::Authorization::iam;
        gate.control().check_signatures([&](std::string_view key) {
            return key == row.secret_of ? std::optional<std::string>("secret") : std::nullopt;
        });
        const std::string service = row.front == ApiKind::url ? "lambda" : "execute-api";
        const std::string time = "20200312T190358Z";
        gate.request.headers.add("X-Amz-Date", time);
        gate.request.headers.add("Host", "localhost");
        gate.request.headers.add("Authorization", "AWS4-HMAC-SHA256 Credential=known/20200312/us-east-1/" + service +
                                                      "/aws4_request, SignedHeaders=host, Signature=00");
        EXPECT_TRUE(gate.check().starts_with(row.answer)) << gate.check();
        EXPECT_EQ(gate.refused.type, row.type);
    }
}

TEST(AccessControl, ChecksInThisOrder) {
    Gate gate(ApiKind::rest);
    gate.guarded_by({.name = "", .kind = AuthorizerKind::token, .ttl = seconds(0)});
    gate.route().access.api_key_required = true;
    gate.api.stages.front().route_throttles["GET /users"] = {.rate = 1, .burst = 2};
    gate.route().validation = app::RequestValidation{.parameters = true,
                                                     .body = true,
                                                     .required = {"method.request.header.Need"},
                                                     .models = {{"application/json", "List"}}};
    gate.api.models = {{"List", R"({"type":"array"})"}};
    gate.application.api_keys = {{"id1", "one", "value", true}};
    gate.application.usage_plans = {
        {.name = "plan", .stages = {{"abcdefghij", "prod"}}, .key_ids = {"id1"}, .quota = app::Quota{.limit = 4}}};
    EXPECT_EQ(gate.check(), kUnauthorized);
    gate.request.headers.add("Authorization", "token");
    ASSERT_EQ(gate.check(), "ask");
    const auto decide = [&gate](seconds later) { return gate.decide(replied(kAllow), later); };
    EXPECT_EQ(decide(seconds(0)), R"(403 {"message":"Forbidden"})") << "no API key";
    gate.request.headers.add("X-API-Key", "value");
    EXPECT_EQ(decide(seconds(0)), "400 Missing required request parameters: [Need]");
    gate.request.headers.add("Need", "1");
    EXPECT_EQ(decide(seconds(0)), R"(400 {"message":"Invalid request body"})");
    EXPECT_EQ(event::ids_of(gate.refused.findings), "rest-body-refused");
    gate.request.body = "[]";
    EXPECT_EQ(decide(seconds(0)), R"(429 {"message":"Too Many Requests"})") << "the method's throttle";
    EXPECT_EQ(decide(seconds(1)), "pass");
    EXPECT_EQ(gate.passed.api_key, "value");
    EXPECT_EQ(gate.passed.api_key_id, "id1");
    EXPECT_EQ(decide(seconds(2)), R"(429 {"message":"Limit Exceeded"})") << "the plan's quota";
}

TEST(AccessControl, AnApiKeyMayComeFromTheAuthorizer) {
    Gate gate(ApiKind::rest);
    gate.guarded_by({.name = "", .kind = AuthorizerKind::token});
    gate.route().access.api_key_required = true;
    gate.api.api_key_from_authorizer = true;
    gate.application.api_keys = {{"id1", "one", "value", true}};
    gate.application.usage_plans = {{.name = "plan", .stages = {{"abcdefghij", "prod"}}, .key_ids = {"id1"}}};
    gate.request.headers.add("Authorization", "token");
    gate.request.headers.add("X-API-Key", "value");
    ASSERT_EQ(gate.check(), "ask");
    EXPECT_EQ(gate.decide(replied(kAllow)), R"(403 {"message":"Forbidden"})") << "the header does not count";
    std::string reply(kAllow);
    reply.insert(1, R"("usageIdentifierKey":"value",)");
    EXPECT_EQ(gate.decide(replied(reply)), "pass");
    EXPECT_EQ(gate.passed.api_key_id, "id1");
}

TEST(AccessControl, TheStageMayChooseTheAuthorizersFunction) {
    Gate gate(ApiKind::rest);
    gate.guarded_by({.name = "", .identity_sources = {"method.request.header.Who"}});
    gate.api.authorizers.front().function = "guard-${stageVariables.colour}";
    gate.api.authorizers.front().qualifier = "${stageVariables.alias}";
    gate.request.headers.add("Who", "me");
    using Variables = std::vector<std::pair<std::string, std::string>>;
    const Variables of_prod{{"colour", "blue"}, {"alias", "live"}}, of_dev{{"colour", "red"}};
    gate.place.stage_variables = of_prod;
    ASSERT_EQ(gate.check(), "ask");
    EXPECT_EQ(gate.asked.function, "guard-blue");
    EXPECT_EQ(gate.asked.qualifier, "live");
    ASSERT_EQ(gate.decide(replied(kAllow)), "pass");
    EXPECT_EQ(gate.check(), "pass") << "the decision is kept";
    gate.place.stage = "dev";
    gate.place.stage_variables = of_dev;
    ASSERT_EQ(gate.check(), "ask") << "on another stage it is not";
    EXPECT_EQ(gate.asked.function, "guard-red");
    EXPECT_EQ(gate.asked.qualifier, "");
}

TEST(AccessControl, APlanThrottlesTheMethodsThatItNames) {
    for (const auto* named : {"GET /users", "GET /orders"}) {
        Gate gate(ApiKind::rest);
        gate.route().access.api_key_required = true;
        gate.application.api_keys = {{"id1", "one", "value", true}};
        app::UsagePlan plan{.name = "plan", .key_ids = {"id1"}};
        plan.stages = {{"abcdefghij", "prod", {{named, {.rate = 1, .burst = 1}}}}};
        gate.application.usage_plans = {plan};
        gate.request.headers.add("X-API-Key", "value");
        EXPECT_EQ(gate.check(), "pass");
        const bool is_here = std::string_view(named) == "GET /users";
        EXPECT_EQ(gate.check(), is_here ? R"(429 {"message":"Too Many Requests"})" : "pass");
    }
}

TEST(AccessControl, ARouteWhoseAuthorizerIsNotThereIsNotServed) {
    Gate gate(ApiKind::http);
    gate.route().access = {.authorization = app::Authorization::authorizer, .authorizer = "nobody"};
    EXPECT_EQ(gate.check(), R"(500 {"message":"Internal Server Error"})");
    EXPECT_EQ(gate.decide(replied(kAllow)), R"(500 {"message":"Internal Server Error"})");
}

}  // namespace
}  // namespace understudy::gateway::access_control_test
