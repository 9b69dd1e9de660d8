#include "emulator/record/files/recording_file.hpp"

#include "emulator/files/write_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace understudy::record {
namespace {

/// `traffic.7.jsonl` of `traffic.jsonl`.
std::string numbered(const std::string& path, unsigned number) {
    const std::size_t slash = path.rfind('/');
    const std::size_t dot = path.rfind('.');
    const bool has_extension = dot != std::string::npos && (slash == std::string::npos || dot > slash + 1) && dot > 0;
    const std::size_t at = has_extension ? dot : path.size();
    return path.substr(0, at) + '.' + std::to_string(number) + path.substr(at);
}

/// So many lines end in these bytes.
std::uint64_t count_lines(std::string_view bytes) {
    return static_cast<std::uint64_t>(std::ranges::count(bytes, '\n'));
}

}  // namespace

RecordingFile::~RecordingFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

source::Problem RecordingFile::problem(std::string_view what, int error) const {
    return {source::ProblemCode::unreadable, "the recording " + path_ + " cannot be " + std::string(what) + ": " +
                                                 std::system_category().message(error)};
}

source::Result<void> RecordingFile::open() {
    if (auto opened = open_file(); !opened) return opened;
    look_at_end();
    return {};
}

source::Result<void> RecordingFile::open_file() {
    // Readable, so that its end can be looked at; a pipe or a terminal is written only.
    descriptor_ = files::open_in_folder(path_, O_RDWR | O_APPEND, 0600);
    const int error = errno;
    if (descriptor_ < 0) descriptor_ = ::open(path_.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
    // What is not there, and may not be made, is not missing.
    if (descriptor_ < 0) return problem("written", errno == ENOENT ? error : errno);
    return {};
}

void RecordingFile::look_at_end() {
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0 || !S_ISREG(status.st_mode)) return;
    is_regular_ = true;
    others_may_read_ = (status.st_mode & (S_IRGRP | S_IROTH)) != 0;
    size_ = static_cast<std::uint64_t>(status.st_size);
    char last = '\n';
    if (size_ > 0 && ::pread(descriptor_, &last, 1, status.st_size - 1) == 1) is_torn_ = last != '\n';
}

std::optional<source::Problem> RecordingFile::begin_session(std::string line) {
    session_ = std::move(line);
    return append(session_);
}

std::optional<source::Problem> RecordingFile::append(std::string_view lines) {
    const bool is_full = most_bytes_ > 0 && is_regular_ && size_ > 0 && size_ + lines.size() > most_bytes_;
    auto written = is_full ? rotate() : source::Result<void>();
    const bool is_written = is_full && lines == session_;
    if (!written && lines != session_) lost_ += count_lines(lines);
    if (written && !is_written) written = write(lines);
    return tell(written);
}

std::optional<source::Problem> RecordingFile::tell(const source::Result<void>& written) {
    if (std::exchange(has_failed_, !written) == !written) return std::nullopt;
    if (!written) return written.error();
    const std::uint64_t lost = std::exchange(lost_, 0);
    const std::string missing = lost == 1 ? "1 exchange is missing" : std::to_string(lost) + " exchanges are missing";
    return source::Problem(source::ProblemCode::none,
                           "the recording " + path_ + " is written again" + (lost == 0 ? "" : "; " + missing));
}

source::Result<void> RecordingFile::write(std::string_view lines) {
    if (descriptor_ < 0) return problem("written", EBADF);
    const bool is_session = lines == session_;
    is_session_due_ = is_session_due_ || is_session || is_torn_;
    std::string mended;
    std::string_view bytes = lines;
    if (is_torn_ || (is_session_due_ && !is_session))
        bytes = mended = (is_torn_ ? "\n" : "") + (is_session ? std::string() : session_) + std::string(lines);
    auto written = write_bytes(bytes);
    is_session_due_ = !written;
    // What was put in front of the lines is none of them.
    if (!written && !is_session) lost_ += std::min(count_lines(bytes), count_lines(lines));
    return written;
}

/// What was not written is left of them.
source::Result<void> RecordingFile::write_bytes(std::string_view& bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return problem("written", errno);
        is_torn_ = bytes[static_cast<std::size_t>(written) - 1] != '\n';
        size_ += static_cast<std::uint64_t>(written);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

/// Where that fails, the file stays and grows.
source::Result<void> RecordingFile::rotate() {
    unsigned number = 1;
    while (::access(numbered(path_, number).c_str(), F_OK) == 0) ++number;
    const int old = descriptor_;
    if (::rename(path_.c_str(), numbered(path_, number).c_str()) != 0) return problem("set aside", errno);
    if (auto opened = open_file(); !opened) {
        descriptor_ = old;
        return opened;
    }
    ::close(old);
    size_ = 0;
    is_torn_ = false;
    return write(session_);
}

}  // namespace understudy::record
