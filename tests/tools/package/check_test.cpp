#include "tools/package/check.hpp"

#include "tests/support/program.hpp"
#include "tests/tools/package/built_elf.hpp"
#include "tools/package/read_package.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>

namespace understudy::package {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;

Package to_bootstrap(std::string bytes, bool executable = true) {
    return {"./bootstrap", {{"bootstrap", bytes.size(), executable, std::move(bytes), {}, "./bootstrap"}}, {}};
}

Package built(const BuiltElf& program) {
    return to_bootstrap(build_elf(program));
}

std::vector<Finding> check_on(std::string_view runtime, const Package& package, std::optional<Machine> machine = {}) {
    return check_package(package, *find_runtime_image(runtime), machine);
}

std::vector<Finding> check_2023(const Package& package, std::optional<Machine> machine = {}) {
    return check_on("provided.al2023", package, machine);
}

BuiltElf versioned(const std::string& library, const std::string& version, const std::string& symbol) {
    BuiltElf program;
    program.needed = {library};
    program.versions = {{library, version, symbol}};
    return program;
}

BuiltElf changed(const std::function<void(BuiltElf&)>& change) {
    BuiltElf program;
    change(program);
    return program;
}

TEST(PackageCheck, EachThingThatKeepsAFunctionFromStartingIsFound) {
    struct Row {
        Package package;
        std::string rule;
        std::string message;
        std::string remedy;
    };
    Package deep = built({});
    deep.files[0].path = "out/bootstrap";
    Package big = built({});
    big.files.push_back({"model.bin", kMostPackageBytes, false, {}});
    const Row rows[] = {
        {{"a", {}, {}}, "bootstrap", "Runtime.InvalidEntrypoint", "understudy package PROGRAM FILE…"},
        {deep, "bootstrap", "must stand at the top", "pack the content of 'out'"},
        {to_bootstrap(build_elf({}), false), "mode", "permission denied", "chmod +x ./bootstrap"},
        {big, "size", "262144000", "strip"},
        {to_bootstrap(""), "format", "it is empty", "build it for Linux"},
        {to_bootstrap("MZ\x90"), "format", "for Windows", "build it for Linux"},
        {to_bootstrap("\xCF\xFA\xED\xFE"), "format", "for macOS", "build it for Linux"},
        {to_bootstrap("echo"), "format", "neither an ELF program nor a script", "build it"},
        {to_bootstrap(build_elf({}).substr(0, 200)), "format", "it is cut off", "again"},
        {built(changed([](auto& p) { p.machine = EM_RISCV; })), "architecture", "built for riscv64", "x86_64 or arm64"},
        {built(changed([](auto& p) { p.machine = EM_386, p.width = ELFCLASS32; })), "architecture", "i386", "64 bits"},
        {built(changed([](auto& p) { p.interpreter = "/lib/ld-musl-x86_64.so.1"; })), "loader", "ld-musl", "-static"},
        {built(changed([](auto& p) { p.interpreter = "/nix/store/x/ld.so"; })), "loader", "/nix/store", "statically"},
        {built(changed([](auto& p) { p.needed = {"libprotobuf.so.32"}; })), "library", "libprotobuf.so.32", "lib"},
        {built(versioned("libc.so.6", "GLIBC_2.38", "strtol")), "glibc", "GLIBC_2.38 of libc.so.6 for strtol",
         "-static"},
        {built(versioned("libstdc++.so.6", "GLIBCXX_3.4.30", "x")), "libstdc++", "3.4.30", "-static-libstdc++"},
        {to_bootstrap("#!/usr/bin/python3\n"), "interpreter", "/usr/bin/python3", "runtime for python"},
        {to_bootstrap("#!/usr/bin/env node\n"), "interpreter", "node", "runtime for node"},
        {to_bootstrap("#!/bin/zsh\n"), "interpreter", "/bin/zsh", "/bin/bash"},
        {to_bootstrap("#!\n"), "interpreter", "no interpreter", "#!/bin/sh"},
        {to_bootstrap("#!/bin/sh\r\necho\r\n"), "line-ends", "CRLF", "sed"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.message);
        const auto findings = check_2023(row.package);
        ASSERT_EQ(findings.size(), 1U);
        EXPECT_EQ(findings[0].severity, Severity::error);
        EXPECT_EQ(findings[0].rule, row.rule);
        EXPECT_THAT(findings[0].message, HasSubstr(row.message));
        EXPECT_THAT(findings[0].remedy, HasSubstr(row.remedy));
        EXPECT_FALSE(would_start(findings));
    }
}

TEST(PackageCheck, WhatStartsHasNoErrors) {
    const Package rows[] = {
        built({}),
        built(changed([](auto& p) { p.interpreter.clear(); })),
        built(versioned("libc.so.6", "GLIBC_2.34", "main")),
        built(versioned("libstdc++.so.6", "GLIBCXX_3.4.29", "x")),
        to_bootstrap("#!/bin/sh\necho\n"),
        to_bootstrap("#! /bin/bash -e"),
        to_bootstrap("#!/usr/bin/env -S bash -e\n"),
        to_bootstrap("#!/opt/bin/python3\n"),
    };
    for (const Package& package : rows) EXPECT_THAT(check_2023(package), IsEmpty());
}

TEST(PackageCheck, TheOlderRuntimeHasTheOlderLibraries) {
    const Package package = built(versioned("libc.so.6", "GLIBC_2.34", "main"));
    EXPECT_THAT(check_on("provided.al2", package), ElementsAre(Field(&Finding::message, HasSubstr("glibc 2.26"))));
    const Package ssl = built(changed([](auto& p) { p.needed = {"libssl.so.3"}; }));
    EXPECT_THAT(check_on("provided.al2", ssl), ElementsAre(Field(&Finding::rule, "library")));
    EXPECT_THAT(check_2023(ssl), IsEmpty());
}

TEST(PackageCheck, TheArchitectureIsTheFunctions) {
    const Package arm = built(changed([](auto& p) {
        p.machine = EM_AARCH64;
        p.interpreter = "/lib/ld-linux-aarch64.so.1";
    }));
    EXPECT_THAT(check_2023(arm, Machine::arm64), IsEmpty());
    EXPECT_THAT(check_2023(arm, Machine::x86_64), ElementsAre(Field(&Finding::rule, "architecture")));
    const auto findings = check_2023(arm);
    EXPECT_THAT(findings, ElementsAre(Field(&Finding::severity, Severity::note)));
    EXPECT_TRUE(would_start(findings));
}

TEST(PackageCheck, LibrariesOfThePackageAreLookedIntoToo) {
    const std::string library = build_elf(versioned("libc.so.6", "GLIBC_2.38", "fmod"));
    for (const auto& [path, search] :
         {std::pair("lib/libown.so.1", ""), {"libown.so.1", ""}, {"x/libown.so.1", "$ORIGIN/x"}}) {
        Package package = built(changed([search = search](auto& p) {
            p.needed = {"libown.so.1"};
            p.search_path = search;
        }));
        package.files.push_back({path, library.size(), false, library});
        EXPECT_THAT(check_2023(package),
                    ElementsAre(testing::AllOf(Field(&Finding::file, path), Field(&Finding::rule, "glibc"))));
    }
}

TEST(PackageCheck, BehindARecorderTheFunctionIsLookedAt) {
    Package package = built({});
    const std::string program = build_elf(versioned("libc.so.6", "GLIBC_2.38", "strtol"));
    package.files.push_back({"bootstrap.real", program.size(), true, program});
    const auto findings = check_2023(package);
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].file, "bootstrap.real");
    EXPECT_EQ(findings[0].rule, "glibc");
}

