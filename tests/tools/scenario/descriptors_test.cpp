#include "tools/scenario/descriptors.hpp"

#include "tests/tools/scenario/shop.hpp"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.pb.h>
#include <gtest/gtest.h>

#include <sys/stat.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace understudy::scenario::descriptors_test {
namespace {

using source::Position;
using testing::ElementsAre;
using testing::HasSubstr;

SchemaFiles broken(const std::string& name) {
    return {.proto_files = {"broken/" + name}, .import_paths = {schema_folder()}, .descriptor_set = ""};
}

std::vector<source::Problem> problems_of(const SchemaFiles& files) {
    const auto result = read_descriptors(files);
    const auto* problems = std::get_if<std::vector<source::Problem>>(&result);
    return problems ? *problems : std::vector<source::Problem>{};
}

// A file that is gone at the end of the test.
class TemporaryFile {
  public:
    explicit TemporaryFile(const std::string& bytes)
        : path_(testing::TempDir() + "descriptors_test." +
                testing::UnitTest::GetInstance()->current_test_info()->name()) {
        std::ofstream(path_, std::ios::binary) << bytes;
    }
    ~TemporaryFile() { std::remove(path_.c_str()); }
    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

// A folder that is gone at the end of the test.
class SchemaFolder {
  public:
    SchemaFolder() {
        std::string name = testing::TempDir() + "descriptors_test.XXXXXX";
        path_ = ::mkdtemp(name.data());
    }
    ~SchemaFolder() { std::filesystem::remove_all(path_); }
    SchemaFolder(const SchemaFolder&) = delete;
    SchemaFolder& operator=(const SchemaFolder&) = delete;

    void write(const std::string& name, const std::string& text) const {
        const auto file = std::filesystem::path(path_) / name;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file) << text;
    }
    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

std::string shop_as_descriptor_set() {
    google::protobuf::FileDescriptorSet set;
    const auto* file = shop()->find_method("shop.Shop/Order")->file();
    file->CopyTo(set.add_file());
    for (int i = 0; i < file->dependency_count(); ++i) file->dependency(i)->CopyTo(set.add_file());
    return set.SerializeAsString();
}

TEST(Descriptors, MethodsOfTheNamedFilesAreFound) {
    EXPECT_THAT(shop()->method_names(), ElementsAre("shop.Shop/Order", "shop.Shop/Watch"));
    const auto* method = shop()->find_method("shop.Shop/Order");
    ASSERT_NE(method, nullptr);
    EXPECT_EQ(method->input_type()->full_name(), "shop.Everything");
}

TEST(Descriptors, OtherNamesAreNoMethods) {
    for (const auto* name : {"", "shop.Shop", "shop.Shop/", "shop.Shop/order", "Shop/Order", "/shop.Shop/Order",
                             "shop.Shop/Order/", "shop.Everything/Order"})
        EXPECT_EQ(shop()->find_method(name), nullptr) << name;
}

TEST(Descriptors, WellKnownTypesNeedNoFileOnDisk) {
    const auto message = shop_message("Everything", "time { seconds: 5 } wrapped { value: 'a' }");
    EXPECT_EQ(message->ByteSizeLong(), 4U + 1 + 6);
}

TEST(Descriptors, WellKnownTypesThatNoFileImportsAreThereForAny) {
    const auto* pool = shop()->find_method("shop.Shop/Order")->file()->pool();
    EXPECT_NE(pool->FindMessageTypeByName("google.protobuf.FieldMask"), nullptr);
    EXPECT_NE(pool->FindMessageTypeByName("google.protobuf.Empty"), nullptr);
}

TEST(Descriptors, AFileLinkedIntoThisProgramIsNoAnswerForAMissingOne) {
    const auto problems = problems_of(
        {.proto_files = {"understudy/v1/scenario.proto"}, .import_paths = {schema_folder()}, .descriptor_set = ""});
    ASSERT_FALSE(problems.empty());
    EXPECT_THAT(problems[0].message(), HasSubstr("there is no .proto file"));
}

TEST(Descriptors, AFileMayBeNamedByItsPath) {
    const SchemaFolder folder;
    const SchemaFolder other;
    folder.write("shop/a.proto", "syntax = \"proto3\"; package a; service S {}");
    for (const auto& paths : std::vector<std::vector<std::string>>{{folder.path()}, {other.path()}, {}}) {
        const auto read = read_descriptors({{folder.path() + "/shop/a.proto"}, paths, {}});
        EXPECT_TRUE(std::holds_alternative<std::shared_ptr<const Descriptors>>(read)) << paths.size();
    }
}

TEST(Descriptors, AFileMayBeNamedByAPathThatBeginsAtAnImportPath) {
    const SchemaFolder folder;
    const std::string text = R"(syntax = "proto3"; package p; message M {} service S { rpc R(M) returns (M); })";
    folder.write("echo.proto", text);
    folder.write("scenarios/x.proto", text);
    for (const char* name : {"../echo.proto", "./x.proto", "./../scenarios/x.proto"}) {
        const SchemaFiles files{
            .proto_files = {name}, .import_paths = {folder.path() + "/scenarios"}, .descriptor_set = ""};
        const auto result = read_descriptors(files);
        ASSERT_TRUE(std::holds_alternative<std::shared_ptr<const Descriptors>>(result)) << name;
        EXPECT_TRUE(std::get<std::shared_ptr<const Descriptors>>(result)->find_method("p.S/R")) << name;
    }
    EXPECT_THAT(problems_of({.proto_files = {"../no.proto"}, .import_paths = {folder.path()}, .descriptor_set = ""}),
                testing::SizeIs(1));
}

TEST(Descriptors, AFileThatAnotherHidesIsNotMistakenForIt) {
    const SchemaFolder folder;
    const SchemaFolder other;
    folder.write("a.proto", "syntax = \"proto3\"; package a;");
    other.write("a.proto", "syntax = \"proto3\"; package b;");
    const auto read = read_descriptors({{folder.path() + "/a.proto"}, {other.path(), folder.path()}, {}});
    const auto& problems = std::get<std::vector<source::Problem>>(read);
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].message(), "'" + folder.path() + "/a.proto' is hidden by '" + other.path() + "/a.proto'");
}

