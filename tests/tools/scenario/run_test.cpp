#include "tests/support/program.hpp"
#include "tests/tools/scenario/fake_world.hpp"
#include "tests/tools/scenario/scenario_text.hpp"
#include "tools/scenario/run_all.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::scenario::run_test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kProto = "application/proto";
const std::string kItemReply =
    "\x52\x03\x0A\x01"
    "a";  // item { name: "a" }

// One step that calls Order; `lines` are further lines of the step.
Scenario order(const std::string& lines) {
    return load_good(shop_scenario("  - method: shop.Shop/Order\n" + lines));
}

RunResult run(const Scenario& scenario, FakeWorld& world) {
    return run_scenario(scenario, Front::http, world.world());
}

// The only step's differences for one reply, as sentences.
std::vector<std::string> differences(const std::string& lines, http::Response reply) {
    FakeWorld world;
    world.reply(std::move(reply));
    const auto result = run(order(lines), world);
    std::vector<std::string> sentences;
    for (const auto& difference : result.steps.at(0).differences) sentences.push_back(difference.where.message());
    return sentences;
}

http::Response reply(int status, const std::string& content_type, const std::string& body) {
    http::Response response;
    response.status = status;
    response.headers.add("Content-Type", content_type);
    response.body = body;
    return response;
}

TEST(Run, AStepIsAPostWithAcceptEqualToItsContentType) {
    FakeWorld world;
    world.reply(200, kProto, "");
    const auto result = run(order("    request: { item: { name: a } }\n"), world);
    EXPECT_EQ(result.verdict(), Verdict::passed);
    ASSERT_THAT(world.sent(), SizeIs(1));
    const auto& sent = world.sent()[0];
    EXPECT_EQ(sent.base_url, "http://127.0.0.1:41234");
    EXPECT_EQ(sent.request.method, "POST");
    EXPECT_EQ(sent.request.target, "/shop.Shop/Order");
    EXPECT_EQ(sent.request.headers, (http::Headers{{"Content-Type", kProto}, {"Accept", kProto}}));
    EXPECT_EQ(sent.request.body, kItemReply);
    EXPECT_EQ(sent.timeout, 33s);
}

TEST(Run, JsonIsSentAsJsonAndReadAsJson) {
    FakeWorld world;
    world.reply(200, "application/json", R"({"int64":"9007199254740993"})");
    const auto result = run(order("    content_type: application/json\n"
                                  "    request: { text: a }\n"
                                  "    expect: { response: { int64: 9007199254740993 } }\n"),
                            world);
    EXPECT_EQ(world.sent()[0].request.body, R"({"text":"a"})");
    EXPECT_EQ(result.verdict(), Verdict::passed);
    EXPECT_THAT(result.steps.at(0).received->response, HasSubstr(R"("int64":"9007199254740993")"));
}

TEST(Run, AWrittenHeaderReplacesTheOneThatWouldBeSent) {
    FakeWorld world;
    world.reply(200, kProto, "");
    run(order("    headers: { accept: '*/*', X-Extra: '1' }\n"), world);
    EXPECT_EQ(world.sent().at(0).request.headers,
              (http::Headers{{"Content-Type", kProto}, {"accept", "*/*"}, {"X-Extra", "1"}}));
}

TEST(Run, AReplyOfZeroBytesIsTheEmptyMessage) {
    EXPECT_THAT(differences("    expect: { response: { flag: false } }\n", reply(200, kProto, "")), IsEmpty());
}

// Clients refuse it: connect-go's protoJSONCodec says "zero-length payload is not a valid JSON object".
TEST(Run, AReplyOfZeroBytesIsNoMessageInJson) {
    EXPECT_THAT(differences("    expect: { response: {} }\n    content_type: application/json\n",
                            reply(200, "application/json", "")),
                ElementsAre(HasSubstr("not JSON: incomplete JSON at byte 0")));
}

TEST(Run, ADifferentResponseFails) {
    EXPECT_THAT(differences("    expect: { response: { item: { name: b } } }\n", reply(200, kProto, kItemReply)),
                ElementsAre("item.name: expected \"b\", got \"a\""));
}

