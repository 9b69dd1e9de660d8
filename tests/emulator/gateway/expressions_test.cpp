#include "emulator/gateway/expressions.hpp"

#include <gtest/gtest.h>

namespace understudy::gateway {
namespace {

TEST(Expressions, ModelsAndPatternsThatCannotBeUsedAreTold) {
    app::Api api;
    api.id = "a";
    api.models = {{"Good", R"({"type": "object"})"}, {"Bad", R"({"properties": {"a": {"pattern": "(["}}})"}};
    using Of = app::Expression::Of;
    const std::vector<app::Expression> expressions{
        {.api_id = "a", .model = "Good"},           {.api_id = "a", .model = "Bad"},
        {.api_id = "a", .model = "Gone"},           {.api_id = "elsewhere", .model = "Gone"},
        {.of = Of::token, .pattern = "^x+$"},       {.of = Of::token, .pattern = "(["},
        {.of = Of::origin, .pattern = "https://b"}, {.of = Of::origin, .pattern = "https://(?=a).*"}};
    const std::vector<std::string> faults = find_faults(expressions, {api});
    ASSERT_EQ(faults.size(), 8U);
    EXPECT_EQ(faults[0], "");
    EXPECT_EQ(faults[1].substr(0, 32), "the model 'Bad' accepts no body:");
    EXPECT_EQ(faults[2], "the model 'Gone' accepts no body: it does not exist");
    EXPECT_EQ(faults[3], "");
    EXPECT_EQ(faults[4], "");
    EXPECT_EQ(faults[5], "the pattern '([' cannot be compiled: no token matches it, and all get 401");
    EXPECT_EQ(faults[6], "");
    EXPECT_EQ(
        faults[7],
        "the pattern 'https://(?=a).*' cannot be compiled: no origin matches it, and this preflight's answer names "
        "another than the one that it is meant for");
}

TEST(Expressions, WhatModelsDoNotCheckIsToldOnce) {
    app::Api api;
    api.id = "a";
    api.models = {{"One", R"x({"properties": {"a": {"pattern": "a(?=b)"}, "b": {"pattern": "(a)\\1"}}})x"},
                  {"Other", R"x({"properties": {"a": {"pattern": "a(?=b)"}}})x"}};
    const std::vector<app::Expression> expressions{{.api_id = "a", .model = "One"}, {.api_id = "a", .model = "Other"}};
    const std::vector<std::string> faults = find_faults(expressions, {api});
    ASSERT_EQ(faults.size(), 2U);
    EXPECT_EQ(
        faults[0],
        "the model 'One': the pattern a(?=b): it has something that looks ahead, which is not emulated: it refuses "
        "nothing, where AWS checks it; the pattern (a)\\1: it has a reference back, which is not emulated: it "
        "refuses nothing, where AWS checks it");
    EXPECT_EQ(faults[1], "");
}

}  // namespace
}  // namespace understudy::gateway