TEST(Descriptors, AnErrorHasFileLineAndColumn) {
    const auto problems = problems_of(broken("syntax.proto"));
    ASSERT_FALSE(problems.empty());
    EXPECT_EQ(problems[0].file(), schema_folder() + "/broken/syntax.proto");
    EXPECT_EQ(problems[0].position(), (Position{8, 1}));
    EXPECT_THAT(problems[0].message(), HasSubstr("Expected \";\""));
}

TEST(Descriptors, AColumnBehindATabIsCountedInCharacters) {
    const auto problems = problems_of(broken("type.proto"));
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].position(), (Position{6, 2}));
    EXPECT_THAT(problems[0].message(), HasSubstr("\"Nothing\" is not defined"));
}

TEST(Descriptors, AMissingImportIsToldWhereItIsWrittenWithTheFoldersAndARemedy) {
    const auto problems = problems_of(broken("import.proto"));
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].message(), "there is no .proto file 'nowhere.proto', which is imported here");
    EXPECT_EQ(problems[0].file(), schema_folder() + "/broken/import.proto");
    EXPECT_EQ(problems[0].position(), (Position{5, 8}));
    EXPECT_EQ(problems[0].extent(), 15U);
    EXPECT_EQ(problems[0].note(), "looked in '" + schema_folder() + "'");
    EXPECT_EQ(problems[0].hint(), "make the folder that has it an import path");
}

TEST(Descriptors, AFolderNearbyThatHasAMissingImportIsNamed) {
    const SchemaFolder folder;
    folder.write("api/shop/v1/a.proto", "syntax = \"proto3\"; import \"shop/v1/b.proto\"; import \"money.proto\";");
    folder.write("api/shop/v1/b.proto", "syntax = \"proto3\";");
    folder.write("api/shop/v1/common/money.proto", "syntax = \"proto3\";");
    const std::string named = folder.path() + "/api/shop/v1";
    const auto problems = problems_of({.proto_files = {"a.proto"}, .import_paths = {named}, .descriptor_set = ""});
    ASSERT_EQ(problems.size(), 2U);
    EXPECT_EQ(problems[0].hint(), "'" + folder.path() + "/api/' has it: make it an import path");
    EXPECT_EQ(problems[1].hint(), "'" + named + "/common' has it: make it an import path");
}

