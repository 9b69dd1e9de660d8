// What a user sees of the scenarios that are meant to fail: the program's own output, against the files beside them.
// UNDERSTUDY_UPDATE_GOLDEN=1 writes those instead.
#include "tests/support/program.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <regex>
#include <string>
#include <vector>

namespace {

using understudy::test::Ended;
using understudy::test::read_file;
using understudy::test::run_program;

/// Diagnostics name files as the user did; these were named from the project's folder.
Ended test_scenario(const std::string& file) {
    std::filesystem::current_path(UNDERSTUDY_SOURCE_DIR);
    const char* path = std::getenv("PATH");
    return run_program("understudy", {"test", file}, {std::string("PATH=") + (path == nullptr ? "" : path)});
}

/// Without what differs from run to run: ids, durations, memory, events and this machine's folders.
std::string mask(const std::string& output) {
    const std::pair<std::regex, const char*> parts[] = {
        {std::regex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "<id>"},
        {std::regex("\\b[0-9]+(\\.[0-9]+)? (ms|s)\\b"), "<n> $2"},
        {std::regex("  event     \\{.*"), "  event     <event>"},
        {std::regex(UNDERSTUDY_SOURCE_DIR), "<source>"},
        {std::regex("Max Memory Used: [0-9]+ MB"), "Max Memory Used: <n> MB"},
    };
    std::string text = output;
    for (const auto& [pattern, shown] : parts) text = std::regex_replace(text, pattern, shown);
    return text;
}

void expect_golden(const std::string& file, const std::string& actual) {
    if (std::getenv("UNDERSTUDY_UPDATE_GOLDEN") != nullptr) std::ofstream(file, std::ios::binary) << actual;
    EXPECT_EQ(actual, read_file(file)) << file;
}

/// The failing scenarios that have a file of this ending beside them; their paths without `.yaml`.
std::vector<std::string> find_stems(const std::string& ending) {
    std::filesystem::current_path(UNDERSTUDY_SOURCE_DIR);
    std::vector<std::string> stems;
    for (const auto& entry : std::filesystem::directory_iterator("scenarios/failing")) {
        auto stem = entry.path();
        if (entry.path().extension() == ending) stems.push_back(stem.replace_extension("").string());
    }
    std::sort(stems.begin(), stems.end());
    return stems;
}

TEST(Golden, ScenariosThatCannotBeReadAreDiagnosed) {
    const auto stems = find_stems(".err");
    EXPECT_GE(stems.size(), 10U);
    for (const auto& stem : stems) {
        const Ended ended = test_scenario(stem + ".yaml");
        EXPECT_EQ(ended.exit_code, 2) << stem;
        EXPECT_EQ(ended.out, "") << stem;
        expect_golden(stem + ".err", mask(ended.err));
    }
}

TEST(Golden, ExpectationsThatAreNotMetAreReported) {
    const auto stems = find_stems(".out");
    EXPECT_GE(stems.size(), 30U);
    for (const auto& stem : stems) {
        const Ended ended = test_scenario(stem + ".yaml");
        EXPECT_TRUE(ended.exit_code == 4 || ended.exit_code == 3) << stem;
        EXPECT_EQ(ended.err, "") << stem;
        expect_golden(stem + ".out", mask(ended.out));
    }
}

TEST(Golden, EveryFailingScenarioHasItsOutputBesideIt) {
    const auto stems = find_stems(".yaml");
    EXPECT_EQ(stems.size(), find_stems(".err").size() + find_stems(".out").size());
}

}  // namespace
