// `${…}`: where values come from, how they are inserted, and what waits for the run.
#include "tools/scenario/variables.hpp"

#include "tests/tools/scenario/fake_world.hpp"
#include "tests/tools/scenario/scenario_text.hpp"
#include "tools/scenario/generators.hpp"
#include "tools/scenario/mask.hpp"
#include "tools/scenario/template_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::scenario::variables_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;
using testing::SizeIs;

// A scenario with these lines at its top, and one HTTP step with this request.
std::string with(const std::string& top, const std::string& request) {
    return top + shop_scenario("  - http: { target: /a }\n    request: " + request + '\n');
}

std::string body_of(const std::string& top, const std::string& request) {
    FakeWorld world;
    world.reply(200, "text/plain", "");
    const auto result = run_scenario(load_good(with(top, request)), Front::http, world.world());
    if (world.sent().empty()) return result.steps.at(0).problem ? to_string(*result.steps.at(0).problem) : "nothing";
    return world.sent().at(0).request.body;
}

TEST(Variables, AWholeScalarTakesTheValuesType) {
    const std::string vars =
        "vars: { number: 5, text: a, list: [1, x], map: { b: true }, quoted: '5', nothing: null }\n";
    EXPECT_EQ(body_of(vars, "'${number}'"), "5");
    EXPECT_EQ(body_of(vars, "{ a: \"${text}\", b: '${list}', c: \"${map}\" }"),
              R"({"a":"a","b":[1,"x"],"c":{"b":true}})");
    EXPECT_EQ(body_of(vars, "[ '${quoted}', '${nothing}' ]"), R"(["5",null])");
    EXPECT_EQ(body_of(vars, "${number}"), "5");
}

TEST(Variables, InTheMiddleOfATextAValueBecomesText) {
    const std::string vars = "vars: { number: 5, text: 'a\"b', list: [1, x] }\n";
    EXPECT_EQ(body_of(vars, "'n=${number} t=${ text } l=${list}'"), R"("n=5 t=a\"b l=[1,\"x\"]")");
    EXPECT_EQ(body_of(vars, "'$${number} $$ ${number}$'"), R"("${number} $$ 5$")");
    EXPECT_EQ(body_of(vars, "{ 'k${number}': 1 }"), R"({"k5":1})");
}

TEST(Variables, AKeyThatAValueMakesTheSameAsAnotherIsGivenTwice) {
    EXPECT_THAT(problems_of(with("vars: { k: key }\n", "{ '${k}': 1, key: 2 }")),
                ElementsAre("7:27 the key 'key' is given twice"));
    EXPECT_THAT(problems_of("vars: { k: key }\n" + shop_scenario("  - http: {}\n    expect: { response: { '${k}': 1, "
                                                                 "key: 2 } }\n")),
                ElementsAre(HasSubstr("the key 'key' is given twice")));
}

TEST(Variables, LaterSourcesWin) {
    EXPECT_EQ(body_of("vars: { outer: mine }\n", "'${outer}'"), R"("from the command line")");
    EXPECT_EQ(body_of("vars: { a: 1, b: 'x${a}' }\n", "'${b}'"), R"("x1")");
    EXPECT_EQ(body_of("", "'${env.HOME}'"), R"("/home/me")");
    EXPECT_EQ(body_of("vars: { a: 1 }\nmatrix: { a: [2] }\n", "'${a}'"), "2");
}

TEST(Variables, ADoubledDollarIsTakenOffAKeyOnce) {
    EXPECT_EQ(body_of("vars: { b: { $$x: 1 }, c: '${b}', d: ['${c}'] }\n", "'${d}'"), R"([{"$x":1}])");
    EXPECT_EQ(body_of("matrix: { b: [{ $$any: true }] }\n", "'${b}'"), R"({"$any":true})");
    FakeWorld world;
    world.reply(200, "application/json", R"({"z":1})");
    const auto scenario = load_good("vars: { a: { $$any: true } }\n" +
                                    shop_scenario("  - http: {}\n    expect: { response: { z: '${a}' } }\n"));
    EXPECT_EQ(run_scenario(scenario, Front::http, world.world()).verdict(), Verdict::failed);
}

