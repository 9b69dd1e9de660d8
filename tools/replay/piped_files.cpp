#include "tools/replay/piped_files.hpp"

#include "emulator/process/file_descriptor.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>

namespace understudy::replay {
namespace {

using process::FileDescriptor;
using source::Problem;
using source::ProblemCode;

constexpr std::size_t kCopied = std::size_t{256} * 1024;

bool has_no_size(const std::string& file) {
    struct stat facts {};
    return ::stat(file.c_str(), &facts) == 0 && !S_ISREG(facts.st_mode) && !S_ISDIR(facts.st_mode);
}

/// The descriptor that a name stands for, as a shell's `<(command)` gives them.
std::optional<int> to_descriptor(std::string_view file) {
    if (file == "/dev/stdin") return STDIN_FILENO;
    for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
        if (!file.starts_with(folder)) continue;
        const std::string_view word = file.substr(folder.size());
        int number = 0;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
        if (error == std::errc() && end == word.data() + word.size()) return number;
    }
    return std::nullopt;
}

FileDescriptor open_nameless() {
    std::error_code error;
    auto name = (std::filesystem::temp_directory_path(error) / "understudy-XXXXXX").string();
    FileDescriptor descriptor(error ? -1 : ::mkostemp(name.data(), O_CLOEXEC));
    if (descriptor) ::unlink(name.c_str());
    return descriptor;
}

/// The error that ended it; 0 where nothing did.
int copy_all(int from, int to) {
    std::string piece(kCopied, '\0');
    while (true) {
        const ssize_t got = ::read(from, piece.data(), piece.size());
        if (got == 0) return 0;
        if (got < 0 && errno != EINTR) return errno;
        for (ssize_t put = 0; put < got;) {
            const ssize_t more = ::write(to, piece.data() + put, static_cast<std::size_t>(got - put));
            if (more < 0 && errno != EINTR) return errno;
            if (more > 0) put += more;
        }
    }
}

Problem to_keep_problem(const std::string& file, int error) {
    return {ProblemCode::unreadable, "cannot keep what comes from '" + file +
                                         "' in a temporary file: " + std::generic_category().message(error)};
}

source::Result<void> keep_piped_file(std::string& file) {
    const FileDescriptor pipe(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (!pipe) return {};
    FileDescriptor kept = open_nameless();
    if (!kept) return to_keep_problem(file, errno);
    if (const int error = copy_all(pipe.get(), kept.get()); error != 0) return to_keep_problem(file, error);
    if (const auto descriptor = to_descriptor(file)) {
        // The name goes on to mean what it meant.
        if (::dup3(kept.get(), *descriptor, *descriptor == STDIN_FILENO ? 0 : O_CLOEXEC) < 0)
            return to_keep_problem(file, errno);
    } else {
        file = "/dev/fd/" + std::to_string(kept.release());
    }
    return {};
}

}  // namespace

source::Result<void> keep_piped_files(std::vector<std::string>& files) {
    for (std::string& file : files) {
        if (file == "-") file = "/dev/stdin";
        if (!has_no_size(file)) continue;
        if (const auto kept = keep_piped_file(file); !kept) return kept.error();
    }
    return {};
}

}  // namespace understudy::replay
