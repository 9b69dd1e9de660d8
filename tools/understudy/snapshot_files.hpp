#pragma once

#include "tools/scenario/updates.hpp"

#include <set>
#include <string>

namespace understudy::cli {

/// What became of files that were to be written anew.
struct WrittenSnapshots {
    std::string told;                 ///< What changed in them, for people.
    std::set<std::string> unwritten;  ///< Those that are as they were.
};

/// Writes files of scenarios anew, each by rename, and tells stderr what is not written. A file that somebody has
/// changed since it was read stays as it is.
WrittenSnapshots write_snapshots(const scenario::Updates& updates);

}  // namespace understudy::cli
