#pragma once

#include "emulator/emulator.hpp"

#include <string>

namespace understudy::cli {

/// What people see first: where to call, the routes of each API and the function behind each, and how to stop.
std::string render_banner(const Endpoints& endpoints, const app::Application& application);

}  // namespace understudy::cli
