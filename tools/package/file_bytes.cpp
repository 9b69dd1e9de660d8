#include "tools/package/file_bytes.hpp"

#include "emulator/process/file_descriptor.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace understudy::package {
namespace {

using source::Problem;
using source::ProblemCode;
using source::Result;

Problem refused(const std::filesystem::path& path) {
    const int error = errno;
    return {error == ENOENT ? ProblemCode::not_found : ProblemCode::unreadable,
            path.native() + ": " + std::strerror(error)};
}

}  // namespace

Result<std::string> read_file_bytes(const std::filesystem::path& path, std::size_t most) {
    const process::FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) return refused(path);
    std::string bytes;
    std::array<char, 1 << 16> piece{};
    while (bytes.size() < most) {
        const ssize_t got = ::read(file.get(), piece.data(), std::min(piece.size(), most - bytes.size()));
        if (got < 0) return refused(path);
        if (got == 0) break;
        bytes.append(piece.data(), static_cast<std::size_t>(got));
    }
    return bytes;
}

bool is_executable(const std::filesystem::path& path) {
    std::error_code ignored;
    using std::filesystem::perms;
    const perms any = perms::owner_exec | perms::group_exec | perms::others_exec;
    return (std::filesystem::status(path, ignored).permissions() & any) != perms::none;
}

Result<void> write_file_bytes(const std::filesystem::path& path, std::string_view bytes) {
    const std::filesystem::path beside = path.native() + ".new-" + std::to_string(::getpid());
    const process::FileDescriptor file(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (!file) return refused(path);
    while (!bytes.empty()) {
        const ssize_t put = ::write(file.get(), bytes.data(), bytes.size());
        if (put < 0) {
            const Problem problem = refused(path);
            ::unlink(beside.c_str());
            return problem;
        }
        bytes.remove_prefix(static_cast<std::size_t>(put));
    }
    if (std::rename(beside.c_str(), path.c_str()) != 0) return refused(path);
    return {};
}

}  // namespace understudy::package
