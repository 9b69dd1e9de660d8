#pragma once

#include <sys/types.h>

#include <vector>

namespace understudy::process {

/// Takes in, for as long as it lives, whatever loses its parents below this process: daemons become our children, not
/// the system's. When it goes, those that still run are killed, whatever session they are in and whatever they kept of
/// their variables and outputs; nothing that was started below us outlives us, unless it keeps forking faster than we
/// kill, eight times over.
///
/// For a program whose children are all the emulator's. It is none of a program that has the emulator within it: what
/// that one starts itself would be killed too. Children that were there before are left alone.
class Orphans {
  public:
    Orphans();
    /// Preconditions: every child that this process started itself has ended and was waited for.
    ~Orphans();
    Orphans(const Orphans&) = delete;
    Orphans& operator=(const Orphans&) = delete;

    /// Lets go of those that have ended: the system keeps a dead process until it is waited for. One that is seen dead
    /// for the first time is left to the next call, as it may be a child that somebody here waits for himself: there
    /// has to be time for that between two calls. Returns whether there are any.
    bool reap();

  private:
    int before_ = 0;                 ///< Whether we took orphans in already.
    std::vector<pid_t> strangers_;   ///< Children from before, as a shell leaves them that replaces itself by us.
    std::vector<pid_t> seen_ended_;  ///< By the last call.
};

}  // namespace understudy::process
