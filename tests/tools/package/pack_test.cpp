#include "tools/package/pack.hpp"

#include "emulator/files/write_file.hpp"
#include "tests/support/program.hpp"
#include "tools/package/check.hpp"
#include "tools/package/read_package.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>

#include <filesystem>

namespace understudy::package {
namespace {

namespace fs = std::filesystem;
using source::ProblemCode;
using testing::AllOf;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;

/// A folder that may hold folders.
struct Tree {
    Tree() {
        fs::create_directories(path / "code/lib");
        write("code/bootstrap", "#!/bin/sh\necho\n", 0700);
        write("code/lib/notes.txt", std::string(10'000, 'x'), 0600);
        write("code/run", "#!/bin/sh\n", 0750);
        fs::create_symlink("lib/notes.txt", path / "code/link");
    }
    ~Tree() { fs::remove_all(path); }
    Tree(const Tree&) = delete;
    Tree& operator=(const Tree&) = delete;

    std::string write(const std::string& name, const std::string& bytes, mode_t mode = 0644) const {
        const fs::path at = path / name;
        EXPECT_TRUE(files::write_file(at, bytes).has_value());
        ::chmod(at.c_str(), mode);
        return at;
    }

    fs::path path = fs::path(testing::TempDir()) / ("pack-" + std::to_string(::getpid()));
};

std::vector<CollectedFile> collect(const fs::path& program, const std::vector<fs::path>& others = {}) {
    auto files = collect_files(program, others, "/none.zip");
    if (files.has_error()) {
        ADD_FAILURE() << files.error();
        return {};
    }
    return std::move(*files);
}

test::Ended run_python(const std::string& code, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"-c", code});
    return test::run_file("/usr/bin/python3", std::move(arguments), {"PATH=/usr/bin:/bin"});
}

TEST(Pack, AnotherReaderFindsNamesModesAndTimesSettled) {
    const Tree tree;
    const std::string zip = tree.write("fn.zip", to_zip(collect(tree.path / "code")));
    const auto listed = run_python(
        "import sys, zipfile\n"
        "z = zipfile.ZipFile(sys.argv[1])\n"
        "assert z.testzip() is None\n"
        "for i in z.infolist(): print(i.filename, oct(i.external_attr >> 16), i.date_time, i.create_system, "
        "i.file_size)\n"
        "print(z.read('lib/notes.txt') == b'x' * 10000, z.read('link'))",
        {zip});
    EXPECT_EQ(listed.out,
              "bootstrap 0o100755 (1980, 1, 1, 0, 0, 0) 3 15\n"
              "lib/notes.txt 0o100644 (1980, 1, 1, 0, 0, 0) 3 10000\n"
              "link 0o120777 (1980, 1, 1, 0, 0, 0) 3 13\n"
              "run 0o100755 (1980, 1, 1, 0, 0, 0) 3 10\n"
              "True b'lib/notes.txt'\n")
        << listed.err;
    EXPECT_LT(fs::file_size(zip), 1'500U);
}

TEST(Pack, TheSameFilesMakeTheSameBytes) {
    const Tree tree;
    const std::string first = to_zip(collect(tree.path / "code"));
    const fs::path copy = tree.path / "copy";
    fs::copy(tree.path / "code", copy, fs::copy_options::recursive | fs::copy_options::copy_symlinks);
    fs::last_write_time(copy / "bootstrap", fs::file_time_type::clock::now() - std::chrono::hours(100));
    ::chmod((copy / "run").c_str(), 0777);
    EXPECT_EQ(to_zip(collect(copy)), first);
    EXPECT_EQ(code_sha256(to_zip(collect(copy))), code_sha256(first));
    ::chmod((copy / "run").c_str(), 0644);
    EXPECT_NE(to_zip(collect(copy)), first);
}

TEST(Pack, TheHashIsTheOneThatAwsShows) {
    EXPECT_EQ(code_sha256("abc"), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
}

TEST(Pack, AProgramIsStoredAsBootstrapAndOthersByTheirNames) {
    const Tree tree;
    const std::string program = tree.write("greeter", "MZ");
    const auto files = collect(program, {tree.path / "code/run", tree.path / "code/lib/"});
    std::vector<std::string> paths;
    for (const CollectedFile& file : files) paths.push_back(file.path);
    EXPECT_THAT(paths, ElementsAre("bootstrap", "run", "lib/notes.txt"));
    EXPECT_EQ(files[0].mode, 0100755U);
}

TEST(Pack, WhatIsPackedIsWhatTheCheckReads) {
    const Tree tree;
    const auto files = collect(tree.path / "code");
    const std::string zip = tree.write("fn.zip", to_zip(files));
    const auto read = read_package(zip);
    ASSERT_TRUE(read.has_value()) << read.error();
    EXPECT_TRUE(would_start(check_package(*read, *find_runtime_image("provided.al2023"), {})));
    EXPECT_TRUE(would_start(check_package(to_package("x", files), *find_runtime_image("provided.al2023"), {})));
    EXPECT_TRUE(read_package(tree.path / "code")->find("bootstrap")->executable);
}

TEST(Pack, TheZipOfAnEarlierRunIsNotPacked) {
    const Tree tree;
    const fs::path zip = tree.write("code/fn.zip", "old");
    EXPECT_EQ(collect_files(tree.path / "code", {}, zip)->size(), 4U);
    EXPECT_EQ(collect(tree.path / "code").size(), 5U);
}

TEST(Pack, WhatCannotBePackedIsAProblem) {
    const Tree tree;
    const auto code = [](const auto& result) { return result.error().code(); };
    EXPECT_EQ(code(collect_files(tree.path / "none", {}, "")), ProblemCode::not_found);
    EXPECT_EQ(code(collect_files(tree.write("a.zip", "PK"), {}, "")), ProblemCode::invalid);
    EXPECT_EQ(code(collect_files(tree.path / "code", {tree.path / "code/run"}, "")), ProblemCode::invalid);
    fs::create_symlink("/etc/passwd", tree.path / "code/outside");
    EXPECT_EQ(code(collect_files(tree.path / "code", {}, "")), ProblemCode::invalid);
}

TEST(Pack, WhatNoZipHoldsIsToldAndNotLeftOut) {
    const Tree tree;
    ASSERT_EQ(::mkfifo((tree.path / "code/pipe").c_str(), 0600), 0);
    const auto collected = collect_files(tree.path / "code", {}, "");
    ASSERT_TRUE(collected.has_error());
    EXPECT_THAT(collected.error().message(), HasSubstr("code/pipe: it is neither a file nor a folder"));
    const auto read = read_package(tree.path / "code");
    ASSERT_TRUE(read.has_error());
    EXPECT_EQ(read.error(), collected.error());
}

/// Whether what the user names is refused in these words, as a program, as a further file, and by the check.
void expect_refused(const Tree& tree, const fs::path& named, const std::string& words) {
    for (const auto& refused : {collect_files(named, {}, "").error(),
                                collect_files(tree.path / "code", {named}, "").error(), read_package(named).error()})
        EXPECT_EQ(refused.message(), named.native() + ": " + words);
}

TEST(PathKind, NobodyWaitsForWhatIsNoFile) {
    const Tree tree;
    ASSERT_EQ(::mkfifo((tree.path / "pipe").c_str(), 0700), 0);
    fs::create_symlink("pipe", tree.path / "to-pipe");
    for (const fs::path& named : {tree.path / "pipe", tree.path / "to-pipe", fs::path("/dev/null")})
        expect_refused(tree, named, "it is neither a file nor a folder");
    expect_refused(tree, tree.path / "none", "there is no such file or folder");
}

TEST(PathKind, LinksInACircleAreToldAsSuch) {
    const Tree tree;
    fs::create_symlink("self", tree.path / "self");
    fs::create_symlink("b", tree.path / "a");
    fs::create_symlink("a", tree.path / "b");
    for (const char* name : {"self", "a"}) expect_refused(tree, tree.path / name, "the link leads round in a circle");
    expect_refused(tree, tree.path / "self/below", "the link leads round in a circle");
    fs::create_symlink(fs::absolute(tree.path / "code/round"), tree.path / "code/round");
    for (const auto& refused :
         {collect_files(tree.path / "code", {}, "").error(), read_package(tree.path / "code").error()})
        EXPECT_THAT(refused.message(), HasSubstr("code/round: the link leads round in a circle"));
}

std::vector<Finding> find_faults(const Package& package) {
    return check_package(package, *find_runtime_image("provided.al2023"), {});
}

TEST(PackCheck, AZipsLinkIsFollowedToTheProgram) {
    const Tree tree;
    const auto check = [&](const std::string& target, const std::string& program, std::uint32_t mode = 0755) {
        const auto read = read_package(tree.write(
            "l.zip", to_zip({{"bootstrap", S_IFLNK | 0777, target}, {"bin/main", S_IFREG | mode, program}})));
        EXPECT_TRUE(read.has_value());
        return find_faults(*read);
    };
    EXPECT_THAT(check("bin/main", "#!/bin/sh\n"), IsEmpty());
    EXPECT_THAT(check("bin/main", "#!/bin/zsh\n"),
                ElementsAre(AllOf(Field(&Finding::file, "bin/main"), Field(&Finding::rule, "interpreter"))));
    EXPECT_THAT(check("bin/main", "#!/bin/sh\n", 0644),
                ElementsAre(AllOf(Field(&Finding::rule, "mode"),
                                  Field(&Finding::remedy, HasSubstr("chmod +x bin/main and pack it again")))));
    for (const auto& [target, told] : {std::pair("main", "the link leads to 'main', which the package does not have"),
                                       {"/bin/true", "the link leads to /bin/true, outside the package"},
                                       {"../main", "the link leads to ../main, outside the package"},
                                       {"bootstrap", "the link leads round in a circle"}}) {
        const auto findings = check(target, "#!/bin/sh\n");
        EXPECT_THAT(findings, ElementsAre(AllOf(Field(&Finding::rule, "link"), Field(&Finding::message, told))));
        EXPECT_FALSE(would_start(findings)) << target;
    }
}

TEST(PackCheck, OtherLinksThatLeadOutAreAWarning) {
    const Tree tree;
    const auto read = read_package(tree.write(
        "l.zip", to_zip({{"bootstrap", S_IFREG | 0755, "#!/bin/sh\n"}, {"lib/a", S_IFLNK | 0777, "/opt/a"}})));
    ASSERT_TRUE(read.has_value()) << read.error();
    EXPECT_THAT(find_faults(*read),
                ElementsAre(AllOf(Field(&Finding::file, "lib/a"), Field(&Finding::severity, Severity::warning))));
}

TEST(PackCheck, AFoldersLinksAreThoseThatItsPackageWillHave) {
    const Tree tree;
    fs::rename(tree.path / "code/bootstrap", tree.path / "code/main");
    const auto check = [&](const fs::path& target) {
        fs::remove(tree.path / "code/bootstrap");
        fs::create_symlink(target, tree.path / "code/bootstrap");
        const auto read = read_package(tree.path / "code");
        EXPECT_TRUE(read.has_value());
        return find_faults(*read);
    };
    EXPECT_THAT(check("main"), IsEmpty());
    EXPECT_THAT(check(fs::absolute(tree.path / "code/main")), IsEmpty());
    EXPECT_THAT(check("/bin/sh"), ElementsAre(Field(&Finding::message, HasSubstr("/bin/sh, outside the package"))));
    EXPECT_THAT(check("none"), ElementsAre(Field(&Finding::message, HasSubstr("'none', which the package"))));
}

TEST(PackCheck, RemediesNameTheFileWhereItLies) {
    const Tree tree;
    tree.write("code/bootstrap", "#!/bin/sh\r\n", 0644);
    const auto read = read_package(tree.path / "code");
    ASSERT_TRUE(read.has_value()) << read.error();
    EXPECT_THAT(find_faults(*read),
                ElementsAre(Field(&Finding::remedy, "chmod +x " + (tree.path / "code/bootstrap").native()),
                            Field(&Finding::remedy, HasSubstr(" " + (tree.path / "code/bootstrap").native()))));
}

TEST(Pack, ALinkToAProgramOfTheFolderIsPacked) {
    const Tree tree;
    fs::rename(tree.path / "code/bootstrap", tree.path / "code/lib/main");
    ::chmod((tree.path / "code/lib/main").c_str(), 0600);
    for (const fs::path& target : {fs::path("lib/main"), fs::path("lib/../lib/main"), fs::path("../code/lib/main"),
                                   fs::absolute(tree.path / "code/lib/main")}) {
        fs::remove(tree.path / "code/bootstrap");
        fs::create_symlink(target, tree.path / "code/bootstrap");
        auto files = collect(tree.path / "code");
        EXPECT_THAT(find_faults(to_package("x", files)), IsEmpty()) << target;
        const auto packed = std::ranges::find(files, "bootstrap", &CollectedFile::path);
        ASSERT_NE(packed, files.end());
        EXPECT_EQ(packed->mode, S_IFLNK | 0777U);
        EXPECT_EQ(packed->bytes, "lib/main");
        EXPECT_EQ(std::ranges::find(files, "lib/main", &CollectedFile::path)->mode, 0100755U);
        ASSERT_TRUE(add_recorder(files, "#!/bin/sh\n").has_value());
        const auto read = read_package(tree.write("fn.zip", to_zip(files)));
        ASSERT_TRUE(read.has_value()) << read.error();
        EXPECT_EQ(read->find("bootstrap.real")->link, "lib/main");
        EXPECT_THAT(find_faults(*read), IsEmpty());
    }
}

TEST(PackRecorder, TheRecorderStandsInFrontOfTheProgram) {
    const Tree tree;
    auto files = collect(tree.path / "code/bootstrap");
    ASSERT_TRUE(add_recorder(files, "recorder").has_value());
    const std::string zip = tree.write("fn.zip", to_zip(files));
    const auto read = run_python(
        "import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\n"
        "print([(i.filename, oct(i.external_attr >> 16), z.read(i)) for i in z.infolist()])",
        {zip});
    EXPECT_EQ(read.out,
              "[('bootstrap', '0o100755', b'recorder'), ('bootstrap.real', '0o100755', b'#!/bin/sh\\necho\\n')]\n");
    EXPECT_EQ(add_recorder(files, "recorder").error().code(), ProblemCode::invalid);
    files.clear();
    EXPECT_EQ(add_recorder(files, "recorder").error().code(), ProblemCode::not_found);
    EXPECT_THAT(add_recorder(files, "recorder").error().hint(), HasSubstr("name the program itself first"));
}

TEST(PackRecorder, TheLayersWrapperRunsTheRecorderWithItsArguments) {
    const auto files = to_layer("recorder");
    ASSERT_EQ(files.size(), 2U);
    EXPECT_EQ(files[0].path, "understudy-recorder");
    EXPECT_EQ(files[1].path, "understudy-record");
    EXPECT_EQ(files[1].mode, 0100755U);
    EXPECT_THAT(files[1].bytes, HasSubstr("exec /opt/understudy-recorder \"$@\"\n"));
}

}  // namespace
}  // namespace understudy::package
