#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace understudy::cli {

/// How far the runs are.
struct Progress {
    std::size_t done = 0;
    std::size_t total = 0;  ///< 0: there is no end.
    std::size_t failed = 0;
    std::string title;  ///< Of the run that began last.
};

/// `12/80 · 3 failed · name`, cut to so many characters; without control characters.
std::string render_progress(const Progress& progress, std::size_t width);

/// A line on a terminal that says how far the runs are, below what else is written there. Does nothing elsewhere.
class StatusLine {
  public:
    /// Shown on `descriptor` where that and stdout are terminals: what reads stdout may show it on the same one.
    explicit StatusLine(int descriptor);
    ~StatusLine() { clear(); }
    StatusLine(const StatusLine&) = delete;
    StatusLine& operator=(const StatusLine&) = delete;

    void show(const Progress& progress);
    /// Before anything else is written.
    void clear();

  private:
    int descriptor_;
    bool terminal_;
    bool shown_ = false;
};

}  // namespace understudy::cli
