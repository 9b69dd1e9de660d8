#pragma once

#include "emulator/app/api.hpp"
#include "emulator/record/exchange.hpp"
#include "tools/understudy/replay_options.hpp"
#include "tools/understudy/replay_setup.hpp"

#include <string>
#include <vector>

namespace understudy::cli {

/// The APIs before a command that stands in for a recorded function, as the session had them: their kinds, stages and
/// binary media types, and whether they stream; or the one that the options ask for. A recording that tells of none
/// gets one of the kind that its first request came through.
/// Tested by: RecordedFronts.*
std::vector<app::Api> to_recorded_fronts(const record::Session* session, const ReplayOptions& options,
                                         const RecordedScene& scene, const std::string& function);

}  // namespace understudy::cli
