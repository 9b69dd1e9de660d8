#pragma once

#include "emulator/emulator.hpp"

#include <string>

namespace understudy::cli {

/// What people see first: where to call, the routes of each API and the function behind each, and how to stop. `grpc`:
/// where gRPC is taken, `127.0.0.1:50051`; empty where it is not.
std::string render_banner(const Endpoints& endpoints, const app::Application& application,
                          const std::string& grpc = {});

}  // namespace understudy::cli
