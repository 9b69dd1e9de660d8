#include "emulator/files/read_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <limits>

namespace understudy::files {
namespace {

using source::Problem;
using source::ProblemCode;

/// More than anybody types, or a device has that comes to an end.
constexpr std::size_t kMostOfDevice = std::size_t{64} << 20;

Problem unreadable(const std::string& path, int error) {
    if (error == ENOENT) return {ProblemCode::not_found, "there is no file '" + path + "'"};
    if (error == EISDIR) return {ProblemCode::unreadable, "'" + path + "' is a folder"};
    return {ProblemCode::unreadable, "cannot read '" + path + "': " + std::strerror(error)};
}

/// The error that ended it; 0 where nothing did.
int append_all(int descriptor, std::string& bytes, std::size_t most) {
    std::array<char, 1 << 16> piece;
    while (bytes.size() < most) {
        const ssize_t got = ::read(descriptor, piece.data(), std::min(piece.size(), most - bytes.size()));
        if (got == 0) return 0;
        if (got < 0 && errno != EINTR) return errno;
        if (got > 0) bytes.append(piece.data(), static_cast<std::size_t>(got));
    }
    return 0;
}

}  // namespace

source::Result<std::string> read_file(const std::string& path, std::optional<std::size_t> most) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return unreadable(path, errno);
    std::string bytes;
    struct stat facts {};
    const bool is_device = ::fstat(descriptor, &facts) == 0 && S_ISCHR(facts.st_mode);
    const std::size_t all = is_device ? kMostOfDevice : std::numeric_limits<std::size_t>::max();
    const int error = append_all(descriptor, bytes, most.value_or(all));
    ::close(descriptor);
    if (error != 0) return unreadable(path, error);
    if (!most && bytes.size() == all)
        return Problem(ProblemCode::too_large, "'" + path + "' is a device without an end");
    return bytes;
}

}  // namespace understudy::files
