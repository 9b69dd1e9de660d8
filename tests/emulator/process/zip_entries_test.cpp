#include "emulator/process/zip_entries.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>

#include <tuple>

namespace understudy::process {
namespace {

using source::ProblemCode;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::uint64_t kFileSize = 1 << 20;

ZipEntry entry(std::string name, std::uint32_t mode = S_IFREG | 0644, std::uint64_t size = 10) {
    return {.name = std::move(name), .packed_size = size, .size = size, .attributes = mode << 16, .made_by = 3 << 8};
}

source::Problem refusal(const std::vector<ZipEntry>& entries, std::uint64_t file_size = kFileSize) {
    const auto plan = check_entries(entries, file_size, "/a/fn.zip");
    return plan.has_error() ? plan.error() : source::Problem();
}

TEST(ZipEntries, ArePlannedWithKindsAndRights) {
    const auto plan =
        check_entries({entry("bootstrap", S_IFREG | 0755), entry("./lib//a.so"), entry("etc/", 0, 0),
                       entry("etc", S_IFDIR | 0755, 0), entry("lib/b.so", S_IFLNK | 0777), entry("no-type", 0700)},
                      kFileSize, "/a/fn.zip");
    ASSERT_TRUE(plan.has_value()) << plan.error();
    ASSERT_EQ(plan->size(), 6U);
    EXPECT_THAT((*plan)[0].parts, ElementsAre("bootstrap"));
    EXPECT_TRUE((*plan)[0].executable);
    EXPECT_THAT((*plan)[1].parts, ElementsAre("lib", "a.so"));
    EXPECT_FALSE((*plan)[1].executable);
    EXPECT_EQ((*plan)[2].kind, EntryKind::directory);
    EXPECT_EQ((*plan)[3].kind, EntryKind::directory);
    EXPECT_EQ((*plan)[4].kind, EntryKind::link);
    EXPECT_TRUE((*plan)[5].executable);
}

TEST(ZipEntries, RightsOfAnotherSystemMeanNothing) {
    ZipEntry windows = entry("bootstrap", S_IFCHR | 0755);
    windows.made_by = 0;
    const auto plan = check_entries({windows}, kFileSize, "/a/fn.zip");
    ASSERT_TRUE(plan.has_value()) << plan.error();
    EXPECT_FALSE(plan->front().executable);
}

TEST(ZipEntries, HostileOnesAreRefused) {
    ZipEntry encrypted = entry("a");
    encrypted.flags = 1;
    ZipEntry lzma = entry("a");
    lzma.method = 14;
    ZipEntry two_sizes = entry("a");
    two_sizes.packed_size = 11;
    ZipEntry bomb = entry("a", S_IFREG | 0644, 200'000'000);
    bomb.method = 8;
    bomb.packed_size = 1000;
    struct Case {
        std::vector<ZipEntry> entries;
        std::string_view words;
        ProblemCode code = ProblemCode::invalid;
    };
    const std::vector<Case> cases{
        {{entry("")}, "has no name"},
        {{entry(".")}, "has no name"},
        {{entry("/etc/passwd")}, "'/etc/passwd' has an absolute path"},
        {{entry("../a")}, "leads out"},
        {{entry("a/../../b")}, "leads out"},
        {{entry("a/..")}, "leads out"},
        {{entry("..", S_IFDIR | 0755, 0)}, "leads out"},
        {{entry(std::string("a\0b", 3))}, "'a?b' has a NUL"},
        {{entry("a\x1B[2J\n"), entry("a\x1B[2J\n")}, "'a?[2J?'"},
        {{entry(std::string(256, 'a'))}, "too long a name"},
        {{entry("a"), entry("a")}, "'a' is there twice"},
        {{entry("a"), entry("./a")}, "is there twice"},
        {{entry("a"), entry("a/b")}, "is there twice"},
        {{entry("a/b"), entry("a")}, "is there twice"},
        {{entry("a", S_IFLNK | 0777), entry("a/b")}, "'a/b' is there twice"},
        {{entry("a", S_IFBLK | 0644)}, "neither a file nor a folder nor a link"},
        {{entry("a", S_IFCHR | 0644)}, "neither"},
        {{entry("a", S_IFIFO | 0644)}, "neither"},
        {{entry("a", S_IFSOCK | 0644)}, "neither"},
        {{entry("a/", 0, 5)}, "folder with content"},
        {{entry("a", S_IFLNK | 0777, 5000)}, "too long for a link"},
        {{encrypted}, "is encrypted"},
        {{lzma}, "method 14", ProblemCode::unsupported},
        {{two_sizes}, "has two sizes"},
        {{bomb}, "promises more bytes"},
    };
    for (const auto& [entries, words, code] : cases) {
        const auto problem = refusal(entries);
        EXPECT_EQ(problem.code(), code) << words;
        EXPECT_THAT(problem.message(), HasSubstr(words));
        EXPECT_THAT(problem.message(), testing::StartsWith("/a/fn.zip: "));
    }
}

TEST(ZipEntries, SizesAreLimited) {
    const ZipEntry half = entry("a", S_IFREG | 0644, kMostUnpackedBytes / 2);
    ZipEntry rest = half;
    rest.name = "b";
    EXPECT_EQ(refusal({half, rest}, kMostUnpackedBytes).code(), ProblemCode::none);
    rest.size = ++rest.packed_size;
    const auto problem = refusal({half, rest}, kMostUnpackedBytes);
    EXPECT_EQ(problem.code(), ProblemCode::too_large);
    EXPECT_EQ(problem.message(), "/a/fn.zip: Unzipped size must be smaller than 262144000 bytes");
    const ZipEntry huge = entry("a", S_IFREG | 0644, ~std::uint64_t{0});
    EXPECT_EQ(refusal({huge, huge}).code(), ProblemCode::too_large) << "sums do not overflow";
}

TEST(ZipEntries, BytesThatAreCountedSeveralTimesAreRefused) {
    std::vector<ZipEntry> entries;
    for (int i = 0; i < 100; ++i) entries.push_back(entry("a" + std::to_string(i), S_IFREG | 0644, 1'000'000));
    EXPECT_EQ(refusal(entries, 100'000'000).code(), ProblemCode::none);
    EXPECT_THAT(refusal(entries, 10'000).message(), HasSubstr("promises more bytes"));
}

TEST(ZipEntries, TheirNumberIsLimited) {
    std::vector<ZipEntry> entries;
    for (std::size_t i = 0; i <= kMostEntries; ++i) entries.push_back(entry(std::to_string(i), S_IFREG | 0644, 0));
    EXPECT_EQ(refusal(entries).code(), ProblemCode::too_large);
    std::string deep;
    for (std::size_t i = 0; i <= kMostEntries; ++i) deep += "a/";
    EXPECT_EQ(refusal({entry(deep, 0, 0)}).code(), ProblemCode::too_large) << "folders count, named or not";
}

TEST(ZipEntries, APathBelowARootHasItAsWholeParts) {
    EXPECT_EQ(find_below("/var/task", "/var/task"), "");
    EXPECT_EQ(find_below("/var/task", "/var/task/bin/app"), "/bin/app");
    EXPECT_EQ(find_below("/var/task", "/var/tasks"), std::nullopt);
    EXPECT_EQ(find_below("/var/task", "/var"), std::nullopt);
    EXPECT_EQ(find_below("/var/task", "var/task"), std::nullopt);
}

TEST(ZipEntries, LinksBelowTheRootBecomeRelative) {
    const std::tuple<std::vector<std::string>, const char*, const char*> rows[] = {
        {{"bootstrap"}, "/var/task/bin/app", "./bin/app"},
        {{"a", "b", "link"}, "/var/task/bin/app", "./../../bin/app"},
        {{"a", "link"}, "/var/task", "./.."},
        {{"link"}, "/var/task/", "./"},
        {{"link"}, "/var/tasks/app", "/var/tasks/app"},
        {{"link"}, "/var/task/../../etc", "./../../etc"},
        {{"link"}, "/etc", "/etc"},
        {{"a", "link"}, "../app", "../app"},
        {{"link"}, "", ""},
    };
    for (const auto& [parts, target, expected] : rows) {
        EXPECT_EQ(to_relative_target({.parts = parts, .kind = EntryKind::link}, target, "/var/task"), expected);
    }
}

TEST(ZipEntries, LinksStayInside) {
    const PlannedEntry link{.parts = {"a", "b", "link"}, .kind = EntryKind::link};
    for (const std::string_view target : {"c", "./c", "../c", "../..", "../../x/y", "c//d", ".././../c"}) {
        EXPECT_TRUE(is_inside(link, target)) << target;
    }
    for (const std::string_view target :
         std::initializer_list<std::string_view>{"", "/", "/etc/passwd", "../../..", "../../../x", "x/../../..", "x/..",
                                                 "../x/../y", std::string_view("a\0b", 3)}) {
        EXPECT_FALSE(is_inside(link, target)) << target;
    }
}

}  // namespace
}  // namespace understudy::process
