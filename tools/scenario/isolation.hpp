#pragma once

#include "emulator/source/document.hpp"

#include <understudy/v1/scenario.pb.h>

namespace understudy::scenario {

/// Whether what a step does or expects depends on what the application has been through, or lasts longer than it does:
/// its run needs an application that is started for it alone. `node` is where the step is written.
bool needs_new_application(const v1::Step& step, source::Node node);

}  // namespace understudy::scenario
