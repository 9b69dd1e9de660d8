#pragma once

#include "tools/understudy/replay_words.hpp"

#include <string>
#include <vector>

namespace understudy::cli {

/// What is wrong with where the recording is sent, or nothing. `command` is what stands behind `--`.
std::string find_target(const ReplayWords& words, const std::vector<std::string>& command);

/// An option that would do nothing with this target and edge, in words; or nothing.
/// Tested by: Options.WhatWouldDoNothingInAReplayIsRefused
std::string find_idle_option(const ReplayWords& words, const IsGiven& is_given);

/// A report that would take what is read, or another report, from the user; or nothing.
/// Precondition: the builds are taken apart into words. Tested by: Replay.WhatIsReadIsNotWrittenOver
std::string find_lost_file(const ReplayWords& words, const std::vector<std::string>& command);

}  // namespace understudy::cli