TEST(PackageCheck, ALinkBelowTheTaskRootIsTakenAsServeTakesIt) {
    const auto check = [](const std::string& target) {
        Package package = built({});
        package.files.push_back({"bin/link", target.size(), true, {}, target});
        return check_2023(package);
    };
    for (const char* target : {"/var/task/bootstrap", "/var/task", "/var/task/bin/none", "../bootstrap"}) {
        EXPECT_THAT(check(target), IsEmpty()) << target;
    }
    for (const char* target : {"/var/task/../x", "/var/task/bin/../bootstrap", "/var/tasks/x", "../../x"}) {
        EXPECT_THAT(check(target), ElementsAre(Field(&Finding::rule, "link"))) << target;
    }
}

TEST(PackageCheck, AZipThatIsTooBigForADirectUploadIsAWarning) {
    Package package = built({});
    package.zip_size = kMostZippedBytes + 1;
    const auto findings = check_2023(package);
    EXPECT_THAT(findings, ElementsAre(Field(&Finding::severity, Severity::warning)));
    EXPECT_THAT(findings[0].remedy, HasSubstr("S3"));
}

TEST(PackageCheck, FindingsAreShownForPeopleAndPrograms) {
    const Package package = to_bootstrap("#!/bin/\"zsh\"\n");
    const RuntimeImage& image = *find_runtime_image("provided.al2023");
    const auto findings = check_2023(package);
    EXPECT_EQ(render_findings(package, image, findings),
              "bootstrap: error: its interpreter, /bin/\"zsh\", is not in provided.al2023: no such file or directory\n"
              "    write it for /bin/sh or /bin/bash, or bring \"zsh\" along in the package or a layer\n"
              "./bootstrap would not start on provided.al2023\n");
    EXPECT_THAT(
        render_findings_json(package, image, findings),
        HasSubstr(R"("would_start":false,"findings":[{"severity":"error","rule":"interpreter","file":"bootstrap",)"
                  R"("message":"its interpreter, /bin/\"zsh\", is)"));
}

TEST(PackageCheck, WhatAScriptNamesMovesNoTerminal) {
    const Package package = to_bootstrap("#!/bin/\x1b[31m\xE2\x80\xAEhs\n");
    const auto text = render_findings(package, *find_runtime_image("provided.al2023"), check_2023(package));
    EXPECT_THAT(text, HasSubstr("its interpreter, /bin/\\x1b[31m\\u202ehs, is not in"));
}

TEST(ReadPackage, AProgramIsBootstrapWhateverItsName) {
    test::TempFolder folder;
    const std::string path = folder.write("greeter", "#!/bin/sh\n");
    const auto package = read_package(path);
    ASSERT_TRUE(package.has_value());
    EXPECT_EQ(package->files[0].path, "bootstrap");
    EXPECT_FALSE(package->files[0].executable);
    ::chmod(path.c_str(), 0755);
    EXPECT_TRUE(read_package(path)->files[0].executable);
}

TEST(ReadPackage, WhatIsNotThereOrNoZipIsAProblem) {
    test::TempFolder folder;
    EXPECT_EQ(read_package(folder.path() + "/none").error().code(), source::ProblemCode::not_found);
    EXPECT_EQ(read_package(folder.write("a.zip", "")).error().code(), source::ProblemCode::malformed);
    EXPECT_EQ(read_package(folder.write("b.zip", "PK\x03\x04garbage")).error().code(), source::ProblemCode::malformed);
}

}  // namespace
}  // namespace understudy::package
