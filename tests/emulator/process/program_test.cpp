#include "emulator/process/program.hpp"

#include "tests/emulator/process/running.hpp"

#include <gtest/gtest.h>

namespace understudy::process {
namespace {

using source::ProblemCode;
using std::filesystem::create_directories;
using std::filesystem::perms;

class FindProgram : public testing::Test {
  protected:
    void SetUp() override {
        for (const auto* name : {"one", "two", "task"}) create_directories(folder_.path / name);
    }
    std::filesystem::path put(const std::string& name, perms mode = perms(0755)) {
        return write_file(folder_.path / name, "#!/bin/sh\n", mode);
    }
    std::string at(const std::string& name) const { return (folder_.path / name).native(); }
    std::string search_path() const { return at("one") + ":" + at("two"); }

    Folder folder_;
};

TEST_F(FindProgram, TheFirstFolderOfThePathWins) {
    put("two/tool");
    EXPECT_EQ(find_program("tool", search_path(), at("task")).value(), at("two/tool"));
    put("one/tool");
    EXPECT_EQ(find_program("tool", search_path(), at("task")).value(), at("one/tool"));
}

TEST_F(FindProgram, AFileThatMayNotBeRunIsPassedOver) {
    put("one/tool", perms(0644));
    put("two/tool");
    EXPECT_EQ(find_program("tool", search_path(), at("task")).value(), at("two/tool"));
}

TEST_F(FindProgram, AFileThatMayNotBeRunIsBetterThanNothing) {
    put("two/tool", perms(0644));
    EXPECT_EQ(find_program("tool", search_path(), at("task")).value(), at("two/tool"));
    put("task/bootstrap", perms(0644));
    EXPECT_EQ(find_program("./bootstrap", search_path(), at("task")).value(), at("task/bootstrap"));
}

TEST_F(FindProgram, ADirectoryIsNoProgram) {
    create_directories(folder_.path / "one/tool");
    EXPECT_EQ(find_program("tool", search_path(), at("task")).error().code(), ProblemCode::not_found);
    put("two/tool");
    EXPECT_EQ(find_program("tool", search_path(), at("task")).value(), at("two/tool"));
}

TEST_F(FindProgram, ANameWithASlashIsTakenFromTheDirectory) {
    put("task/bootstrap");
    put("one/bootstrap");
    EXPECT_EQ(find_program("./bootstrap", search_path(), at("task")).value(), at("task/bootstrap"));
    EXPECT_EQ(find_program("../one/bootstrap", "", at("task")).value(), at("one/bootstrap"));
    EXPECT_EQ(find_program(at("one/bootstrap"), "", at("task")).value(), at("one/bootstrap"));
}

TEST_F(FindProgram, AnEmptyEntryOfThePathIsTheDirectory) {
    put("task/tool");
    EXPECT_EQ(find_program("tool", at("one") + "::" + at("two"), at("task")).value(), at("task/tool"));
    EXPECT_EQ(find_program("tool", "", at("task")).value(), at("task/tool"));
}

TEST_F(FindProgram, ANameThatIsOnlyInTheDirectoryIsNotFound) {
    put("task/tool");
    EXPECT_EQ(find_program("tool", search_path(), at("task")).error().code(), ProblemCode::not_found);
}

TEST_F(FindProgram, EveryPathThatWasTriedIsNamed) {
    const auto problem = find_program("tool", search_path(), at("task")).error();
    EXPECT_EQ(problem.code(), ProblemCode::not_found);
    EXPECT_EQ(problem.message(), "Couldn't find valid bootstrap(s): [" + at("one/tool") + " " + at("two/tool") + "]");
    EXPECT_EQ(find_program("./bootstrap", search_path(), at("task")).error().message(),
              "Couldn't find valid bootstrap(s): [" + at("task/bootstrap") + "]");
}

}  // namespace
}  // namespace understudy::process
