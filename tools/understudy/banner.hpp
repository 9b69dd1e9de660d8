#pragma once

#include "emulator/emulator.hpp"

#include <string>
#include <string_view>

namespace understudy::cli {

/// What people see first: where to call, the routes of each API and the function behind each, and how to stop. `grpc`:
/// where gRPC is taken, `127.0.0.1:50051`; empty where it is not.
std::string render_banner(const Endpoints& endpoints, const app::Application& application,
                          const std::string& grpc = {});

/// The line of a key that the template gives no value, which is made up and told nowhere else.
std::string render_made_up_key(const app::ApiKey& key);

/// `REST API`, `URL`: a kind as people call it.
std::string_view kind_title(app::ApiKind kind);

}  // namespace understudy::cli
