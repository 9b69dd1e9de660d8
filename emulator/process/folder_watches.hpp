#pragma once

#include "emulator/process/watched_target.hpp"
#include "emulator/source/problem.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace understudy::process {

/// What an event in a folder means for whom.
struct Interest {
    enum class Kind : std::uint8_t {
        target,    ///< The entry `name` is the target.
        ancestor,  ///< The target is, or is to appear, below the entry `name`.
        tree,      ///< The target is a folder, and every entry is part of it.
    };
    std::size_t target;
    Kind kind;
    std::string name;
};

struct WatchedFolder {
    std::filesystem::path path;
    std::vector<Interest> interests;
};

/// The folders whose events inotify hands out, by its numbers: those that hold the targets, those above them that may
/// come to, and all of those that are targets.
/// Tested by: FileWatch.*
class FolderWatches {
  public:
    /// Sets the watches that the targets need as things are now, and takes off all others. `descriptor`: inotify's.
    /// Errors: unreadable, with what to raise where the system has no more watches.
    source::Result<void> arm(int descriptor, std::span<const WatchedTarget> targets);

    /// Null for a folder that is watched no more. Lifetime: until the next `arm`.
    const WatchedFolder* find(int number) const;
    /// The system watches it no more; false where that was known.
    bool forget(int number) { return folders_.erase(number) > 0; }

  private:
    int add(const std::filesystem::path& folder, Interest interest, std::uint32_t wanted);
    int add_chain(std::size_t target, const std::filesystem::path& path);
    int add_tree(std::size_t target, const std::filesystem::path& folder);

    int descriptor_ = -1;
    std::map<int, WatchedFolder> folders_;
};

/// What the system's error means for whoever wants files to be watched. Errors: unreadable.
source::Problem to_watch_problem(int error);

}  // namespace understudy::process
