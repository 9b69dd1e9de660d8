#include "tools/scenario/load.hpp"

#include "tests/support/program.hpp"
#include "tests/tools/scenario/scenario_text.hpp"
#include "tests/tools/scenario/shop.hpp"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <optional>

namespace understudy::scenario::load_test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

constexpr const char* kOrder = "  - method: shop.Shop/Order\n";

TEST(Load, WhatIsAbsentHasItsDefault) {
    const auto scenario = load_good(shop_scenario(kOrder));
    EXPECT_EQ(scenario.name, "shop");
    EXPECT_EQ(scenario.function.timeout, 3s);
    EXPECT_EQ(scenario.function.memory_megabytes, 128);
    EXPECT_EQ(scenario.function.handler, "bootstrap");
    EXPECT_EQ(scenario.function.directory, schema_folder());
    EXPECT_THAT(scenario.function.environment, IsEmpty());
    EXPECT_THAT(scenario.fronts, ElementsAre(Front::http));
    ASSERT_EQ(scenario.steps.size(), 1U);
    const auto& step = scenario.steps[0];
    EXPECT_EQ(step.name, "Order");
    EXPECT_EQ(step.kind, StepKind::method);
    EXPECT_EQ(step.subject, "shop.Shop/Order");
    EXPECT_EQ(step.request.target, "/shop.Shop/Order");
    EXPECT_EQ(step.request.headers.first("Content-Type"), "application/proto");
    EXPECT_EQ(step.request.body, "");
    ASSERT_TRUE(step.expect.code);
    EXPECT_EQ(step.expect.code->value, wire::Code::ok);
    EXPECT_FALSE(step.expect.response);
    EXPECT_FALSE(step.expect.http_status);
}

TEST(Load, AnApplicationIsReadAsWritten) {
    const auto scenario =
        load_good("name: a name\n" + shop_scenario(kOrder,
                                                   "  environment: { BB: b, AA: '1' }\n"
                                                   "  fronts: [rest, http]\n"
                                                   "  binary_media_types: [application/proto, '*/*']\n"
                                                   "  timeout: 1.5s\n"
                                                   "  memory: 256\n"
                                                   "  directory: shop\n"
                                                   "  handler: main\n"));
    EXPECT_EQ(scenario.name, "a name");
    EXPECT_THAT(scenario.function.environment, ElementsAre(Pair("BB", "b"), Pair("AA", "1")));
    EXPECT_THAT(scenario.fronts, ElementsAre(Front::rest, Front::http));
    EXPECT_EQ(scenario.function.timeout, 1500ms);
    EXPECT_EQ(scenario.function.memory_megabytes, 256);
    EXPECT_EQ(scenario.function.directory, schema_folder() + "/shop");
    EXPECT_EQ(scenario.function.handler, "main");
}

TEST(Load, EachFrontIsAnApplicationOfItsOwn) {
    const auto scenario =
        load_good(shop_scenario(kOrder, "  fronts: [http, rest]\n  binary_media_types: [application/proto]\n"));
    const auto http = to_application(scenario, Front::http);
    ASSERT_EQ(http.apis.size(), 1U);
    EXPECT_EQ(http.apis[0].kind, app::ApiKind::http);
    EXPECT_EQ(http.apis[0].stages.at(0).name, "$default");
    EXPECT_THAT(http.apis[0].binary_media_types, IsEmpty());
    EXPECT_EQ(std::get<app::LambdaIntegration>(http.apis[0].routes.at(0).integration).function,
              http.functions.at(0).name);
    const auto rest = to_application(scenario, Front::rest);
    EXPECT_EQ(rest.apis[0].stages.at(0).name, "prod");
    EXPECT_THAT(rest.apis[0].binary_media_types, ElementsAre("application/proto"));
}

TEST(Load, ALoadBalancerMayHandOnAllValuesOfHeaders) {
    for (const bool asked : {true, false}) {
        const auto scenario = load_good(shop_scenario(
            kOrder, asked ? "  fronts: [alb, http]\n  multi_value_headers: true\n" : "  fronts: [alb, http]\n"));
        EXPECT_EQ(to_application(scenario, Front::alb).apis[0].multi_value_headers, asked);
        EXPECT_FALSE(to_application(scenario, Front::http).apis[0].multi_value_headers);
    }
}

TEST(Load, ACommandWithASlashBeginsAtTheScenariosFolder) {
    EXPECT_THAT(load_good(shop_scenario(kOrder, "  directory: shop\n")).function.command,
                ElementsAre(schema_folder() + "/bin/shop", "--fast"));
}

