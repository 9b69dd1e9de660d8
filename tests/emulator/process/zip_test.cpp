#include "emulator/process/zip.hpp"

#include "tests/emulator/process/running.hpp"
#include "tests/emulator/process/zip_bytes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>
#include <thread>

namespace understudy::process {
namespace {

namespace fs = std::filesystem;
using source::ProblemCode;
using testing::ElementsAre;
using testing::HasSubstr;

std::string read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

class ZipTest : public testing::Test {
  protected:
    ZipTest() { fs::create_directory(scratch_); }

    fs::path zip(const std::vector<RawEntry>& entries) { return write_file(folder_.path / "fn.zip", to_zip(entries)); }
    source::Problem refusal(const std::vector<RawEntry>& entries) {
        const auto unpacked = unpack_zip(zip(entries), scratch_);
        EXPECT_TRUE(fs::is_empty(scratch_)) << "something is left of what was refused";
        return unpacked.has_error() ? unpacked.error() : source::Problem();
    }

    Folder folder_;
    fs::path scratch_ = folder_.path / "scratch";
};

TEST_F(ZipTest, IsUnpackedWithRightsFoldersAndLinks) {
    const std::string large(300'000, 'x');
    RawEntry packed = raw_file("data/large", large);
    packed.deflated = true;
    const auto unpacked = unpack_zip(zip({raw_file("bootstrap", "#!/bin/sh\necho ran\n", 0755),
                                          packed,
                                          raw_link("lib/libx.so", "libx.so.1"),
                                          raw_file("lib/libx.so.1", "library"),
                                          {.name = "empty/", .content = "", .mode = S_IFDIR | 0755}}),
                                     scratch_);
    ASSERT_TRUE(unpacked.has_value()) << unpacked.error();
    EXPECT_EQ(Trial().run(shell(unpacked->native() + "/bootstrap")), std::vector<std::string>{"ran"});
    EXPECT_EQ(read_file(*unpacked / "data/large"), large);
    EXPECT_EQ(fs::read_symlink(*unpacked / "lib/libx.so"), "libx.so.1");
    EXPECT_EQ(read_file(*unpacked / "lib/libx.so"), "library");
    EXPECT_EQ(fs::status(*unpacked / "lib/libx.so.1").permissions() & fs::perms(0111), fs::perms::none);
    EXPECT_TRUE(fs::is_directory(*unpacked / "empty"));
}

TEST_F(ZipTest, ALinkBelowTheRootLeadsToTheFileOfTheZip) {
    const fs::path file = zip({raw_file("bin/app", "#!/bin/sh\necho ran\n", 0755),
                               raw_link("bootstrap", "/var/task/bin/app"), raw_link("lib/all", "/var/task/bin")});
    const auto unpacked = unpack_zip(file, scratch_);
    ASSERT_TRUE(unpacked.has_value()) << unpacked.error();
    EXPECT_EQ(Trial().run(shell(unpacked->native() + "/bootstrap")), std::vector<std::string>{"ran"});
    EXPECT_TRUE(fs::exists(*unpacked / "lib/all/app"));
    EXPECT_TRUE(unpack_zip(file, scratch_, {}, kOptRoot).has_error()) << "a layer lies under /opt";
    const fs::path layer = zip({raw_file("lib/a", "a"), raw_link("lib/b", "/opt/lib/a")});
    const auto opt = unpack_zip(layer, scratch_, {}, kOptRoot);
    ASSERT_TRUE(opt.has_value()) << opt.error();
    EXPECT_EQ(read_file(*opt / "lib/b"), "a");
    EXPECT_TRUE(unpack_zip(layer, scratch_).has_error()) << "the same content, as code";
    EXPECT_THAT(unpack_zip(zip({raw_link("l", "/var/task/../../etc")}), scratch_).error().message(),
                HasSubstr("link 'l' leads out"));
}

TEST_F(ZipTest, TheSameContentIsNotUnpackedTwice) {
    const auto first = unpack_zip(zip({raw_file("a", "1")}), scratch_);
    ASSERT_TRUE(first.has_value()) << first.error();
    write_file(*first / "mark", "");
    EXPECT_EQ(unpack_zip(zip({raw_file("a", "1")}), scratch_).value(), *first);
    EXPECT_TRUE(fs::exists(*first / "mark"));
    EXPECT_NE(unpack_zip(zip({raw_file("a", "2")}), scratch_).value(), *first);
}

TEST_F(ZipTest, IsLeftWhereItIsNotWantedAnyMore) {
    const fs::path file = zip({raw_file("large", std::string(1'000'000, 'a')), raw_file("last", "b")});
    const auto size_of = [&](const char* name) {
        std::error_code ignored;
        for (const auto& folder : fs::directory_iterator(scratch_)) {
            if (fs::exists(folder.path() / name))
                return static_cast<std::intmax_t>(fs::file_size(folder.path() / name, ignored));
        }
        return std::intmax_t{-1};
    };
    int asked = 0;
    const GoesOn reasons[] = {
        [] { return false; },
        [&asked] { return ++asked < 3; },
        [&] { return size_of("large") <= 0; },
        [&] { return size_of("large") < 1'000'000; },
    };
    for (const GoesOn& goes_on : reasons) {
        const auto unpacked = unpack_zip(file, scratch_, goes_on);
        ASSERT_TRUE(unpacked.has_error());
        EXPECT_EQ(unpacked.error().code(), ProblemCode::stopped);
        EXPECT_TRUE(fs::is_empty(scratch_));
    }
    EXPECT_TRUE(unpack_zip(file, scratch_, [] { return true; }).has_value());
}

TEST_F(ZipTest, MayBeUnpackedBySeveralAtOnce) {
    const fs::path file = zip({raw_file("a", std::string(100'000, 'a')), raw_file("b/c", "c")});
    std::set<std::string> folders;
    std::vector<std::string> found(4);
    std::vector<std::thread> threads;
    for (std::string& path : found) {
        threads.emplace_back([&] { path = unpack_zip(file, scratch_).value().native(); });
    }
    for (std::thread& thread : threads) thread.join();
    folders.insert(found.begin(), found.end());
    EXPECT_EQ(folders.size(), 1U);
    EXPECT_EQ(std::distance(fs::directory_iterator(scratch_), {}), 1) << "nothing half done is left";
}

TEST_F(ZipTest, HostileOnesLeaveNothingBehind) {
    RawEntry wrong_sum = raw_file("a", "text");
    wrong_sum.said_crc = 1;
    RawEntry longer = raw_file("a", std::string(1000, 'a'));
    longer.deflated = true;
    longer.said_size = 2000;
    RawEntry shorter = longer;
    shorter.said_size = 10;
    RawEntry unknown = raw_file("a", "text");
    unknown.method = 12;
    struct Case {
        std::vector<RawEntry> entries;
        std::string_view words;
    };
    const std::vector<Case> cases{
        {{raw_file("fine", "1"), raw_file("../escaped", "2")}, "leads out of its folder"},
        {{raw_file("/escaped", "2")}, "absolute path"},
        {{raw_file("fine", "1"), raw_link("l", "../escaped")}, "link 'l' leads out of its folder"},
        {{raw_link("l", "/tmp")}, "link 'l' leads out of its folder"},
        {{raw_link("a/l", "../../x")}, "link 'l' leads out of its folder"},
        {{raw_link("l", "."), raw_file("l/escaped", "2")}, "is there twice"},
        {{raw_file("l/file", "2"), raw_link("l", "..")}, "is there twice"},
        {{{.name = "null", .content = "", .mode = S_IFCHR | 0666}}, "neither a file nor a folder nor a link"},
        {{wrong_sum}, "damaged"},
        {{longer}, "damaged"},
        {{shorter}, "damaged"},
        {{unknown}, "method 12"},
    };
    for (const auto& [entries, words] : cases) {
        const auto problem = refusal(entries);
        EXPECT_THAT(problem.message(), HasSubstr(words));
        EXPECT_THAT(problem.message(), testing::StartsWith((folder_.path / "fn.zip").native() + ": "));
    }
    EXPECT_EQ(std::distance(fs::directory_iterator(folder_.path), {}), 2) << "the zip and the scratch folder";
}

TEST_F(ZipTest, ALinkThroughALinkStaysInside) {
    // Alone each looks harmless: `up` is the folder itself, and `up/..` would be the one above it.
    EXPECT_THAT(
        refusal({raw_file("a/b/file", ""), raw_link("a/b/up", "../.."), raw_link("out", "a/b/up/..")}).message(),
        HasSubstr("link 'out' leads out"));
}

TEST_F(ZipTest, WhatIsNoZipIsSaid) {
    EXPECT_EQ(unpack_zip(folder_.path / "none.zip", scratch_).error().code(), ProblemCode::not_found);
    EXPECT_EQ(unpack_zip(folder_.path, scratch_).error().code(), ProblemCode::invalid);
    EXPECT_EQ(unpack_zip(write_file(folder_.path / "a.zip", ""), scratch_).error().code(), ProblemCode::malformed);
    EXPECT_EQ(unpack_zip(write_file(folder_.path / "b.zip", "PK\3\4"), scratch_).error().code(),
              ProblemCode::malformed);
    const std::string whole = to_zip({raw_file("a", "1")});
    for (std::size_t size = 0; size < whole.size(); size += 3) {
        const fs::path cut = write_file(folder_.path / "cut.zip", whole.substr(0, size));
        const auto unpacked = unpack_zip(cut, scratch_);
        EXPECT_TRUE(unpacked.has_error() || read_file(*unpacked / "a") == "1") << size;
    }
}

TEST_F(ZipTest, DamagedBytesNeverReachOutside) {
    RawEntry packed = raw_file("data/text", std::string(2000, 'x'));
    packed.deflated = true;
    const std::string whole =
        to_zip({raw_file("bootstrap", "#!/bin/sh\n", 0755), packed, raw_link("data/link", "../bootstrap")});
    std::mt19937 random(20'260'101);
    int unpacked = 0;
    for (int i = 0; i < 200; ++i) {
        std::string bytes = whole;
        for (auto changes = random() % 4 + 1; changes > 0; --changes) {
            bytes[random() % bytes.size()] = static_cast<char>(random() % 3 == 0 ? "./\0\xFF"[random() % 4] : random());
        }
        const auto result = unpack_zip(write_file(folder_.path / "fn.zip", bytes), scratch_);
        if (result.has_error()) continue;
        ++unpacked;
        for (const auto& entry : fs::recursive_directory_iterator(*result)) {
            std::error_code missing;
            const fs::path real = fs::canonical(entry.path(), missing);
            EXPECT_TRUE(missing || real.native().starts_with(fs::canonical(*result).native())) << real;
        }
        fs::remove_all(*result);
    }
    EXPECT_GT(unpacked, 0);
    EXPECT_LT(unpacked, 200);
    EXPECT_TRUE(fs::is_empty(scratch_));
    EXPECT_EQ(std::distance(fs::directory_iterator(folder_.path), {}), 2) << "the zip and the scratch folder";
}

}  // namespace
}  // namespace understudy::process
