#pragma once

#include "emulator/process/file_descriptor.hpp"
#include "emulator/source/problem.hpp"

#include <filesystem>

namespace understudy::process {

/// Where this process's own temporary files go: `TMPDIR`, else `/tmp`.
std::filesystem::path system_temp_directory();

/// Removes a directory with all that it holds, as far as that can be done; also where rights to do so were taken away
/// from it. Links are not followed.
void remove_tree(const std::filesystem::path& directory);

/// A new, empty directory that only this user may enter, removed with all that it holds when the object goes.
///
/// Its name carries this process's id, and it is locked as long as the object lives, so that `remove_stale` knows the
/// directories that a killed emulator left.
class TempDirectory {
  public:
    /// Errors: `unreadable` with the system's reason.
    static source::Result<TempDirectory> make(const std::filesystem::path& parent);

    /// In `system_temp_directory()`. Errors: the same, with the remedy.
    static source::Result<TempDirectory> make_in_system();

    TempDirectory() = default;
    TempDirectory(TempDirectory&& other) noexcept;
    TempDirectory& operator=(TempDirectory&& other) noexcept;
    ~TempDirectory();

    /// Absolute; empty where nothing is owned.
    const std::filesystem::path& path() const { return path_; }

    /// Removes from `parent` the directories of emulators of this user that are no longer there.
    static void remove_stale(const std::filesystem::path& parent);

  private:
    TempDirectory(std::filesystem::path path, FileDescriptor lock);

    std::filesystem::path path_;
    FileDescriptor lock_;
};

}  // namespace understudy::process
