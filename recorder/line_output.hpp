#pragma once

#include <string>
#include <string_view>

namespace understudy::recorder {

/// Where lines of a recording go: a file, or the function's log.
class LineOutput {
  public:
    /// `file`: a path, whose missing folders are made; empty: standard output. A file that cannot be opened, or written
    /// later, is told on stderr once, and then nothing is written.
    explicit LineOutput(const std::string& file);
    ~LineOutput();
    LineOutput(const LineOutput&) = delete;
    LineOutput& operator=(const LineOutput&) = delete;

    bool is_open() const { return descriptor_ >= 0; }
    /// Writes a line (without its LF). Waits for a log that does not take it, but not for long: the function goes
    /// before.
    void write(std::string_view name, std::string_view line);

  private:
    void write_log(std::string_view name, std::string_view line) const;
    void write_file(std::string_view line);

    std::string path_;
    int descriptor_;
};

}  // namespace understudy::recorder
