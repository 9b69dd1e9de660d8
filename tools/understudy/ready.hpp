#pragma once

#include "emulator/emulator.hpp"

#include <string>

namespace understudy::cli {

/// One line of JSON for programs that wait for the emulator, without its line end:
/// `{"pid":…,"gateway":"http://…","lambda":"http://…","grpc":"…","functions":[{"name":…}],"apis":[{"id":…,"kind":…,"name":…,"url":…}]}`;
/// `grpc` only where gRPC is listened for; `"apiKeys":[{"name":…,"value":…}]` behind it only where keys are made up,
/// since the template gives them no value.
std::string render_ready_line(const Endpoints& endpoints, const app::Application& application, int pid,
                              const std::string& grpc = {});

}  // namespace understudy::cli
