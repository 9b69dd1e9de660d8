#include "emulator/process/layers.hpp"

#include "tests/emulator/process/running.hpp"
#include "tests/emulator/process/zip_bytes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::process {
namespace {

namespace fs = std::filesystem;
using source::ProblemCode;
using testing::ElementsAre;

class Layers : public testing::Test {
  protected:
    Layers() {
        for (const char* name : {"scratch", "one/bin", "one/lib", "two/lib"})
            fs::create_directories(folder_.path / name);
        write_file(one_ / "bin/tool", "#!/bin/sh\n", fs::perms(0755));
        write_file(one_ / "lib/shared", "one");
        write_file(two_ / "lib/shared", "two");
        fs::create_symlink("shared", two_ / "lib/link");
        write_file(zip_, to_zip({raw_file("lib/shared", "zip"), raw_file("extensions/b", "", 0755),
                                 raw_file("extensions/a", "", 0755)}));
    }
    static std::string text(const fs::path& path) {
        std::ifstream file(path);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    fs::path merge(const std::vector<std::string>& layers) { return merge_layers(layers, scratch_).value().folder; }

    Folder folder_;
    fs::path scratch_ = folder_.path / "scratch";
    fs::path one_ = folder_.path / "one";
    fs::path two_ = folder_.path / "two";
    fs::path zip_ = folder_.path / "layer.zip";
};

TEST_F(Layers, TheLaterLayerWins) {
    const fs::path opt = merge({one_, two_});
    EXPECT_EQ(text(opt / "lib/shared"), "two");
    EXPECT_EQ(fs::read_symlink(opt / "lib/link"), "shared");
    EXPECT_EQ(fs::status(opt / "bin/tool").permissions() & fs::perms::owner_exec, fs::perms::owner_exec);
    EXPECT_EQ(text(merge({two_, one_}) / "lib/shared"), "one");
    EXPECT_EQ(text(merge({one_, two_, zip_}) / "lib/shared"), "zip");
    EXPECT_EQ(text(one_ / "lib/shared"), "one") << "a layer itself is not written to";
}

TEST_F(Layers, AFileMayTakeTheNameOfAFolderAndBack) {
    write_file(folder_.path / "lib", "a file");
    fs::create_directory(folder_.path / "three");
    fs::rename(folder_.path / "lib", folder_.path / "three/lib");
    EXPECT_EQ(text(merge({one_, folder_.path / "three"}) / "lib"), "a file");
    EXPECT_EQ(text(merge({folder_.path / "three", two_}) / "lib/shared"), "two");
}

TEST_F(Layers, ASingleFolderIsUsedAsItIs) {
    EXPECT_EQ(merge({one_}), one_);
}

TEST_F(Layers, AreNotPutTogetherTwiceUntilOneChanges) {
    const fs::path first = merge({one_, two_});
    EXPECT_EQ(merge({one_, two_}), first);
    write_file(two_ / "lib/more", "more");
    const fs::path second = merge({one_, two_});
    EXPECT_NE(second, first);
    EXPECT_EQ(text(second / "lib/more"), "more");
}

TEST_F(Layers, ExtensionsAreFound) {
    EXPECT_THAT(find_extensions(merge({zip_})), ElementsAre("a", "b"));
    EXPECT_THAT(find_extensions(one_), testing::IsEmpty());
}

TEST_F(Layers, AMissingOneIsNamed) {
    const auto merged = merge_layers({one_, folder_.path / "none"}, scratch_);
    EXPECT_EQ(merged.error().code(), ProblemCode::not_found);
    EXPECT_EQ(merged.error().message(), (folder_.path / "none").native() + ": there is no such layer");
    EXPECT_TRUE(fs::is_empty(scratch_));
}

TEST_F(Layers, AreLeftWhereTheyAreNotWantedAnyMore) {
    const std::vector<std::string> layers{one_, zip_};
    ASSERT_TRUE(merge_layers({zip_}, scratch_).has_value());
    int asked = 0;
    // The zip is there already: it is asked while its bytes are looked at, and then before each file is copied.
    const auto merged = merge_layers(layers, scratch_, [&asked] { return ++asked < 4; });
    EXPECT_EQ(merged.error().code(), ProblemCode::stopped);
    EXPECT_EQ(std::distance(fs::directory_iterator(scratch_), {}), 1) << "something is left beside the zip's content";
}

}  // namespace
}  // namespace understudy::process
