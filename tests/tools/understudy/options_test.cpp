#include "tools/understudy/options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::cli {
namespace {

using testing::HasSubstr;

Command parse(std::vector<std::string> words) {
    words.insert(words.begin(), "understudy");
    return parse_command_line(words);
}

Say refuse(std::vector<std::string> words) {
    const Command command = parse(std::move(words));
    if (const auto* say = std::get_if<Say>(&command)) {
        EXPECT_EQ(say->exit_code, 1);
        EXPECT_EQ(say->out, "");
        return *say;
    }
    ADD_FAILURE() << "was accepted";
    return {};
}

TEST(Options, ServeHasTheDefaultsOfSamLocal) {
    const auto options = std::get<ServeOptions>(parse({"serve", "--", "./bootstrap"}));
    EXPECT_EQ(options.address, "127.0.0.1");
    EXPECT_EQ(options.port, 3000);
    EXPECT_EQ(options.lambda_port, 3001);
    EXPECT_EQ(options.function.max_environments, 16);
    const app::Function& function = options.function.application.functions.at(0);
    EXPECT_EQ(function.name, "function");
    EXPECT_EQ(function.timeout, std::chrono::seconds(3));
    EXPECT_EQ(function.memory_megabytes, 128);
    EXPECT_EQ(function.command, std::vector<std::string>{"./bootstrap"});
    const app::Api& api = options.function.application.apis.at(0);
    EXPECT_EQ(api.kind, app::ApiKind::http);
    EXPECT_EQ(api.stages.at(0).name, "$default");
    EXPECT_TRUE(api.binary_media_types.empty());
}

TEST(Options, WhatStandsBehindTheDashesIsNotLookedInto) {
    const auto options = std::get<ServeOptions>(parse({"serve", "--port", "0", "--", "python3", "--port", "--", "x"}));
    EXPECT_EQ(options.port, 0);
    EXPECT_EQ(options.function.application.functions[0].command,
              (std::vector<std::string>{"python3", "--port", "--", "x"}));
}

TEST(Options, RepeatedOptionsKeepTheirOrder) {
    const auto options =
        std::get<ServeOptions>(parse({"serve", "--front", "rest", "--binary-media-type", "a/b", "--binary-media-type",
                                      "c/d", "--env", "A=1=2", "--env", "B=", "--timeout", "0.25", "--", "x"}));
    const app::Api& api = options.function.application.apis[0];
    EXPECT_EQ(api.kind, app::ApiKind::rest);
    EXPECT_EQ(api.stages.at(0).name, "prod");
    EXPECT_EQ(api.binary_media_types, (std::vector<std::string>{"a/b", "c/d"}));
    const app::Function& function = options.function.application.functions[0];
    EXPECT_EQ(function.timeout, std::chrono::milliseconds(250));
    using Pairs = std::vector<std::pair<std::string, std::string>>;
    EXPECT_EQ(function.environment, (Pairs{{"A", "1=2"}, {"B", ""}}));
}

TEST(Options, AMissingCommandIsShownHowToWrite) {
    EXPECT_THAT(refuse({"serve"}).err, HasSubstr("understudy serve -- ./bootstrap"));
    EXPECT_THAT(refuse({"serve", "--"}).err, HasSubstr("understudy serve -- ./bootstrap"));
}

TEST(Options, ATemplateIsNotReadYetAndSaysSo) {
    EXPECT_THAT(refuse({"serve", "template.yaml"}).err, HasSubstr("templates are not read yet"));
}

TEST(Options, AMistypedOptionIsGuessed) {
    EXPECT_THAT(refuse({"serve", "--prot", "1", "--", "x"}).err, HasSubstr("did you mean '--port'?"));
}

TEST(Options, ValuesOutOfRangeNameTheRange) {
    EXPECT_THAT(refuse({"serve", "--timeout", "901", "--", "x"}).err, HasSubstr("900"));
    EXPECT_THAT(refuse({"serve", "--memory", "1", "--", "x"}).err, HasSubstr("128"));
    EXPECT_THAT(refuse({"serve", "--port", "70000", "--", "x"}).err, HasSubstr("--port"));
    EXPECT_THAT(refuse({"serve", "--env", "NOVALUE", "--", "x"}).err, HasSubstr("KEY=VALUE"));
    EXPECT_THAT(refuse({"serve", "--front", "alb", "--", "x"}).err, HasSubstr("http"));
    EXPECT_THAT(refuse({"serve", "--name", "a b", "--", "x"}).err, HasSubstr("letters"));
    EXPECT_THAT(refuse({"serve", "--clock-scale", "0", "--", "x"}).err, HasSubstr("--clock-scale"));
}

TEST(Options, InvokeNeedsAnEvent) {
    EXPECT_THAT(refuse({"invoke", "--", "x"}).err, HasSubstr("--event"));
    EXPECT_EQ(std::get<InvokeOptions>(parse({"invoke", "-e", "-", "--", "x"})).event_file, "-");
}

TEST(Options, TestTakesPathsAndNoCommand) {
    const auto options = std::get<TestOptions>(parse({"test", "a", "b", "--color", "never"}));
    EXPECT_EQ(options.paths, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(options.colour, ColourWish::never);
    EXPECT_THAT(refuse({"test"}).err, HasSubstr("paths"));
    EXPECT_THAT(refuse({"test", "a", "--", "x"}).err, HasSubstr("the scenario names it"));
}

TEST(Options, CompletionKnowsCommandsAndOptions) {
    const auto say = std::get<Say>(parse({"completion", "bash"}));
    EXPECT_EQ(say.exit_code, 0);
    EXPECT_THAT(say.out, HasSubstr("serve invoke test completion"));
    EXPECT_THAT(say.out, HasSubstr("--binary-media-type"));
    EXPECT_THAT(say.out, HasSubstr("complete -o default -F _understudy understudy"));
    EXPECT_THAT(refuse({"completion", "fish"}).err, HasSubstr("bash"));
}

TEST(Options, HelpIsThereForEveryCommand) {
    for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
             {"--help"}, {"serve", "--help"}, {"invoke", "--help"}, {"test", "--help"}, {"--version"}}) {
        const auto say = std::get<Say>(parse(words));
        EXPECT_EQ(say.exit_code, 0);
        EXPECT_THAT(say.out, HasSubstr("understudy"));
        EXPECT_EQ(say.err, "");
    }
    EXPECT_THAT(refuse({}).err, HasSubstr("--help"));
    EXPECT_THAT(refuse({"bogus"}).err, HasSubstr("there is no command 'bogus'"));
    EXPECT_THAT(refuse({"sevre"}).err, HasSubstr("did you mean 'serve'?"));
}

}  // namespace
}  // namespace understudy::cli
