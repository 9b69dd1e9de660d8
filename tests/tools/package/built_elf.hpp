#pragma once

#include <elf.h>

#include <string>
#include <vector>

namespace understudy::package {

/// A version that a built program asks for, and the symbol for which.
struct BuiltVersion {
    std::string library;
    std::string version;
    std::string symbol;
};

/// What a built program says.
struct BuiltElf {
    unsigned machine = EM_X86_64;
    unsigned char width = ELFCLASS64;
    std::string interpreter = "/lib64/ld-linux-x86-64.so.2";  ///< Empty: a static one.
    std::vector<std::string> needed = {"libc.so.6"};
    std::vector<BuiltVersion> versions;
    std::string search_path;
};

/// The bytes of such a program, as small as they can be.
std::string build_elf(const BuiltElf& program);

}  // namespace understudy::package
