// What `understudy explain` says. UNDERSTUDY_UPDATE_GOLDEN=1 writes the golden file instead of comparing with it.
#include "emulator/app/single_function.hpp"
#include "tests/support/program.hpp"
#include "tests/tools/understudy/explained.hpp"
#include "tools/understudy/explain_options.hpp"
#include "tools/understudy/explain_report.hpp"
#include "tools/understudy/explained_request.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace understudy::cli::explain_test {
namespace {

using app::FrontKind;
using event::BodyForm;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const std::string kProtobuf = "\x08\x96\x01\xff\xfe";

http::Request post(std::string body, http::Headers headers = {{"Content-Type", "application/x-protobuf"}}) {
    return {"POST", "/search?q=1", 1, std::move(headers), std::move(body)};
}

app::Application before_function(FrontKind front, app::FrontOptions options = {}) {
    app::Application application;
    application.apis.push_back(app::to_single_function_api(front, options, application.functions.emplace_back().name));
    return application;
}

Explanation explain_front(FrontKind front, const http::Request& request, std::optional<std::string> reply = {}) {
    const auto explanations = explain_request(before_function(front), request, reply);
    EXPECT_EQ(explanations.size(), 1U);
    return explanations.at(0);
}

TEST(Explain, AMockThatBinaryTypesBreakIsToldOnce) {
    app::Application application = before_function(FrontKind::rest, {.binary_media_types = {"*/*"}});
    application.apis[0].routes.push_back({.method = "OPTIONS", .path = "/x", .integration = app::MockIntegration{}});
    const auto explained = explain_request(application, {"OPTIONS", "/x", 1, {}, ""}, {});
    EXPECT_EQ(explained.at(0).answer.value().status, 500);
    EXPECT_THAT(ids(explained.at(0)), ElementsAre("mock-with-binary"));
}

TEST(Explain, WhatLeadsToNoFunctionIsAnsweredAsServeDoes) {
    const auto explain = [](const std::string& function, const std::string& qualifier,
                            std::optional<int> reserved = {}) {
        app::Application application = before_function(FrontKind::http);
        application.functions[0].reserved_concurrency = reserved;
        application.functions[0].aliases = {{"live"}};
        application.apis[0].routes[0].integration =
            app::LambdaIntegration{.function = function, .qualifier = qualifier};
        return explain_request(application, post("a"), {}).at(0);
    };
    EXPECT_TRUE(explain("function", "live").call);
    EXPECT_TRUE(explain("function", "live", 1).call);
    for (const auto& [told, explanation] : {std::pair("no-function", explain("nobody", "")),
                                            {"no-version", explain("function", "dead")},
                                            {"throttled", explain("function", "live", 0)}}) {
        EXPECT_FALSE(explanation.call) << told;
        ASSERT_TRUE(explanation.answer) << told;
        EXPECT_EQ(explanation.answer->status, told == std::string("throttled") ? 503 : 500) << told;
        EXPECT_THAT(ids(explanation), Contains(told));
    }
    EXPECT_TRUE(explain("function", "").body) << "what the event would hold is told all the same";
    app::Application rest = before_function(FrontKind::rest);
    rest.functions.clear();
    EXPECT_EQ(explain_request(rest, post("a"), {}).at(0).answer->status, 500) << "Lambda refuses, and is not asked";
}

TEST(Explain, EveryFrontTellsRouteEventAndBody) {
    struct Row {
        FrontKind front;
        const char* route;
        BodyForm form;
        const char* rule;
        const char* in_event;
    };
    const Row rows[] = {
        {FrontKind::http, "$default", BodyForm::base64, "none of the types", R"("version":"2.0")"},
        {FrontKind::http1, "$default", BodyForm::base64, "none of the types", R"("version":"1.0")"},
        {FrontKind::rest, "ANY /{proxy+}", BodyForm::text, "binaryMediaTypes (empty)", R"("resource":"/{proxy+}")"},
        {FrontKind::url, "the function URL, whatever comes", BodyForm::base64, "none of the types", ".lambda-url."},
        {FrontKind::alb, "the default action", BodyForm::base64, "none of the types", "targetGroupArn"},
    };
    ASSERT_EQ(std::size(rows), app::all_fronts().size());
    for (const Row& row : rows) {
        SCOPED_TRACE(app::front_name(row.front));
        const Explanation explained = explain_front(row.front, post(kProtobuf));
        EXPECT_EQ(explained.route, row.route);
        ASSERT_TRUE(explained.body && explained.call);
        EXPECT_EQ(explained.body->form, row.form);
        EXPECT_THAT(explained.body->rule, HasSubstr(row.rule));
        EXPECT_FALSE(explained.body->source.empty());
        EXPECT_THAT(explained.call->event, HasSubstr(row.in_event));
        EXPECT_THAT(explained.call->event,
                    HasSubstr(row.form == BodyForm::base64 ? R"("CJYB//4=")" : R"("isBase64Encoded":false)"));
        EXPECT_EQ(explained.sizes.at(2).bytes, kProtobuf.size());
        EXPECT_EQ(explained.sizes.at(3).bytes, explained.call->event.size());
        EXPECT_FALSE(explained.answer);
    }
}

TEST(Explain, TheRuleFollowsTypeAndCoding) {
    struct Row {
        FrontKind front;
        http::Headers headers;
        BodyForm form;
        const char* rule;
    };
    const Row rows[] = {
        {FrontKind::http, {{"Content-Type", "application/json"}}, BodyForm::text, "one of the types"},
        {FrontKind::http, {}, BodyForm::base64, "a missing Content-Type"},
        {FrontKind::http,
         {{"Content-Type", "application/json"}, {"Content-Encoding", "gzip"}},
         BodyForm::base64,
         "Content-Encoding"},
        {FrontKind::alb,
         {{"Content-Type", "text/plain"}, {"Content-Encoding", "identity"}},
         BodyForm::base64,
         "Content-Encoding"},
        {FrontKind::rest, {{"Content-Type", "a/b"}}, BodyForm::text, "'a/b' is not matched"},
    };
    for (const Row& row : rows) {
        const Explanation explained = explain_front(row.front, post("{}", row.headers));
        ASSERT_TRUE(explained.body);
        EXPECT_EQ(explained.body->form, row.form) << row.rule;
        EXPECT_THAT(explained.body->rule, HasSubstr(row.rule));
    }
    EXPECT_THAT(explain_front(FrontKind::alb, post("")).body->rule, HasSubstr("an empty text"));
    const auto listed = explain_request(before_function(FrontKind::rest, {.binary_media_types = {"a/b", "c/*"}}),
                                        post("x", {{"Content-Type", "c/d"}}), {});
    EXPECT_THAT(listed.at(0).body->rule, HasSubstr("is matched by binaryMediaTypes (a/b, c/*)"));
}

TEST(Explain, WhatDoesNotGetThroughIsAnsweredByAws) {
    struct Row {
        FrontKind front;
        http::Request request;
        int status;
    };
    const Row rows[] = {
        {FrontKind::alb, post(std::string(1024 * 1024 + 1, 'x')), 413},
        {FrontKind::alb, {"TRACE", "/", 1, {}, ""}, 405},
        {FrontKind::rest, post("x", {{"X-Long", std::string(10'241, 'x')}}), 431},
        {FrontKind::http, post(std::string(5'000'000, '\xff')), 413},
    };
    for (const Row& row : rows) {
        const Explanation explained = explain_front(row.front, row.request);
        EXPECT_FALSE(explained.call);
        ASSERT_TRUE(explained.answer);
        EXPECT_EQ(explained.body.has_value(), row.front == FrontKind::http) << "an event was made";
        EXPECT_EQ(explained.answer->status, row.status) << app::front_name(row.front);
        EXPECT_TRUE(explained.answer->headers.contains("Content-Length"));
    }
}

TEST(Explain, AnAnswerThatAwsDoesNotGiveIsCalledTheEmulators) {
    app::Application application = before_function(FrontKind::rest);
    const http::Request request = post("");
    for (app::Route& route : application.apis[0].routes) route.integration = app::UnsupportedIntegration{"HTTP_PROXY"};
    const std::string text = render_explanations(explain_request(application, request, {}));
    EXPECT_THAT(text, HasSubstr("\n  answer here  500 "));
    EXPECT_THAT(text, Not(HasSubstr("AWS answers")));
    application = two_apis();
    application.apis.pop_back();
    const http::Request staged{"POST", "/prod/users", 1, {}, ""};
    EXPECT_THAT(render_explanations(explain_request(application, staged, {})), HasSubstr("\n  answer here  403 "))
        << "the path that it has on AWS";
}

TEST(Explain, WhatIsNoRequestIsAnsweredAsServeDoes) {
    for (const FrontKind front : app::all_fronts()) {
        for (const http::Request& request :
             {http::Request{"GET", "/a b", 1, {}, ""}, http::Request{"GE T", "/", 1, {}, ""}}) {
            const Explanation explained = explain_front(front, request);
            EXPECT_FALSE(explained.call || explained.route) << app::front_name(front);
            ASSERT_TRUE(explained.answer);
            EXPECT_EQ(explained.answer->status, 400) << app::front_name(front);
            EXPECT_THAT(ids(explained), ElementsAre("malformed-request"));
        }
    }
    for (const std::string target : {"users", "?x=1", "*", "a.b:443"}) {
        for (const FrontKind front : app::all_fronts()) {
            const Explanation explained = explain_front(front, {"GET", target, 1, {}, ""});
            ASSERT_TRUE(explained.answer);
            EXPECT_EQ(explained.answer->status, 400) << app::front_name(front) << ' ' << target;
            ASSERT_THAT(ids(explained), ElementsAre("target-without-path"));
            EXPECT_THAT(explained.findings[0].text, HasSubstr("The target " + target + " is neither a path"));
        }
    }
    EXPECT_TRUE(explain_front(FrontKind::http, {"PURGE", "/", 1, {}, ""}).call) << "any token is a method";
}

TEST(Explain, WhatIsNotReadIsAnsweredAsServeDoes) {
    const app::Application application = before_function(FrontKind::http);
    const auto explained = explain_request(application, post(std::string(10 * 1024 * 1024 + 1, 'x')), {}).at(0);
    ASSERT_TRUE(explained.answer);
    EXPECT_EQ(explained.answer->status, 413);
    EXPECT_THAT(ids(explained), ElementsAre("unread-request"));
    EXPECT_THAT(render_explanations({explained}), HasSubstr("body 10485761 of 10485760 bytes: too much"));
}

TEST(Explain, NativeGrpcIsToldWhyItDoesNotGetThrough) {
    for (const FrontKind front : app::all_fronts()) {
        for (const char* type : {"application/grpc", "application/grpc+proto", "Application/Grpc+json; a=b"}) {
            const Explanation explained = explain_front(front, post(kProtobuf, {{"Content-Type", type}}));
            EXPECT_THAT(ids(explained), Contains("native-grpc").Times(1)) << app::front_name(front) << type;
        }
        const http::Headers sent{{"Content-Type", "application/grpc"}, {"TE", "trailers"}};
        EXPECT_THAT(ids(explain_front(front, post(kProtobuf, sent))), Contains("native-grpc").Times(1));
        for (const char* type : {"application/grpc-web+proto", "application/proto"}) {
            EXPECT_THAT(ids(explain_front(front, post(kProtobuf, {{"Content-Type", type}}))),
                        Not(Contains("native-grpc")));
        }
    }
    const Explanation bare = explain_front(FrontKind::alb, post("", {{"Content-Type", "application/grpc+proto"}}));
    EXPECT_THAT(bare.findings.at(0).text, HasSubstr("does not get through a load balancer"));
    EXPECT_THAT(bare.findings.at(0).text, HasSubstr("A bare message under application/grpc+proto"));
}

TEST(Explain, UnderProfileSamTheRulesAreThose) {
    app::Application application = before_function(FrontKind::http);
    application.profile = app::Profile::sam;
    const auto explained = explain_request(application, post(kProtobuf, {{"Content-Type", "a/b"}}), {});
    ASSERT_TRUE(explained.at(0).body);
    EXPECT_EQ(explained[0].body->form, BodyForm::text);
    EXPECT_THAT(explained[0].body->rule, HasSubstr("none of the binary types of all APIs"));
    EXPECT_EQ(explained[0].answer->status, 502);
    EXPECT_THAT(render_explanations(explained), HasSubstr("body 5 bytes, no limit"));
    EXPECT_THAT(render_explanations_as_json(explained), HasSubstr(R"("bytes":5,"limit":null)"));
    EXPECT_THAT(render_explanations(explained), HasSubstr("  SAM CLI says 502 Bad Gateway"));
    app::Application balanced = before_function(FrontKind::alb);
    balanced.profile = app::Profile::sam;
    EXPECT_THAT(render_explanations(explain_request(balanced, {"TRACE", "/", 1, {}, ""}, {})),
                HasSubstr("  AWS answers  405"))
        << "SAM CLI has no load balancers";
}

TEST(Explain, AReplyIsFollowedBackToTheClient) {
    const std::string reply = R"({"statusCode":201,"body":"CJYB","isBase64Encoded":true})";
    const Explanation http = explain_front(FrontKind::http, post(kProtobuf), reply);
    ASSERT_TRUE(http.response);
    EXPECT_EQ(http.response->status, 201);
    EXPECT_EQ(http.response->body.view(), std::string_view("\x08\x96\x01", 3));
    const Explanation rest = explain_front(FrontKind::rest, post(kProtobuf), reply);
    EXPECT_EQ(rest.response->body.view(), "CJYB");
    EXPECT_THAT(ids(rest), Contains("rest-body-replaced"));
    EXPECT_EQ(explain_front(FrontKind::rest, post(""), "no JSON").response->status, 502);
    EXPECT_EQ(http.response->headers.first("Content-Length"), "3");
}

TEST(Explain, TheStreamedReplyOfAUrlIsReadWithItsPrelude) {
    const auto stream = before_function(FrontKind::url, {.transfer = app::TransferMode::stream});
    const std::string prelude = R"({"statusCode":201,"headers":{"Content-Type":"a/b"}})" + std::string(8, '\0');
    const auto explain = [&](const std::string& reply) { return explain_request(stream, post(""), reply).front(); };
    const Explanation read = explain(prelude + std::string("\x01\0\x02", 3));
    ASSERT_TRUE(read.response);
    EXPECT_EQ(read.response->status, 201);
    EXPECT_EQ(read.response->headers.first("Content-Type"), "a/b");
    EXPECT_EQ(read.response->body.view(), std::string_view("\x01\0\x02", 3));
    EXPECT_THAT(ids(read), Contains("stream-type-assumed"));
    EXPECT_EQ(explain(R"({"statusCode":201})").response->body.view(), R"({"statusCode":201})") << "no prelude";
    EXPECT_EQ(explain(R"({"statusCode":"no"})" + std::string(8, '\0')).response->status, 502);
}

TEST(Explain, AHostThatNamesNoneOfSeveralApisIsAnsweredAsServeDoes) {
    for (const std::string target : {"http://nobody.example.com/prod/users/7", "http://localhost/prod/users/7",
                                     "ws://localhost/prod/users/7", "*"}) {
        http::Request request{"GET", "", 1, {}, ""};
        set_target(request, target);
        const auto explained = explain_request(two_apis(), request, {});
        ASSERT_EQ(explained.size(), 1U) << target;
        EXPECT_FALSE(explained[0].route || explained[0].call) << target;
        ASSERT_TRUE(explained[0].answer) << target;
        EXPECT_EQ(explained[0].answer->status, 404) << target;
    }
    EXPECT_EQ(explain_request(two_apis(), {"GET", "/prod/users/7", 1, {}, ""}, {}).size(), 2U) << "no host is said";
}

TEST(Explain, TheApiIsChosenByItsHost) {
    http::Request request{"GET", "/prod/users/7", 1, {}, ""};
    const auto unnamed = explain_request(two_apis(), request, {});
    ASSERT_EQ(unnamed.size(), 2U);
    for (const Explanation& explained : unnamed) EXPECT_THAT(ids(explained), Contains("names-no-api"));
    EXPECT_THAT(unnamed[0].findings.back().text, HasSubstr("Ask this one at http://127.0.0.1:3000/_apis/Rest/prod "));
    EXPECT_THAT(ids(unnamed[0]), Not(Contains("stage-in-path"))) << "no stage is implied at / among several APIs";
    EXPECT_EQ(unnamed[0].route, "GET /users/{id} (line 7)") << "its path on AWS";
    EXPECT_EQ(unnamed[0].path, "/users/7");
    EXPECT_FALSE(unnamed[1].route);
    request.headers = {{"Host", "rest.execute-api.localhost:3000"}, {"Authorization", "Bearer x"}};
    const auto chosen = explain_request(two_apis(), request, {});
    ASSERT_EQ(chosen.size(), 1U);
    const Explanation& rest = chosen[0];
    EXPECT_EQ(rest.api, "Rest");
    EXPECT_THAT(ids(rest), Not(Contains("names-no-api")));
    EXPECT_EQ(rest.stage, "prod");
    EXPECT_EQ(rest.path, "/users/7");
    EXPECT_EQ(rest.route, "GET /users/{id} (line 7)");
    EXPECT_THAT(rest.parameters, ElementsAre("id=7"));
    EXPECT_THAT(rest.access.at(0), HasSubstr("the authorizer Guard: the function guard"));
    ASSERT_TRUE(rest.authorizer && rest.call);
    EXPECT_EQ(rest.authorizer->function, "guard");
    EXPECT_THAT(rest.authorizer->event, HasSubstr("Bearer x"));
    EXPECT_EQ(rest.call->function, "shop");
    EXPECT_THAT(rest.call->event, HasSubstr(R"("principalId":"user")"));
    request.headers = {{"Host", "nobody.execute-api.localhost"}};
    const auto nobody = explain_request(two_apis(), request, {});
    ASSERT_EQ(nobody.size(), 1U);
    EXPECT_EQ(nobody[0].front, "");
    EXPECT_EQ(nobody[0].answer->status, 404);
    request.target = "/a b";
    const auto unread = explain_request(two_apis(), request, {});
    ASSERT_EQ(unread.size(), 1U);
    EXPECT_EQ(unread[0].answer->status, 400) << "its host was not read";
    EXPECT_EQ(explain_request({}, request, {}).at(0).answer->status, 404) << "there is no first one";
    EXPECT_THAT(ids(unread[0]), ElementsAre("malformed-request"));
}

TEST(Explain, AWebPageUnderAForeignNameIsToldThatServeRefusesIt) {
    http::Request request{"GET", "/a", 1, {{"Host", "shop.example.com:80"}, {"Origin", "https://page.example"}}, ""};
    app::Application application = before_function(FrontKind::http);
    const auto foreign = explain_request(application, request, {}).at(0);
    EXPECT_TRUE(foreign.call) << "AWS has no such rule";
    ASSERT_THAT(ids(foreign), ElementsAre("foreign-page"));
    EXPECT_THAT(foreign.findings[0].text, HasSubstr("serve answers 403"));
    EXPECT_THAT(foreign.findings[0].text, HasSubstr("a name of its own, shop.example.com;"));
    application.apis[0].base_paths = {{.domain = "shop.example.com", .base_path = {}, .stage = {}}};
    EXPECT_THAT(ids(explain_request(application, request, {}).at(0)), testing::IsEmpty());
    request.headers = {{"Origin", "https://page.example"}};
    EXPECT_THAT(ids(explain_front(FrontKind::alb, request)), testing::IsEmpty()) << "no host was said";
    request.headers = {{"Origin", "https://page.example"}, {"Host", "nobody.elb.example.com"}};
    request.target = "/_apis/nobody/";
    const auto nobody = explain_request(application, request, {}).at(0);
    EXPECT_EQ(nobody.answer->status, 403) << "serve's own answer";
}

TEST(Explain, ARouteThatNearlyFitsSaysWhyItDoesNot) {
    const auto both = explain_request(two_apis(), {"DELETE", "/users/7", 1, {}, ""}, {});
    ASSERT_EQ(both.size(), 2U);
    for (const Explanation& explained : both) {
        EXPECT_FALSE(explained.route);
        EXPECT_THAT(explained.near_misses, ElementsAre(HasSubstr("the method DELETE does not")));
        ASSERT_TRUE(explained.answer);
    }
    EXPECT_EQ(both[0].answer->status, 403);
    EXPECT_EQ(both[1].answer->status, 404);
    app::Application balanced = before_function(FrontKind::alb);
    app::Route rule = balanced.apis[0].routes[0];
    rule.priority = -1;
    rule.conditions = {{.field = app::AlbCondition::Field::path, .values = {"/a/*", "/b"}},
                       {.field = app::AlbCondition::Field::method, .values = {"POST"}}};
    balanced.apis[0].routes.push_back(rule);
    EXPECT_THAT(explain_request(balanced, post(""), {}).at(0).near_misses,
                ElementsAre("the rule of priority -1: the path is none of /a/* /b"));
}

TEST(Explain, AllTargetGroupsOfARuleAreNamedWithTheirWeights) {
    app::Application balanced = before_function(FrontKind::alb);
    const auto group = [](const std::string& function, int weight) {
        return app::WeightedTarget{
            app::LambdaIntegration{.function = function, .target_group = app::TargetGroup{"arn:" + function}}, weight};
    };
    balanced.apis[0].routes[0].integration =
        app::WeightedForward{{group("other", 0), group("function", 3), {app::UnsupportedIntegration{"forward"}, 0}}};
    const Explanation explanation = explain_request(balanced, post(""), {}).at(0);
    EXPECT_THAT(explanation.targets,
                ElementsAre("0 of 3 requests: other in arn:other", "3 of 3 requests: function in arn:function",
                            "0 of 3 requests: a target group that is not emulated"));
    ASSERT_TRUE(explanation.call);
    EXPECT_EQ(explanation.call->function, "function");
    EXPECT_THAT(render_explanations({explanation}),
                HasSubstr("  target       3 of 3 requests: function in arn:function"));
    EXPECT_THAT(render_explanations_as_json({explanation}), HasSubstr(R"("targets":["0 of 3 requests: other)"));
    EXPECT_THAT(explain_front(FrontKind::alb, post("")).targets, testing::IsEmpty());
}

TEST(Explain, AConnectsKeyMayBeTheAuthorizers) {
    app::Application application;
    application.functions = {{.name = "function"}, {.name = "guard"}};
    app::Api api{.id = "chat000000", .kind = app::ApiKind::websocket, .name = "Chat"};
    api.stages = {{.name = "prod"}};
    api.authorizers = {{.name = "Guard", .kind = app::AuthorizerKind::request, .function = "guard"}};
    api.routes = {
        {.path = "$connect",
         .integration = app::LambdaIntegration{.function = "function"},
         .access = {.authorization = app::Authorization::authorizer, .authorizer = "Guard", .api_key_required = true}}};
    api.api_key_from_authorizer = true;
    application.apis = {api};
    const auto connect = [&] {
        return explain_request(application, {"GET", "/prod", 1, {{"Host", "chat000000.execute-api.localhost"}}, {}}, {})
            .at(0);
    };
    EXPECT_FALSE(connect().call) << "no key opens the stage";
    application.api_keys = {{.id = "k", .name = "key", .value = "v"}};
    application.usage_plans = {{.name = "p", .stages = {{.api_id = "chat000000", .stage = "prod"}}, .key_ids = {"k"}}};
    EXPECT_TRUE(connect().call);
    EXPECT_THAT(connect().access, Contains(HasSubstr("an API key of a usage plan, in the authorizer's")));
}

TEST(Explain, ALoadBalancerSaysWhatItsListenerIs) {
    app::Application balanced = before_function(FrontKind::alb);
    app::Route moved{.integration = app::Redirect{.path = "/new/#{path}"}, .priority = -1};
    moved.conditions = {{.field = app::AlbCondition::Field::path, .values = {"/old"}}};
    balanced.apis[0].routes.push_back(moved);
    const auto ask = [&](const char* target) {
        return explain_request(balanced, {"GET", target, 1, {{"Host", "a.example"}}, {}}, {}).at(0);
    };
    EXPECT_EQ(ask("/old").answer->headers.first("Location"), "https://a.example:443/new/old") << "none is declared";
    balanced.apis[0].listener = app::AlbListener{"http", 8080};
    EXPECT_EQ(ask("/old").answer->headers.first("Location"), "http://a.example:8080/new/old");
    EXPECT_THAT(ask("/x").call->event, HasSubstr(R"("x-forwarded-port":"8080","x-forwarded-proto":"http")"));
}

TEST(Explain, TextOfAProtobufMessageThatRestDamages) {
    const std::string file = UNDERSTUDY_SOURCE_DIR "/tests/data/explain/rest-protobuf.txt";
    const std::string text = render_explanations({explain_front(FrontKind::rest, post(kProtobuf))});
    EXPECT_THAT(text, HasSubstr("3 of its 5 bytes are not UTF-8 and were replaced by U+FFFD"));
    if (std::getenv("UNDERSTUDY_UPDATE_GOLDEN") != nullptr) std::ofstream(file, std::ios::binary) << text;
    EXPECT_EQ(text, test::read_file(file));
}

TEST(Explain, JsonHoldsTheEventAndBytesInBase64) {
    const std::string reply = R"({"statusCode":200,"body":"//4=","isBase64Encoded":true})";
    const auto json =
        boost::json::parse(render_explanations_as_json({explain_front(FrontKind::http, post(kProtobuf), reply),
                                                        explain_front(FrontKind::alb, {"TRACE", "/", 1, {}, ""})}));
    const auto& fronts = json.at("fronts").as_array();
    ASSERT_EQ(fronts.size(), 2U);
    EXPECT_EQ(fronts[0].at("call").at("event").at("body").as_string(), "CJYB//4=");
    EXPECT_EQ(fronts[0].at("body").at("form").as_string(), "base64");
    EXPECT_EQ(fronts[0].at("response").at("bodyBase64").as_string(), "//4=");
    EXPECT_TRUE(fronts[0].at("answer").is_null());
    EXPECT_EQ(fronts[1].at("answer").at("status").as_int64(), 405);
    EXPECT_TRUE(fronts[1].at("call").is_null());
}

TEST(Explain, BytesThatAreNoTextAreShownAsSuch) {
    const auto explained = explain_front(FrontKind::http, {"GET", "/\xe9\xff", 1, {}, ""});
    EXPECT_EQ(boost::json::parse(render_explanations_as_json({explained})).at("fronts").at(0).at("path").as_string(),
              "/\xef\xbf\xbd\xef\xbf\xbd");
    const auto nowhere = explain_front(FrontKind::http, {"GET", "\xe9", 1, {}, ""});
    EXPECT_THAT(render_explanations({nowhere}), HasSubstr("The target \\xe9 is neither"));
    EXPECT_NO_THROW(boost::json::parse(render_explanations_as_json({nowhere})));
    const auto sent =
        explain_request(websocket_api(), {"POST", "/prod/@connections/Abcd123=", 1, {}, "\xff"}, {}).at(0);
    EXPECT_THAT(render_explanations({sent}), HasSubstr("message      \\xff"));
    const auto json = boost::json::parse(render_explanations_as_json({sent})).at("fronts").at(0);
    EXPECT_EQ(json.at("messageBase64").as_string(), "/w==");
    EXPECT_TRUE(json.at("message").is_null());
}

TEST(Explain, WordsBecomeOptions) {
    for (const char* wrong : {"x", ": v", "A B: c", "A: b\nC: d"}) EXPECT_NE(check_header(wrong), "") << wrong;
    EXPECT_EQ(check_header("Accept: a:b"), "");
    EXPECT_EQ(check_header("X Bad: 1"), "no blank may stand in a header's name, as in 'X Bad'");
    EXPECT_EQ(check_header("X"), "wants 'Name: value', not 'X'");
    ExplainWords words;
    words.headers = {"Accept:  a:b ", "X:"};
    words.fronts = {"url"};
    words.streaming = true;
    words.output = "json";
    const ExplainOptions options = to_explain_options(words);
    EXPECT_EQ(options.headers, (http::Headers{{"Accept", "a:b"}, {"X", ""}}));
    EXPECT_THAT(options.fronts, ElementsAre(FrontKind::url));
    EXPECT_EQ(options.front_options.transfer, app::TransferMode::stream);
    EXPECT_EQ(options.output, ExplainOutput::json);
    EXPECT_EQ(to_explain_options({}).fronts.size(), app::all_fronts().size());
}

TEST(Explain, TheProgramReadsTemplatesAndUrls) {
    const char* path = std::getenv("PATH");
    const auto explain = [&](std::vector<std::string> words) {
        words.insert(words.begin(), "explain");
        return test::run_program("understudy", std::move(words), {std::string("PATH=") + (path ? path : "")});
    };
    test::TempFolder folder;
    const std::string file = folder.write("template.yaml",
                                          "Transform: AWS::Serverless-2016-10-31\n"
                                          "Resources:\n"
                                          "  Shop:\n"
                                          "    Type: AWS::Serverless::Function\n"
                                          "    Properties:\n"
                                          "      Tracing: Active\n"
                                          "      CodeUri: .\n"
                                          "      Handler: bootstrap\n"
                                          "      Runtime: provided.al2023\n"
                                          "      Events:\n"
                                          "        Get: {Type: HttpApi, Properties: {Path: /a, Method: get}}\n");
    const test::Ended read = explain({"GET", "/a", file});
    EXPECT_EQ(read.exit_code, 0) << read.err;
    EXPECT_THAT(read.out, HasSubstr("route        GET /a"));
    const test::Ended url = explain({"GET", "https://nobody.execute-api.us-east-1.amazonaws.com/a", file});
    EXPECT_THAT(url.out, HasSubstr("no API"));
    EXPECT_THAT(explain({"GET", "ftp://x/a", file}).out, HasSubstr("400 Bad Request"));
    EXPECT_THAT(read.err, HasSubstr("note: " + file + ":6:"));
    EXPECT_THAT(read.err, HasSubstr("'Tracing' of Function 'Shop' is not emulated"));
    const std::string config =
        folder.write("sam.toml", "version = 0.1\n[ci.global.parameters]\ntemplate_file = \"" + file + "\"\n");
    const test::Ended configured = explain({"GET", "/b", "--config-file", config, "--config-env", "ci"});
    EXPECT_THAT(configured.out, HasSubstr("404 Not Found")) << configured.err;
    const test::Ended sam = explain({"GET", "/b", "--profile", "sam", file});
    EXPECT_THAT(sam.out, HasSubstr("403 Forbidden"));
    const test::Ended no_variables = explain({"GET", "/a", file, "--env-vars", folder.write("env.json", "[")});
    EXPECT_EQ(no_variables.exit_code, 1);
    const test::Ended cut = explain({"POST", "/a", "--body", "abc", "-H", "Content-Length: 2"});
    EXPECT_EQ(cut.exit_code, 1);
    EXPECT_THAT(cut.err, testing::StartsWith("understudy explain: the header Content-Length says 2, the body has 3"));
    EXPECT_THAT(explain({"GET", "/a", "/etc"}).err, HasSubstr("'/etc' is a folder"));
    const test::Ended missing = explain({"GET", "/a", "--body", "@/does/not/exist"});
    EXPECT_EQ(missing.exit_code, 1);
    EXPECT_EQ(missing.err, "understudy explain: there is no file '/does/not/exist'\n");
}

}  // namespace
}  // namespace understudy::cli::explain_test
