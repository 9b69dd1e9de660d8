#include "emulator/process/temp_directory.hpp"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace understudy::process {
namespace {

namespace fs = std::filesystem;
using source::Problem;
using source::ProblemCode;
using source::Result;

constexpr std::string_view kPrefix = "understudy-";

/// Gives every directory back the rights without which its entries cannot be removed. Links are not followed.
void make_removable(const fs::path& directory) {
    std::error_code ignored;
    fs::permissions(directory, fs::perms::owner_all, fs::perm_options::add, ignored);
    fs::recursive_directory_iterator entry(directory, ignored);
    while (entry != fs::recursive_directory_iterator()) {
        if (entry->symlink_status(ignored).type() == fs::file_type::directory) {
            fs::permissions(entry->path(), fs::perms::owner_all, fs::perm_options::add, ignored);
        }
        entry.increment(ignored);
    }
}

/// Locks a directory as in use; none where somebody else did.
FileDescriptor lock(const fs::path& directory) {
    FileDescriptor opened(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (opened && ::flock(opened.get(), LOCK_EX | LOCK_NB) != 0) return {};
    return opened;
}

/// The process id in a name that `make` gave.
std::optional<pid_t> owner_of(const std::string& name) {
    if (!name.starts_with(kPrefix)) return {};
    pid_t pid = 0;
    const char* const end = name.data() + name.size();
    const auto [rest, error] = std::from_chars(name.data() + kPrefix.size(), end, pid);
    if (error != std::errc() || pid <= 0 || rest == end || *rest != '-') return {};
    return pid;
}

bool is_ours(int directory) {
    struct stat status {};
    return ::fstat(directory, &status) == 0 && status.st_uid == ::geteuid();
}

}  // namespace

void remove_tree(const fs::path& directory) {
    // An empty one goes even where descriptors have run out.
    if (::rmdir(directory.c_str()) == 0) return;
    std::error_code error;
    fs::remove_all(directory, error);
    if (!error) return;
    make_removable(directory);
    fs::remove_all(directory, error);
}

fs::path system_temp_directory() {
    std::error_code error;
    const fs::path chosen = fs::temp_directory_path(error);
    return error ? fs::path("/tmp") : fs::absolute(chosen);
}

Result<TempDirectory> TempDirectory::make(const fs::path& parent) {
    std::string name = (parent / (std::string(kPrefix) + std::to_string(::getpid()) + "-XXXXXX")).native();
    if (::mkdtemp(name.data()) == nullptr) {
        return Problem(ProblemCode::unreadable,
                       "cannot make a directory in " + parent.native() + ": " + std::generic_category().message(errno));
    }
    return TempDirectory(name, lock(name));
}

Result<TempDirectory> TempDirectory::make_in_system() {
    auto made = make(system_temp_directory());
    if (made) return made;
    return Problem(made.error().code(), made.error().message() + "; name a folder that can be written by TMPDIR");
}

TempDirectory::TempDirectory(fs::path path, FileDescriptor lock) : path_(std::move(path)), lock_(std::move(lock)) {}

TempDirectory::TempDirectory(TempDirectory&& other) noexcept {
    *this = std::move(other);
}

TempDirectory& TempDirectory::operator=(TempDirectory&& other) noexcept {
    path_.swap(other.path_);
    std::swap(lock_, other.lock_);
    return *this;
}

TempDirectory::~TempDirectory() {
    if (!path_.empty()) remove_tree(path_);
}

void TempDirectory::remove_stale(const fs::path& parent) {
    std::error_code ignored;
    for (fs::directory_iterator entry(parent, ignored); entry != fs::directory_iterator(); entry.increment(ignored)) {
        const auto owner = owner_of(entry->path().filename().native());
        if (!owner || ::kill(*owner, 0) == 0 || errno != ESRCH) continue;
        // Another container may share this folder and not our process numbers: a locked directory is in use.
        const FileDescriptor locked = lock(entry->path());
        if (locked && is_ours(locked.get())) remove_tree(entry->path());
    }
}

}  // namespace understudy::process
