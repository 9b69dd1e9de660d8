#include "emulator/process/program.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
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

}  // namespace understudy::process
