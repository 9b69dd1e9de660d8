// The example's scenario files: those that pass can be read, those that fail say what is written down beside them.
#include "tests/tools/scenario/fake_world.hpp"
#include "tools/scenario/load.hpp"
#include "tools/scenario/report_human.hpp"

#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace understudy::scenario {
namespace {

using source::Colour;
using testing::Each;
using testing::IsEmpty;
using testing::SizeIs;

// Diagnostics name files as the user did; these were named from the project's folder.
class Example : public testing::Test {
  protected:
    Example() { std::filesystem::current_path(UNDERSTUDY_SOURCE_DIR); }
};

// Compares with a file; UNDERSTUDY_UPDATE_GOLDEN=1 writes it instead.
void expect_golden(const std::string& path, const std::string& actual) {
    if (std::getenv("UNDERSTUDY_UPDATE_GOLDEN")) std::ofstream(path, std::ios::binary) << actual;
    std::ifstream file(path, std::ios::binary);
    EXPECT_EQ(actual, std::string((std::istreambuf_iterator<char>(file)), {})) << path;
}

std::string diagnostics_of(const std::string& file) {
    const std::vector<std::string> files{file};
    return render_load_problems(load_scenarios(files).problems, Colour::none);
}

// The bytes of a reply, from JSON.
std::string to_bytes(const Step& step, const Descriptors& descriptors, const std::string& json) {
    const auto message = descriptors.make_message(*step.method->output_type());
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(json, message.get()).ok());
    return message->SerializeAsString();
}

TEST_F(Example, EveryScenarioCanBeReadAndRunsOverBothFronts) {
    const std::vector<std::string> folder{"scenarios"};
    const auto loaded = load_scenarios(find_scenario_files(folder).value());
    EXPECT_EQ(render_load_problems(loaded.problems, Colour::none), "");
    EXPECT_THAT(loaded.scenarios, SizeIs(testing::Ge(8)));
    for (const auto& scenario : loaded.scenarios) {
        EXPECT_THAT(scenario.fronts, SizeIs(2)) << scenario.name;
        EXPECT_EQ(scenario.function.command.at(0), UNDERSTUDY_SOURCE_DIR "/build/bin/bootstrap");
        EXPECT_EQ(scenario.function.directory, UNDERSTUDY_SOURCE_DIR "/scenarios");
    }
}

TEST_F(Example, AllFilesShareOneReadingOfTheSchema) {
    const std::vector<std::string> folder{"scenarios"};
    const auto loaded = load_scenarios(find_scenario_files(folder).value());
    for (const auto& scenario : loaded.scenarios)
        EXPECT_EQ(scenario.descriptors, loaded.scenarios.at(0).descriptors) << scenario.name;
}

TEST_F(Example, AnUnknownKeyIsDiagnosed) {
    expect_golden("scenarios/failing/unknown-key.err", diagnostics_of("scenarios/failing/unknown-key.yaml"));
}

TEST_F(Example, AnUnreadableValueIsDiagnosed) {
    expect_golden("scenarios/failing/unreadable-value.err", diagnostics_of("scenarios/failing/unreadable-value.yaml"));
}

// The replies are those of the example's handler; only the log is made up.
TEST_F(Example, AnExpectationThatIsNotMetIsReported) {
    const std::vector<std::string> files{"scenarios/failing/expectation.yaml"};
    const auto loaded = load_scenarios(files);
    ASSERT_THAT(loaded.problems, IsEmpty());
    const auto& scenario = loaded.scenarios.at(0);
    FakeWorld world;
    world.reply(200, "application/proto", to_bytes(scenario.steps.at(0), *scenario.descriptors, R"({"found":true})"));
    world.reply(200, "application/proto", to_bytes(scenario.steps.at(1), *scenario.descriptors, R"({"messages":[{
        "time":"2026-01-05T10:01:00Z","level":"INFO","text":"window closed","thread":"main",
        "file":"LogFileGenerator.2026-01-05.log","offset":"500"}]})"));
    world.log({"START RequestId: 8f5e1c1e-2ba1-4a3b-9d4b-3d6ac0f00001 Version: $LATEST",
               "END RequestId: 8f5e1c1e-2ba1-4a3b-9d4b-3d6ac0f00001"});
    const auto run = run_scenario(scenario, app::FrontKind::http, world.world());
    const std::vector<RunResult> runs{run};
    expect_golden("scenarios/failing/expectation.out",
                  render_run(run, Colour::none) + render_summary(runs, Colour::none));
    EXPECT_EQ(to_exit_code(runs), ExitCode::failed);
}

}  // namespace
}  // namespace understudy::scenario
