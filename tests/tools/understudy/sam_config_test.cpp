#include "tools/understudy/sam_config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

void expect_local_run(const source::Result<SamConfig>& config) {
    ASSERT_TRUE(config) << config.error();
    EXPECT_EQ(config->region, "eu-west-1");
    EXPECT_EQ(config->template_file, "app.yaml");
    EXPECT_EQ(config->env_vars, "locals.json");
    EXPECT_EQ(config->port, 3030);
    EXPECT_THAT(config->parameters, ElementsAre(Pair("Stage", "dev"), Pair("Name", "two words")));
}

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
    expect_local_run(config);
}

TEST(SamConfig, YamlSaysTheSameAsToml) {
    const auto config = read_sam_config(R"(version: 0.1
default:
  global: {parameters: {region: eu-west-1, template: app.yaml}}
  deploy: {parameters: {parameter_overrides: Stage=prod Unused=1}}
  local_start_api:
    parameters:
      env_vars: locals.json
      port: "3030"
      parameter_overrides: [Stage=dev, Name="two words"]
)",
                                        "samconfig.yaml", "default");
    expect_local_run(config);
    EXPECT_TRUE(read_sam_config("", "samconfig.yml", "default")) << "an empty file says nothing";
}

TEST(SamConfig, TheExtensionSaysTheFormat) {
    for (const char* name : {"samconfig.json", "samconfig", "a.toml.bak"}) {
        const auto config = read_sam_config("version = 0.1", name, "default");
        ASSERT_FALSE(config) << name;
        EXPECT_THAT(config.error().message(), HasSubstr(".toml, .yaml or .yml"));
    }
}

TEST(SamConfig, OverridesMayBeATable) {
    const auto yaml = read_sam_config(R"(default:
  global:
    parameters:
      parameter_overrides:
        - Stage=dev
        - {Size: 3, On: true, Off: null, Zones: [a, "", b], Text: yes}
)",
                                      "samconfig.yaml", "default");
    ASSERT_TRUE(yaml) << yaml.error();
    EXPECT_THAT(yaml->parameters, ElementsAre(Pair("Stage", "dev"), Pair("Size", "3"), Pair("On", "True"),
                                              Pair("Off", ""), Pair("Zones", "a,b"), Pair("Text", "yes")));
    const auto toml = read_sam_config(
        "[default.global.parameters.parameter_overrides]\nSize = 3\nRate = 0.5\nOn = false\n", "a.toml", "default");
    ASSERT_TRUE(toml) << toml.error();
    EXPECT_THAT(toml->parameters, ElementsAre(Pair("Size", "3"), Pair("Rate", "0.5"), Pair("On", "False")));
    for (const char* wrong : {"{$include: [file://a.yaml]}", "{A: {B: c}}", "7", "[word]"}) {
        const auto config = read_sam_config(
            std::string("default: {global: {parameters: {parameter_overrides: ") + wrong + "}}}", "a.yaml", "default");
        ASSERT_FALSE(config) << wrong;
        EXPECT_EQ(config.error().position().line, 1u);
    }
}

TEST(SamConfig, WhatHasNoEffectHereIsToldWithWhatStandsForIt) {
    const auto config = read_sam_config(R"([default.global.parameters]
stack_name = "shop"
warm_containers = "EAGER"
skip_pull_image = false
[default.deploy.parameters]
debug_port = 1
[default.local_start_api.parameters]
host = "0.0.0.0"
debug_port = [5858]
env_var = "a.json"
config_env = "ci"
)",
                                        "samconfig.toml", "default");
    ASSERT_TRUE(config) << config.error();
    std::vector<std::string> told;
    for (const source::Problem& unused : config->unused) told.push_back(to_string(unused));
    ASSERT_EQ(told.size(), 4u);
    EXPECT_THAT(told, ElementsAre(HasSubstr("samconfig.toml:3:"), HasSubstr(": host is not used: it is --host here"),
                                  HasSubstr(": debug_port is not used: it has no counterpart: functions are processes"),
                                  HasSubstr(": env_var is not used: sam local start-api has no such parameter (did you "
                                            "mean 'env_vars'?)")));
    EXPECT_THAT(told[0], HasSubstr(": warm_containers is not used: it has no counterpart: environments stay warm"));
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
    const auto yaml = read_sam_config("default:\n  local_start_api:\n    parameters: {port: x}\n", "s.yaml", "default");
    ASSERT_FALSE(yaml);
    EXPECT_THAT(to_string(yaml.error()), HasSubstr("s.yaml:3:24: port takes a number"));
    const auto broken = read_sam_config("default: {\n", "s.yaml", "default");
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().file(), "s.yaml");
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