TEST(Variables, KeysOfJsonAreAsTheyAreWritten) {
    EXPECT_EQ(to_json_value(R"({"$any": true, "$$x": [1.0]})"), R"({"$any":true,"$$x":[1.0]})");
    EXPECT_EQ(to_json_value("{ $$x: 1 }"), R"({"$x":1})") << "that is YAML";
}

TEST(Variables, UnknownNamesAreProblemsAtTheirPlace) {
    EXPECT_THAT(problems_of(with("vars: { name: a }\n", "'x ${nmae}'")),
                ElementsAre("7:17 there is no variable 'nmae' (did you mean 'name'?)"));
    EXPECT_THAT(problems_of(with("", "'${a'")), ElementsAre("6:14 a '${' without its '}'"));
    EXPECT_THAT(problems_of(with("", "'${a b}'")), ElementsAre("6:15 'a b' is no variable"));
    EXPECT_THAT(problems_of(with("vars: { a: '${b}', b: 1 }\n", "1")), ElementsAre("1:13 there is no variable 'b'"));
    EXPECT_THAT(problems_of(with("", "'${uid()}'")),
                ElementsAre("6:15 there is no generator 'uid' (did you mean 'uuid'?)"));
    EXPECT_THAT(problems_of(with("", "'${random(6, 1)}'")),
                ElementsAre(HasSubstr("'random' takes the least and the most")));
    EXPECT_THAT(problems_of(with("vars: { 'a b': 1 }\n", "1")), ElementsAre("1:9 'a b' is no name for a variable"));
}

TEST(Variables, ValuesAreCheckedAsIfTheyWereWritten) {
    EXPECT_THAT(problems_of("vars: { n: x }\n" +
                            shop_scenario("  - method: shop.Shop/Order\n    request: { int32: '${n}' }\n")),
                ElementsAre("7:23 'x' is not a whole number"));
}

TEST(Variables, GeneratorsMakeNewValuesInEachPlaceAndOneInVars) {
    const std::string uuid = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
    EXPECT_THAT(body_of("", "'${uuid()}'"), MatchesRegex('"' + uuid + '"'));
    const auto twice = body_of("", "['${uuid()}', '${uuid()}']");
    EXPECT_NE(twice.substr(1, 38), twice.substr(40, 38));
    const auto same = body_of("vars: { id: '${uuid()}' }\n", "['${id}', '${id}']");
    EXPECT_EQ(same.substr(1, 38), same.substr(40, 38));
    EXPECT_EQ(body_of("", "'${now()}'"), R"("2026-01-05T10:00:00.250Z")");
    EXPECT_EQ(body_of("", "'${now(-1d)} ${now(250ms)}'"), R"("2026-01-04T10:00:00.250Z 2026-01-05T10:00:00.500Z")");
    EXPECT_EQ(body_of("", "'${unix(1h)}'"), "1767610800");
    EXPECT_THAT(body_of("", "'${random(-3, 3)}'"), MatchesRegex("-?[0-3]"));
    EXPECT_THAT(body_of("", "'${random_text(12)}'"), MatchesRegex("\"[a-z0-9]{12}\""));
}

TEST(Generators, TheSameSeedMakesTheSameValues) {
    const auto make = [](std::uint64_t seed) {
        Generators generators(seed, [] { return std::chrono::system_clock::time_point(); });
        return *generators.make(*parse_expression("random_text(20)"));
    };
    EXPECT_EQ(make(1), make(1));
    EXPECT_NE(make(1), make(2));
}

