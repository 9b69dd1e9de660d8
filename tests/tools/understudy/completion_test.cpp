#include "tests/support/program.hpp"
#include "tools/understudy/options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace understudy::cli {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string script_for(const std::string& shell) {
    return std::get<Say>(parse_command_line({"understudy", "completion", shell})).out;
}

/// What bash would offer for the last of these words.
std::vector<std::string> complete(const std::vector<std::string>& words) {
    test::TempFolder folder;
    std::string array;
    for (const std::string& word : words) array += " '" + word + "'";
    const std::string script = folder.write("script", script_for("bash") + "COMP_WORDS=(understudy" + array +
                                                          ") COMP_CWORD=" + std::to_string(words.size()) +
                                                          "\n_understudy\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n");
    const auto ended = test::run_file("/bin/bash", {script}, {"PATH=/usr/bin:/bin"});
    EXPECT_EQ(ended.err, "");
    std::vector<std::string> offered;
    std::istringstream lines(ended.out);
    for (std::string line; std::getline(lines, line);) {
        if (!line.empty()) offered.push_back(line);
    }
    return offered;
}

TEST(Completion, BashOffersCommandsOptionsAndChoices) {
    EXPECT_THAT(complete({""}), testing::IsSupersetOf({"serve", "invoke", "test", "explain", "check", "package", "init",
                                                       "completion", "--help"}));
    EXPECT_THAT(complete({"ch"}), ElementsAre("check"));
    EXPECT_THAT(complete({"serve", "--bin"}), ElementsAre("--binary-media-type"));
    EXPECT_THAT(complete({"serve", "--no-w"}), ElementsAre("--no-watch"));
    EXPECT_THAT(complete({"invoke", "-"}), testing::IsSupersetOf({"-e", "--event", "--help"}));
    EXPECT_THAT(complete({"serve", "--front", ""}), ElementsAre("http", "http1", "rest", "url", "alb"));
    EXPECT_THAT(complete({"check", "--runtime", "provided.al20"}), ElementsAre("provided.al2023"));
    EXPECT_THAT(complete({"completion", ""}), ElementsAre("bash", "zsh", "fish"));
}

TEST(Completion, BashOffersValuesBehindAnEqualSignThatItTakesForAWord) {
    EXPECT_THAT(complete({"serve", "--front", "="}), ElementsAre("http", "http1", "rest", "url", "alb"));
    EXPECT_THAT(complete({"serve", "--front", "=", "re"}), ElementsAre("rest"));
    EXPECT_THAT(complete({"explain", "GET", "/", "--front", "=", "r"}), ElementsAre("rest"));
    EXPECT_THAT(complete({"serve", "--jwks", "="}), IsEmpty());
}

TEST(Completion, BashOffersAnArgumentOnce) {
    EXPECT_THAT(complete({"event", "s"}), ElementsAre("sqs", "sns", "s3", "schedule"));
    EXPECT_THAT(complete({"event", "--seed", "1", "s"}), ElementsAre("sqs", "sns", "s3", "schedule"));
    EXPECT_THAT(complete({"event", "s3", "s"}), IsEmpty());
}

TEST(Completion, HelpIsOfferedByBothOfItsNames) {
    EXPECT_THAT(complete({"-"}), ElementsAre("--help", "-h", "--version"));
    EXPECT_THAT(complete({"init", "-"}), ElementsAre("--language", "--help", "-h"));
    EXPECT_THAT(script_for("zsh"), HasSubstr("'(-h --help)'{-h,--help}'[Tell more]'"));
    EXPECT_THAT(script_for("fish"), HasSubstr("complete -c understudy -s h -l help -d 'Tell more'\n"));
}

TEST(Completion, BashLeavesFilesToItself) {
    EXPECT_THAT(complete({"serve", "--jwks", ""}), IsEmpty());
    EXPECT_THAT(complete({"check", ""}), IsEmpty());
    EXPECT_THAT(complete({"serve", "--", "--p"}), IsEmpty());
}

TEST(Completion, ScriptsAreFreeOfSyntaxErrors) {
    for (const std::string shell : {"bash", "zsh", "fish"}) {
        test::TempFolder folder;
        const std::string script = folder.write("script", script_for(shell));
        const std::string program = std::filesystem::exists("/bin/" + shell) ? "/bin/" + shell : "/usr/bin/" + shell;
        if (!std::filesystem::exists(program)) continue;
        const auto ended = test::run_file(program, {"-n", script}, {"PATH=/usr/bin:/bin"});
        EXPECT_EQ(ended.exit_code, 0) << ended.err;
        EXPECT_EQ(ended.err, "");
    }
}

TEST(Completion, ZshAndFishTellWhatOptionsAreFor) {
    const std::string zsh = script_for("zsh"), fish = script_for("fish");
    EXPECT_THAT(zsh, HasSubstr("'check:Tell whether a function would start on Lambda'"));
    EXPECT_THAT(zsh, HasSubstr("'(--arch)--arch[The function'\\''s architecture; without, what the program is built "
                               "for]:value:(x86_64 arm64)'"));
    EXPECT_THAT(zsh, HasSubstr("'(-e --event)-e[File that holds the event; - reads standard input]:value:_files'"));
    EXPECT_THAT(fish, HasSubstr("-a check -d 'Tell whether a function would start on Lambda'\n"));
    EXPECT_THAT(fish, HasSubstr("'__fish_seen_subcommand_from check' -l arch -x -a 'x86_64 arm64' -d "));
    EXPECT_THAT(fish, HasSubstr("'__fish_seen_subcommand_from invoke' -s e -l event -r -d "));
    EXPECT_THAT(fish, HasSubstr("'__fish_seen_subcommand_from package' -l record -d "));
    EXPECT_THAT(fish, Not(HasSubstr("from serve' -l template")));
}

}  // namespace
}  // namespace understudy::cli
