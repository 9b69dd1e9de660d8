#include "tools/understudy/report_file.hpp"

#include "tools/understudy/console.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace understudy::cli {
namespace {

namespace fs = std::filesystem;

source::Problem unwritable(const std::string& path, int error) {
    return source::Problem(source::ProblemCode::unreadable, "cannot write '" + path + "': " + std::strerror(error));
}

source::Result<int> open_to_write(const std::string& path, int flags) {
    constexpr mode_t kMode = 0666;  // What the umask leaves of it.
    std::error_code ignored;
    if (const auto folder = fs::path(path).parent_path(); !folder.empty()) fs::create_directories(folder, ignored);
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, kMode);
    if (descriptor < 0) return unwritable(path, errno);
    return descriptor;
}

bool write_text(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

source::Result<void> write_into(const std::string& path, std::string_view text, int flags) {
    const auto descriptor = open_to_write(path, flags);
    if (!descriptor) return descriptor.error();
    const bool written = write_text(*descriptor, text);
    const int error = errno;
    if (::close(*descriptor) != 0 && written) return unwritable(path, errno);
    if (!written) return unwritable(path, error);
    return {};
}

}  // namespace

source::Result<void> write_whole_file(const std::string& path, std::string_view text) {
    if (path == "-") {
        if (!write_text(STDOUT_FILENO, text)) return unwritable("standard output", errno);
        return {};
    }
    struct stat known {};
    const bool exists = ::stat(path.c_str(), &known) == 0;
    if (exists && !S_ISREG(known.st_mode)) return write_into(path, text, 0);
    std::error_code error;
    // A link stays one.
    const auto target = exists ? fs::canonical(path, error).string() : path;
    const auto beside = (error ? path : target) + ".part-" + std::to_string(::getpid());
    if (auto written = write_into(beside, text, O_TRUNC); !written) {
        ::unlink(beside.c_str());
        return unwritable(path, errno);
    }
    if (exists) ::chmod(beside.c_str(), known.st_mode & 07777);
    if (::rename(beside.c_str(), (error ? path : target).c_str()) == 0) return {};
    const int failed = errno;
    ::unlink(beside.c_str());
    return unwritable(path, failed);
}

source::Result<void> append_to_file(const std::string& path, std::string_view text) {
    return write_into(path, text, O_APPEND);
}

LineFile::~LineFile() {
    if (descriptor_ > STDERR_FILENO) ::close(descriptor_);
}

source::Result<void> LineFile::open(const std::string& path) {
    if (path == "-") {
        descriptor_ = STDOUT_FILENO;
        return {};
    }
    const auto opened = open_to_write(path, O_TRUNC);
    if (!opened) return opened.error();
    descriptor_ = *opened;
    return {};
}

void LineFile::write(std::string_view lines) {
    write_text(descriptor_, lines);
}

}  // namespace understudy::cli
