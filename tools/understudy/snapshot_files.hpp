#pragma once

#include "tools/scenario/updates.hpp"

namespace understudy::cli {

/// Writes files of scenarios anew, each by rename, and says on stdout what changed in them, and on stderr what is not
/// written. A file that somebody has changed since it was read stays as it is.
/// Returns whether everything was written and nothing fails any more.
bool write_snapshots(const scenario::Updates& updates);

}  // namespace understudy::cli
