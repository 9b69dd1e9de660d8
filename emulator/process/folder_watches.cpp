#include "emulator/process/folder_watches.hpp"

#include <sys/inotify.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace understudy::process {
namespace {

namespace fs = std::filesystem;
using source::Problem;
using source::ProblemCode;
using source::Result;

/// A folder that some process is in does not tell its own removal: the folder above does.
constexpr std::uint32_t kRemovals = IN_DELETE | IN_MOVED_FROM | IN_MOVE_SELF | IN_DELETE_SELF;
constexpr std::uint32_t kWanted = IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_ATTRIB | kRemovals;

/// Every `git status` writes to it.
constexpr const char* kVersionControl = ".git";

}  // namespace

Problem to_watch_problem(int error) {
    Problem problem(ProblemCode::unreadable, "files cannot be watched: " + std::generic_category().message(error));
    if (error == ENOSPC) return std::move(problem).with_hint("raise the sysctl fs.inotify.max_user_watches");
    if (error == EMFILE) return std::move(problem).with_hint("raise the sysctl fs.inotify.max_user_instances");
    return problem;
}

Result<void> FolderWatches::arm(int descriptor, std::span<const WatchedTarget> targets) {
    descriptor_ = descriptor;
    std::map<int, WatchedFolder> before;
    before.swap(folders_);
    int failed = 0;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        for (const fs::path& path : targets[i].locations()) {
            std::error_code ignored;
            int error = add_chain(i, path);
            if (error == 0 && fs::is_directory(path, ignored)) error = add_tree(i, path);
            if (error != 0) failed = error;
        }
    }
    for (const auto& [number, folder] : before) {
        if (!folders_.contains(number)) ::inotify_rm_watch(descriptor_, number);
    }
    if (failed != 0) return to_watch_problem(failed);
    return {};
}

const WatchedFolder* FolderWatches::find(int number) const {
    const auto found = folders_.find(number);
    return found == folders_.end() ? nullptr : &found->second;
}

/// Hands out the system's error, or 0.
int FolderWatches::add(const fs::path& folder, Interest interest, std::uint32_t wanted) {
    const int number = ::inotify_add_watch(descriptor_, folder.c_str(), wanted | IN_ONLYDIR | IN_MASK_ADD);
    if (number < 0) return errno;
    WatchedFolder& watched = folders_[number];
    watched.path = folder;
    watched.interests.push_back(std::move(interest));
    return 0;
}

/// Watches the folder that holds `path`, or the nearest above it that exists, and that folder's removal.
int FolderWatches::add_chain(std::size_t target, const fs::path& path) {
    fs::path entry = path;
    auto kind = Interest::Kind::target;
    for (;;) {
        const fs::path folder = entry.parent_path();
        if (folder == entry) return 0;
        const int error = add(folder, {target, kind, entry.filename().native()}, kWanted);
        const bool missing = error == ENOENT || error == ENOTDIR;
        if (error != 0 && !missing) return error;
        std::error_code ignored;
        if (error == 0 && (kind == Interest::Kind::target || !fs::is_directory(entry, ignored))) {
            static_cast<void>(
                add(folder.parent_path(), {target, Interest::Kind::ancestor, folder.filename().native()}, kRemovals));
            return 0;
        }
        // A folder that was made meanwhile sends us down again.
        entry = missing ? folder : path;
        kind = missing ? Interest::Kind::ancestor : Interest::Kind::target;
    }
}

/// Each folder is watched before it is read: what is made later is an event.
int FolderWatches::add_tree(std::size_t target, const fs::path& folder) {
    if (const int error = add(folder, {target, Interest::Kind::tree, {}}, kWanted); error != 0) {
        return error == ENOENT || error == ENOTDIR || error == EACCES ? 0 : error;
    }
    std::error_code ignored;
    for (fs::directory_iterator entry(folder, ignored); entry != end(entry); entry.increment(ignored)) {
        if (entry->symlink_status(ignored).type() != fs::file_type::directory) continue;
        if (entry->path().filename() == kVersionControl) continue;
        if (const int error = add_tree(target, entry->path()); error != 0) return error;
    }
    return 0;
}

}  // namespace understudy::process