TEST(Run, WithoutAnExpectationTheCallMustSucceed) {
    EXPECT_THAT(differences("", reply(200, kProto, kItemReply)), IsEmpty());
    EXPECT_THAT(differences("", reply(404, "application/json", R"({"code":"not_found","message":"no such thing"})")),
                ElementsAre("code: expected ok, got not_found (no such thing)"));
}

TEST(Run, AnErrorIsComparedByCodeStatusAndMessage) {
    const auto error = reply(400, "application/json", R"({"code":"invalid_argument","message":"time is missing"})");
    EXPECT_THAT(differences("    expect: { code: invalid_argument, http_status: 400, message: time }\n", error),
                IsEmpty());
    EXPECT_THAT(differences("    expect: { code: not_found, http_status: 404, message: tolerance }\n", error),
                ElementsAre("code: expected not_found, got invalid_argument (time is missing)",
                            "http_status: expected 404, got 400",
                            "message: expected text with \"tolerance\", got \"time is missing\""));
}

TEST(Run, AnErrorOfTheGatewayHasTheCodeOfItsStatus) {
    const auto error = reply(502, "application/json", R"({"message": "Internal server error"})");
    EXPECT_THAT(differences("    expect: { code: unavailable }\n", error), IsEmpty());
    EXPECT_THAT(differences("    expect: { http_status: 502 }\n", error), IsEmpty());
}

TEST(Run, ASuccessWhereAnErrorIsExpectedFails) {
    EXPECT_THAT(differences("    expect: { code: not_found }\n", reply(200, kProto, kItemReply)),
                ElementsAre("code: expected not_found, got ok"));
}

TEST(Run, HeadersAreComparedByNameWithoutCaseAndOnAnyLine) {
    auto two = reply(200, kProto, "");
    two.headers.add("x-a", "1");
    two.headers.add("X-A", "2");
    EXPECT_THAT(differences("    expect: { headers: { X-a: '2', content-type: application/proto } }\n", two),
                IsEmpty());
    EXPECT_THAT(
        differences("    expect: { headers: { X-A: '3', X-B: b } }\n", two),
        ElementsAre("headers.X-A: expected \"3\", got \"1\", \"2\"", "headers.X-B: expected \"b\", got absent"));
}

TEST(Run, AnUndecodableReplyFailsWithBytesAndAHint) {
    FakeWorld world;
    world.reply(200, kProto, "UgMKAWE=");
    const auto result = run(order("    expect: { response: { item: { name: a } } }\n"), world);
    EXPECT_EQ(result.verdict(), Verdict::failed);
    const auto& step = result.steps.at(0);
    ASSERT_THAT(step.differences, SizeIs(1));
    EXPECT_EQ(step.differences[0].where.message(),
              "the body is no shop.Everything: at byte 5 field 10 has wire type 7, which does not exist");
    EXPECT_EQ(step.differences[0].where.position(), (source::Position{6, 25}));
    EXPECT_EQ(step.received->body, "UgMKAWE=");
    EXPECT_THAT(step.hints, ElementsAre(HasSubstr("base64 text")));
}

TEST(Run, AJsonReplyThatDoesNotFitIsUndecodable) {
    const auto got = [](const std::string& body) {
        return differences("    content_type: application/json\n", reply(200, "application/json", body));
    };
    EXPECT_THAT(got(R"({"text":1})"), ElementsAre(HasSubstr("the body is no shop.Everything as JSON: ")));
    EXPECT_THAT(got("{text:'a'}"), ElementsAre(HasSubstr("the body is no shop.Everything as JSON: not JSON: ")));
    EXPECT_THAT(got(""), ElementsAre(HasSubstr("the body is no shop.Everything as JSON: not JSON: ")));
    EXPECT_THAT(got("{}"), IsEmpty());
}

TEST(Run, WithoutAReplyTheLaterStepsAreNotSent) {
    FakeWorld world;
    world.reply_nothing("connection refused");
    const auto result =
        run(load_good(shop_scenario("  - method: shop.Shop/Order\n  - method: shop.Shop/Order\n")), world);
    EXPECT_EQ(result.verdict(), Verdict::could_not_run);
    ASSERT_THAT(result.steps, SizeIs(1));
    EXPECT_EQ(result.steps[0].problem->message(), "connection refused");
    EXPECT_FALSE(result.steps[0].received);
    EXPECT_EQ(world.running(), 0);
}

