#pragma once

#include "emulator/process/file_descriptor.hpp"

#include <sys/stat.h>

#include <cstdint>
#include <filesystem>
#include <vector>

namespace understudy::process {

/// The files that a function began with: whether its further environments would find them still.
///
/// A build that fails, or that is under way, must not become part of what serves. A native program is kept open, so
/// that it can be run when another has its name or none has; of all other files it is only told that they are others.
class KeptCode {
  public:
    /// What is on the disk, compared with what was there in the beginning.
    enum class State : std::uint8_t {
        same,  ///< The same files; or there was no program in the beginning.
        kept,  ///< Another program or none, in a folder that is still there; `descriptor` is the one of the beginning.
        lost,  ///< Other files, and those of the beginning are no more.
    };

    KeptCode() = default;
    /// `files`: the program first, then what is read with it. Folders among them do not count.
    explicit KeptCode(const std::vector<std::filesystem::path>& files);

    State look() const;
    /// The program of the beginning, open for reading; negative where it is no native one.
    int descriptor() const { return program_.get(); }

  private:
    /// What tells a file from another, and from itself after a write.
    struct Identity {
        dev_t device = 0;
        ino_t inode = 0;
        off_t size = 0;
        std::int64_t seconds = 0;
        std::int64_t nanoseconds = 0;
        friend bool operator==(const Identity&, const Identity&) = default;
    };
    struct File {
        std::filesystem::path path;
        Identity identity;
    };
    static Identity identify(const struct stat& status);
    static bool is_same(const File& file);

    std::vector<File> files_;
    FileDescriptor program_;
};

}  // namespace understudy::process