TEST(Capture, LaterStepsUseValuesOfReplies) {
    const auto scenario = load_good(shop_scenario(
        "  - method: shop.Shop/Order\n"
        "    capture: { number: response.int64, item: response.item, first: 'response.numbers[0]', etag: header.ETag, "
        "code: status }\n"
        "  - method: shop.Shop/Order\n"
        "    request: { int64: '${number}', item: '${item}', int32: '${first}', text: 'e${etag}${code}' }\n"));
    FakeWorld world;
    http::Response reply;
    reply.headers.add("ETag", "v1");
    reply.body = std::string(
        "\x10\x07\x52\x03\x0A\x01"
        "a\x62\x01\x09",
        10);  // int64: 7 item { name: "a" } numbers: 9
    world.reply(std::move(reply));
    world.reply(200, "application/proto", "");
    const auto result = run_scenario(scenario, Front::http, world.world());
    EXPECT_EQ(result.verdict(), Verdict::passed);
    EXPECT_EQ(result.steps.at(1).request,
              R"({"int32":9,"int64":"7","uint64":"0","real":0,"single":0,"flag":false,"text":"ev1200","bytes":"",)"
              R"("size":"SIZE_UNKNOWN","item":{"name":"a","size":"SIZE_UNKNOWN"},"items":[],"numbers":[],"counts":{},)"
              R"("shelf":{},"reals":[],"names":{}})");
}

TEST(Capture, JsonAndEventsAreSearchedByPath) {
    FakeWorld world;
    world.reply(200, "application/json", R"({"a":[{"b-c":"x"}]})");
    world.reply(200, "application/json", "");
    world.event(R"({"requestContext":{"requestId":"r1"}})");
    const auto scenario = load_good(shop_scenario(
        "  - http: {}\n    capture: { x: 'response.a[0][\"b-c\"]', id: event.requestContext.requestId, all: body }\n"
        "  - http: { target: '/${x}/${id}' }\n    request_text: '${all}'\n"));
    EXPECT_EQ(run_scenario(scenario, Front::http, world.world()).verdict(), Verdict::passed);
    EXPECT_EQ(world.sent().at(1).request.target, "/x/r1");
    EXPECT_EQ(world.sent().at(1).request.body, R"({"a":[{"b-c":"x"}]})");
}

TEST(Capture, WhatWasCapturedIsAValueWhateverItsKeys) {
    const auto run = [](const std::string& second) {
        FakeWorld world;
        world.reply(200, "application/json", R"({"d":{"$any":true,"b":[{"$$x":1}]}})");
        world.reply(200, "application/json", second);
        const auto scenario = load_good(
            shop_scenario("  - http: {}\n    capture: { d: response.d }\n"
                          "  - http: { target: / }\n    request: { e: '${d}' }\n    expect: { response: '${d}' }\n"));
        const auto result = run_scenario(scenario, Front::http, world.world());
        EXPECT_EQ(world.sent().at(1).request.body, R"({"e":{"$any":true,"b":[{"$$x":1}]}})");
        return result.verdict();
    };
    EXPECT_EQ(run(R"({"$any":true,"b":[{"$$x":1}]})"), Verdict::passed);
    EXPECT_EQ(run(R"({"other":1})"), Verdict::failed);
}

TEST(Capture, WhatWasCapturedHasTheNameOfAVariableFromThenOn) {
    FakeWorld world;
    for (const char* body : {R"({"i":5})", R"({"i":6})", R"({"i":7})"}) world.reply(200, "application/json", body);
    for (int i = 0; i < 2; ++i) world.reply(200, "application/proto", "");
    const auto scenario =
        load_good("vars: { id: none, kept: '${id}' }\n" +
                  shop_scenario("  - http: { target: '/${id}' }\n    capture: { id: response.i }\n"
                                "  - http: { target: '/${id}' }\n    capture: { id: response.i }\n    repeat: 2\n"
                                "  - method: shop.Shop/Order\n    request: { int32: '${id}', text: '${kept}' }\n") +
                  "teardown: [{ http: { target: '/${id}' } }]\n");
    const auto result = run_scenario(scenario, Front::http, world.world());
    EXPECT_EQ(result.verdict(), Verdict::passed);
    std::vector<std::string> targets;
    for (const auto& sent : world.sent()) targets.push_back(sent.request.target);
    EXPECT_THAT(targets, ElementsAre("/none", "/5", "/6", "/shop.Shop/Order", "/7"));
    EXPECT_EQ(world.sent().at(3).request.body, "\x08\x07\x3A\x04none");
}

