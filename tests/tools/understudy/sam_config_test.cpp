#include "tools/understudy/sam_config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

TEST(SamConfig, WhatAConfigurationSaysOfALocalRun) {
    const auto config = read_sam_config(R"(version = 0.1
[default.global.parameters]
region = "eu-west-1"
template = "app.yaml"
[default.deploy.parameters]
parameter_overrides = "Stage=prod Unused=1"
[default.local_start_api.parameters]
env_vars = "locals.json"
port = 3030
parameter_overrides = ["Stage=dev", 'Name="two words"']
[staging.global.parameters]
region = "us-west-2"
)",
                                        "samconfig.toml", "default");
    ASSERT_TRUE(config) << config.error();
    EXPECT_EQ(config->region, "eu-west-1");
    EXPECT_EQ(config->template_file, "app.yaml");
    EXPECT_EQ(config->env_vars, "locals.json");
    EXPECT_EQ(config->port, 3030);
    EXPECT_THAT(config->parameters, ElementsAre(Pair("Stage", "dev"), Pair("Name", "two words")));
}

TEST(SamConfig, DeploysOverridesCountWhereALocalRunHasNone) {
    const auto config =
        read_sam_config("[default.deploy.parameters]\nparameter_overrides = \"A=1\"\n", "samconfig.toml", "default");
    ASSERT_TRUE(config) << config.error();
    EXPECT_THAT(config->parameters, ElementsAre(Pair("A", "1")));
}

TEST(SamConfig, MistakesHaveAPlace) {
    const auto malformed = read_sam_config("[default\nx = 1\n", "samconfig.toml", "default");
    ASSERT_FALSE(malformed);
    EXPECT_EQ(malformed.error().position().line, 1u) << malformed.error();
    const auto port = read_sam_config("[default.local_start_api.parameters]\nport = \"x\"\n", "s.toml", "default");
    ASSERT_FALSE(port);
    EXPECT_THAT(to_string(port.error()), HasSubstr("s.toml:2:"));
}

TEST(ParameterOverrides, BothSpellingsOfSam) {
    const auto pairs =
        parse_parameter_overrides(R"(A=1  ParameterKey=B,ParameterValue="two words" C=a=b D='x "y"' E="q\"r" F=)");
    ASSERT_TRUE(pairs) << pairs.error();
    EXPECT_THAT(*pairs, ElementsAre(Pair("A", "1"), Pair("B", "two words"), Pair("C", "a=b"), Pair("D", "x \"y\""),
                                    Pair("E", "q\"r"), Pair("F", "")));
    for (const char* wrong : {"A", "=x", "ParameterKey=A"}) {
        const auto problem = parse_parameter_overrides(wrong);
        ASSERT_FALSE(problem) << wrong;
        EXPECT_THAT(problem.error().message(), HasSubstr("Name=value"));
    }
}

TEST(ParameterOverrides, AnyValueIsWrittenSoThatItIsReadBack) {
    for (const std::string value : {"", "two words", "say \"x\"", "it's", "back\\slash\\", "a=b\nc"}) {
        const auto pairs = parse_parameter_overrides(to_parameter_override("A", value));
        ASSERT_TRUE(pairs) << pairs.error();
        EXPECT_THAT(*pairs, ElementsAre(Pair("A", value)));
    }
}

}  // namespace
}  // namespace understudy::cli
