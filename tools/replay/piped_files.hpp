#pragma once

#include "emulator/source/problem.hpp"

#include <string>
#include <vector>

namespace understudy::replay {

/// Puts what pipes among `files` give into temporary files without names, since recordings are read more than once:
/// to tell what they are, for what is in them, and for the line that an error stands in. `-`, standard input, becomes
/// `/dev/stdin`, a named pipe `/dev/fd/N`; other names stay. What cannot be opened is left to whoever reads it.
///
/// Lifetime: the files last as long as the program.
/// Errors: unreadable, where a pipe cannot be read or there is no room for what it gives.
/// Tested by: Replay.RecordingsComeThroughPipes, Replay.APipeThatCannotBeKeptIsTold
source::Result<void> keep_piped_files(std::vector<std::string>& files);

}  // namespace understudy::replay
