#pragma once

#include <netinet/in.h>

#include "recorder/child.hpp"
#include "recorder/settings.hpp"

namespace understudy::recorder {

/// Runs the function between its Runtime API and itself, and records what passes, until the function's process ends;
/// this process then ends as that one did. Returns where it could not begin, with everything as it was: the function is
/// to be run without it.
void supervise(const Command& function, const sockaddr_in& api, const Settings& settings);

}  // namespace understudy::recorder
