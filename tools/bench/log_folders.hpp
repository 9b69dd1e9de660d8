#pragma once

#include "tools/bench/targets.hpp"

#include <string>

namespace understudy::bench {

/// Logs of one day, made by loggen, and read once so that they are in the page cache.
class LogFolders {
  public:
    explicit LogFolders(const Programs& programs);

    const std::string& small() const { return small_; }
    const std::string& large() const { return large_; }

  private:
    TempDirectory folder_;
    std::string small_;
    std::string large_;
};

}  // namespace understudy::bench