TEST(Descriptors, AFileOfAnEditionIsToldWhichSyntaxesAreRead) {
    const SchemaFolder folder;
    folder.write("a.proto", "// A file.\nedition = \"2023\";\npackage a;");
    const auto problems =
        problems_of({.proto_files = {"a.proto"}, .import_paths = {folder.path()}, .descriptor_set = ""});
    ASSERT_FALSE(problems.empty());
    EXPECT_EQ(problems[0].position(), (Position{2, 1}));
    EXPECT_EQ(problems[0].note(), "files of syntax = \"proto2\" and \"proto3\" are read, editions are not");
    folder.write("b.proto", "syntax = \"proto3\";\nmesage A {}");
    EXPECT_EQ(
        problems_of({.proto_files = {"b.proto"}, .import_paths = {folder.path()}, .descriptor_set = ""})[0].note(), "");
}

TEST(Descriptors, AnImportThatHasErrorsIsToldByThemAlone) {
    const SchemaFolder folder;
    folder.write("a.proto", "syntax = \"proto3\"; import \"b.proto\"; import \"c.proto\";");
    folder.write("b.proto", "syntax = \"proto3\"; message B { int32 q = 1 }");
    folder.write("c.proto", "syntax = \"proto3\"; import \"none.proto\";");
    const auto problems =
        problems_of({.proto_files = {"a.proto"}, .import_paths = {folder.path()}, .descriptor_set = ""});
    std::vector<std::string> files;
    for (const auto& problem : problems) files.push_back(problem.file());
    EXPECT_THAT(files, ElementsAre(folder.path() + "/b.proto", folder.path() + "/c.proto"));
}

TEST(Descriptors, AFileThatNobodyImportsIsToldWithTheFolders) {
    const auto problems =
        problems_of({.proto_files = {"none.proto"}, .import_paths = {schema_folder()}, .descriptor_set = ""});
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].message(), "there is no .proto file 'none.proto'");
    EXPECT_EQ(problems[0].note(), "looked in '" + schema_folder() + "'");
}

TEST(Descriptors, ADescriptorSetIsAsGoodAsTheFiles) {
    const TemporaryFile file(shop_as_descriptor_set());
    const auto result = read_descriptors({.proto_files = {}, .import_paths = {}, .descriptor_set = file.path()});
    ASSERT_TRUE(std::holds_alternative<std::shared_ptr<const Descriptors>>(result));
    const auto& descriptors = *std::get<std::shared_ptr<const Descriptors>>(result);
    EXPECT_NE(descriptors.find_method("shop.Shop/Order"), nullptr);
    EXPECT_THAT(descriptors.method_names(), ElementsAre("shop.Shop/Order", "shop.Shop/Watch"));
}

TEST(Descriptors, ADescriptorSetWithoutAnImportIsRefused) {
    google::protobuf::FileDescriptorSet set;
    shop()->find_method("shop.Shop/Order")->file()->CopyTo(set.add_file());
    const TemporaryFile file(set.SerializeAsString());
    const auto problems = problems_of({.proto_files = {}, .import_paths = {}, .descriptor_set = file.path()});
    ASSERT_FALSE(problems.empty());
    EXPECT_THAT(problems[0].message(), HasSubstr("shop/size.proto"));
}

TEST(Descriptors, WhatIsWrongWithItIsAProblemAndNoLineOfProtobufs) {
    // One whose options lack what they must have.
    const TemporaryFile file(std::string("\x0A\x07\x42\x05\xBA\x3E\x02\x12\x00", 9));
    testing::internal::CaptureStderr();
    const auto problems = problems_of({.proto_files = {}, .import_paths = {}, .descriptor_set = file.path()});
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
    EXPECT_EQ(problems.size(), 1U);
}

TEST(Descriptors, OtherBytesAreNoDescriptorSet) {
    for (const auto* bytes : {"", "syntax = \"proto3\";"}) {
        const TemporaryFile file(bytes);
        const auto problems = problems_of({.proto_files = {}, .import_paths = {}, .descriptor_set = file.path()});
        ASSERT_EQ(problems.size(), 1U);
        EXPECT_THAT(problems[0].message(), HasSubstr("no serialized google.protobuf.FileDescriptorSet"));
    }
}

