#include "emulator/process/temp_directory.hpp"

#include "tests/emulator/process/running.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>

namespace understudy::process {
namespace {

namespace fs = std::filesystem;

TEST(TempDirectory, IsEmptyPrivateAndNamedAfterUs) {
    const Folder folder;
    const TempDirectory directory = TempDirectory::make(folder.path).value();
    EXPECT_EQ(directory.path().parent_path(), folder.path);
    EXPECT_TRUE(directory.path().filename().native().starts_with("understudy-" + std::to_string(::getpid()) + "-"));
    EXPECT_TRUE(fs::is_empty(directory.path()));
    EXPECT_EQ(fs::status(directory.path()).permissions(), fs::perms(0700));
}

TEST(TempDirectory, IsRemovedWithAllThatItHolds) {
    const Folder folder;
    {
        const TempDirectory directory = TempDirectory::make(folder.path).value();
        fs::create_directories(directory.path() / "a" / "b" / "c");
        write_file(directory.path() / "a" / "b" / "file", "text");
        ASSERT_EQ(::mkfifo((directory.path() / "pipe").c_str(), 0600), 0);
    }
    EXPECT_TRUE(fs::is_empty(folder.path));
}

TEST(TempDirectory, LinksAreRemovedAndNotFollowed) {
    const Folder folder;
    fs::create_directories(folder.path / "outside");
    write_file(folder.path / "outside" / "file", "text");
    {
        const TempDirectory directory = TempDirectory::make(folder.path).value();
        fs::create_symlink(folder.path / "outside", directory.path() / "link");
        fs::create_symlink(folder.path / "outside" / "file", directory.path() / "file");
        fs::create_symlink("/no/such/file", directory.path() / "dangling");
    }
    EXPECT_TRUE(fs::exists(folder.path / "outside" / "file"));
    EXPECT_EQ(std::distance(fs::directory_iterator(folder.path), fs::directory_iterator()), 1);
}

TEST(TempDirectory, IsRemovedThoughItHoldsReadOnlyDirectories) {
    const Folder folder;
    fs::permissions(folder.path, fs::perms(0777));
    fs::create_directories(folder.path / "outside");
    fs::permissions(folder.path / "outside", fs::perms(0500));
    EXPECT_EQ(Trial().run({test_program(), {"test_program", "remove-read-only", folder.path.native()}, "/", {}}),
              std::vector<std::string>{"removed"});
    EXPECT_EQ(fs::status(folder.path / "outside").permissions(), fs::perms(0500));
}

TEST(TempDirectory, AFolderThatCannotHoldOneIsNamed) {
    const auto problem = TempDirectory::make("/no/such/folder").error();
    EXPECT_EQ(problem.code(), source::ProblemCode::unreadable);
    EXPECT_EQ(problem.message(), "cannot make a directory in /no/such/folder: No such file or directory");
}

TEST(TempDirectory, MovesWithItsOwnership) {
    const Folder folder;
    TempDirectory first = TempDirectory::make(folder.path).value();
    const fs::path path = first.path();
    {
        TempDirectory second = std::move(first);
        EXPECT_EQ(second.path(), path);
        EXPECT_TRUE(fs::exists(path));
    }
    EXPECT_FALSE(fs::exists(path));
}

/// A directory that a killed process left.
fs::path left_directory(const fs::path& parent) {
    const auto lines = Trial().run({test_program(), {"test_program", "leave-directory", parent.native()}, "/", {}});
    EXPECT_EQ(lines.size(), 1U);
    return lines.empty() ? fs::path() : fs::path(lines[0]);
}

TEST(StaleTempDirectories, OfDeadProcessesAreRemoved) {
    const Folder folder;
    const fs::path left = left_directory(folder.path);
    EXPECT_TRUE(fs::exists(left / "file"));
    TempDirectory::remove_stale(folder.path);
    EXPECT_FALSE(fs::exists(left));
}

TEST(StaleTempDirectories, InUseAreKept) {
    const Folder folder;
    const fs::path left = left_directory(folder.path);
    const TempDirectory ours = TempDirectory::make(folder.path).value();
    // One of another container, say: its owner has no number here, and holds the lock.
    fs::rename(left, folder.path / "away");
    const TempDirectory locked = TempDirectory::make(folder.path).value();
    fs::rename(locked.path(), left);
    const fs::path unlocked = folder.path / ("understudy-" + std::to_string(::getpid()) + "-abc");
    fs::create_directories(unlocked);  // Just made, and not locked yet.
    TempDirectory::remove_stale(folder.path);
    EXPECT_TRUE(fs::exists(unlocked));
    EXPECT_TRUE(fs::exists(ours.path()));
    EXPECT_TRUE(fs::exists(left));
    EXPECT_TRUE(fs::exists(folder.path / "away"));
}

TEST(StaleTempDirectories, OnlyNamesOfOursAreTouched) {
    const Folder folder;
    const std::string left = left_directory(folder.path).filename().native();
    const std::string pid = left.substr(0, left.rfind('-')).substr(std::string("understudy-").size());
    const std::vector<std::string> others{"understudy-" + pid, "understudy-" + pid + "x-abc",
                                          "understudy--1-abc", "understudy-0-abc",
                                          "understudy-x-abc",  "other-" + pid + "-abc"};
    for (const auto& name : others) fs::create_directories(folder.path / name);
    write_file(folder.path / ("understudy-" + pid + "-file"), "text");
    fs::create_directory_symlink(folder.path / others[0], folder.path / ("understudy-" + pid + "-link"));
    TempDirectory::remove_stale(folder.path);
    EXPECT_FALSE(fs::exists(folder.path / left));
    for (const auto& name : others) EXPECT_TRUE(fs::exists(folder.path / name)) << name;
    EXPECT_TRUE(fs::exists(folder.path / ("understudy-" + pid + "-file")));
    EXPECT_TRUE(fs::is_symlink(folder.path / ("understudy-" + pid + "-link")));
}

TEST(StaleTempDirectories, OfOtherUsersAreKept) {
    if (::geteuid() != 0) GTEST_SKIP() << "only root can make a directory of another user";
    const Folder folder;
    const fs::path left = left_directory(folder.path);
    ASSERT_EQ(::chown(left.c_str(), 65534, 65534), 0);
    TempDirectory::remove_stale(folder.path);
    EXPECT_TRUE(fs::exists(left));
}

TEST(StaleTempDirectories, InAMissingFolderAreNone) {
    TempDirectory::remove_stale("/no/such/folder");
}

TEST(SystemTempDirectory, HonoursTheUsersChoice) {
    const Folder folder;
    const char* const before = ::getenv("TMPDIR");
    const std::string kept = before == nullptr ? "" : before;
    ::setenv("TMPDIR", folder.path.c_str(), 1);
    EXPECT_EQ(system_temp_directory(), folder.path);
    ::setenv("TMPDIR", "/no/such/folder", 1);
    EXPECT_EQ(system_temp_directory(), "/tmp");
    before == nullptr ? ::unsetenv("TMPDIR") : ::setenv("TMPDIR", kept.c_str(), 1);
}

}  // namespace
}  // namespace understudy::process
