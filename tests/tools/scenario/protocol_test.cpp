// How a method's call travels, and that what is expected of it means the same in each protocol.
#include "proto/wire/call_writing.hpp"
#include "tests/tools/scenario/fake_world.hpp"
#include "tests/tools/scenario/scenario_text.hpp"
#include "tools/report/curl.hpp"

#include <gmock/gmock.h>

namespace understudy::scenario {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;
using testing::SizeIs;
using wire::Protocol;

constexpr wire::Dialect kConnect{Protocol::connect, wire::Codec::proto},
    kGrpcWeb{Protocol::grpc_web, wire::Codec::proto};

std::string call(std::string_view protocol, const std::string& lines) {
    return "  - method: shop.Shop/Order\n    protocol: " + std::string(protocol) + "\n    request: { int32: 5 }\n" +
           lines;
}

/// Runs the only step over a front; its reply is the answer as the dialect writes it, or `raw`.
struct Ran {
    StepResult step;
    Outgoing sent;
};

Ran run_step(const std::string& step, Front front, const Arrived& arrived) {
    FakeWorld fake;
    auto world = fake.world();
    std::optional<Outgoing> sent;
    world.send = [&](const std::vector<Outgoing>& together) {
        sent = together.front();
        return std::vector<Arrived>{arrived};
    };
    auto result = run_scenario(load_good(shop_scenario(step)), front, world);
    return {std::move(result.steps.at(0)), sent.value_or(Outgoing{})};
}

Arrived to_arrived(const wire::HttpReply& reply, std::chrono::microseconds duration = std::chrono::milliseconds(1)) {
    http::Response response;
    response.status = reply.status;
    for (const auto& [name, value] : reply.headers) response.headers.add(name, value);
    response.body = reply.body;
    return {response, duration, reply.trailers};
}

Arrived answered(wire::Dialect dialect, const wire::Answer& answer) {
    return to_arrived(wire::to_http_reply({.dialect = dialect, .accepts = wire::Compression::gzip}, answer));
}

std::vector<std::string> sentences(const StepResult& step) {
    std::vector<std::string> texts;
    for (const auto& difference : step.differences) texts.push_back(difference.where.message());
    return texts;
}

class StepProtocols : public testing::TestWithParam<wire::Dialect> {
  protected:
    std::string message(const char* json, const char* bytes) const {
        return GetParam().codec == wire::Codec::json ? json : bytes;
    }
    StepResult run(const std::string& lines, const wire::Answer& answer) const {
        return run_step(call(wire::to_name(GetParam()), lines), Front::http, answered(GetParam(), answer)).step;
    }
};

INSTANTIATE_TEST_SUITE_P(Scenario, StepProtocols, testing::ValuesIn(wire::kDialects));

TEST_P(StepProtocols, AResponseAndItsTrailersAreCompared) {
    const wire::Answer answer{.headers = {{"X-Seen", "yes"}},
                              .trailers = {{"x-cost", "3"}},
                              .message = message(R"({"int32":5})", "\x08\x05")};
    const std::string expected =
        "    expect: { response: { int32: 5 }, trailers: { X-Cost: '3' }, headers: { x-seen: yes } }\n";
    EXPECT_THAT(sentences(run(expected, answer)), IsEmpty());
    EXPECT_THAT(sentences(run("    expect: { response: { int32: 6 }, trailers: { x-cost: '4', x-b: c } }\n", answer)),
                ElementsAre("trailers.x-cost: expected \"4\", got \"3\"", "trailers.x-b: expected \"c\", got absent",
                            "int32: expected 6, got 5"));
}

TEST_P(StepProtocols, AnErrorIsComparedByCodeMessageAndDetails) {
    const wire::Answer answer{.status = {wire::Code::failed_precondition, "50% \u00e9", {{"shop.Item", "\x0a\x01z"}}}};
    const std::string details = GetParam().protocol == Protocol::twirp
                                    ? ""
                                    : ", details: [{ '@type': type.googleapis.com/shop.Item, $present: true }]";
    const auto good = run("    expect: { code: failed_precondition, message: '50% \u00e9' }\n", answer);
    EXPECT_THAT(sentences(good), IsEmpty());
    EXPECT_THAT(sentences(run("    expect: { code: not_found, message: x }\n", answer)),
                ElementsAre("code: expected not_found, got failed_precondition (50% \u00e9)",
                            "message: expected text with \"x\", got \"50% \u00e9\""));
    const auto counted = run("    expect: { code: failed_precondition, details: [] }\n", answer);
    EXPECT_THAT(sentences(counted), SizeIs(details.empty() ? 0 : 1));
}

TEST_P(StepProtocols, ValuesAreCaptured) {
    const wire::Answer answer{.trailers = {{"x-cost", "3"}}, .message = message(R"({"int32":5})", "\x08\x05")};
    const auto step = run("    capture: { number: response.int32, cost: trailer.X-Cost }\n", answer);
    EXPECT_THAT(step.captures,
                testing::UnorderedElementsAre(testing::Pair("cost", "\"3\""), testing::Pair("number", "5")));
}

TEST_P(StepProtocols, CompressedRepliesAreRead) {
    const wire::Answer answer{.message = message(R"({"int32":5})", "\x08\x05"), .compression = wire::Compression::gzip};
    const auto step = run("    compression: gzip\n    expect: { response: { int32: 5 } }\n", answer);
    EXPECT_THAT(sentences(step), IsEmpty());
}

TEST_P(StepProtocols, OnlyGrpcGoesOverHttp2) {
    const auto ran = run_step(call(wire::to_name(GetParam()), ""), Front::http, answered(GetParam(), {}));
    EXPECT_EQ(ran.sent.over_http2, GetParam().protocol == Protocol::grpc);
    const auto [command, note] = report::to_curl(ran.step, 1'000);
    EXPECT_EQ(command.find("--http2-prior-knowledge") != std::string::npos, ran.sent.over_http2) << command;
    EXPECT_EQ(note.find("--grpc-port 3002") != std::string::npos, ran.sent.over_http2) << note;
}

TEST(StepTimeout, IsToldToTheFunctionAndCounts) {
    const std::string step = call("connect", "    timeout: 0.2s\n    expect: { code: deadline_exceeded }\n");
    const auto early = run_step(step, Front::http, answered(kConnect, {.message = "\x08\x05"}));
    EXPECT_EQ(early.sent.request.headers.first("Connect-Timeout-Ms"), "200");
    EXPECT_THAT(sentences(early.step), ElementsAre("code: expected deadline_exceeded, got ok"));
    const auto reply = wire::to_http_reply({.dialect = kConnect}, {.message = "\x08\x05"});
    const auto late = run_step(step, Front::http, to_arrived(reply, std::chrono::milliseconds(201)));
    EXPECT_THAT(sentences(late.step), IsEmpty());
    EXPECT_THAT(late.step.received->status.message(), HasSubstr("201 ms, and the call's timeout is 200 ms"));
}

TEST(StepTimeout, OfOtherProtocolsIsHowLongTheReplyIsWaitedFor) {
    const auto ran = run_step(call("twirp", "    timeout: 0.2s\n"), Front::http,
                              answered({Protocol::twirp, wire::Codec::proto}, {}));
    EXPECT_EQ(ran.sent.timeout, std::chrono::milliseconds(200));
    EXPECT_FALSE(ran.sent.request.headers.contains("Connect-Timeout-Ms"));
}

TEST(StepProtocol, AReplyThatIsNotOfItIsExplained) {
    const auto stream = wire::to_http_reply({.dialect = kGrpcWeb}, {.message = "\x08\x05"});
    auto encoded =
        wire::to_http_reply({.dialect = {Protocol::grpc_web_text, wire::Codec::proto}}, {.message = "\x08\x05"});
    encoded.headers = stream.headers;
    const auto text = run_step(call("grpc-web", ""), Front::rest, to_arrived(encoded)).step;
    EXPECT_THAT(sentences(text), ElementsAre(HasSubstr("code: expected ok, got internal (the body is no stream")));
    EXPECT_THAT(text.hints, ElementsAre(HasSubstr("the reply as base64 text: a REST API")));
    const auto bare =
        run_step(call("grpc-web", ""), Front::rest, to_arrived({.headers = stream.headers, .body = "\x08\x05"})).step;
    EXPECT_THAT(bare.hints,
                ElementsAre("the reply is the bare message, and 'grpc-web' takes a framed one: five bytes of "
                            "flag and length come first"));
    const auto words =
        run_step(call("grpc-web", ""), Front::rest, to_arrived({.headers = stream.headers, .body = "sorry"})).step;
    EXPECT_THAT(words.hints, ElementsAre(HasSubstr("has no envelopes")));
    for (const auto* protocol : {"connect", "twirp"}) {
        const auto framed = run_step(call(protocol, ""), Front::rest, to_arrived(stream)).step;
        EXPECT_THAT(framed.hints, testing::Contains(AllOf(HasSubstr("framed message"), HasSubstr("bare"))));
    }
    const auto verb = run_step(call("connect-get", ""), Front::http, to_arrived({.status = 405})).step;
    EXPECT_THAT(verb.hints, testing::Contains(HasSubstr("idempotency_level = NO_SIDE_EFFECTS")));
}

TEST(StepProtocol, AMessageThatCannotBeReadIsShownApartFromItsEnvelope) {
    const auto step = run_step(call("grpc-web", ""), Front::http, answered(kGrpcWeb, {.message = "\x08\x05\xff"})).step;
    EXPECT_EQ(step.received->undecodable_at, 2U);
    EXPECT_EQ(step.received->message, "\x08\x05\xff");
}

TEST(StepProtocol, WhatCannotBeCalledIsAProblem) {
    const std::pair<const char*, const char*> table[] = {
        {"protocol: grpcweb", "'grpcweb' is no protocol (did you mean 'grpc-web'?)"},
        {"compression: br", "'br' is no compression"},
        {"protocol: grpc-web\n    content_type: application/json", "'grpc-web' has a content type of its own"},
    };
    for (const auto& [lines, problem] : table) {
        const auto text = shop_scenario("  - method: shop.Shop/Order\n    " + std::string(lines) + '\n');
        EXPECT_THAT(problems_of(text), ElementsAre(HasSubstr(problem))) << lines;
    }
    EXPECT_THAT(problems_of(shop_scenario("  - http: {}\n    protocol: connect\n    compression: gzip\n")), SizeIs(2));
}

TEST(StepProtocol, AGetIsSentOnlyForAMethodWithoutSideEffects) {
    const auto problems = [](const std::string& protocol) {
        return problems_of(
            "schema: { proto_files: [old/old.proto] }\napplication: { command: [x] }\n"
            "steps:\n  - method: old.Old/Keep\n    request: { id: a }\n    protocol: " +
            protocol + '\n');
    };
    EXPECT_THAT(problems("connect"), IsEmpty());
    EXPECT_THAT(problems("connect-get"), ElementsAre(HasSubstr("6:15 'old.Old/Keep' may have side effects")));
    EXPECT_THAT(problems_of(shop_scenario("  - method: shop.Shop/Order\n    protocol: connect-get\n")), IsEmpty());
}

TEST(StepProtocol, SecretsDoNotSurviveInBase64OrGzip) {
    for (const auto* lines : {"protocol: connect-get", "protocol: grpc-web-text", "compression: gzip"}) {
        const std::string text = "secrets: [token]\nvars: { token: hidden1 }\n" +
                                 shop_scenario("  - method: shop.Shop/Order\n    " + std::string(lines) +
                                               "\n    request: { text: '${token}' }\n");
        FakeWorld fake;
        fake.reply(500, "text/plain", "no");
        const auto result = run_scenario(load_good(text), Front::http, fake.world());
        const auto& sent = *result.steps.at(0).sent;
        EXPECT_THAT(sent.body + sent.target, HasSubstr("***")) << lines;
        EXPECT_TRUE(sent.masked);
        EXPECT_EQ(sent.packed.find("hidden1"), std::string::npos);
    }
}

Arrived invoked(const std::string& reply, bool failed = false) {
    http::Response response;
    if (failed) response.headers.add("X-Amz-Function-Error", "Unhandled");
    response.body = reply;
    return {response, std::chrono::milliseconds(1), {}};
}

TEST(InvokeFront, RequestsBecomeEventsAndRepliesAreTakenOut) {
    const auto ran =
        run_step(call("connect", "    expect: { response: { int32: 5 }, trailers: { x-a: '1' } }\n"), Front::invoke,
                 invoked(R"({"statusCode":200,"headers":{"Content-Type":"application/proto"},)"
                         R"("multiValueHeaders":{"Trailer-X-A":["1"]},"body":"CAU=","isBase64Encoded":true})"));
    EXPECT_THAT(sentences(ran.step), IsEmpty());
    EXPECT_THAT(ran.sent.request.target, HasSubstr("/2015-03-31/functions/"));
    EXPECT_THAT(ran.sent.request.body, HasSubstr(R"("rawPath":"/shop.Shop/Order")"));
    EXPECT_THAT(ran.sent.request.body, HasSubstr(R"("body":"CAU=","isBase64Encoded":true)"));
    EXPECT_EQ(ran.step.sent->addressee, Addressee::lambda_api);
}

TEST(InvokeFront, TheEventIsThatOfAnHttpApi) {
    const std::string step =
        "  - http: { method: POST, target: '/e%20f?a=1&a=2&b=%20x+y' }\n    headers: { Cookie: 'a=b; c=d', X-Y: Z }\n"
        "    request_text: hi\n    content_type: text/plain\n";
    const auto ran = run_step(step, Front::invoke, invoked(R"({"statusCode":200,"cookies":["e=f"]})"));
    const std::string event = ran.sent.request.body;
    for (const char* part :
         {R"("version":"2.0","routeKey":"$default","rawPath":"/e f","rawQueryString":"a=1&a=2&b=%20x+y")",
          R"("cookies":["a=b","c=d"])", R"("queryStringParameters":{"a":"1,2","b":" x y"})", R"("x-y":"Z")",
          R"("body":"hi","isBase64Encoded":false})", R"("domainName":"invoke.execute-api.localhost")",
          R"("timeEpoch":)", R"("requestId":"Z3xPlai00000001=")"})
        EXPECT_THAT(event, HasSubstr(part));
    EXPECT_THAT(event, Not(HasSubstr(R"("cookie":)")));
    EXPECT_THAT(ran.step.received->headers, Contains(Pair("Set-Cookie", "e=f")));
}

TEST(InvokeFront, BytesComeThroughWhateverTheirType) {
    const auto ran = run_step("  - http: { target: /a }\n    request_hex: 'ff 22'\n    content_type: text/plain\n",
                              Front::invoke, invoked(R"({"statusCode":200})"));
    EXPECT_THAT(ran.sent.request.body, testing::EndsWith(R"(,"body":"/yI=","isBase64Encoded":true})"));
}

TEST(InvokeFront, AReplyWithoutAStatusIsTheBodyOfA200) {
    const auto body_of = [](const std::string& reply) {
        const auto ran = run_step("  - http: { target: /a }\n", Front::invoke, invoked(reply));
        EXPECT_EQ(ran.step.received->http_status, 200);
        EXPECT_THAT(ran.step.received->headers, Contains(Pair("Content-Type", "application/json")));
        EXPECT_THAT(sentences(ran.step), IsEmpty());
        return ran.step.received->body;
    };
    EXPECT_EQ(body_of(R"({"no":"status"})"), R"({"no":"status"})");
    EXPECT_EQ(body_of(R"({"statusCode":null,"body":"b"})"), R"({"statusCode":null,"body":"b"})");
    EXPECT_EQ(body_of("[1, 2]"), "[1, 2]");
    EXPECT_EQ(body_of("7"), "7");
    EXPECT_EQ(body_of(R"("a text")"), "a text");
    EXPECT_EQ(body_of("no JSON"), "no JSON");
    EXPECT_EQ(body_of(""), "");
}

TEST(InvokeFront, AReplyWithAStatusLeavesAsItSays) {
    const auto ran =
        run_step("  - http: { target: /a }\n", Front::invoke,
                 invoked(R"({"statusCode":"201","headers":{"x-a":"b","date":"c"},)"
                         R"("multiValueHeaders":{"x-d":["e","f"]},"isBase64Encoded":"true","body":"/w=="})"));
    EXPECT_EQ(ran.step.received->http_status, 201);
    EXPECT_EQ(ran.step.received->body, "\xFF");
    EXPECT_THAT(ran.step.received->headers,
                ElementsAre(Pair("x-a", "b"), Pair("date", "c"), Pair("x-d", "e"), Pair("x-d", "f")));
}

TEST(InvokeFront, AnErrorOfTheFunctionIsBadGateway) {
    for (const auto& reply : {invoked(R"({"errorMessage":"m"})", true), invoked(R"({"statusCode":"all"})"),
                              invoked(R"({"statusCode":200,"headers":[]})"),
                              invoked(R"({"statusCode":200,"body":"%","isBase64Encoded":true})")}) {
        const auto ran = run_step(call("connect", ""), Front::invoke, reply);
        EXPECT_EQ(ran.step.received->http_status, 502);
        EXPECT_EQ(ran.step.received->status.code(), wire::Code::unavailable);
    }
    const auto grpc = run_step(call("grpc", ""), Front::invoke, invoked("{}"));
    EXPECT_THAT(grpc.step.problem->message(), HasSubstr("'grpc' needs a front door"));
}

TEST(Fronts, ThatStreamAreStartedSo) {
    for (const auto& [front, kind] :
         {std::pair{Front::rest_stream, app::ApiKind::rest}, std::pair{Front::url_stream, app::ApiKind::url},
          std::pair{Front::rest, app::ApiKind::rest}}) {
        const auto application = to_application(load_good(shop_scenario("  - method: shop.Shop/Order\n")), front);
        EXPECT_EQ(application.apis.at(0).kind, kind);
        const auto& route = application.apis.at(0).routes.at(0);
        EXPECT_EQ(std::get<app::LambdaIntegration>(route.integration).transfer, to_transfer_mode(front));
    }
    EXPECT_THAT(problems_of(shop_scenario("  - method: shop.Shop/Order\n", "  fronts: [rest_stream]\n")),
                ElementsAre(HasSubstr("'rest_stream' is no front (did you mean 'rest-stream'?)")));
}

}  // namespace
}  // namespace understudy::scenario
