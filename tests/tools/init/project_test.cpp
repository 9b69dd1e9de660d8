#include "tools/init/project.hpp"

#include "tests/support/program.hpp"
#include "tools/init/write_project.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace understudy::init {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::Field;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kPath = "PATH=/usr/bin:/bin";
/// The compiler that this test was compiled with.
const std::string kCompile = "'" UNDERSTUDY_COMPILER "' -std=c++20 -Isrc -Igen ";

/// A folder that may hold folders.
struct Room {
    ~Room() { fs::remove_all(path); }
    fs::path path = fs::path(testing::TempDir()) / ("init-" + std::to_string(::getpid()));
};

test::Ended understudy(std::vector<std::string> words) {
    return test::run_program("understudy", std::move(words), {kPath});
}

test::Ended run_shell(const std::string& line) {
    return test::run_file("/bin/sh", {"-c", line}, {kPath, "HOME=/nonexistent"});
}

TEST(InitNames, FollowFromTheFolders) {
    EXPECT_EQ(*to_names("greeter"), (ProjectNames{"greeter", "greeter", "Greeter"}));
    EXPECT_EQ(*to_names("hello-fn_2"), (ProjectNames{"hello-fn_2", "hello_fn_2", "HelloFn2"}));
    EXPECT_EQ(*to_names("1 My.App!"), (ProjectNames{"My-App", "my_app", "MyApp"}));
    for (const std::string word :
         {"class", "true", "alignas", "yield", "linux", "errno", "google", "time", "link", "log"})
        EXPECT_EQ(to_names(word)->package, word + "_fn");
    EXPECT_EQ(to_names("classes")->package, "classes");
    for (const std::string_view bad : {"", "123", "--", "é"}) EXPECT_TRUE(to_names(bad).has_error()) << bad;
}

TEST(InitProject, IsNamedThroughout) {
    for (const std::string_view language : languages()) {
        const auto files = make_project(language, *to_names("my-greeter-app"));
        EXPECT_THAT(files, Contains(Field(&ProjectFile::path, "proto/my_greeter_app/v1/my_greeter_app.proto")));
        EXPECT_THAT(files, Contains(Field(&ProjectFile::path, ".gitignore")));
        for (const ProjectFile& file : files) {
            SCOPED_TRACE(file.path);
            EXPECT_THAT(file.text, Not(HasSubstr("my_my")));
            EXPECT_THAT(file.text, Not(HasSubstr("my-my")));
            if (file.path == "README.md") {
                EXPECT_THAT(file.text, HasSubstr("# my-greeter-app\n"));
                EXPECT_THAT(file.text, HasSubstr("/my_greeter_app.v1.MyGreeterAppService/Greet"));
            }
        }
    }
}

TEST(InitProject, IsWrittenWholeOrNotAtAll) {
    const Room room;
    const auto files = make_project("python", *to_names("a"));
    ASSERT_TRUE(write_project(room.path, files).has_value());
    fs::remove(room.path / "app.py");
    const auto again = write_project(room.path, files);
    ASSERT_TRUE(again.has_error());
    EXPECT_THAT(again.error().message(), HasSubstr("nothing was written"));
    EXPECT_FALSE(fs::exists(room.path / "app.py"));
}

TEST(WriteProject, OneThatCannotBeWrittenWholeLeavesNothingBehind) {
    const Room room;
    const auto written = write_project(room.path / "a", {{"b/one", "1"}, {std::string(300, 'x'), "2"}});
    ASSERT_TRUE(written.has_error());
    EXPECT_THAT(written.error().message(), HasSubstr("xxx: it cannot be written: File name too long"));
    EXPECT_FALSE(fs::exists(room.path));
}

/// All words of the files that `sources` name in a shell, and of what they include, that may be a package's name.
std::vector<std::string> find_words(const std::string& folder, const std::string& sources) {
    const auto words =
        run_shell("cd " + folder + " && for source in " + sources + "; do " + kCompile + "-E $source && " + kCompile +
                  "-E -dM $source || exit 1; done | grep -v '^# ' | grep -oE '\\b[a-z][a-z0-9_]*\\b' | sort -u");
    std::vector<std::string> found;
    std::istringstream lines(words.out);
    for (std::string word; std::getline(lines, word);) found.push_back(word);
    return found;
}

// Whatever a project is called, its messages stand in a namespace of that name beside all that its files declare.
TEST(InitProject, HasNoWordThatItsMessagesCouldNotBeCalled) {
    const Room room;
    const std::string folder = room.path.native();
    ASSERT_TRUE(write_project(room.path, make_project("cpp", *to_names("probe"))).has_value());
    ASSERT_EQ(
        run_shell("cd " + folder + " && mkdir gen && protoc -Iproto --cpp_out=gen probe/v1/probe.proto").exit_code, 0);
    const auto words = find_words(folder, "src/*.cpp gen/probe/v1/*.cc");
    for (const char* word : {"serve", "answer", "refuse", "to_reply", "run_lambda", "function", "socket", "name"})
        EXPECT_THAT(words, Contains(word));
    std::string namespaces;
    for (const auto& word : words) {
        const auto names = to_names(word);
        const bool is_own = word.find("probe") != std::string::npos;
        if (names && names->package == word && !is_own) namespaces += "namespace " + word + "::v1 {}\n";
    }
    std::ofstream(room.path / "gen/words.h") << namespaces;
    const auto compiled =
        run_shell("cd " + folder +
                  " && sed -i '0,/^namespace probe {/s//#include \"words.h\"\\n&/' gen/probe/v1/probe.pb.h"
                  " && grep -q words.h gen/probe/v1/probe.pb.h"
                  " && for source in src/main.cpp gen/probe/v1/probe.pb.cc; do " +
                  kCompile + "-fsyntax-only $source || exit 1; done");
    EXPECT_EQ(compiled.exit_code, 0) << compiled.err;
}

TEST(InitCommand, WritesAPythonFunctionWhoseScenarioPasses) {
    const Room room;
    const auto written = understudy({"init", (room.path / "hello").native(), "--language", "python"});
    EXPECT_EQ(written.exit_code, 0) << written.err;
    EXPECT_THAT(written.out, HasSubstr("understudy test scenarios"));
    const auto tested = understudy({"test", (room.path / "hello/scenarios").native()});
    EXPECT_EQ(tested.exit_code, 0) << tested.out << tested.err;
    const auto again = understudy({"init", (room.path / "hello").native()});
    EXPECT_EQ(again.exit_code, 1);
    EXPECT_THAT(again.err, HasSubstr("it is there already"));
}

TEST(InitCommand, WritesAFunctionInCppThatBuildsAndWhoseScenarioPasses) {
    const Room room;
    const std::string folder = (room.path / "to-reply").native();  // As one of its functions is called.
    ASSERT_EQ(understudy({"init", folder}).exit_code, 0);
    const auto built =
        run_shell("cd " + folder + " && cmake -B build -DCMAKE_BUILD_TYPE=Plain && cmake --build build -j2");
    ASSERT_EQ(built.exit_code, 0) << built.out << built.err;
    const auto tested = understudy({"test", folder + "/scenarios"});
    EXPECT_EQ(tested.exit_code, 0) << tested.out << tested.err;
    EXPECT_EQ(understudy({"check", folder + "/build/bin/bootstrap"}).exit_code, 0);
}

}  // namespace
}  // namespace understudy::init
