#include "tools/understudy/application_loader.hpp"

#include "emulator/process/temp_directory.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <future>

namespace understudy::cli {
namespace {

void write_text(const std::filesystem::path& file, const std::string& text) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
}

/// The region that is read and the names of the functions; or what is wrong.
std::string load_from(const process::TempDirectory& folder, const std::string& template_file = "",
                      const std::string& config_file = "") {
    ApplicationFiles files;
    files.template_file = template_file;
    files.config_file = config_file;
    ApplicationLoader loader(folder.path().string(), std::move(files));
    const auto loaded = loader.load({});
    if (!loaded) return loaded.error().message();
    std::string told = loaded->application.region;
    for (const app::Function& function : loaded->application.functions) told += ' ' + function.name;
    return told;
}

std::string template_with(const std::string& function) {
    return "Parameters: {Suffix: {Type: String, Default: ''}}\nResources:\n  F: {Type: AWS::Serverless::Function, "
           "Properties: {CodeUri: ., FunctionName: !Sub '" +
           function + "${Suffix}'}}\n";
}

std::string config_with(const std::string& parameters) {
    return "[default.global.parameters]\n" + parameters;
}

TEST(ApplicationLoader, ReadsTheConfigurationBesideTheTemplate) {
    const auto folder = process::TempDirectory::make_in_system().value();
    const std::filesystem::path root = folder.path();
    write_text(root / "template.yaml", template_with("here"));
    write_text(root / "samconfig.toml", config_with("region = 'eu-west-1'\nparameter_overrides = 'Suffix=-1'\n"));
    write_text(root / "shop/template.yaml", template_with("shop"));
    EXPECT_EQ(load_from(folder), "eu-west-1 here-1");
    EXPECT_EQ(load_from(folder, "template.yaml"), "eu-west-1 here-1");
    EXPECT_EQ(load_from(folder, "shop/template.yaml"), "us-east-1 shop");
    write_text(root / "shop/samconfig.toml", config_with("region = 'eu-west-2'\n"));
    EXPECT_EQ(load_from(folder, "shop/template.yaml"), "eu-west-2 shop");
    EXPECT_EQ(load_from(folder, root / "shop/template.yaml"), "eu-west-2 shop");
}

TEST(ApplicationLoader, WhatAPipeHeldIsKeptForTheNextTime) {
    const auto folder = process::TempDirectory::make_in_system().value();
    const std::filesystem::path file = folder.path() / "template.yaml";
    ApplicationFiles files;
    files.template_file = "template.yaml";
    ApplicationLoader loader(folder.path().string(), files);
    ASSERT_EQ(::mkfifo(file.c_str(), 0600), 0);
    auto writer = std::async(std::launch::async, [&] { write_text(file, template_with("piped")); });
    for (int i = 0; i < 2; ++i) {
        const auto loaded = loader.load({});
        ASSERT_TRUE(loaded) << loaded.error();
        EXPECT_EQ(loaded->application.functions.at(0).name, "piped");
    }
    write_text(folder.path() / "other/template.yaml", template_with("plain"));
    files.template_file = "other/template.yaml";
    ApplicationLoader other(folder.path().string(), files);
    ASSERT_TRUE(other.load({}));
    std::filesystem::remove(folder.path() / "other/template.yaml");
    ASSERT_EQ(::mkfifo((folder.path() / "other/template.yaml").c_str(), 0600), 0);
    EXPECT_EQ(other.load({}).error().message(), "'other/template.yaml' is a pipe now, and is not read while serving");
}

TEST(ApplicationLoader, LooksForANamedConfigurationBesideTheTemplate) {
    const auto folder = process::TempDirectory::make_in_system().value();
    const std::filesystem::path root = folder.path();
    write_text(root / "template.yaml", template_with("here"));
    write_text(root / "shop/template.yaml", template_with("shop"));
    write_text(root / "shop/ci.toml", config_with("region = 'eu-west-3'\n"));
    EXPECT_EQ(load_from(folder, "shop/template.yaml", "ci.toml"), "eu-west-3 shop");
    EXPECT_EQ(load_from(folder, "", "ci.toml"), "there is no file 'ci.toml'");
    EXPECT_EQ(load_from(folder, "", "shop/ci.toml"), "eu-west-3 here");
    EXPECT_EQ(load_from(folder, "shop/template.yaml", root / "shop/ci.toml"), "eu-west-3 shop");
}

TEST(ApplicationLoader, OfSeveralConfigurationsReadsTheOneThatSamCliDoes) {
    const auto folder = process::TempDirectory::make_in_system().value();
    const std::filesystem::path root = folder.path();
    write_text(root / "template.yaml", template_with("here"));
    const auto yaml_with = [](const std::string& region) {
        return "default: {global: {parameters: {region: " + region + "}}}\n";
    };
    write_text(root / "samconfig.yml", yaml_with("eu-west-3"));
    EXPECT_EQ(load_from(folder), "eu-west-3 here");
    write_text(root / "samconfig.yaml", yaml_with("eu-west-2"));
    EXPECT_EQ(load_from(folder), "eu-west-2 here");
    write_text(root / "samconfig.toml", config_with("region = 'eu-west-1'\n"));
    ApplicationLoader loader(root.string(), {});
    const auto loaded = loader.load({});
    ASSERT_TRUE(loaded) << loaded.error();
    EXPECT_EQ(loaded->application.region, "eu-west-1");
    ASSERT_EQ(loaded->unused.size(), 1u);
    EXPECT_EQ(loaded->unused.front().message(),
              "there is more than one samconfig: samconfig.toml is read, as SAM CLI does; --config-file names another "
              "one");
    EXPECT_EQ(load_from(folder, "", "samconfig.yml"), "eu-west-3 here");
}

TEST(ApplicationLoader, WhatTheConfigurationNamesIsSeenFromTheCurrentFolder) {
    const auto folder = process::TempDirectory::make_in_system().value();
    const std::filesystem::path root = folder.path();
    write_text(root / "samconfig.toml", config_with("template = 'shop/template.yaml'\nregion = 'eu-west-1'\n"));
    write_text(root / "shop/template.yaml", template_with("shop"));
    write_text(root / "shop/samconfig.toml", config_with("region = 'eu-west-2'\n"));
    EXPECT_EQ(load_from(folder), "eu-west-1 shop") << "the configuration is found before the template is";
}

}  // namespace
}  // namespace understudy::cli
