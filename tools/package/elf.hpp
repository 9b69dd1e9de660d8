#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace understudy::package {

enum class Machine : std::uint8_t { x86_64, arm64, other };

/// A version of a library's interface that a program asks for.
struct VersionNeed {
    std::string library;               ///< `libc.so.6`
    std::string version;               ///< `GLIBC_2.34`
    std::vector<std::string> symbols;  ///< Some of those for which; none where the table is not to be found.

    friend bool operator==(const VersionNeed&, const VersionNeed&) = default;
};

/// What a program or a shared library for Linux says about how it is started.
struct Elf {
    Machine machine = Machine::other;
    std::string machine_name;               ///< `x86_64`, `i386`, `machine 243`
    bool is_wide = true;                    ///< 64 bits, little end first; else nothing below is known.
    std::string interpreter;                ///< `/lib64/ld-linux-x86-64.so.2`; empty for a static program.
    std::vector<std::string> needed;        ///< The libraries that it asks for: `libz.so.1`.
    std::vector<std::string> search_paths;  ///< Where it looks first: `$ORIGIN/lib`.
    std::vector<VersionNeed> versions;

    friend bool operator==(const Elf&, const Elf&) = default;
};

/// Why bytes that begin like an ELF file are none.
struct ElfFault {
    std::string reason;  ///< `it is cut off`

    friend bool operator==(const ElfFault&, const ElfFault&) = default;
};

/// Whether bytes begin as an ELF file does.
bool is_elf(std::string_view bytes);

/// Reads what the dynamic loader reads, so that stripped programs can be read too. `bytes` is untrusted: no place in it
/// is believed, and what there is too much of is a fault.
/// Preconditions: `is_elf(bytes)`.
std::variant<Elf, ElfFault> read_elf(std::string_view bytes);

}  // namespace understudy::package
