#include "emulator/process/file_watch.hpp"

#include "emulator/process/watched_target.hpp"
#include "tests/emulator/process/running.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <unistd.h>

#include <functional>
#include <memory>

namespace understudy::process {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;
using Paths = std::vector<fs::path>;

/// After every step that must not count, one that counts is taken: when that is told, and it alone, nothing else was.
class FileWatchTest : public testing::Test {
  protected:
    FileWatchTest() {
        fs::create_directories(tree_ / "inner");
        write_file(file_, "1");
        write_file(witness_, "1");
        start({file_, tree_, witness_});
    }
    void start(const Paths& paths) {
        watch_ = std::make_unique<FileWatch>(loop_.get_executor(), std::chrono::milliseconds(5),
                                             [this](Paths changed) { told_.push_back(std::move(changed)); });
        const auto watched = watch_->watch(paths);
        EXPECT_TRUE(watched.has_value()) << watched.error();
    }
    /// What is told next.
    Paths next() {
        if (!run_until(loop_, [this] { return !told_.empty(); })) return {"nothing was told"};
        Paths paths = std::move(told_.front());
        told_.erase(told_.begin());
        return paths;
    }
    Paths next_with_witness() {
        write_file(witness_, "2");
        return next();
    }

    Folder folder_;
    fs::path file_ = folder_.path / "bootstrap";
    fs::path tree_ = folder_.path / "tree";
    fs::path witness_ = folder_.path / "witness";
    boost::asio::io_context loop_;
    std::vector<Paths> told_;
    std::unique_ptr<FileWatch> watch_;
};

TEST_F(FileWatchTest, EveryWayOfWritingAFileIsToldOnce) {
    const std::vector<std::pair<std::string_view, std::function<void()>>> ways{
        {"written over", [this] { write_file(file_, "2"); }},
        {"renamed to its name", [this] { fs::rename(write_file(folder_.path / ".new", "3"), file_); }},
        {"removed and written",
         [this] {
             fs::remove(file_);
             write_file(file_, "4");
         }},
        {"linked to its name",
         [this] {
             fs::remove(file_);
             fs::create_hard_link(witness_, file_);
         }},
        {"a symbolic link",
         [this] {
             fs::remove(file_);
             fs::create_symlink(write_file(folder_.path / "real", "5"), file_);
         }},
        {"what the link leads to is written", [this] { write_file(folder_.path / "real", "6"); }},
        {"made executable", [this] { fs::permissions(file_, fs::perms(0755)); }},
        {"the link is gone again", [this] { fs::rename(write_file(folder_.path / ".new", "7"), file_); }},
    };
    for (const auto& [name, change] : ways) {
        change();
        EXPECT_EQ(next(), Paths{file_}) << name;
    }
    EXPECT_THAT(told_, IsEmpty());
}

TEST_F(FileWatchTest, SeveralWritesAreOneChange) {
    for (const char* text : {"2", "3", "4"}) write_file(file_, text);
    write_file(tree_ / "inner/a", "");
    EXPECT_THAT(next(), ElementsAre(file_, tree_));
    EXPECT_THAT(next_with_witness(), ElementsAre(witness_));
}

TEST_F(FileWatchTest, AWriterIsWaitedFor) {
    std::ofstream writer(file_);
    writer << "half" << std::flush;
    EXPECT_THAT(next_with_witness(), ElementsAre(witness_)) << "with another time of change, but open";
    writer << " and all";
    writer.close();
    EXPECT_THAT(next(), ElementsAre(file_));
    fs::remove(file_);
    std::ofstream maker(file_);
    maker << "half" << std::flush;
    EXPECT_THAT(next_with_witness(), ElementsAre(witness_)) << "another file, but open";
    maker.close();
    EXPECT_THAT(next(), ElementsAre(file_));
}

TEST_F(FileWatchTest, NeighboursAndRemovalsDoNotCount) {
    write_file(folder_.path / ".bootstrap.swp", "");
    write_file(folder_.path / "bootstrap.o", "");
    fs::create_directory(folder_.path / "neighbour");
    EXPECT_THAT(next_with_witness(), ElementsAre(witness_));
    fs::remove(file_);
    EXPECT_THAT(next_with_witness(), ElementsAre(witness_));
    write_file(file_, "1");
    EXPECT_THAT(next(), ElementsAre(file_)) << "what comes in its place";
}

TEST_F(FileWatchTest, WhatHasGoneAndStaysAwayIsToldOnce) {
    std::vector<Paths> lost;
    watch_->on_loss(std::chrono::milliseconds(20), [&](Paths paths) { lost.push_back(std::move(paths)); });
    const auto next_lost = [&] {
        if (!run_until(loop_, [&] { return !lost.empty(); })) return Paths{"nothing was told"};
        return std::exchange(lost, {}).front();
    };
    fs::rename(file_, folder_.path / "away");
    EXPECT_THAT(next_lost(), ElementsAre(file_)) << "a file that is renamed";
    fs::remove(witness_);
    EXPECT_THAT(next_lost(), ElementsAre(witness_)) << "one that is removed, and not the other again";
    fs::rename(folder_.path / "away", file_);
    EXPECT_THAT(next(), ElementsAre(file_));
    fs::remove(file_);
    write_file(witness_, "2");
    EXPECT_THAT(next_lost(), ElementsAre(file_)) << "it was there again";
    EXPECT_THAT(next(), ElementsAre(witness_));
    fs::remove(witness_);
    write_file(witness_, "3");
    fs::rename(tree_, folder_.path / "elsewhere");
    EXPECT_THAT(next_lost(), ElementsAre(tree_)) << "a folder, and not what was there again";
    EXPECT_THAT(next(), ElementsAre(witness_));
    fs::rename(folder_.path / "elsewhere", tree_);
    EXPECT_THAT(next(), testing::Contains(tree_));
}

TEST_F(FileWatchTest, AFolderChangesWithAllThatIsBelowIt) {
    const std::vector<std::pair<std::string_view, std::function<void()>>> ways{
        {"a file", [this] { write_file(tree_ / "a", "1"); }},
        {"a file below", [this] { write_file(tree_ / "inner/a", "1"); }},
        {"a rename", [this] { fs::rename(tree_ / "inner/a", tree_ / "inner/b"); }},
        {"its rights", [this] { fs::permissions(tree_ / "inner/b", fs::perms(0755)); }},
        {"a new folder", [this] { fs::create_directory(tree_ / "new"); }},
        {"a file in the new folder", [this] { write_file(tree_ / "new/a", "1"); }},
        {"a link", [this] { fs::create_symlink("a", tree_ / "link"); }},
        {"another folder in its place",
         [this] {
             fs::create_directory(folder_.path / "other");
             fs::rename(tree_, folder_.path / "old");
             fs::rename(folder_.path / "other", tree_);
         }},
        {"a file in that", [this] { write_file(tree_ / "a", "1"); }},
        {"removed and made anew",
         [this] {
             fs::remove_all(tree_);
             fs::create_directories(tree_ / "inner");
             write_file(tree_ / "inner/a", "1");
         }},
    };
    for (const auto& [name, change] : ways) {
        change();
        EXPECT_EQ(next(), Paths{tree_}) << name;
    }
    write_file(folder_.path / "old/a", "2");
    EXPECT_THAT(next_with_witness(), ElementsAre(witness_)) << "the folder that was moved away is watched no more";
}

TEST_F(FileWatchTest, TemporaryFilesInAFolderDoNotCount) {
    for (const char* name : {"4913", "a~", ".a.swp", ".#a", "#a#", "a.tmp", "a.tmp0f3e2d1", ".goutputstream-X"}) {
        EXPECT_TRUE(is_temporary_name(name)) << name;
        write_file(tree_ / name, "1");
    }
    EXPECT_THAT(next_with_witness(), ElementsAre(witness_));
    fs::create_directory(tree_ / ".git");
    EXPECT_THAT(next(), ElementsAre(tree_));
    write_file(tree_ / ".git/index", "1");
    EXPECT_THAT(next_with_witness(), ElementsAre(witness_));
    for (const char* name : {"bootstrap", "a.template", "tmp", "a.so", "#", ".env"}) {
        EXPECT_FALSE(is_temporary_name(name)) << name;
    }
}

TEST_F(FileWatchTest, WhatDoesNotExistYetIsWatchedFor) {
    const fs::path file = folder_.path / "build/debug/bin/bootstrap";
    start({file, witness_});
    fs::create_directory(folder_.path / "build");
    EXPECT_THAT(next_with_witness(), ElementsAre(witness_));
    fs::create_directories(file.parent_path());
    EXPECT_THAT(next_with_witness(), ElementsAre(witness_));
    write_file(file, "1");
    EXPECT_THAT(next(), ElementsAre(file));
    fs::remove_all(folder_.path / "build");
    EXPECT_THAT(next_with_witness(), ElementsAre(witness_));
    fs::create_directories(file.parent_path());
    write_file(file, "1");
    EXPECT_THAT(next(), ElementsAre(file)) << "all folders at once, before anybody looked";
}

TEST_F(FileWatchTest, AFolderAboveMayBeReplaced) {
    const fs::path file = tree_ / "inner/bootstrap";
    write_file(file, "1");
    start({file, witness_});
    fs::create_directories(folder_.path / "other");
    write_file(folder_.path / "other/bootstrap", "2");
    fs::rename(tree_ / "inner", folder_.path / "old");
    fs::rename(folder_.path / "other", tree_ / "inner");
    EXPECT_THAT(next(), ElementsAre(file));
    write_file(file, "3");
    EXPECT_THAT(next(), ElementsAre(file));
}

TEST_F(FileWatchTest, AFolderThatAProcessIsInMayBeRemovedAndMadeAgain) {
    const fs::path file = tree_ / "inner/bootstrap";
    write_file(file, "1");
    start({file, tree_ / "inner", witness_});
    for (const char* text : {"2", "3"}) {
        const FileDescriptor inside(::open((tree_ / "inner").c_str(), O_DIRECTORY | O_CLOEXEC));
        ASSERT_TRUE(inside);
        fs::remove_all(tree_);
        EXPECT_THAT(next_with_witness(), ElementsAre(witness_)) << text;
        fs::create_directories(tree_ / "inner");
        write_file(file, text);
        EXPECT_THAT(next(), ElementsAre(file, tree_ / "inner")) << text;
    }
}

TEST_F(FileWatchTest, AFileWhereAFolderIsExpectedIsNoFolder) {
    const fs::path file = witness_ / "below/bootstrap";
    start({file, witness_});
    EXPECT_THAT(next_with_witness(), ElementsAre(witness_));
    fs::remove(witness_);
    fs::create_directories(file.parent_path());
    write_file(file, "1");
    EXPECT_THAT(next(), ElementsAre(file, witness_));
}

TEST_F(FileWatchTest, WatchedPathsMayBeExchanged) {
    write_file(file_, "2");
    write_file(tree_ / "a", "2");
    ASSERT_TRUE(watch_->watch({file_, witness_}).has_value());
    EXPECT_THAT(next(), ElementsAre(file_)) << "a change of what is watched on is kept";
    write_file(tree_ / "a", "3");
    EXPECT_THAT(next_with_witness(), ElementsAre(witness_));
}

TEST_F(FileWatchTest, MayBeDestroyedByItsCallback) {
    watch_ = std::make_unique<FileWatch>(loop_.get_executor(), std::chrono::milliseconds(5), [this](Paths changed) {
        watch_.reset();
        told_.push_back(std::move(changed));
    });
    ASSERT_TRUE(watch_->watch({file_}).has_value());
    write_file(file_, "2");
    EXPECT_THAT(next(), ElementsAre(file_));
    loop_.restart();
    loop_.run();
    EXPECT_THAT(told_, IsEmpty());
}

}  // namespace
}  // namespace understudy::process
