#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

namespace understudy::process {

/// A path that is watched: what it was when it was last told, and whether something has happened since.
class WatchedTarget {
  public:
    explicit WatchedTarget(std::filesystem::path path);

    const std::filesystem::path& path() const { return path_; }
    /// Where its content is: the path, and what it leads to where it is a link.
    std::vector<std::filesystem::path> locations() const;

    /// Somebody has made it and not closed it yet: it is not complete before the next `mark`.
    void begin_writing() { being_written_ = true; }
    /// Something was written to it, or to a part of it.
    void mark() {
        marked_ = true;
        being_written_ = false;
    }
    /// Events may have been missed: its size and time count, which otherwise only tell that somebody writes to it.
    void suspect() { suspected_ = true; }
    /// Whether it is there and complete, and was marked or is another than when this was last asked. Forgets the mark.
    bool take_change();
    /// Whether it was there when somebody last looked, and is not there now: once, until it is there again.
    bool take_loss();

  private:
    /// What tells a file from another; a folder's times do not count, as temporary files change them.
    struct State {
        bool exists = false;
        dev_t device = 0;
        ino_t inode = 0;
        mode_t mode = 0;
        off_t size = 0;
        std::int64_t seconds = 0;
        std::int64_t nanoseconds = 0;

        friend bool operator==(const State&, const State&) = default;
        bool is_same_file(const State& other) const;
    };
    static State read_state(const std::filesystem::path& path);

    std::filesystem::path path_;
    State told_;
    bool marked_ = false;
    bool being_written_ = false;
    bool suspected_ = false;
    bool was_there_ = false;
};

/// Whether a file of this name comes and goes while an editor or a linker writes another.
bool is_temporary_name(std::string_view name);

}  // namespace understudy::process
