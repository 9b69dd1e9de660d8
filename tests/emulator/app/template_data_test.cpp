#include "emulator/app/chance.hpp"
#include "emulator/app/template/properties.hpp"
#include "emulator/app/template/read_resources.hpp"
#include "tests/emulator/app/summary.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace understudy::app {
namespace {

const std::string kFolder = UNDERSTUDY_SOURCE_DIR "/tests/data/templates";

source::Result<std::string> read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return source::Problem(source::ProblemCode::not_found, "no such file");
    return std::string(std::istreambuf_iterator<char>(in), {});
}

std::vector<std::string> files_in(const std::string& folder) {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const std::string extension = entry.path().extension().string();
        if (extension == ".yaml" || extension == ".json") names.insert(entry.path().string());
    }
    return {names.begin(), names.end()};
}

TemplateInputs inputs() {
    return {.folder = kFolder, .read_text = read_file};
}

/// Compares with the file beside the template; UNDERSTUDY_UPDATE_GOLDEN writes it anew.
void expect_golden(const std::string& path, std::string text) {
    for (std::size_t at = text.find(kFolder); at != std::string::npos; at = text.find(kFolder)) {
        text.replace(at, kFolder.size(), "TEMPLATES");
    }
    if (std::getenv("UNDERSTUDY_UPDATE_GOLDEN") != nullptr) std::ofstream(path + ".txt") << text;
    EXPECT_EQ(text, read_file(path + ".txt").value()) << path << ".txt";
}

TEST(TemplateData, EachTemplateIsReadAsItsGoldenFileSays) {
    for (const std::string& path : files_in(kFolder)) {
        SCOPED_TRACE(path);
        const auto document = source::parse_document(read_file(path).value(), path);
        ASSERT_TRUE(document) << document.error();
        const auto read = read_template(*document, inputs());
        ASSERT_TRUE(read) << read.error().front();
        expect_golden(path, summarise(*read));
    }
}

TEST(TemplateData, TheExamplesTemplateIsWhole) {
    const std::string path = UNDERSTUDY_SOURCE_DIR "/template.yaml";
    const auto document = source::parse_document(read_file(path).value(), path);
    ASSERT_TRUE(document) << document.error();
    const auto read = read_template(*document, {.folder = UNDERSTUDY_SOURCE_DIR});
    ASSERT_TRUE(read) << read.error().front();
    EXPECT_EQ(read->application.apis.size(), 5U);
    for (const source::Problem& notice : read->notices) ADD_FAILURE() << notice;
}

TEST(FunctionVersion, IsWhatTheQualifierNames) {
    const Function function{
        .versions = {"1"},
        .aliases = {{.name = "live", .version = "1"}, {.name = "old", .version = "7"}, {.name = "x"}}};
    const std::vector<std::pair<std::string, std::string>> rows{
        {"", "$LATEST"}, {"$LATEST", "$LATEST"}, {"1", "1"},    {"live", "1"},    {"old", "7"},
        {"7", "7"},      {"x", "$LATEST"},       {"2", "none"}, {"LIVE", "none"}, {"$latest", "none"}};
    for (const auto& [qualifier, version] : rows) {
        EXPECT_EQ(find_version(function, qualifier).value_or("none"), version) << qualifier;
    }
}

TEST(FunctionVersion, AnAliasSpreadsItsCalls) {
    const Function function{.versions = {"1", "2", "3"},
                            .aliases = {{.name = "live", .version = "1", .weights = {{"2", 0.5}, {"3", 0.25}}},
                                        {.name = "sure", .version = "2", .weights = {{"3", 1}}},
                                        {.name = "plain", .version = "3"}}};
    std::map<std::string, int> calls;
    for (int i = 0; i < 4000; ++i) ++calls[choose_version(function, "live", "call-" + std::to_string(i)).value()];
    EXPECT_NEAR(calls["1"], 1000, 150);
    EXPECT_NEAR(calls["2"], 2000, 150);
    EXPECT_NEAR(calls["3"], 1000, 150);
    EXPECT_EQ(choose_version(function, "live", "one"), choose_version(function, "live", "one"));
    EXPECT_EQ(choose_version(function, "sure", "x"), "3");
    EXPECT_EQ(choose_version(function, "plain", "x"), "3");
    EXPECT_EQ(choose_version(function, "", "x"), "$LATEST");
    EXPECT_EQ(choose_version(function, "gone", "x"), std::nullopt);
}

TEST(Chance, AnIdTellsTheSameNumberAndManyAreSpreadEvenly) {
    std::array<int, 4> quarters{};
    for (int i = 0; i < 4000; ++i) ++quarters.at(static_cast<std::size_t>(to_fraction("id-" + std::to_string(i)) * 4));
    for (const int count : quarters) EXPECT_NEAR(count, 1000, 150);
    EXPECT_EQ(to_fraction("1-a"), to_fraction("1-a"));
    EXPECT_GE(to_fraction(""), 0);
}

TEST(TemplateData, EachOpenApiDocumentAloneIsReadAsItsGoldenFileSays) {
    for (const char* name : {"/openapi/rest.yaml", "/openapi/swagger.json", "/openapi/http.yaml"}) {
        SCOPED_TRACE(name);
        const auto document = source::parse_document(read_file(kFolder + name).value(), kFolder + name);
        ASSERT_TRUE(document) << document.error();
        const auto read = read_openapi(*document, std::nullopt, inputs());
        ASSERT_TRUE(read) << read.error().front();
        expect_golden(kFolder + name, summarise(*read));
    }
}

TEST(TemplateData, EveryPropertyThatTheReaderKnowsIsUsedByATemplate) {
    std::set<std::string> missing;
    for (const templates::Shape& shape : templates::all_shapes()) {
        for (const templates::Property& property : shape.properties) {
            missing.insert(std::string(shape.name) + '.' + std::string(property.name));
        }
    }
    ASSERT_GT(missing.size(), 500U);
    templates::Findings findings;
    for (const std::string& path : files_in(kFolder)) {
        const auto document = source::parse_document(read_file(path).value(), path);
        templates::read_template_into(*document, inputs(), findings);
    }
    for (const std::string& path : files_in(kFolder + "/openapi")) {
        if (path.ends_with("http_paths.yaml")) continue;
        const auto document = source::parse_document(read_file(path).value(), path);
        templates::read_openapi_into(*document, std::nullopt, inputs(), findings);
    }
    for (const std::string& property : findings.met()) missing.erase(property);
    std::string names;
    for (const std::string& property : missing) names += property + '\n';
    EXPECT_EQ(names, "");
}

}  // namespace
}  // namespace understudy::app
