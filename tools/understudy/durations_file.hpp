#pragma once

#include "emulator/source/problem.hpp"
#include "tools/scenario/durations.hpp"

#include <string>

namespace understudy::cli {

/// Where durations are kept between two commands: in the file that is named, else in `.understudy/durations.json` below
/// the current folder where that exists; else nowhere.
class DurationsFile {
  public:
    /// `named`: empty for the usual place.
    explicit DurationsFile(std::string named);

    /// Empty where the file does not exist. Errors: malformed; unreadable.
    source::Result<scenario::Durations> read() const;
    /// Over those of before; what else the file holds stays. Written beside it and renamed, so that nobody reads half
    /// of it. Errors: unreadable.
    source::Result<void> write(const scenario::Durations& taken) const;

  private:
    std::string path_;  ///< Empty: nowhere.
};

}  // namespace understudy::cli
