#include "tools/scenario/durations.hpp"
#include "tools/scenario/json_schema.hpp"
#include "tools/scenario/load.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace understudy::scenario::discover_test {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

class Discover : public testing::Test {
  protected:
    Discover() {
        fs::remove_all(root_);
        for (const auto* name : {"b.yaml", "a.yml", "c.json", "notes.txt", "logs/x.log", "more/d.yaml",
                                 "failing/e.yaml", "more/failing/f.yaml", "included/g.yaml", "empty/readme.md"}) {
            fs::create_directories((root_ / name).parent_path());
            std::ofstream{root_ / name};
        }
    }
    ~Discover() override { fs::remove_all(root_); }

    source::Result<std::vector<std::string>> find(const std::vector<std::string>& names) const {
        std::vector<std::string> paths;
        for (const auto& name : names) paths.push_back((root_ / name).string());
        auto found = find_scenario_files(paths);
        if (!found) return found;
        for (auto& path : *found) path = fs::path(path).lexically_relative(root_).string();
        return found;
    }

    void write(const std::string& name, const std::string& text) const { std::ofstream{root_ / name} << text; }

  private:
    fs::path root_ = fs::path(testing::TempDir()) /
                     (std::string("discover_test.") + testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(Discover, AFolderIsSearchedDownwardsButNotWhatIsMeantToFail) {
    EXPECT_THAT(find({""}).value(), ElementsAre("a.yml", "b.yaml", "c.json", "more/d.yaml"));
}

TEST_F(Discover, WhatIsMeantToFailRunsWhenItIsNamed) {
    EXPECT_THAT(find({"failing"}).value(), ElementsAre("failing/e.yaml"));
    EXPECT_THAT(find({"failing/"}).value(), ElementsAre("failing/e.yaml"));
}

TEST_F(Discover, AFileIsTakenWhateverItsNameAndInTheGivenOrder) {
    EXPECT_THAT(find({"notes.txt", "c.json", "more"}).value(), ElementsAre("notes.txt", "c.json", "more/d.yaml"));
}

TEST_F(Discover, AFileThatIsNamedTwiceIsTakenOnce) {
    EXPECT_THAT(find({"more/d.yaml", "more/../more/d.yaml", "more", ""}).value(),
                ElementsAre("more/d.yaml", "a.yml", "b.yaml", "c.json"));
}

TEST_F(Discover, AFolderWithoutScenariosIsAProblem) {
    const auto found = find({"more", "empty"});
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code(), source::ProblemCode::not_found);
    EXPECT_THAT(found.error().message(), HasSubstr("no scenario file in folder"));
}

TEST_F(Discover, APathThatDoesNotExistIsAProblem) {
    const auto found = find({"nowhere.yaml"});
    ASSERT_FALSE(found);
    EXPECT_THAT(found.error().message(), HasSubstr("there is no file or folder"));
}

TEST_F(Discover, WhatTestsHaveWrittenIsNoScenario) {
    write("events.json", R"({"event":"run_started","run":"a"})");
    write("durations.json", render_durations({{"a.yaml [http]", std::chrono::milliseconds(3)}}));
    write("scenario.schema.json", render_json_schema());
    EXPECT_THAT(find({""}).value(), ElementsAre("a.yml", "b.yaml", "c.json", "more/d.yaml"));
    EXPECT_THAT(find({"events.json"}).value(), ElementsAre("events.json")) << "it was named";
}

}  // namespace
}  // namespace understudy::scenario::discover_test
