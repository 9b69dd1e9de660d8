#include "tools/package/elf.hpp"

#include "tests/support/program.hpp"
#include "tests/tools/package/built_elf.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::package {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

Elf read(const std::string& bytes) {
    const auto read = read_elf(bytes);
    if (const auto* fault = std::get_if<ElfFault>(&read)) {
        ADD_FAILURE() << fault->reason;
        return {};
    }
    return std::get<Elf>(read);
}

BuiltElf sample() {
    BuiltElf program;
    program.needed = {"libc.so.6", "libstdc++.so.6"};
    program.search_path = "$ORIGIN/lib:/opt/lib";
    program.versions = {{"libc.so.6", "GLIBC_2.36", "arc4random"}, {"libstdc++.so.6", "GLIBCXX_3.4.30", "_ZSt4cout"}};
    return program;
}

TEST(ElfFile, WhatTheLoaderReadsIsRead) {
    const Elf elf = read(build_elf(sample()));
    EXPECT_EQ(elf.machine, Machine::x86_64);
    EXPECT_EQ(elf.interpreter, "/lib64/ld-linux-x86-64.so.2");
    EXPECT_THAT(elf.needed, ElementsAre("libc.so.6", "libstdc++.so.6"));
    EXPECT_THAT(elf.search_paths, ElementsAre("$ORIGIN/lib", "/opt/lib"));
    EXPECT_THAT(elf.versions, ElementsAre(VersionNeed{"libc.so.6", "GLIBC_2.36", {"arc4random"}},
                                          VersionNeed{"libstdc++.so.6", "GLIBCXX_3.4.30", {"_ZSt4cout"}}));
}

TEST(ElfFile, MachinesAreToldApart) {
    const auto machine = [](unsigned number, unsigned char width) {
        BuiltElf program;
        program.machine = number;
        program.width = width;
        return read(build_elf(program));
    };
    EXPECT_EQ(machine(EM_AARCH64, ELFCLASS64).machine, Machine::arm64);
    EXPECT_EQ(machine(EM_AARCH64, ELFCLASS64).machine_name, "arm64");
    EXPECT_EQ(machine(EM_RISCV, ELFCLASS64).machine, Machine::other);
    EXPECT_EQ(machine(9999, ELFCLASS64).machine_name, "machine 9999");
    EXPECT_FALSE(machine(EM_386, ELFCLASS32).is_wide);
    EXPECT_EQ(machine(EM_386, ELFCLASS32).machine_name, "i386");
}

TEST(ElfFile, AStaticProgramAsksForNothing) {
    BuiltElf program;
    program.interpreter.clear();
    const Elf elf = read(build_elf(program));
    EXPECT_EQ(elf.interpreter, "");
    EXPECT_THAT(elf.needed, IsEmpty());
}

TEST(ElfFile, ProgramsOfThisSystemCanBeRead) {
    const Elf elf = read(test::read_file("/bin/sh"));
    EXPECT_THAT(elf.needed, Contains("libc.so.6"));
    EXPECT_FALSE(elf.versions.empty());
    EXPECT_TRUE(std::ranges::any_of(elf.versions, [](const VersionNeed& need) { return !need.symbols.empty(); }));
}

TEST(ElfFile, OneThatIsCutOffAnywhereIsAFault) {
    const std::string whole = build_elf(sample());
    for (std::size_t size = 4; size < whole.size(); ++size) {
        const auto read = read_elf(std::string_view(whole).substr(0, size));
        EXPECT_TRUE(std::holds_alternative<ElfFault>(read)) << size;
    }
}

TEST(ElfFile, NoByteIsBelieved) {
    const std::string whole = build_elf(sample());
    std::size_t faults = 0;
    for (std::size_t at = 4; at < whole.size(); ++at) {
        for (const char byte : {'\0', '\x01', '\x7F', '\xFF'}) {
            std::string changed = whole;
            changed[at] = byte;
            faults += std::holds_alternative<ElfFault>(read_elf(changed)) ? 1 : 0;
        }
    }
    EXPECT_GT(faults, 100U);
}

TEST(ElfFile, AnEndlessListIsAFault) {
    BuiltElf program;
    program.needed.assign(5000, "libc.so.6");
    const auto read = read_elf(build_elf(program));
    ASSERT_TRUE(std::holds_alternative<ElfFault>(read));
    EXPECT_EQ(std::get<ElfFault>(read).reason, "it asks for too many libraries");
}

}  // namespace
}  // namespace understudy::package
