#include "tests/support/program.hpp"
#include "tools/understudy/options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace understudy::cli {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::Each;
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

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts;
    std::istringstream rest(text);
    for (std::string part; std::getline(rest, part, separator);) parts.push_back(part);
    return parts;
}

/// What zsh would offer at the end of each line.
std::vector<std::vector<std::string>> complete_in_zsh(const std::vector<std::string>& lines) {
    test::TempFolder folder;
    std::vector<std::string> words{"-f", UNDERSTUDY_SOURCE_DIR "/tests/tools/understudy/offer.zsh",
                                   folder.write("script", script_for("zsh"))};
    for (const auto& line : lines) words.push_back("understudy " + line);
    const auto ended =
        test::run_file("/usr/bin/zsh", words, {"PATH=/usr/bin:/bin", "HOME=" + folder.path(), "TERM=dumb"});
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    std::vector<std::vector<std::string>> offered;
    for (const auto& line : split(ended.out, '\n')) offered.push_back(split(line, '|'));
    return offered;
}

/// The same of fish.
std::vector<std::string> complete_in_fish(const std::string& line) {
    test::TempFolder folder;
    const std::string script = folder.write("script", script_for("fish"));
    const auto ended =
        test::run_file("/usr/bin/fish", {"--no-config", "-c", "source " + script + "; complete -C '" + line + "'"},
                       {"PATH=/usr/bin:/bin", "HOME=" + folder.path(), "TERM=dumb"});
    EXPECT_EQ(ended.err, "");
    std::vector<std::string> offered;
    for (const auto& candidate : split(ended.out, '\n')) offered.push_back(candidate.substr(0, candidate.find('\t')));
    return offered;
}

bool is_installed(const std::string& shell) {
    return std::filesystem::exists("/usr/bin/" + shell);
}

TEST(Completion, ZshOffersWhatTheCommandTakes) {
    ASSERT_TRUE(is_installed("zsh")) << "zsh is missing: install zsh";
    EXPECT_THAT(complete_in_zsh({"ch", "--v", "serve --bin", "serve --front ", "serve --front=r",
                                 "explain GET / --front=u", "event s", "event s3 s", "serve --port "}),
                ElementsAre(ElementsAre("check"), ElementsAre("--version"), ElementsAre("--binary-media-type"),
                            ElementsAre("http", "http1", "rest", "url", "alb"), ElementsAre("rest"), ElementsAre("url"),
                            ElementsAre("sqs", "sns", "s3", "schedule"), IsEmpty(), IsEmpty()));
    EXPECT_THAT(complete_in_zsh({"serve --jwks /etc/host", "serve /etc/host", "serve -- /etc/host", "test a /etc/host",
                                 "package a /etc/host", "explain GET / /etc/host"}),
                AllOf(testing::SizeIs(6), Each(Contains("hostname"))));
}

TEST(Completion, FishOffersWhatTheCommandTakes) {
    ASSERT_TRUE(is_installed("fish")) << "fish is missing: install fish";
    EXPECT_THAT(complete_in_fish("understudy ch"), ElementsAre("check"));
    EXPECT_THAT(complete_in_fish("understudy --v"), ElementsAre("--version"));
    EXPECT_THAT(complete_in_fish("understudy serve --bin"), ElementsAre("--binary-media-type"));
    EXPECT_THAT(complete_in_fish("understudy serve --front "),
                testing::UnorderedElementsAre("http", "http1", "rest", "url", "alb"));
    EXPECT_THAT(complete_in_fish("understudy serve --front=r"), ElementsAre("--front=rest"));
    EXPECT_THAT(complete_in_fish("understudy event s"), testing::UnorderedElementsAre("sqs", "sns", "s3", "schedule"));
    EXPECT_THAT(complete_in_fish("understudy event s3 sq"), IsEmpty()) << "one is there";
    EXPECT_THAT(complete_in_fish("understudy init check --"), testing::UnorderedElementsAre("--language", "--help"))
        << "a folder's name is no command";
    EXPECT_THAT(complete_in_fish("understudy serve --port "), IsEmpty()) << "no file is a port";
    EXPECT_THAT(complete_in_fish("understudy serve --jwks /etc/host"), Contains("/etc/hostname"));
    EXPECT_THAT(complete_in_fish("understudy serve -- --f"), IsEmpty());
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
    EXPECT_THAT(zsh, HasSubstr("'(--arch)--arch=[The function'\\''s architecture; without, what the program is built "
                               "for]:value:(x86_64 arm64)'"));
    EXPECT_THAT(zsh, HasSubstr("'(-e --event)-e[File that holds the event; - reads standard input]:value:_files'"));
    EXPECT_THAT(fish, HasSubstr("-a check -d 'Tell whether a function would start on Lambda'\n"));
    EXPECT_THAT(fish, HasSubstr("'__understudy_runs check' -l arch -x -a 'x86_64 arm64' -d "));
    EXPECT_THAT(fish, HasSubstr("'__understudy_runs invoke' -s e -l event -r -d "));
    EXPECT_THAT(fish, HasSubstr("'__understudy_runs package' -l record -d "));
    EXPECT_THAT(fish, Not(HasSubstr("runs serve' -l template")));
}

}  // namespace
}  // namespace understudy::cli
