#include "emulator/process/program.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <system_error>
#include <vector>

namespace understudy::process {
namespace {

using source::Problem;
using source::ProblemCode;
using source::Result;

std::vector<std::filesystem::path> candidates(std::string_view name, std::string_view search_path,
                                              const std::filesystem::path& directory) {
    if (name.find('/') != std::string_view::npos) return {directory / name};
    std::vector<std::filesystem::path> found;
    for (std::size_t begin = 0; begin <= search_path.size();) {
        const std::size_t end = std::min(search_path.find(':', begin), search_path.size());
        found.push_back(directory / search_path.substr(begin, end - begin) / name);
        begin = end + 1;
    }
    return found;
}

Problem nothing_found(const std::vector<std::filesystem::path>& tried) {
    std::string message = "Couldn't find valid bootstrap(s): [";
    for (const auto& path : tried) {
        if (message.back() != '[') message += ' ';
        message += path.native();
    }
    return {ProblemCode::not_found, message + "]"};
}

constexpr std::string_view kElf = "\177ELF";

/// The first bytes, which say what a file is.
std::string read_head(const std::filesystem::path& path) {
    std::string head(256, '\0');
    std::ifstream file(path, std::ios::binary);
    file.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
    return head;
}

/// Class, byte order and machine of an ELF file; empty for any other file.
std::string machine_of(std::string_view head) {
    constexpr std::size_t kMachine = 18;
    if (!head.starts_with(kElf) || head.size() < kMachine + 2) return {};
    return std::string(head.substr(kElf.size(), 2)) + std::string(head.substr(kMachine, 2));
}

/// The path behind `#!`.
std::string interpreter_of(std::string_view head) {
    const std::size_t begin = std::min(head.find_first_not_of(" \t", 2), head.size());
    return std::string(head.substr(begin, head.find_first_of(" \t\r\n", begin) - begin));
}

bool is_runnable(const std::filesystem::path& path) {
    return ::faccessat(AT_FDCWD, path.c_str(), X_OK, AT_EACCESS) == 0;
}

}  // namespace

Result<std::filesystem::path> find_program(std::string_view name, std::string_view search_path,
                                           const std::filesystem::path& directory) {
    std::vector<std::filesystem::path> tried = candidates(name, search_path, directory);
    for (auto& path : tried) path = path.lexically_normal();
    const bool named = name.find('/') != std::string_view::npos;
    const std::filesystem::path* refused = nullptr;
    for (const auto& path : tried) {
        std::error_code ignored;
        const auto status = std::filesystem::status(path, ignored);
        // A directory that the command names itself is run, and refused, by the system.
        if (!std::filesystem::exists(status) || (std::filesystem::is_directory(status) && !named)) continue;
        if (is_runnable(path)) return path;
        if (refused == nullptr) refused = &path;
    }
    if (refused != nullptr) return *refused;
    return nothing_found(tried);
}

Result<void> check_program(const std::filesystem::path& program) {
    const auto refuse = [&program](ProblemCode code, const std::string& reason) {
        return Problem(code, "fork/exec " + program.native() + ": " + reason);
    };
    std::error_code ignored;
    if (!is_runnable(program) || std::filesystem::is_directory(program, ignored)) {
        return refuse(ProblemCode::unreadable, "permission denied");
    }
    const std::string head = read_head(program);
    if (head.empty() && ::access(program.c_str(), R_OK) != 0) return {};  // Runnable and not readable: who knows.
    if (head.starts_with("#!")) {
        const std::string interpreter = interpreter_of(head);
        if (std::filesystem::exists(interpreter, ignored)) return {};
        return refuse(ProblemCode::not_found, "no such file or directory (its interpreter, '" + interpreter + "')");
    }
    if (machine_of(head) == machine_of(read_head("/proc/self/exe"))) return {};
    const bool foreign = head.starts_with(kElf);
    return refuse(ProblemCode::malformed, foreign ? "exec format error (it was built for another architecture)"
                                                  : "exec format error (neither a program nor a script with #!)");
}

}  // namespace understudy::process
