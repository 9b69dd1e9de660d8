#pragma once

#include "emulator/source/problem.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::record {

/// A recording on the disk, which is only ever appended to, whole lines at a time: a kill loses at most the line that
/// is being written.
///
/// A file that is there already is continued; a line that a kill, or a full disk, has torn off ends where it is, and
/// the session is told anew behind it, by which readers know it; so is one that could not be written when it began.
/// What would make the file larger than its limit goes to a new one: `traffic.jsonl` is then called `traffic.1.jsonl`,
/// the next time `traffic.2.jsonl`, and so on. Every file begins with the session's line. Only its owner may read one
/// that is made here. Tested by: RecordingFile.*
class RecordingFile {
  public:
    /// `most_bytes` 0: no limit.
    RecordingFile(std::string path, std::uint64_t most_bytes) : path_(std::move(path)), most_bytes_(most_bytes) {}
    ~RecordingFile();
    RecordingFile(const RecordingFile&) = delete;
    RecordingFile& operator=(const RecordingFile&) = delete;

    /// Opens the file, or makes it. Errors: `unreadable`, in the operating system's words.
    source::Result<void> open();

    /// Whether the file was there already, and others than its owner may read it.
    bool others_may_read() const { return others_may_read_; }

    /// A session begins with this line; files that follow begin with it, too.
    std::optional<source::Problem> begin_session(std::string line);
    /// Writes whole lines with one call of the system where that takes them. What is to be told, of either: that lines
    /// can no longer be written, at the first; each further call tries again, and the one that succeeds says how many
    /// lines are missing, as a problem of code `none`.
    std::optional<source::Problem> append(std::string_view lines);

  private:
    source::Result<void> open_file();
    void look_at_end();
    source::Result<void> write(std::string_view lines);
    source::Result<void> write_bytes(std::string_view& bytes);
    source::Result<void> rotate();
    std::optional<source::Problem> tell(const source::Result<void>& written);
    source::Problem problem(std::string_view what, int error) const;

    std::string path_;
    std::uint64_t most_bytes_;
    int descriptor_ = -1;
    bool is_regular_ = false;
    bool others_may_read_ = false;
    std::uint64_t size_ = 0;
    bool is_torn_ = false;  ///< The last line has no end.
    bool has_failed_ = false;
    std::uint64_t lost_ = 0;       ///< Lines, since it failed.
    bool is_session_due_ = false;  ///< What follows in the file would belong to no session, or to another.
    std::string session_;
};

}  // namespace understudy::record