TEST(Run, AfterAFailedStepTheLaterOnesAreSent) {
    FakeWorld world;
    world.reply(500, kProto, "");
    world.reply(200, kProto, "");
    const auto result =
        run(load_good(shop_scenario("  - method: shop.Shop/Order\n  - method: shop.Shop/Order\n")), world);
    EXPECT_EQ(result.verdict(), Verdict::failed);
    ASSERT_THAT(result.steps, SizeIs(2));
    EXPECT_EQ(result.steps[1].verdict(), Verdict::passed);
}

TEST(Run, AnApplicationThatDoesNotStartIsTheRunsProblem) {
    FakeWorld world;
    world.fail_to_start("there is no program 'bin/shop'");
    const auto result = run(order(""), world);
    EXPECT_EQ(result.verdict(), Verdict::could_not_run);
    EXPECT_EQ(result.problem->message(), "there is no program 'bin/shop'");
    EXPECT_EQ(result.problem->position(), (source::Position{3, 13}));
    EXPECT_THAT(result.text_of(result.problem->file()), HasSubstr("command: [bin/shop, --fast]"));
    EXPECT_THAT(result.steps, IsEmpty());
}

TEST(Run, WhatIsWrongInATemplateIsShownThereWithoutSecrets) {
    test::TempFolder folder;
    const auto file = folder.write("template.yaml", "Resources: hidden\n");
    const auto scenario = load_good("vars: { word: hidden }\nsecrets: [word]\napplication: { template: " + file +
                                    " }\nsteps: [{ http: {} }]\n");
    FakeWorld fake;
    auto world = fake.world();
    world.start_template = [](const TemplatePlan& plan) -> World::Started {
        StartProblem problem(source::Problem(source::ProblemCode::invalid, "no map", plan.file, {1, 12}));
        problem.further = {source::Problem(source::ProblemCode::invalid, "'hidden' is wrong", plan.file, {1, 1})};
        return problem;
    };
    const auto result = run_scenario(scenario, Front::http, world);
    EXPECT_EQ(result.problem->position(), (source::Position{1, 12}));
    EXPECT_EQ(result.text_of(file), "Resources: ******\n");
    ASSERT_EQ(result.further_problems.size(), 1U);
    EXPECT_EQ(result.further_problems[0].position(), (source::Position{1, 1}));
    EXPECT_EQ(result.further_problems[0].message(), "'***' is wrong");
}

TEST(Run, APartOfAnApplicationThatKeepsItFromStartingIsShown) {
    const auto document = source::parse_document("template: t.yaml\nparameters: { A: b, Cc: d }\napi: Api\n", "x.yaml");
    const auto place = [&](ApplicationPart part, const std::string& name) {
        const source::Problem why(source::ProblemCode::not_found, "why");
        const auto position = to_placed(StartProblem(why, part, name), document->root()).position();
        return std::pair(position.line, position.column);
    };
    using enum ApplicationPart;
    EXPECT_EQ(place(api, ""), std::pair(3U, 6U));
    EXPECT_EQ(place(parameter, "Cc"), std::pair(2U, 21U));
    EXPECT_EQ(place(template_file, ""), std::pair(1U, 11U));
    EXPECT_EQ(place(whole, ""), std::pair(1U, 11U));
}

TEST(Run, AStepWithoutAReplyIsShownWhereItSaysHowLongItWaits) {
    const auto place = [](const std::string& lines) {
        FakeWorld world;
        world.reply_nothing("nobody answers");
        const auto result = run(order(lines), world);
        const auto [line, column] = result.steps.at(0).problem->position();
        return std::pair(line, column);
    };
    EXPECT_EQ(place(""), std::pair(5U, 13U));
    EXPECT_EQ(place("    timeout: 1s\n"), std::pair(6U, 14U));
}

