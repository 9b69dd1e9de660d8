#include "emulator/process/program_check.hpp"

#include "emulator/process/file_descriptor.hpp"

#include <elf.h>
#include <fcntl.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <system_error>

namespace understudy::process {
namespace {

namespace fs = std::filesystem;
using source::Problem;
using source::ProblemCode;
using source::Result;

struct Machine {
    std::uint16_t number;
    std::string_view name;  ///< As `uname` and qemu's interpreters have it.
};
constexpr std::array kMachines{Machine{EM_X86_64, "x86_64"}, Machine{EM_AARCH64, "aarch64"}, Machine{EM_386, "i386"},
                               Machine{EM_ARM, "arm"},       Machine{EM_RISCV, "riscv64"},   Machine{EM_S390, "s390x"},
                               Machine{EM_PPC64, "ppc64le"}};

/// Empty where it is no ELF program.
std::string elf_machine(std::string_view begin) {
    if (!begin.starts_with(ELFMAG) || begin.size() < offsetof(Elf64_Ehdr, e_version)) return {};
    const auto byte = [begin](std::size_t at) { return static_cast<unsigned>(static_cast<unsigned char>(begin[at])); };
    constexpr std::size_t kAt = offsetof(Elf64_Ehdr, e_machine);
    const bool little = byte(EI_DATA) == ELFDATA2LSB;
    const unsigned number = little ? byte(kAt) | byte(kAt + 1) << 8 : byte(kAt) << 8 | byte(kAt + 1);
    for (const Machine& machine : kMachines) {
        if (machine.number == number) return std::string(machine.name);
    }
    return "machine " + std::to_string(number);
}

Problem exec_format(const fs::path& path, const std::string& what, std::string hint) {
    return Problem(ProblemCode::malformed, "fork/exec " + path.native() + ": exec format error (" + what + ")")
        .with_hint(std::move(hint));
}

/// What a file is that is no ELF program and no script.
std::string describe(std::string_view begin) {
    constexpr std::array<std::string_view, 4> kMachO{"\xCF\xFA\xED\xFE", "\xCE\xFA\xED\xFE", "\xFE\xED\xFA\xCF",
                                                     "\xCA\xFE\xBA\xBE"};
    for (const std::string_view magic : kMachO) {
        if (begin.starts_with(magic)) return "it is a program for macOS";
    }
    if (begin.starts_with("MZ")) return "it is a program for Windows";
    if (begin.starts_with("\xEF\xBB\xBF#!")) return "a byte order mark stands before its #!";
    if (begin.empty()) return "it is empty";
    return "it is neither an ELF program nor a script that begins with #!";
}

/// The path behind `#!`, as the kernel reads it: a carriage return belongs to it.
fs::path interpreter_of(std::string_view begin) {
    const std::size_t at = std::min(begin.find_first_not_of(" \t", 2), begin.size());
    return begin.substr(at, begin.find_first_of(" \t\n", at) - at);
}

bool has_crlf(std::string_view begin) {
    const std::size_t end = begin.find('\n');
    return end != std::string_view::npos && begin[end - 1] == '\r';
}

/// Whether a script's interpreter can be found.
Result<void> check_script(const fs::path& path, std::string_view begin) {
    std::string interpreter = interpreter_of(begin).native();
    std::error_code ignored;
    const bool found = fs::exists(interpreter, ignored);
    const bool env = fs::path(interpreter).filename() == "env";
    if (found && !(env && has_crlf(begin))) return {};
    if (interpreter.ends_with('\r')) interpreter.replace(interpreter.size() - 1, 1, "\\r");
    const std::string what = found ? "what '" + interpreter + "' is to run ends in a carriage return"
                                   : "its interpreter, '" + interpreter + "'";
    const Problem missing(ProblemCode::not_found,
                          "fork/exec " + path.native() + ": no such file or directory (" + what + ")");
    if (!has_crlf(begin)) return missing;
    return Problem(missing).with_hint("its lines end in CRLF; 'sed -i s/\\r$// " + path.native() + "' cures that");
}

/// The first bytes of a file; nullopt where they may not be read.
std::optional<std::string> read_begin(const fs::path& path) {
    const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    std::string begin(256, '\0');
    const ssize_t got = file ? ::read(file.get(), begin.data(), begin.size()) : -1;
    if (got < 0) return std::nullopt;
    begin.resize(static_cast<std::size_t>(got));
    return begin;
}

std::string this_machine() {
    utsname system{};
    ::uname(&system);
    return system.machine;
}

/// Whether the kernel knows an interpreter for programs of another machine.
bool is_emulated(const std::string& machine) {
    std::error_code ignored;
    return fs::exists("/proc/sys/fs/binfmt_misc/qemu-" + machine, ignored) ||
           (machine == "x86_64" && fs::exists("/proc/sys/fs/binfmt_misc/rosetta", ignored));
}

}  // namespace

Result<void> check_program_bytes(std::string_view begin, std::string_view machine, const fs::path& path) {
    const std::string built_for = elf_machine(begin);
    if (built_for == machine || begin.starts_with("#!")) return {};
    // A 64-bit x86 kernel runs 32-bit programs.
    if (built_for == "i386" && machine == "x86_64") return {};
    if (built_for.empty()) return exec_format(path, describe(begin), "build it for Linux on " + std::string(machine));
    return exec_format(path, "it is built for " + built_for + ", this machine is " + std::string(machine),
                       "build it for " + std::string(machine) + " to run it here");
}

Result<void> check_program(const fs::path& path) {
    std::error_code error;
    const auto status = fs::status(path, error);
    if (!fs::exists(status)) {
        return Problem(ProblemCode::not_found, "Couldn't find valid bootstrap(s): [" + path.native() + "]");
    }
    const Problem denied(ProblemCode::unreadable, "fork/exec " + path.native() + ": permission denied");
    if (fs::is_directory(status)) return Problem(denied).with_hint("it is a folder");
    if (::faccessat(AT_FDCWD, path.c_str(), X_OK, AT_EACCESS) != 0) {
        return Problem(denied).with_hint("chmod +x " + path.native());
    }
    const auto begin = read_begin(path);
    if (!begin) return {};  // What may be executed need not be readable.
    if (begin->starts_with("#!")) return check_script(path, *begin);
    const std::string built_for = elf_machine(*begin);
    if (!built_for.empty() && is_emulated(built_for)) return {};
    return check_program_bytes(*begin, this_machine(), path);
}

}  // namespace understudy::process
