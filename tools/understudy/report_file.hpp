#pragma once

#include "emulator/source/problem.hpp"

#include <string>
#include <string_view>

namespace understudy::cli {

/// Writes a whole file so that no reader ever sees a part of it: beside it first, then in its place, which keeps its
/// mode. What is no regular file, as a pipe, is written into. Missing folders are made.
source::Result<void> write_whole_file(const std::string& path, std::string_view text);

/// Adds to the end of a file.
source::Result<void> append_to_file(const std::string& path, std::string_view text);

/// A file that is written line by line: each `write` is there for readers when it returns.
class LineFile {
  public:
    LineFile() = default;
    ~LineFile();
    LineFile(const LineFile&) = delete;
    LineFile& operator=(const LineFile&) = delete;

    /// Begins it anew. `-` is stdout.
    source::Result<void> open(const std::string& path);
    bool is_open() const { return descriptor_ >= 0; }
    void write(std::string_view lines);

  private:
    int descriptor_ = -1;
};

}  // namespace understudy::cli
