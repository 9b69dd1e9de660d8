#include "emulator/process/program_check.hpp"

#include "tests/emulator/process/running.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <elf.h>

namespace understudy::process {
namespace {

namespace fs = std::filesystem;
using source::ProblemCode;
using testing::HasSubstr;

std::string elf(unsigned machine, char order = ELFDATA2LSB) {
    std::string bytes = "\177ELF\2" + std::string{order, 1} + std::string(12, '\0');
    const std::size_t low = order == ELFDATA2LSB ? 18 : 19;
    bytes.resize(64);
    bytes[low] = static_cast<char>(machine & 0xFF);
    bytes[low == 18 ? 19 : 18] = static_cast<char>(machine >> 8);
    return bytes;
}

TEST(ProgramCheck, ForeignProgramsAreToldApart) {
    struct Case {
        std::string bytes;
        std::string_view machine;
        std::string_view words;  ///< Empty: it runs.
    };
    const std::vector<Case> cases{
        {elf(EM_X86_64), "x86_64", ""},
        {elf(EM_AARCH64), "aarch64", ""},
        {elf(EM_386), "x86_64", ""},
        {"#!/bin/sh\n", "x86_64", ""},
        {elf(EM_AARCH64), "x86_64", "it is built for aarch64, this machine is x86_64"},
        {elf(EM_X86_64), "aarch64", "it is built for x86_64, this machine is aarch64"},
        {elf(EM_S390, ELFDATA2MSB), "x86_64", "it is built for s390x"},
        {elf(9999), "x86_64", "it is built for machine 9999"},
        {"\xCF\xFA\xED\xFE....", "x86_64", "it is a program for macOS"},
        {"MZ\x90", "x86_64", "it is a program for Windows"},
        {"\xEF\xBB\xBF#!/bin/sh\n", "x86_64", "a byte order mark stands before its #!"},
        {"", "x86_64", "it is empty"},
        {"echo hello\n", "x86_64", "neither an ELF program nor a script"},
        {"\177ELF", "x86_64", "neither an ELF program nor a script"},
    };
    for (const auto& [bytes, machine, words] : cases) {
        const auto checked = check_program_bytes(bytes, machine, "/a/bootstrap");
        EXPECT_EQ(checked.has_value(), words.empty()) << words;
        if (checked.has_value()) continue;
        EXPECT_EQ(checked.error().code(), ProblemCode::malformed);
        EXPECT_THAT(checked.error().message(), HasSubstr("fork/exec /a/bootstrap: exec format error ("));
        EXPECT_THAT(checked.error().message(), HasSubstr(words));
        EXPECT_FALSE(checked.error().hint().empty());
    }
}

TEST(ProgramCheck, WhatWouldNotStartIsToldEarlyInTheWordsOfTheStart) {
    const Folder folder;
    struct Case {
        std::string_view text;
        fs::perms mode;
        std::string_view reason;
    };
    const std::vector<Case> cases{
        {"#!/bin/sh\n", fs::perms(0755), ""},
        {"#! /bin/sh -e\n", fs::perms(0755), ""},
        {"#!/bin/sh\r\n", fs::perms(0755), "no such file or directory (its interpreter, '/bin/sh\\r')"},
        {"#!/usr/bin/env sh\r\n", fs::perms(0755),
         "no such file or directory (what '/usr/bin/env' is to run ends in a carriage return)"},
        {"#!/bin/sh -e\n# \r\n", fs::perms(0755), ""},
        {"#!/bin/sh\n", fs::perms(0644), "permission denied"},
        {"#!/no/interpreter\n", fs::perms(0755), "no such file or directory (its interpreter, '/no/interpreter')"},
        {"echo\n", fs::perms(0755),
         "exec format error (it is neither an ELF program nor a script that begins with #!)"},
        {"", fs::perms(0755), "exec format error (it is empty)"},
    };
    for (const auto& [text, mode, reason] : cases) {
        const fs::path path = write_file(folder.path / "tool", text, mode);
        const auto checked = check_program(path);
        EXPECT_EQ(checked ? "" : checked.error().message(),
                  reason.empty() ? "" : "fork/exec " + path.native() + ": " + std::string(reason));
    }
    EXPECT_TRUE(check_program("/proc/self/exe").has_value());
}

TEST(ProgramCheck, AFileThatMayNotBeExecutedIsToldWithTheRemedy) {
    const Folder folder;
    const fs::path path = write_file(folder.path / "bootstrap", "#!/bin/sh\n");
    const auto problem = check_program(path).error();
    EXPECT_EQ(problem.message(), "fork/exec " + path.native() + ": permission denied");
    EXPECT_EQ(problem.hint(), "chmod +x " + path.native());
    fs::permissions(path, fs::perms(0755));
    EXPECT_TRUE(check_program(path).has_value());
}

TEST(ProgramCheck, WhatIsNoFileIsTold) {
    const Folder folder;
    EXPECT_EQ(check_program(folder.path).error().hint(), "it is a folder");
    EXPECT_EQ(check_program(folder.path / "none").error().code(), ProblemCode::not_found);
    EXPECT_TRUE(check_program("/bin/sh").has_value()) << check_program("/bin/sh").error();
}

}  // namespace
}  // namespace understudy::process