TEST(Load, ACommandWithoutASlashIsLeftToThePath) {
    const auto scenario = load_good(
        "schema: { proto_files: [shop/shop.proto] }\n"
        "application: { command: [python3, shop/main.py] }\n"
        "steps: [{ method: shop.Shop/Order }]\n");
    EXPECT_THAT(scenario.function.command, ElementsAre("python3", "shop/main.py"));
}

TEST(Load, AnAbsoluteCommandStays) {
    const auto scenario = load_good(
        "schema: { proto_files: [shop/shop.proto] }\n"
        "application: { command: [/bin/true] }\n"
        "steps: [{ method: shop.Shop/Order }]\n");
    EXPECT_THAT(scenario.function.command, ElementsAre("/bin/true"));
}

TEST(Load, AStepIsReadAsWritten) {
    const auto scenario =
        load_good(shop_scenario("  - name: a step\n"
                                "    method: shop.Shop/Order\n"
                                "    request: { int64: 9007199254740993, item: { name: a } }\n"
                                "    headers: { X-B: b, X-A: a }\n"
                                "    content_type: application/json\n"
                                "    expect:\n"
                                "      http_status: 200\n"
                                "      headers: { X-C: c }\n"
                                "      response: { int32: 0 }\n"));
    const auto& step = scenario.steps.at(0);
    EXPECT_EQ(step.name, "a step");
    EXPECT_EQ(step.request.body, R"({"int64":"9007199254740993","item":{"name":"a"}})");
    EXPECT_EQ(step.request.headers.first("X-B"), "b");
    EXPECT_EQ(step.request.headers.first("X-A"), "a");
    EXPECT_EQ(step.codec, wire::Codec::json);
    EXPECT_EQ(step.expect.http_status->value, 200);
    ASSERT_EQ(step.expect.headers.size(), 1U);
    EXPECT_EQ(step.expect.headers[0].name, "X-C");
    EXPECT_TRUE(step.expect.headers[0].value.value.compare_text("c").equal());
    ASSERT_TRUE(step.expect.response);
    EXPECT_EQ(step.expect.response->node.position(), (source::Position{13, 17}));
}

TEST(Load, JsonIsYamlToo) {
    const auto scenario = load_good(R"({"schema":{"protoFiles":["shop/shop.proto"]},"application":{"command":["a"]},
        "steps":[{"method":"shop.Shop/Order","contentType":"application/x-protobuf","expect":{"httpStatus":200}}]})");
    EXPECT_EQ(scenario.steps.at(0).request.headers.first("Content-Type"), "application/x-protobuf");
    EXPECT_EQ(scenario.steps.at(0).codec, wire::Codec::proto);
    EXPECT_EQ(scenario.steps.at(0).expect.http_status->value, 200);
}

TEST(Load, TheCodeIsOkUnlessAnErrorsStatusIsExpected) {
    const auto code_of = [](const std::string& expect) -> std::optional<wire::Code> {
        const auto scenario = load_good(shop_scenario(kOrder + ("    expect: " + expect + "\n")));
        const auto& code = scenario.steps.at(0).expect.code;
        return code ? std::optional(code->value) : std::nullopt;
    };
    EXPECT_EQ(code_of("{}"), wire::Code::ok);
    EXPECT_EQ(code_of("{ http_status: 200 }"), wire::Code::ok);
    EXPECT_EQ(code_of("{ http_status: 404 }"), std::nullopt);
    EXPECT_EQ(code_of("{ code: not_found, http_status: 404 }"), wire::Code::not_found);
    EXPECT_EQ(code_of("{ code: 16 }"), wire::Code::unauthenticated);
}

TEST(Load, AnImpliedCodeIsExpectedAtTheMethod) {
    const auto scenario = load_good(shop_scenario(kOrder + std::string("    expect: { http_status: 200 }\n")));
    EXPECT_EQ(scenario.steps.at(0).expect.code->node.position(), (source::Position{5, 13}));
}

TEST(Load, AnUnknownKeyIsAProblemWithASuggestion) {
    EXPECT_THAT(problems_of(shop_scenario(kOrder, "  fronst: [http]\n")),
                ElementsAre("4:3 unknown key 'fronst' in an application (did you mean 'fronts'?)"));
}

TEST(Load, AllProblemsOfAFileAreReportedAtOnce) {
    EXPECT_EQ(problems_of(shop_scenario("  - method: shop.Shop/Order\n"
                                        "    request: { int32: x, texd: y }\n"
                                        "    expect: { response: { flag: 1 } }\n"
                                        "  - method: shop.Shop/Ordre\n"))
                  .size(),
              4U);
}

TEST(Load, AnUnknownMethodIsAProblemWithASuggestion) {
    EXPECT_THAT(problems_of(shop_scenario("  - method: shop.Shop/Ordre\n")),
                ElementsAre("5:13 unknown method 'shop.Shop/Ordre' (did you mean 'shop.Shop/Order'?)"));
}

