#pragma once

#include "emulator/source/problem.hpp"

#include <string>
#include <string_view>

namespace understudy::cli {

/// Writes a whole file, see `files::write_file`. `-` is stdout.
source::Result<void> write_report(const std::string& path, std::string_view text);

/// Writes results to standard output. That nobody reads them any more is no error.
source::Result<void> write_results(std::string_view text);

/// A file that is written line by line: each `write` is there for readers when it returns.
/// Errors: unreadable: what cannot be written.
class LineFile {
  public:
    LineFile() = default;
    ~LineFile();
    LineFile(const LineFile&) = delete;
    LineFile& operator=(const LineFile&) = delete;

    /// Begins it anew. `-` is stdout.
    source::Result<void> open(const std::string& path);
    bool is_open() const { return descriptor_ >= 0; }
    [[nodiscard]] source::Result<void> write(std::string_view lines);

  private:
    std::string path_;
    int descriptor_ = -1;
};

}  // namespace understudy::cli
