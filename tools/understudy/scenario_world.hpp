#pragma once

#include "tools/scenario/run.hpp"
#include "tools/understudy/emulator_thread.hpp"
#include "tools/understudy/options.hpp"

namespace understudy::cli {

/// The real world for scenarios: emulators on `thread`, connections, folders and clocks. Lifetime: `thread` and
/// `options` outlive it.
scenario::World make_world(EmulatorThread& thread, const TestOptions& options);

}  // namespace understudy::cli
