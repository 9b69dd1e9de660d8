#include "emulator/process/code_package.hpp"

#include "tests/emulator/process/running.hpp"
#include "tests/emulator/process/zip_bytes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::process {
namespace {

namespace fs = std::filesystem;
using source::ProblemCode;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view kScript = "#!/bin/sh\n";

class CodePackageTest : public testing::Test {
  protected:
    CodePackageTest() {
        fs::create_directory(scratch_);
        fs::create_directory(code_);
    }
    source::Result<CodePackage> prepare(const fs::path& code, const fs::path& layer = {}) {
        app::Function function{.name = "search", .logical_id = "SearchFunction", .code = code.native()};
        if (!layer.empty()) function.layers = {layer.native()};
        return prepare_code(function, scratch_, "/usr/bin:/bin");
    }
    fs::path zip(const std::vector<RawEntry>& entries) { return write_file(folder_.path / "fn.zip", to_zip(entries)); }

    Folder folder_;
    fs::path scratch_ = folder_.path / "scratch";
    fs::path code_ = folder_.path / "code";
};

TEST_F(CodePackageTest, AFolderRunsItsBootstrap) {
    write_file(code_ / "bootstrap", kScript, fs::perms(0755));
    const auto package = prepare(code_);
    ASSERT_TRUE(package.has_value()) << package.error();
    EXPECT_THAT(package->command, ElementsAre(code_ / "bootstrap"));
    EXPECT_EQ(package->directory, code_);
    EXPECT_TRUE(package->opt.empty());
}

TEST_F(CodePackageTest, AFoldersBootstrapMayBeALinkToWhereItWillLieOnAws) {
    fs::create_directory(code_ / "bin");
    write_file(code_ / "bin/app", kScript, fs::perms(0755));
    const auto command_of = [this](const fs::path& target) {
        fs::remove(code_ / "bootstrap");
        fs::create_symlink(target, code_ / "bootstrap");
        const auto package = prepare(code_);
        return package.has_value() ? package->command : std::vector<std::string>();
    };
    EXPECT_THAT(command_of("/var/task/bin/app"), ElementsAre(code_ / "bin/app"));
    EXPECT_THAT(command_of("bin/app"), ElementsAre(code_ / "bootstrap"));
    EXPECT_THAT(command_of("/var/task/none"), ElementsAre());
    EXPECT_THAT(command_of("/var/task/../" + code_.native() + "/bin/app"), ElementsAre());
}

TEST_F(CodePackageTest, AFileRunsItself) {
    const fs::path file = write_file(code_ / "handler", kScript, fs::perms(0755));
    const auto package = prepare(file);
    ASSERT_TRUE(package.has_value()) << package.error();
    EXPECT_THAT(package->command, ElementsAre(file));
    EXPECT_EQ(package->directory, code_);
}

TEST_F(CodePackageTest, AZipRunsTheBootstrapThatWasInIt) {
    fs::path file = zip({raw_file("bootstrap", std::string(kScript), 0755)});
    for (const char* name : {"fn.zip", "asset.0123abc"}) {
        fs::rename(file, folder_.path / name);
        file = folder_.path / name;
        const auto package = prepare(file);
        ASSERT_TRUE(package.has_value()) << package.error();
        EXPECT_THAT(package->command, ElementsAre(package->directory + "/bootstrap"));
        EXPECT_TRUE(package->directory.starts_with(scratch_.native()));
    }
}

TEST_F(CodePackageTest, ACommandIsTakenAsItIs) {
    const app::Function function{.command = {"sh", "-c", "true"}, .code = code_, .directory = "/"};
    const auto package = prepare_code(function, scratch_, "/usr/bin:/bin");
    ASSERT_TRUE(package.has_value()) << package.error();
    EXPECT_THAT(package->command, ElementsAre("sh", "-c", "true"));
    EXPECT_EQ(package->directory, "/");
    const fs::path module = write_file(code_ / "app.py", "");
    fs::create_directory(code_ / "deep");
    const fs::path deeper = write_file(code_ / "deep/index.mjs", "");
    const app::Function by_module{
        .command = {"sh", "-m", "awslambdaric", "deep.index.handler"}, .directory = code_, .handler = "app.handler"};
    EXPECT_THAT(watched_paths(by_module, "/bin"), ElementsAre("/bin/sh", deeper, module));
    const app::Function missing{.command = {"./none"}, .directory = code_};
    EXPECT_EQ(prepare_code(missing, scratch_, "").error().message(),
              "Couldn't find valid bootstrap(s): [" + (code_ / "none").native() + "]");
}

TEST_F(CodePackageTest, WhatCannotBeRunIsNamedWithTheRemedy) {
    fs::create_directories(folder_.path / "sources");
    write_file(folder_.path / "sources/main.cpp", "");
    write_file(folder_.path / "sources/Makefile", "");
    fs::create_directories(folder_.path / "nested/inner");
    write_file(folder_.path / "nested/inner/bootstrap", kScript);
    const fs::path plain = write_file(folder_.path / "plain", kScript);
    const fs::path foreign = write_file(folder_.path / "foreign", "MZ", fs::perms(0755));
    struct Case {
        fs::path code;
        std::string message;
        std::string hint;
        std::string note;
    };
    const auto tried = [this](const char* name) {
        return "Couldn't find valid bootstrap(s): [" + (folder_.path / name).native() + "]";
    };
    const std::vector<Case> cases{
        {folder_.path / "none", tried("none"), "'sam build' builds the functions", "there is no such file or folder"},
        {code_, tried("code/bootstrap"), "'sam build' builds it", "the folder is empty"},
        {folder_.path / "sources", tried("sources/bootstrap"),
         "build-SearchFunction ARTIFACTS_DIR=", "the folder holds Makefile, main.cpp"},
        {folder_.path / "nested", tried("nested/bootstrap"), "'bootstrap' stands in 'inner/'", "holds inner/"},
        {plain, "fork/exec " + plain.native() + ": permission denied", "chmod +x " + plain.native(), ""},
        {foreign, "it is a program for Windows", "build it for Linux", ""},
    };
    for (const auto& [code, message, hint, note] : cases) {
        const auto package = prepare(code);
        ASSERT_TRUE(package.has_error()) << code;
        EXPECT_THAT(package.error().message(), HasSubstr(message));
        EXPECT_THAT(package.error().hint(), HasSubstr(hint));
        EXPECT_THAT(package.error().note(), HasSubstr(note));
    }
}

TEST_F(CodePackageTest, AZipWithoutRightsSaysHowToPackIt) {
    const auto package = prepare(zip({raw_file("bootstrap", std::string(kScript), 0644)}));
    EXPECT_THAT(package.error().message(), HasSubstr("/bootstrap: permission denied"));
    // A call that tries all the same gets the same words.
    const app::Function function{.name = "search", .code = (folder_.path / "fn.zip").native()};
    const fs::path program = find_program_of_code(function, scratch_);
    EXPECT_EQ(package.error().message(), "fork/exec " + program.native() + ": permission denied");
    EXPECT_THAT(package.error().hint(), HasSubstr("'chmod +x bootstrap', then pack"));
    EXPECT_THAT(prepare(write_file(folder_.path / "empty.zip", "")).error().message(), HasSubstr("it is no zip file"));
}

TEST_F(CodePackageTest, ALayersBootstrapStandsInAndItsExtensionsAreTold) {
    const fs::path layer = folder_.path / "layer";
    fs::create_directories(layer / "extensions");
    write_file(layer / "extensions/agent", kScript, fs::perms(0755));
    const auto missing = prepare(code_, layer);
    EXPECT_THAT(missing.error().message(), HasSubstr((code_ / "bootstrap").native() + " " + layer.native()));
    write_file(layer / "bootstrap", kScript, fs::perms(0755));
    const auto package = prepare(code_, layer);
    ASSERT_TRUE(package.has_value()) << package.error();
    EXPECT_EQ(package->opt, layer);
    EXPECT_THAT(package->command, ElementsAre(layer / "bootstrap"));
    EXPECT_EQ(package->directory, code_);
    EXPECT_THAT(package->notices, ElementsAre(HasSubstr("the extension 'agent', which is not started")));
}

TEST_F(CodePackageTest, FoldersOfEarlierPackagesAreRemoved) {
    const auto pack = [this](const char* name, const std::string& content) {
        return write_file(folder_.path / name, to_zip({raw_file("bootstrap", content, 0755)}));
    };
    app::Function function{.name = "search", .code = pack("fn.zip", "#!/bin/sh\n# 1\n").native()};
    function.layers = {pack("a.zip", "#!/bin/sh\n# a\n").native(), pack("b.zip", "#!/bin/sh\n# b\n").native()};
    const auto first = prepare_code(function, scratch_, "");
    ASSERT_TRUE(first.has_value()) << first.error();
    pack("fn.zip", "#!/bin/sh\n# 2\n");
    const auto second = prepare_code(function, scratch_, "");
    ASSERT_TRUE(second.has_value()) << second.error();
    const fs::path old = first->directory;
    fs::permissions(old, fs::perms::none);
    std::vector<fs::path> both = second->folders;
    both.emplace_back(first->command.front());
    remove_other_code(scratch_, both);
    EXPECT_TRUE(fs::exists(old)) << "something of it is kept";
    remove_other_code(scratch_, second->folders);
    EXPECT_FALSE(fs::exists(old));
    EXPECT_EQ(second->folders.size(), 4U) << "two layers, both together, and the code";
    for (const fs::path& folder : second->folders) EXPECT_TRUE(fs::exists(folder)) << folder;
    EXPECT_EQ(prepare_code(function, scratch_, "")->opt, second->opt);
    remove_other_code(scratch_, {});
    EXPECT_TRUE(fs::is_empty(scratch_));
    EXPECT_TRUE(fs::exists(function.code));
}

TEST_F(CodePackageTest, WhatAsksForANewPreparationIsListed) {
    const fs::path script = write_file(code_ / "handler.py", "");
    const app::Function by_code{.code = code_, .layers = {"/a/layer"}};
    EXPECT_THAT(watched_paths(by_code, ""), ElementsAre(code_, "/a/layer"));
    const fs::path bootstrap = write_file(code_ / "bootstrap", kScript, fs::perms(0755));
    EXPECT_THAT(watched_paths(by_code, ""), ElementsAre(code_, bootstrap, "/a/layer")) << "whose loss is told";
    const app::Function by_command{.command = {"sh", "handler.py", "-v", "."}, .directory = code_};
    EXPECT_THAT(watched_paths(by_command, "/bin"), ElementsAre("/bin/sh", script));
    const fs::path imported = write_file(code_ / "tools.py", "");
    write_file(code_ / "notes.txt", "");
    EXPECT_THAT(watched_paths(by_command, "/bin"), ElementsAre("/bin/sh", script, imported));
    const app::Function missing{.command = {"./build/handler"}, .directory = code_};
    EXPECT_THAT(watched_paths(missing, "/bin"), ElementsAre(code_ / "build/handler"));
}

}  // namespace
}  // namespace understudy::process