TEST(Capture, AMissingValueFailsTheStep) {
    FakeWorld world;
    world.reply(200, "application/json", "{}");
    world.reply(200, "application/json", "{}");
    const auto scenario =
        load_good(shop_scenario("  - http: {}\n    capture: { x: response.id }\n  - http: { target: '/${x}' }\n"));
    const auto result = run_scenario(scenario, Front::http, world.world());
    EXPECT_EQ(result.steps.at(0).differences.at(0).where.message(),
              "capture.x: expected a value at response.id, got absent");
    EXPECT_EQ(result.steps.at(1).problem->message(), "the variable 'x' has no value yet");
    EXPECT_EQ(result.steps.at(1).problem->position(), (source::Position{7, 23}));
}

TEST(Capture, WhatCannotBeCapturedIsAProblem) {
    EXPECT_THAT(problems_of(shop_scenario("  - http: {}\n    capture: { x: respons.id, 'a b': status }\n")),
                ElementsAre("6:19 'respons.id' cannot be captured", "6:31 'a b' is no name for a variable"));
}

TEST(Capture, AFieldThatTheMessageHasNotIsAProblem) {
    const auto captured = [](const std::string& source, const std::string& expect = "") {
        return problems_of(
            shop_scenario("  - method: shop.Shop/Order\n    capture: { x: '" + source + "' }\n" + expect));
    };
    EXPECT_THAT(captured("response.itms[0].name"),
                ElementsAre("6:19 unknown field 'itms' in shop.Everything (did you mean 'items'?)"));
    EXPECT_THAT(captured("response.items.name"), ElementsAre("6:19 'name' is looked for in a list"));
    EXPECT_THAT(captured("response.item.name.first"),
                ElementsAre("6:19 there is nothing below 'name' that has a name"));
    EXPECT_THAT(captured("response[0]"), ElementsAre("6:19 there is no [0] below a shop.Everything"));
    EXPECT_THAT(captured("response.items[*].name"), ElementsAre("6:19 'response.items[*].name' cannot be captured"));
    for (const char* good :
         {"response", "response.items[0].name", "response.counts[\"a\"]", "response.counts.a", "response.shelf[7].name",
          "response.any.whatever", "response.structure.a[0].b", "event.itms", "header.itms"})
        EXPECT_THAT(captured(good), IsEmpty()) << good;
    // An error's document has no type.
    EXPECT_THAT(captured("response.message", "    expect: { code: not_found }\n"), IsEmpty());
    EXPECT_THAT(captured("response.message", "    expect: { code: ok }\n"), SizeIs(1));
}

TEST(Capture, AFieldGoesByItsNameInJsonToo) {
    const auto scenario = load_good(
        "schema: { proto_files: [shop/names.proto] }\napplication: { command: [bin/shop] }\nsteps:\n"
        "  - method: shop.Names/List\n    capture: { a: response.stockCount, b: response.in_stock }\n"
        "  - http: { target: '/${a}/${b}' }\n");
    FakeWorld world;
    world.reply(200, "application/proto", "\x10\x07");
    world.reply(200, "application/json", "");
    EXPECT_EQ(run_scenario(scenario, Front::http, world.world()).verdict(), Verdict::passed);
    EXPECT_EQ(world.sent().at(1).request.target, "/7/7");
}

TEST(Capture, AValueThatDoesNotFitIsToldAtItsPlace) {
    FakeWorld world;
    world.reply(200, "application/json", R"({"id":"abc"})");
    const auto scenario =
        load_good(shop_scenario("  - http: {}\n    capture: { x: response.id }\n"
                                "  - method: shop.Shop/Order\n    request: { int32: '${x}' }\n"));
    const auto result = run_scenario(scenario, Front::http, world.world());
    EXPECT_EQ(to_string(result.steps.at(1).problem.value()).substr(result.document.name().size()),
              ":8:23: 'abc' is not a whole number");
}

TEST(Capture, AStepThatWaitsIsCheckedWhereItCanBe) {
    EXPECT_THAT(problems_of(shop_scenario("  - http: {}\n    capture: { x: response.id }\n"
                                          "  - method: shop.Shop/Order\n    request: { int32: '${x}', tex: a }\n")),
                ElementsAre("8:31 unknown field 'tex' in shop.Everything (did you mean 'text'?)"));
}

