#pragma once

#include "emulator/source/problem.hpp"

#include <map>
#include <string>

namespace understudy::cli {

/// Files that are read anew at each reload, but for pipes: those can be read only once, and what they held then counts.
class RereadFiles {
  public:
    /// The text of a file, or what a pipe held. Blocks. Errors: unreadable, also of a pipe that was none in the first
    /// round: one that nobody writes any more would be waited for without end.
    source::Result<std::string> read(const std::string& file);
    /// All is read anew. In the first round any pipe is read.
    void begin_round() { ++round_; }

  private:
    std::map<std::string, std::string> once_;  ///< Of pipes.
    unsigned round_ = 0;
};

}  // namespace understudy::cli
