#include "emulator/files/read_file.hpp"
#include "emulator/files/write_file.hpp"
#include "tests/support/scratch_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace understudy::files {
namespace {

using test::ScratchFolder;
using testing::HasSubstr;

TEST(ReadFile, GivesEveryByteOrTheFirstOnes) {
    const ScratchFolder folder;
    const std::string bytes = std::string("a\0b\r\n", 5) + std::string(200'000, 'x');
    std::ofstream(folder.file("a"), std::ios::binary) << bytes;
    EXPECT_EQ(read_file(folder.file("a")).value(), bytes);
    EXPECT_EQ(read_file(folder.file("a"), 3).value(), bytes.substr(0, 3));
    EXPECT_EQ(read_file("/dev/null").value(), "");
}

TEST(ReadFile, SaysWhyItCannot) {
    const ScratchFolder folder;
    const auto missing = read_file(folder.file("none"));
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code(), source::ProblemCode::not_found);
    EXPECT_EQ(missing.error().message(), "there is no file '" + folder.file("none") + "'");
    EXPECT_EQ(read_file("/dev").error().message(), "'/dev' is a folder");
    EXPECT_THAT(read_file("/dev/null/x").error().message(), HasSubstr("cannot read '/dev/null/x': Not a directory"));
}

TEST(ReadFile, ADeviceWithoutAnEndIsRefused) {
    const auto endless = read_file("/dev/zero");
    ASSERT_FALSE(endless);
    EXPECT_EQ(endless.error().code(), source::ProblemCode::too_large);
    EXPECT_EQ(read_file("/dev/zero", 3).value(), std::string(3, '\0'));
}

TEST(WriteFile, TakesTheOldOnesPlaceAtOnce) {
    const ScratchFolder folder;
    const auto path = folder.file("report");
    std::ofstream(path) << "old and longer";
    ::chmod(path.c_str(), 0640);
    std::ifstream reader(path);  // Has the old one open, and goes on with it.
    ASSERT_TRUE(write_file(path, "new"));
    std::string seen;
    std::getline(reader, seen);
    EXPECT_EQ(seen, "old and longer");
    EXPECT_EQ(read_file(path).value(), "new");
    EXPECT_EQ(folder.count(), 1U);
    struct stat now {};
    ::stat(path.c_str(), &now);
    EXPECT_EQ(now.st_mode & 07777, 0640U);
}

TEST(WriteFile, ALinkStaysOne) {
    const ScratchFolder folder;
    std::ofstream(folder.file("real")) << "old";
    std::filesystem::create_symlink("real", folder.file("link"));
    ASSERT_TRUE(write_file(folder.file("link"), "new"));
    EXPECT_EQ(read_file(folder.file("real")).value(), "new");
    EXPECT_TRUE(std::filesystem::is_symlink(folder.file("link")));
    std::filesystem::create_symlink("to-come", folder.file("early"));
    ASSERT_TRUE(write_file(folder.file("early"), "first"));
    EXPECT_EQ(read_file(folder.file("to-come")).value(), "first");
    EXPECT_TRUE(std::filesystem::is_symlink(folder.file("early")));
}

TEST(WriteFile, ALinkThatSomebodyPutBesideItIsNotFollowed) {
    const ScratchFolder folder;
    std::ofstream(folder.file("victim")) << "old";
    const auto planted = folder.file("report") + ".part-" + std::to_string(::getpid());
    std::filesystem::create_symlink("victim", planted);
    ASSERT_TRUE(write_file(folder.file("report"), "new"));
    EXPECT_EQ(read_file(folder.file("victim")).value(), "old");
    EXPECT_EQ(read_file(folder.file("report")).value(), "new");
    EXPECT_FALSE(std::filesystem::is_symlink(folder.file("report")));
    EXPECT_EQ(folder.count(), 3U);
}

TEST(WriteFile, AnOldOnesOwnerKeepsIt) {
    const ScratchFolder folder;
    const auto path = folder.file("report");
    std::ofstream(path) << "old";
    const bool may_give_away = ::chown(path.c_str(), 65534, 65534) == 0;
    ASSERT_TRUE(write_file(path, "new"));
    struct stat now {};
    ::stat(path.c_str(), &now);
    EXPECT_EQ(now.st_uid, may_give_away ? 65534U : ::getuid());
    EXPECT_EQ(now.st_gid, may_give_away ? 65534U : ::getgid());
}

TEST(WriteFile, WhatIsNoRegularFileIsWrittenInto) {
    EXPECT_TRUE(write_file("/dev/null", "gone"));
    EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
    EXPECT_FALSE(write_file("/dev/full", "too much"));
}

TEST(WriteFile, FoldersAreMadeAndWhatCannotBeIsSaid) {
    const ScratchFolder folder;
    ASSERT_TRUE(write_file(folder.file("a/b/c"), "new"));
    EXPECT_EQ(read_file(folder.file("a/b/c")).value(), "new");
    EXPECT_EQ(write_file("/dev/null/x", "new").error().message(), "cannot write '/dev/null/x': Not a directory");
    const std::string unmade = write_file("/sys/nowhere/x", "new").error().message();
    EXPECT_EQ(unmade.find("No such file"), std::string::npos) << "the folder's reason counts: " << unmade;
    EXPECT_EQ(write_file("/dev/full", "new").error().message(), "cannot write '/dev/full': No space left on device");
}

TEST(WriteFile, AppendsAtTheEnd) {
    const ScratchFolder folder;
    ASSERT_TRUE(append_to_file(folder.file("lines"), "one\n"));
    ASSERT_TRUE(append_to_file(folder.file("lines"), "two\n"));
    EXPECT_EQ(read_file(folder.file("lines")).value(), "one\ntwo\n");
}

}  // namespace
}  // namespace understudy::files