TEST(Secrets, NoResultShowsThem) {
    FakeWorld world;
    world.reply(400, "application/json", R"({"message":"no hush-hush","raw":"aHVzaC1odXNo"})");
    world.log({"token hush-hush"});
    const auto scenario = load_good(
        "vars: { token: hush-hush }\nsecrets: [token]\n" +
        shop_scenario("  - http: {}\n    request: { token: '${token}' }\n    expect: { body: 'x ${token}' }\n"));
    const auto result = run_scenario(scenario, Front::http, world.world());
    const auto& step = result.steps.at(0);
    EXPECT_EQ(world.sent().at(0).request.body, R"({"token":"hush-hush"})");
    EXPECT_EQ(step.request, R"({"token":"***"})");
    EXPECT_EQ(step.received->body, R"({"message":"no ***","raw":"***"})");
    EXPECT_THAT(step.log, ElementsAre("token ***"));
    for (const auto& difference : step.differences)
        EXPECT_THAT(difference.where.message(), testing::Not(HasSubstr("hush")));
    EXPECT_THAT(problems_of("secrets: [toke]\n" + shop_scenario("  - http: {}\n")),
                ElementsAre("1:11 there is no variable 'toke'"));
}

TEST(Secrets, NoProblemOfTheFileShowsThem) {
    EXPECT_THAT(problems_of("vars: { token: hush-hush }\nsecrets: [token]\n" +
                            shop_scenario("  - method: shop.Shop/Order\n    request: { int32: '${token}' }\n")),
                ElementsAre("8:23 '***' is not a whole number"));
}

TEST(Secrets, ThoseOfRowsAndMatrixAreMaskedInProblemsTheirLinesAndLabels) {
    const auto loaded = load_text("secrets: [key, made]\nvars: { made: 'x-${key}-x' }\nmatrix: { key: [hush-hush] }\n" +
                                  shop_scenario("  - method: shop.Shop/Order\n    request: { int32: '${made}' }\n"));
    ASSERT_THAT(loaded.problems, testing::SizeIs(1));
    EXPECT_EQ(loaded.problems[0].problem.message(), "'***' is not a whole number");
    EXPECT_THAT(loaded.problems[0].text, HasSubstr("matrix: { key: [*********] }\n"));
    const auto good = load_text("secrets: [key]\nmatrix: { key: [" + std::string(60, 'q') + "] }\n" +
                                shop_scenario("  - method: shop.Shop/Order\n"));
    EXPECT_THAT(good.scenarios.at(0).labels, ElementsAre(std::pair("key", "***")));
}

TEST(Secrets, ATextIsMaskedWhereverItStands) {
    EXPECT_EQ(mask("abcab", {"ab"}), "***c***");
    EXPECT_EQ(mask("aaa", {""}), "aaa");
    EXPECT_EQ(mask("*a*", {"a"}), "*****");
}

TEST(TemplateText, IsReadInPieces) {
    using Kind = TemplatePart::Kind;
    EXPECT_THAT(*parse_template("a ${b} $${c} ${ d(1, 2) }"),
                ElementsAre(TemplatePart{Kind::literal, "a ", 0}, TemplatePart{Kind::expression, "b", 2},
                            TemplatePart{Kind::literal, " ${c} ", 0}, TemplatePart{Kind::expression, "d(1, 2)", 13}));
    EXPECT_FALSE(parse_template("a ${b"));
    EXPECT_THAT(*parse_template(""), IsEmpty());
    const auto call = parse_expression("d( 1,2 )");
    ASSERT_TRUE(call);
    EXPECT_EQ(call->name, "d");
    EXPECT_TRUE(call->call);
    EXPECT_THAT(call->arguments, ElementsAre("1", "2"));
    EXPECT_FALSE(parse_expression("1a"));
    EXPECT_FALSE(parse_expression("a(1"));
}

}  // namespace
}  // namespace understudy::scenario::variables_test
