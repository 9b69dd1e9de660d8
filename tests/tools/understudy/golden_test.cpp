// What a user sees of the scenarios that are meant to fail: the program's own output, against the files beside them.
// UNDERSTUDY_UPDATE_GOLDEN=1 writes those instead.
#include "tests/support/program.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <regex>

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

/// Without what differs from run to run: ids, durations and memory.
std::string mask(const std::string& output) {
    const std::pair<std::regex, const char*> parts[] = {
        {std::regex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "<id>"},
        {std::regex("\\b[0-9]+(\\.[0-9]+)? (ms|s)\\b"), "<n> $2"},
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

TEST(Golden, ScenariosThatCannotBeReadAreDiagnosed) {
    for (const char* name : {"unknown-key", "unknown-name", "unreadable-value"}) {
        const std::string stem = std::string("scenarios/failing/") + name;
        const Ended ended = test_scenario(stem + ".yaml");
        EXPECT_EQ(ended.exit_code, 2) << name;
        EXPECT_EQ(ended.out, "") << name;
        expect_golden(stem + ".err", ended.err);
    }
}

TEST(Golden, AnExpectationThatIsNotMetIsReportedOverBothFronts) {
    const Ended ended = test_scenario("scenarios/failing/expectation.yaml");
    EXPECT_EQ(ended.exit_code, 4);
    EXPECT_EQ(ended.err, "");
    expect_golden("scenarios/failing/expectation.out", mask(ended.out));
}

}  // namespace
