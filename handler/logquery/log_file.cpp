#include "handler/logquery/log_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace understudy::logquery {
namespace {

std::error_code last_error() {
    return {errno, std::generic_category()};
}

}  // namespace

std::optional<LogFile> LogFile::open(const std::filesystem::path& path, std::error_code& error) {
    error.clear();
    // O_NONBLOCK: a pipe by a log's name must not hold the call until somebody writes.
    LogFile file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (file.descriptor_ < 0) {
        if (errno != ENOENT) error = last_error();
        return std::nullopt;
    }
    struct stat status {};
    if (::fstat(file.descriptor_, &status) != 0) {
        error = last_error();
        return std::nullopt;
    }
    if (!S_ISREG(status.st_mode)) return std::nullopt;
    file.size_ = static_cast<std::uint64_t>(status.st_size);
    return file;
}

LogFile::LogFile(LogFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), size_(std::exchange(other.size_, 0)) {}

LogFile::~LogFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

std::size_t LogFile::read(std::uint64_t offset, std::span<char> into, std::error_code& error) const {
    std::size_t done = 0;
    while (done < into.size()) {
        const ssize_t count =
            ::pread(descriptor_, into.data() + done, into.size() - done, static_cast<off_t>(offset + done));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) error = last_error();
        if (count <= 0) break;
        done += static_cast<std::size_t>(count);
    }
    return done;
}

}  // namespace understudy::logquery
