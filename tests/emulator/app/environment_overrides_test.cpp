#include "emulator/app/environment_overrides.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::app {
namespace {

using source::Position;
using source::ProblemCode;
using testing::HasSubstr;
using Pairs = std::vector<std::pair<std::string, std::string>>;

std::vector<Function> functions() {
    return {{.name = "stack-search", .logical_id = "Search", .environment = {{"LEVEL", "info"}, {"TABLE", "prod"}}},
            {.name = "ingest", .environment = {{"LEVEL", "info"}}}};
}

/// The functions' variables behind the file's, and what had no effect.
struct Applied {
    std::vector<Function> functions;
    std::vector<std::string> problems;
};

Applied apply(std::string_view text) {
    Applied applied{.functions = functions(), .problems = {}};
    const auto overrides = parse_environment_overrides(text, "env.json");
    EXPECT_TRUE(overrides.has_value()) << overrides.error();
    for (const auto& problem : apply_overrides(overrides.value(), applied.functions)) {
        applied.problems.push_back(to_string(problem));
    }
    return applied;
}

TEST(EnvironmentOverrides, AFunctionsOwnValuesComeAfterThoseForAll) {
    const Applied applied = apply(R"({"Search": {"LEVEL": "debug"}, "ingest": {}, "Parameters": {"LEVEL": "warn"}})");
    EXPECT_EQ(applied.functions[0].environment, (Pairs{{"LEVEL", "debug"}, {"TABLE", "prod"}}));
    EXPECT_EQ(applied.functions[1].environment, (Pairs{{"LEVEL", "warn"}}));
    EXPECT_TRUE(applied.problems.empty());
}

TEST(EnvironmentOverrides, AFunctionIsNamedByItsLogicalIdOrItsName) {
    EXPECT_EQ(apply(R"({"stack-search": {"TABLE": "local"}})").functions[0].environment.back().second, "local");
    EXPECT_EQ(apply(R"({"Search": {"TABLE": "local"}})").functions[0].environment.back().second, "local");
    EXPECT_EQ(apply(R"({"ingest": {"LEVEL": "local"}})").functions[1].environment.back().second, "local");
}

TEST(EnvironmentOverrides, OnlyWhatAFunctionDeclaresGetsAValue) {
    const Applied applied =
        apply("{\"Search\": {\"LEVLE\": \"x\"},\n \"Serch\": {},\n \"Parameters\": {\"NONE\": \"1\"}}");
    EXPECT_EQ(applied.functions[0].environment, functions()[0].environment);
    ASSERT_EQ(applied.problems.size(), 3U);
    EXPECT_THAT(applied.problems[0],
                HasSubstr("env.json:3:17: the variable NONE has no effect: no function declares it"));
    EXPECT_THAT(applied.problems[1],
                HasSubstr("env.json:1:13: the variable LEVLE has no effect: function Search does"));
    EXPECT_EQ(applied.problems[2], "env.json:2:2: there is no function 'Serch' (did you mean 'Search'?)");
}

TEST(EnvironmentOverrides, ValuesAreTextsAsTheyAreSpelled) {
    const auto overrides = parse_environment_overrides(
        R"({"Parameters": {"A": 1.0, "B": true, "C": null, "D": "null", "E": -1e5, "F": "\u00e4\n", "G": ""}})",
        "env.json");
    ASSERT_TRUE(overrides.has_value()) << overrides.error();
    Pairs pairs;
    for (const auto& variable : overrides->everywhere) pairs.emplace_back(variable.name, variable.value);
    EXPECT_EQ(
        pairs,
        (Pairs{{"A", "1.0"}, {"B", "true"}, {"C", ""}, {"D", "null"}, {"E", "-1e5"}, {"F", "\xC3\xA4\n"}, {"G", ""}}));
}

TEST(EnvironmentOverrides, ProblemsHaveTheirPlace) {
    struct Case {
        std::string_view text;
        Position position;
        std::string_view message;
    };
    const std::vector<Case> cases{
        {"[]", {1, 1}, "an object of functions is expected"},
        {"", {1, 1}, "an object of functions is expected"},
        {"{\"F\": 1}", {1, 7}, "'F' must hold an object of variables"},
        {"{\"F\":\n {\"A\": {}}}", {2, 8}, "the value of A must be a text, a number or a boolean"},
        {"{\"F\": {\"A\": [1]}}", {1, 13}, "the value of A must be a text, a number or a boolean"},
        {"{\"F\": {\"A\": yes}}", {1, 13}, "the value of A is not JSON"},
        {"{\"F\": {\"A=B\": 1}}", {1, 8}, "'A=B' cannot be the name of a variable"},
        {"{\"F\": {\"\": 1}}", {1, 8}, "'' cannot be the name of a variable"},
        {"{\"F\": {\"A\": 1, \"A\": 2}}", {1, 16}, "duplicate key 'A'"},
        {"{\"F\": {\"A\": 1}", {1, 15}, "did not find expected ',' or '}'"},
    };
    for (const auto& [text, position, message] : cases) {
        const auto overrides = parse_environment_overrides(text, "env.json");
        ASSERT_TRUE(overrides.has_error()) << text;
        EXPECT_EQ(overrides.error().message(), message);
        EXPECT_EQ(overrides.error().position(), position) << text;
        EXPECT_EQ(overrides.error().file(), "env.json");
    }
}

}  // namespace
}  // namespace understudy::app