/// Files `0.proto`, `1.proto` and so on, each with the next one imported.
google::protobuf::FileDescriptorSet chain_of(int count) {
    google::protobuf::FileDescriptorSet set;
    for (int i = 0; i < count; ++i) {
        auto& file = *set.add_file();
        file.set_name(std::to_string(i) + ".proto");
        if (i + 1 < count) file.add_dependency(std::to_string(i + 1) + ".proto");
    }
    return set;
}

TEST(Descriptors, ImportsThatLeadTooFarAreRefused) {
    for (const auto& [count, taken] : {std::pair{500, true}, {502, false}, {20'000, false}}) {
        const TemporaryFile file(chain_of(count).SerializeAsString());
        const auto problems = problems_of({.proto_files = {}, .import_paths = {}, .descriptor_set = file.path()});
        EXPECT_EQ(problems.empty(), taken) << count;
        if (taken) continue;
        ASSERT_EQ(problems.size(), 1U);
        EXPECT_EQ(problems[0].message(), "'501.proto' is imported through more than 500 files, each by the one before");
    }
    const SchemaFolder folder;
    for (int i = 0; i < 502; ++i) {
        folder.write(std::to_string(i) + ".proto",
                     "syntax = \"proto3\";\nimport \"" + std::to_string(i + 1) + ".proto\";\n");
    }
    folder.write("502.proto", "syntax = \"proto3\";\n");
    const auto problems =
        problems_of({.proto_files = {"0.proto"}, .import_paths = {folder.path()}, .descriptor_set = ""});
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_THAT(problems[0].message(), HasSubstr("'501.proto' is imported through more than 500 files"));
    EXPECT_THAT(problems_of({.proto_files = {"2.proto"}, .import_paths = {folder.path()}, .descriptor_set = ""}),
                testing::IsEmpty());
}

TEST(Descriptors, MessagesThatNestTooDeepAreRefused) {
    const SchemaFolder folder;
    const auto nested = [](int depth) {
        std::string text = "syntax = \"proto3\"; // {\n";
        for (int i = 0; i < depth; ++i) text += "message M {\n";
        return text + std::string(static_cast<std::size_t>(depth), '}');
    };
    for (const auto& [depth, taken] : {std::pair{31, true}, {101, false}, {40'000, false}}) {
        folder.write("deep.proto", nested(depth));
        const auto problems =
            problems_of({.proto_files = {"deep.proto"}, .import_paths = {folder.path()}, .descriptor_set = ""});
        EXPECT_EQ(problems.empty(), taken) << depth;
        if (taken) continue;
        EXPECT_EQ(problems[0].message(), "braces nest more than 100 deep, and protobuf takes no more");
        EXPECT_EQ(problems[0].file(), folder.path() + "/deep.proto");
    }
}

TEST(Descriptors, APipeIsNoSchema) {
    const SchemaFolder folder;
    ASSERT_EQ(::mkfifo((folder.path() + "/pipe.proto").c_str(), 0600), 0);
    const auto problems =
        problems_of({.proto_files = {"pipe.proto"}, .import_paths = {folder.path()}, .descriptor_set = ""});
    ASSERT_FALSE(problems.empty());
    EXPECT_EQ(problems[0].message(), "'" + folder.path() + "/pipe.proto' is a pipe, and no file");
}

TEST(Descriptors, ASchemaIsReadOnce) {
    DescriptorCache cache;
    const SchemaFiles files{
        .proto_files = {"shop/shop.proto"}, .import_paths = {schema_folder()}, .descriptor_set = ""};
    const auto first = std::get<std::shared_ptr<const Descriptors>>(cache.read(files));
    EXPECT_EQ(std::get<std::shared_ptr<const Descriptors>>(cache.read(files)), first);
    const SchemaFiles other{
        .proto_files = {"shop/size.proto"}, .import_paths = {schema_folder()}, .descriptor_set = ""};
    EXPECT_NE(std::get<std::shared_ptr<const Descriptors>>(cache.read(other)), first);
}

}  // namespace
}  // namespace understudy::scenario::descriptors_test
