// YAML's aliases and merge keys: each use means what it would mean if it were written out there.
#include "tests/tools/scenario/fake_world.hpp"
#include "tests/tools/scenario/scenario_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace understudy::scenario::alias_test {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

/// The targets and bodies that are sent; the nth reply is `{"i":n}`.
std::vector<std::string> sent_by(const std::string& top, const std::string& steps) {
    FakeWorld world;
    for (int i = 1; i <= 9; ++i) world.reply(200, "application/json", "{\"i\":" + std::to_string(i) + '}');
    const auto result = run_scenario(load_good(top + shop_scenario(steps)), Front::http, world.world());
    std::vector<std::string> sent;
    for (const auto& [url, request, timeout] : world.sent()) sent.push_back(request.target + ' ' + request.body);
    if (result.verdict() != Verdict::passed) sent.emplace_back("did not pass");
    return sent;
}

TEST(Aliases, OfWhatWasCapturedHaveItsValue) {
    EXPECT_THAT(sent_by("",
                        "  - http: { target: /a }\n    capture: { id: response.i }\n"
                        "  - http: { target: /b }\n    request: &ask { id: '${id}', at: &text 'n${id}' }\n"
                        "  - http: { target: /c }\n    request: *ask\n"
                        "  - http: { target: /d }\n    request: { <<: *ask, of: *text }\n"),
                ElementsAre("/a ", R"(/b {"id":1,"at":"n1"})", R"(/c {"id":1,"at":"n1"})",
                            R"(/d {"of":"n1","id":1,"at":"n1"})"));
}

TEST(Aliases, HaveTheNumberOfTheirOwnRepetition) {
    EXPECT_THAT(sent_by("",
                        "  - http: &to { target: '/a${index}' }\n    repeat: 2\n"
                        "  - http: *to\n    request: &body { i: '${index}' }\n    repeat: 2\n"
                        "  - http: { <<: *to, method: PUT }\n    request: { <<: *body, k: 1 }\n    repeat: 2\n"),
                ElementsAre("/a0 ", "/a1 ", R"(/a0 {"i":0})", R"(/a1 {"i":1})", R"(/a0 {"k":1,"i":0})",
                            R"(/a1 {"k":1,"i":1})"));
}

TEST(Aliases, OfGeneratorsMakeNewValues) {
    const auto sent = sent_by("",
                              "  - http: { target: &one '/${uuid()}' }\n  - http: { target: *one }\n"
                              "  - http: &two { target: '/${uuid()}' }\n  - http: { <<: *two, method: PUT }\n");
    EXPECT_THAT(sent, SizeIs(4));
    EXPECT_THAT(std::set<std::string>(sent.begin(), sent.end()), SizeIs(4));
    for (const auto& target : sent) EXPECT_EQ(target.find('$'), std::string::npos) << target;
}

TEST(Aliases, OfAVariableHaveTheValueThatWasCapturedUnderItsName) {
    const std::string var = "vars: { id: none }\n";
    EXPECT_THAT(sent_by(var,
                        "  - http: &to { target: '/${id}' }\n    capture: { id: response.i }\n"
                        "  - http: *to\n"
                        "  - http: { <<: *to, method: PUT }\n"),
                ElementsAre("/none ", "/1 ", "/1 "));
    EXPECT_THAT(sent_by(var,
                        "  - &step\n    http: { target: '/${id}' }\n    capture: { id: response.i }\n"
                        "  - *step\n"
                        "  - { <<: *step, request: [1] }\n"),
                ElementsAre("/none ", "/1 ", "/2 [1]"));
    EXPECT_THAT(sent_by(var,
                        "  - http: { target: &text '/${id}' }\n    capture: { id: response.i }\n"
                        "  - http: { target: *text }\n"),
                ElementsAre("/none ", "/1 "));
}

TEST(Aliases, InVarsHaveValuesOfTheirOwn) {
    const auto sent = sent_by("vars: { a: &a '${uuid()}', b: *a, c: &c { d: '${a}' }, e: { <<: *c } }\n",
                              "  - http: { target: '/${a}' }\n  - http: { target: '/${a}' }\n"
                              "  - http: { target: '/${b}' }\n  - http: { target: '/${e}' }\n");
    ASSERT_THAT(sent, SizeIs(4));
    EXPECT_EQ(sent[0], sent[1]);
    EXPECT_NE(sent[0], sent[2]);
    EXPECT_EQ(sent[3], "/{\"d\":\"" + sent[0].substr(1, 36) + "\"} ");
}

TEST(Aliases, AProblemIsToldOnceWhereTheValueStands) {
    EXPECT_THAT(problems_of(shop_scenario("  - http: { target: &to '/${nope}' }\n  - http: { target: *to }\n")),
                ElementsAre("5:21 there is no variable 'nope'"));
}

// The value of the first step does not fit, whatever the second one's comes to be.
TEST(Aliases, AProblemOfOneUseIsNotHeldBackByAnotherThatWaits) {
    EXPECT_THAT(
        problems_of("vars: { n: '/[' }\n" + shop_scenario("  - http: {}\n    expect: { body: { $regex: &re '${n}' } }\n"
                                                          "    capture: { n: response.i }\n"
                                                          "  - http: {}\n    expect: { body: { $regex: *re } }\n")),
        SizeIs(1));
}

}  // namespace
}  // namespace understudy::scenario::alias_test
