#pragma once

#include "tools/scenario/run.hpp"
#include "tools/understudy/emulator_thread.hpp"

#include <memory>

namespace understudy::cli {

/// Starts an application for a scenario, on the thread of emulators. Lifetime: `thread` outlives what it returns.
source::Result<std::unique_ptr<scenario::RunningApplication>> start_application(EmulatorThread& thread,
                                                                                const app::Application& application);

}  // namespace understudy::cli
