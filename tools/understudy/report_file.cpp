#include "tools/understudy/report_file.hpp"

#include "emulator/files/write_file.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace understudy::cli {

source::Result<void> write_report(const std::string& path, std::string_view text) {
    return path == "-" ? write_results(text) : files::write_file(path, text);
}

source::Result<void> write_results(std::string_view text) {
    if (files::write_all(STDOUT_FILENO, text) || errno == EPIPE) return {};
    if (errno == EBADF) return source::Problem(source::ProblemCode::unreadable, "standard output is closed");
    return source::Problem(source::ProblemCode::unreadable,
                           std::string("cannot write to standard output: ") + std::strerror(errno));
}

LineFile::~LineFile() {
    if (descriptor_ > STDERR_FILENO) ::close(descriptor_);
}

source::Result<void> LineFile::open(const std::string& path) {
    path_ = path;
    if (path == "-") {
        descriptor_ = STDOUT_FILENO;
        return {};
    }
    const auto opened = files::open_to_write(path);
    if (!opened) return opened.error();
    descriptor_ = *opened;
    return {};
}

source::Result<void> LineFile::write(std::string_view lines) {
    if (descriptor_ == STDOUT_FILENO) return write_results(lines);
    if (files::write_all(descriptor_, lines)) return {};
    return files::unwritable(path_, errno);
}

}  // namespace understudy::cli
