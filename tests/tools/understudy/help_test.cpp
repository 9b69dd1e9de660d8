// What each command's help says of its exit codes, and whether the program keeps to it.
#include "tests/support/program.hpp"
#include "tests/tools/understudy/running_program.hpp"
#include "tools/understudy/readable_command.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace understudy::cli::help_test {
namespace {

using test::RunningProgram;
using testing::Contains;
using testing::HasSubstr;
using testing::IsSupersetOf;

constexpr const char* kTitle = "Exit codes: ";

/// The numbers of `Exit codes: 0 packed, 1 usage, or …, 3 …`.
std::set<int> parse_exit_codes(const std::string& help) {
    std::set<int> codes;
    const auto begin = help.find(kTitle);
    if (begin == std::string::npos) return codes;
    std::string list = help.substr(begin + std::string(kTitle).size());
    list.resize(std::min(list.find('.'), list.size()));
    std::replace(list.begin(), list.end(), '\n', ' ');
    for (std::size_t at = 0; at < list.size();) {
        if (std::isdigit(static_cast<unsigned char>(list[at])) != 0) codes.insert(std::stoi(list.substr(at)));
        const auto comma = list.find(", ", at);
        at = comma == std::string::npos ? list.size() : comma + 2;
    }
    return codes;
}

std::map<std::string, std::set<int>> told_by_all() {
    std::map<std::string, std::set<int>> told;
    for (const auto& command : list_commands()) told[command.spec.name] = parse_exit_codes(command.spec.footer);
    return told;
}

int exit_code_of(const std::vector<std::string>& words, const char* out) {
    RunningProgram run(words, -1, out);
    if (out == nullptr) run.read_rest();
    return run.wait();
}

TEST(Help, EachCommandTellsItsExitCodes) {
    for (const auto& [command, codes] : told_by_all()) EXPECT_THAT(codes, IsSupersetOf({0, 1})) << command;
}

TEST(Help, TheExitCodesThatAreToldAreTrue) {
    test::TempFolder folder;
    const std::string event = folder.write("event.json", "{}"), handler = UNDERSTUDY_PROGRAM_DIR "/scripted_handler";
    const std::string script = folder.write("bootstrap", "#!/bin/sh\n");
    std::filesystem::permissions(script, std::filesystem::perms::owner_all);
    const auto scenario = [&](const std::string& name, const std::string& program, const std::string& status) {
        return folder.write(name, "name: x\napplication: { command: [" + program +
                                      "] }\n"
                                      "steps: [{ http: { target: '/?do=show' }, expect: { http_status: " +
                                      status + " } }]\n");
    };
    const auto told = told_by_all();
    struct Row {
        std::vector<std::string> words;
        int code;
        const char* out = nullptr;
    };
    std::vector<Row> rows = {
        {{"serve", "/nowhere.yaml"}, 1},
        {{"invoke", "-e", "/nowhere", "--", handler}, 1},
        {{"invoke", "-e", event, "--env", "ORDER=reply", "--env", "REPLY=1", "--", handler}, 0},
        {{"invoke", "-e", event, "--env", "ORDER=reply", "--env", "REPLY=1", "--", handler}, 1, "/dev/full"},
        {{"invoke", "-e", event, "--env", "ORDER=throw", "--", handler}, 4},
        {{"test", "/nowhere.yaml"}, 2},
        {{"test", scenario("nobody.yaml", "/nowhere/program", "200")}, 3},
        {{"test", scenario("other.yaml", handler, "418")}, 4},
        {{"test", scenario("same.yaml", handler, "200")}, 0},
        {{"test", scenario("same.yaml", handler, "200")}, 3, "/dev/full"},
        {{"test", UNDERSTUDY_SOURCE_DIR "/scenarios/window-found.yaml", "--list"}, 0},
        {{"replay", "/nowhere.jsonl", "--", handler}, 2},
        {{"replay", event, "--", "/nowhere/program"}, 3},
        {{"promote", "/nowhere.jsonl"}, 2},
        {{"promote", event}, 3, "/dev/full"},
        {{"promote", event}, 0},
        {{"event", "rest"}, 0},
        {{"event", "rest"}, 3, "/dev/full"},
        {{"event", "none"}, 1},
        {{"explain", "GET", "/"}, 0},
        {{"explain", "GET", "/"}, 3, "/dev/full"},
        {{"explain", "GET", "/", "/nowhere.yaml"}, 1},
        {{"init", "/proc/none"}, 1},
        {{"check", "/nowhere"}, 1},
        {{"check", event}, 4},
        {{"check", script}, 0},
        {{"check", script}, 3, "/dev/full"},
        {{"package", "/nowhere", "-o", folder.file("fn.zip")}, 1},
        {{"package", event, "-o", folder.file("fn.zip")}, 4},
        {{"schema"}, 0},
        {{"schema"}, 3, "/dev/full"},
        {{"completion", "bash"}, 0},
        {{"completion", "bash"}, 3, "/dev/full"},
    };
    for (const auto& [command, codes] : told) rows.push_back({{command, "--no-such-option"}, 1});
    for (const auto& [words, code, out] : rows) {
        EXPECT_EQ(exit_code_of(words, out), code) << testing::PrintToString(words);
        EXPECT_THAT(told.at(words.front()), Contains(code)) << testing::PrintToString(words);
    }
}

TEST(Help, AFilterThatIsNoPatternIsToldAlikeByEachCommandThatTakesOne) {
    for (const auto& words : std::vector<std::vector<std::string>>{
             {"test", "a.yaml"}, {"replay", "a.jsonl", "--", "x"}, {"promote", "a.jsonl"}}) {
        std::vector<std::string> filtered = words;
        filtered.insert(filtered.begin() + 2, {"--filter", "("});
        RunningProgram run(filtered);
        EXPECT_EQ(run.wait(), 1) << words.front();
        EXPECT_THAT(run.err(), HasSubstr("understudy " + words.front() +
                                         ": --filter: '(' is no regular expression: missing ): (; for the text "
                                         "itself write '\\('\n"));
    }
}

}  // namespace
}  // namespace understudy::cli::help_test
