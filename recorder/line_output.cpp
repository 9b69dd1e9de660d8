#include "recorder/line_output.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "recorder/log_pieces.hpp"

namespace understudy::recorder {
namespace {

/// How long a log that is full may hold the function up.
constexpr int kLongestWait = 1000;

int open_to_append(const std::string& file) {
    return ::open(file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
}

/// The folders on the way to a file. What cannot be made shows when the file is opened; 0, or why one could not.
int make_folders(const std::string& file) {
    int error = 0;
    for (auto slash = file.find('/', 1); slash != std::string::npos; slash = file.find('/', slash + 1))
        error = ::mkdir(file.substr(0, slash).c_str(), 0700) == 0 || errno == EEXIST ? 0 : errno;
    return error;
}

/// -1: `errno` tells why not, be it of a folder.
int open_in_folder(const std::string& file) {
    const int descriptor = open_to_append(file);
    if (descriptor >= 0 || errno != ENOENT) return descriptor;
    const int unmade = make_folders(file);
    const int second = open_to_append(file);
    if (second < 0 && unmade != 0) errno = unmade;
    return second;
}

}  // namespace

LineOutput::LineOutput(const std::string& file)
    : path_(file), descriptor_(file.empty() ? STDOUT_FILENO : open_in_folder(file)) {
    if (descriptor_ >= 0) return;
    std::fprintf(stderr, "understudy-recorder: %s: %s: nothing is recorded\n", path_.c_str(), std::strerror(errno));
}

LineOutput::~LineOutput() {
    if (!path_.empty() && descriptor_ >= 0) ::close(descriptor_);
}

void LineOutput::write(std::string_view name, std::string_view line) {
    if (descriptor_ < 0) return;
    if (path_.empty()) return write_log(name, line);
    write_file(line);
}

void LineOutput::write_log(std::string_view name, std::string_view line) const {
    for (const std::string& piece : to_log_lines(name, line)) {
        pollfd wait{descriptor_, POLLOUT, 0};
        if (::poll(&wait, 1, kLongestWait) != 1) return;
        // A pipe that is ready takes this much at once.
        if (::write(descriptor_, piece.data(), piece.size()) < 0) return;
    }
}

/// In one go, so that several environments may write one file.
void LineOutput::write_file(std::string_view line) {
    const std::string whole = std::string(line) + '\n';
    const ssize_t put = ::write(descriptor_, whole.data(), whole.size());
    if (put == static_cast<ssize_t>(whole.size())) return;
    std::fprintf(stderr, "understudy-recorder: %s: %s\n", path_.c_str(), put < 0 ? std::strerror(errno) : "it is full");
    ::close(descriptor_);
    descriptor_ = -1;
}

}  // namespace understudy::recorder
