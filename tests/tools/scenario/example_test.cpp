// The example's scenario files can be read; what those that fail say is tested with the program.
#include "tools/report/human.hpp"
#include "tools/scenario/load.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace understudy::scenario::example_test {
namespace {

using source::Colour;
using testing::SizeIs;

// Diagnostics name files as the user did; these were named from the project's folder.
class Example : public testing::Test {
  protected:
    Example() { std::filesystem::current_path(UNDERSTUDY_SOURCE_DIR); }
};

TEST_F(Example, EveryScenarioCanBeRead) {
    const std::vector<std::string> folder{"scenarios"};
    const auto loaded = load_scenarios(find_scenario_files(folder).value(), {});
    EXPECT_EQ(report::render_load_problems(loaded.problems, Colour::none), "");
    EXPECT_THAT(loaded.scenarios, SizeIs(testing::Ge(8)));
    for (const auto& scenario : loaded.scenarios) {
        if (scenario.template_plan) continue;
        EXPECT_EQ(scenario.function.command.at(0), UNDERSTUDY_SOURCE_DIR "/build/bin/bootstrap");
        EXPECT_EQ(scenario.function.directory, UNDERSTUDY_SOURCE_DIR "/scenarios");
    }
}

TEST_F(Example, AllFilesShareOneReadingOfTheSchema) {
    const std::vector<std::string> folder{"scenarios"};
    const auto loaded = load_scenarios(find_scenario_files(folder).value(), {});
    for (const auto& scenario : loaded.scenarios)
        EXPECT_EQ(scenario.descriptors, loaded.scenarios.at(0).descriptors) << scenario.name;
}

}  // namespace
}  // namespace understudy::scenario::example_test