TEST(Run, AFunctionThatThereIsNotIsAProblemAtItsName) {
    const auto problem = [](const std::string& lines) {
        FakeWorld world;
        world.reply(404, "application/json", "{}");
        const auto result = run(load_good(shop_scenario("  - invoke: " + lines)), world);
        const auto& told = result.problem;
        if (!told) return std::string(world.sent().empty() ? "not sent" : "sent");
        const auto [line, column] = told->position();
        return std::to_string(line) + ':' + std::to_string(column) + ' ' + told->message() + " (" + told->hint() + ')';
    };
    EXPECT_EQ(problem("{ function: Ordres }\n"), "5:25 there is no function 'Ordres' (did you mean 'Orders'?)");
    EXPECT_EQ(problem("{ function: 'arn:aws:lambda:us-east-1:123456789012:function:Nope:live' }\n"),
              "5:25 there is no function 'Nope' ()");
    EXPECT_EQ(problem("{ function: 'Orders:live' }\n"), "sent");
    EXPECT_EQ(problem("{ function: Nope }\n    expect: { http_status: 404 }\n"), "sent");
}

TEST(Run, FunctionsThatThereAreNotAreToldBeforeAnythingIsSent) {
    FakeWorld world;
    const auto result = run(load_good(shop_scenario("  - http: {}\n"
                                                    "  - parallel: [{ http: {} }, { invoke: { function: A } }]\n"
                                                    "teardown: [{ invoke: { function: B } }]\n")),
                            world);
    EXPECT_EQ(result.verdict(), Verdict::could_not_run);
    EXPECT_THAT(world.sent(), testing::IsEmpty());
    EXPECT_THAT(result.steps, testing::IsEmpty());
    EXPECT_EQ(result.problem->message(), "there is no function 'A'");
    ASSERT_EQ(result.further_problems.size(), 1U);
    EXPECT_EQ(result.further_problems[0].message(), "there is no function 'B'");
}

TEST(Run, TimesAndLogLinesBelongToTheirStep) {
    FakeWorld world;
    world.reply(200, kProto, "");
    world.log({"START", "hello"});
    const auto result = run(order(""), world);
    EXPECT_EQ(result.steps.at(0).duration, 1ms);
    EXPECT_EQ(result.duration, 1ms);
    EXPECT_THAT(result.steps[0].log, ElementsAre("START", "hello"));
}

TEST(Run, EachFrontIsARunWithAnApplicationOfItsOwn) {
    FakeWorld world;
    world.reply(200, kProto, "");
    world.reply(200, kProto, "");
    const std::vector<Scenario> scenarios{
        load_good(shop_scenario("  - method: shop.Shop/Order\n", "  fronts: [http, rest]\n"))};
    std::vector<std::string> shown;
    RunListener listener;
    listener.on_result = [&](const PlannedRun&, const RunResult& result) { shown.push_back(result.door); };
    const auto tally = run_all(
        plan_runs(scenarios), {}, [&] { return std::make_shared<const World>(world.world()); }, listener);
    EXPECT_THAT(shown, ElementsAre("http", "rest"));
    ASSERT_THAT(world.started(), SizeIs(2));
    EXPECT_EQ(world.started()[1].apis.at(0).kind, app::ApiKind::rest);
    EXPECT_EQ(world.running(), 0);
    EXPECT_EQ(to_exit_code(tally), ExitCode::passed);
}

TEST(ExitCode, WhatCouldNotRunOutranksWhatFailed) {
    const auto scenario = order("");
    const auto ended = [&](Verdict verdict) {
        FakeWorld world;
        if (verdict == Verdict::could_not_run) world.fail_to_start("why");
        world.reply(verdict == Verdict::failed ? 500 : 200, kProto, "");
        return run(scenario, world);
    };
    using enum Verdict;
    const auto code = [](const std::vector<RunResult>& runs) { return to_exit_code(to_tally(runs)); };
    EXPECT_EQ(code({}), ExitCode::passed);
    EXPECT_EQ(code({ended(passed)}), ExitCode::passed);
    EXPECT_EQ(code({ended(failed), ended(passed)}), ExitCode::failed);
    EXPECT_EQ(code({ended(could_not_run), ended(failed), ended(passed)}), ExitCode::could_not_run);
    EXPECT_EQ(static_cast<int>(ExitCode::could_not_run), 3);
    EXPECT_EQ(static_cast<int>(ExitCode::failed), 4);
}

}  // namespace
}  // namespace understudy::scenario::run_test
