#pragma once

#include "emulator/emulator.hpp"
#include "tools/understudy/options.hpp"

namespace understudy::cli {

/// What the command line says of a function, as the emulator takes it; every port is free.
Settings to_settings(const FunctionOptions& options);

}  // namespace understudy::cli
