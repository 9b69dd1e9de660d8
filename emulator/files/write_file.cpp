#include "emulator/files/write_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace understudy::files {
namespace {

namespace fs = std::filesystem;

source::Result<int> open_file(const std::string& path, int flags) {
    constexpr mode_t kMode = 0666;  // What the umask leaves of it.
    std::error_code ignored;
    if (const auto folder = fs::path(path).parent_path(); !folder.empty()) fs::create_directories(folder, ignored);
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, kMode);
    if (descriptor < 0) return unwritable(path, errno);
    return descriptor;
}

source::Result<void> write_into(const std::string& path, std::string_view text, int flags) {
    const auto descriptor = open_file(path, flags);
    if (!descriptor) return descriptor.error();
    const bool written = write_all(*descriptor, text);
    const int error = errno;
    const bool closed = ::close(*descriptor) == 0;
    if (written && closed) return {};
    if (!written) errno = error;
    return unwritable(path, errno);
}

}  // namespace

source::Problem unwritable(const std::string& path, int error) {
    return source::Problem(source::ProblemCode::unreadable, "cannot write '" + path + "': " + std::strerror(error));
}

bool write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

source::Result<int> open_to_write(const std::string& path) {
    return open_file(path, O_TRUNC);
}

source::Result<void> write_file(const std::string& path, std::string_view text) {
    struct stat known {};
    const bool exists = ::stat(path.c_str(), &known) == 0;
    if (exists && !S_ISREG(known.st_mode)) return write_into(path, text, 0);
    std::error_code error;
    const auto canonical = exists ? fs::canonical(path, error).string() : path;
    const auto target = error ? path : canonical;
    const auto beside = target + ".part-" + std::to_string(::getpid());
    if (auto written = write_into(beside, text, O_TRUNC); !written) {
        const int reason = errno;
        ::unlink(beside.c_str());
        return unwritable(path, reason);
    }
    if (exists) ::chmod(beside.c_str(), known.st_mode & 07777);
    if (::rename(beside.c_str(), target.c_str()) == 0) return {};
    const int failed = errno;
    ::unlink(beside.c_str());
    return unwritable(path, failed);
}

source::Result<void> append_to_file(const std::string& path, std::string_view text) {
    return write_into(path, text, O_APPEND);
}

}  // namespace understudy::files
