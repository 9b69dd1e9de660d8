#include "emulator/files/write_file.hpp"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

namespace understudy::files {
namespace {

namespace fs = std::filesystem;

/// What the umask leaves of it.
constexpr mode_t kMode = 0666;

/// Whether what was written is to be there after a loss of power.
enum class Lasting : std::uint8_t { no, yes };

/// 0, or the system's number for what went wrong.
int write_and_close(int descriptor, std::string_view text, Lasting lasting) {
    if (descriptor < 0) return errno;
    int error = write_all(descriptor, text) ? 0 : errno;
    // What cannot be synchronized, as on some file systems of others, is written all the same.
    if (error == 0 && lasting == Lasting::yes && ::fdatasync(descriptor) != 0 && errno != EINVAL) error = errno;
    const bool closed = ::close(descriptor) == 0;
    return error == 0 && !closed ? errno : error;
}

int write_into(const std::string& path, std::string_view text, int flags) {
    return write_and_close(open_in_folder(path, O_WRONLY | flags, kMode), text, Lasting::no);
}

/// A new file beside `target` that is nobody else's, not even where others may write into the folder, and its name; -1:
/// `errno` tells why not.
std::pair<int, std::string> open_beside(const std::string& target) {
    constexpr int kMostTries = 100;
    for (int i = 0;; ++i) {
        std::uint64_t chosen = 0;
        if (::getrandom(&chosen, sizeof chosen, 0) < 0) return {-1, {}};
        std::string name = target + ".part-" + std::to_string(chosen);
        const int descriptor = open_in_folder(name, O_WRONLY | O_EXCL | O_NOFOLLOW, kMode);
        if (descriptor >= 0 || errno != EEXIST || i == kMostTries) return {descriptor, std::move(name)};
    }
}

/// What takes the place of another is its owner's where we may give it away, and has its mode.
void take_after(int descriptor, const struct stat& known) {
    const bool is_its = ::fchown(descriptor, known.st_uid, known.st_gid) == 0;
    static_cast<void>(::fchmod(descriptor, known.st_mode & (is_its ? 07777 : 0777)));
}

source::Result<void> to_result(const std::string& path, int error) {
    return error == 0 ? source::Result<void>() : unwritable(path, error);
}

/// The file itself where `path` is a link, even one that leads to nothing yet.
std::string follow_links(const std::string& path) {
    constexpr int kMostLinks = 40;  // As many as the system follows.
    fs::path target = path;
    for (int i = 0; i < kMostLinks; ++i) {
        std::error_code no_link;
        const fs::path next = fs::read_symlink(target, no_link);
        if (no_link) return target.string();
        target = target.parent_path() / next;
    }
    return path;
}

}  // namespace

source::Problem unwritable(const std::string& path, int error) {
    return source::Problem(source::ProblemCode::unreadable, "cannot write '" + path + "': " + std::strerror(error));
}

int open_in_folder(const std::string& path, int flags, mode_t mode) {
    std::error_code unmade;
    if (const auto folder = fs::path(path).parent_path(); !folder.empty()) fs::create_directories(folder, unmade);
    const int descriptor = ::open(path.c_str(), flags | O_CREAT | O_CLOEXEC, mode);
    if (descriptor < 0 && errno == ENOENT && unmade) errno = unmade.value();
    return descriptor;
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
    const int descriptor = open_in_folder(path, O_WRONLY | O_TRUNC, kMode);
    if (descriptor < 0) return unwritable(path, errno);
    return descriptor;
}

source::Result<void> write_file(const std::string& path, std::string_view text) {
    struct stat known {};
    const bool exists = ::stat(path.c_str(), &known) == 0;
    if (exists && !S_ISREG(known.st_mode)) return to_result(path, write_into(path, text, 0));
    const std::string target = follow_links(path);
    const auto [descriptor, beside] = open_beside(target);
    if (descriptor < 0) return to_result(path, errno);
    if (exists) take_after(descriptor, known);
    int error = write_and_close(descriptor, text, exists ? Lasting::yes : Lasting::no);
    if (error == 0 && ::rename(beside.c_str(), target.c_str()) != 0) error = errno;
    if (error != 0) ::unlink(beside.c_str());
    return to_result(path, error);
}

source::Result<void> append_to_file(const std::string& path, std::string_view text) {
    return to_result(path, write_into(path, text, O_APPEND));
}

}  // namespace understudy::files
