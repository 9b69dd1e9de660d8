#pragma once

#include "tools/scenario/updates.hpp"

#include <functional>
#include <string>

namespace understudy::cli {

/// Writes files of scenarios anew, each by rename, tells people what changed in them, and stderr what is not written. A
/// file that somebody has changed since it was read stays as it is.
/// Returns whether everything was written.
bool write_snapshots(const scenario::Updates& updates, const std::function<void(const std::string&)>& tell_people);

}  // namespace understudy::cli