TEST(Load, AStreamingMethodIsNotSupported) {
    EXPECT_THAT(problems_of(shop_scenario("  - method: shop.Shop/Watch\n")),
                ElementsAre("5:13 'shop.Shop/Watch' streams; only unary methods can be called"));
}

TEST(Load, RequiredPartsAreAskedFor) {
    EXPECT_THAT(problems_of("name: a\n"), ElementsAre("1:1 a scenario needs an application"));
    EXPECT_THAT(problems_of("schema: {}\napplication: {}\n"),
                ElementsAre("2:14 an application needs a command, or a template",
                            "1:9 a schema needs either proto_files or descriptor_set"));
    EXPECT_THAT(
        problems_of("schema: { proto_files: [shop/shop.proto], descriptor_set: a }\napplication: { command: [a] }\n"),
        ElementsAre("1:9 a schema needs either proto_files or descriptor_set"));
    EXPECT_THAT(problems_of("schema: { proto_files: [shop/shop.proto] }\napplication: { command: [a] }\n"),
                ElementsAre("1:1 a scenario needs at least one step"));
    EXPECT_THAT(problems_of(shop_scenario("  - name: a\n")), ElementsAre("5:5 a step needs a method, http or invoke"));
    EXPECT_THAT(problems_of("application: { command: [a] }\nsteps: [{ method: a/B }]\n"),
                ElementsAre("2:19 a step with a method needs the scenario's schema"));
}

TEST(Load, FilesThatDoNotExistAreProblemsWhereTheyAreNamed) {
    EXPECT_THAT(problems_of("schema: { proto_files: [shop/shop.proto, no.proto], import_paths: [., nowhere] }\n"
                            "application: { command: [a], directory: nowhere }\n"
                            "steps: [{ method: a }]\n"),
                ElementsAre("2:41 there is no folder '" + schema_folder() + "/nowhere'",
                            "1:71 there is no folder '" + schema_folder() + "/nowhere'",
                            "1:42 there is no file 'no.proto' in the import paths"));
    EXPECT_THAT(problems_of("schema: { descriptor_set: no.binpb }\napplication: { command: [a] }\n"),
                ElementsAre("1:27 there is no file '" + schema_folder() + "/no.binpb'"));
}

TEST(Load, AProblemOfASchemaIsShownInItsOwnText) {
    const auto loaded = load_text(
        "schema: { proto_files: [broken/type.proto] }\napplication: { command: [a] }\n"
        "steps: [{ method: a/b }]\n");
    ASSERT_EQ(loaded.problems.size(), 1U);
    EXPECT_EQ(loaded.problems[0].problem.file(), schema_folder() + "/broken/type.proto");
    EXPECT_THAT(loaded.problems[0].text, HasSubstr("Nothing field = 1;"));
}

TEST(LoadedSchema, WhatIsWrongWithItIsToldOnceForAllFiles) {
    test::TempFolder folder;
    const std::string text =
        "schema: { proto_files: [a.proto] }\napplication: { command: [a] }\nsteps: [{ method: a/b }]\n";
    const std::vector<std::string> files{folder.write("1.yaml", text), folder.write("2.yaml", text),
                                         folder.write("3.yaml", "fronst: 1\n" + text)};
    folder.write("a.proto", "syntax = \"proto3\";\nimport \"no.proto\";\nmessage M { No q = 1; }\n");
    const auto loaded = load_scenarios(files, {});
    ASSERT_EQ(loaded.problems.size(), 3U);
    EXPECT_EQ(loaded.problems[0].problem.note(), "looked in '" + folder.path() + "'; it concerns 2 scenario files");
    EXPECT_THAT(loaded.problems[0].text, HasSubstr("import \"no.proto\""));
    EXPECT_EQ(loaded.problems[1].problem.note(), "it concerns 2 scenario files");
    EXPECT_EQ(loaded.problems[2].problem.file(), files[2]) << "what is wrong with one file alone";
    EXPECT_THAT(loaded.problems[2].problem.note(), testing::Not(HasSubstr("it concerns")));
}

TEST(Load, LimitsOfAFunctionAreChecked) {
    const auto at = [](const std::string& line) { return problems_of(shop_scenario(kOrder, "  " + line + "\n")); };
    EXPECT_THAT(at("timeout: 900s"), IsEmpty());
    EXPECT_THAT(at("memory: 10240"), IsEmpty());
    for (const auto* timeout : {"901s", "0s", "-1s", "0.0001s", "315576000000s"})
        EXPECT_THAT(at(std::string("timeout: ") + timeout),
                    ElementsAre("4:12 a timeout is 0.001s to 900s, in whole milliseconds"));
    for (const auto* memory : {"0", "127", "10241"})
        EXPECT_THAT(at(std::string("memory: ") + memory),
                    ElementsAre("4:11 the memory of a function is 128 to 10240 MB"));
}

TEST(Load, VariablesHaveNamesThatAwsTakes) {
    const auto load = [](const std::string& name) {
        return load_text("application: { command: [x], environment: { " + name + ": v } }\nsteps: [{ http: {} }]\n");
    };
    EXPECT_THAT(load("TABLE").problems, IsEmpty());
    for (const std::string name : {"A", "a-b", "AWS_REGION"}) {
        const auto loaded = load(name);
        ASSERT_EQ(loaded.problems.size(), 1U) << name;
        EXPECT_THAT(to_string(loaded.problems[0].problem), HasSubstr("1:45: AWS refuses the variable '" + name + "'"));
        EXPECT_THAT(to_string(loaded.problems[0].problem), testing::Not(HasSubstr("refuses it"))) << "said once";
    }
}

TEST(Load, FrontsAreKnownAndDifferent) {
    const auto at = [](const std::string& fronts) {
        return problems_of(shop_scenario(kOrder, "  fronts: " + fronts + "\n"));
    };
    EXPECT_THAT(at("[http, http]"), ElementsAre("4:18 front 'http' is listed twice"));
    EXPECT_THAT(at("[]"), ElementsAre("4:11 an application has at least one front"));
    EXPECT_THAT(at("[front_unspecified]"), ElementsAre("4:12 'front_unspecified' is no front"));
}

TEST(Load, ExpectedHeadersThatAreAListAreShownTheirForm) {
    const auto loaded = load_text("application: { command: [x] }\nsteps: [{ http: {}, expect: { headers: [a] } }]\n");
    ASSERT_EQ(loaded.problems.size(), 1U);
    EXPECT_EQ(loaded.problems[0].problem.note(), "headers are names with their values: { x-trace: abc }");
}

TEST(Load, HeadersMustFitIntoARequest) {
    EXPECT_THAT(problems_of(shop_scenario("  - method: shop.Shop/Order\n"
                                          "    headers: { 'a b': c, d: \"e\\r\\nf: g\" }\n"
                                          "    content_type: \"a\\nb\"\n")),
                ElementsAre("7:19 a header's value has no line breaks", "6:16 'a b' is no header name",
                            "6:29 a header's value has no line breaks"));
}

TEST(Load, AnErrorHasNoResponse) {
    EXPECT_THAT(problems_of(shop_scenario("  - method: shop.Shop/Order\n"
                                          "    expect: { code: not_found, response: {} }\n")),
                ElementsAre("6:42 an error has no response message"));
    EXPECT_THAT(problems_of(shop_scenario("  - method: shop.Shop/Order\n"
                                          "    expect: { http_status: 404, response: {} }\n")),
                ElementsAre("6:43 an error has no response message"));
}

TEST(Load, CodesAreThoseOfTheTable) {
    EXPECT_THAT(problems_of(shop_scenario("  - method: shop.Shop/Order\n    expect: { code: 17 }\n")),
                ElementsAre("6:21 codes are 0 to 16"));
    const auto problems = problems_of(shop_scenario("  - method: shop.Shop/Order\n    expect: { code: not_fuond }\n"));
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_THAT(problems[0], HasSubstr("did you mean 'not_found'?"));
}

TEST(Load, AnHttpStatusHasThreeDigits) {
    const auto status = [](const std::string& text) {
        return problems_of(shop_scenario(kOrder + ("    expect: { http_status: " + text + " }\n")));
    };
    for (const char* text : {"100", "599"}) EXPECT_THAT(status(text), IsEmpty()) << text;
    for (const std::string text : {"0", "99", "600", "1000", "4294967295"})
        EXPECT_THAT(status(text), ElementsAre("6:28 '" + text + "' is no HTTP status"));
    EXPECT_THAT(status("-1"), ElementsAre("6:28 '-1' is out of the range of uint32"));
}

TEST(Load, AFileThatCannotBeReadIsAProblem) {
    const std::vector<std::string> files{schema_folder() + "/nowhere.yaml", schema_folder()};
    const auto loaded = load_scenarios(files, {});
    ASSERT_EQ(loaded.problems.size(), 2U);
    EXPECT_THAT(loaded.problems[0].problem.message(), HasSubstr("there is no file"));
    EXPECT_THAT(loaded.problems[1].problem.message(), HasSubstr("is a folder"));
}

}  // namespace
}  // namespace understudy::scenario::load_test
