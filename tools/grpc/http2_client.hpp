#pragma once

#include "emulator/source/problem.hpp"
#include "proto/wire/call.hpp"

#include <chrono>
#include <string>

namespace understudy::grpc {

/// One request over HTTP/2, by prior knowledge, on a connection of its own, and its reply with trailers. A stream that
/// is reset becomes the status that gRPC's clients make of it, as trailers. `authority`: `127.0.0.1:41234`, or a name
/// with a port. Errors: nobody there, no HTTP/2, or no reply within `limit`.
source::Result<wire::HttpReply> exchange_http2(const std::string& authority, const wire::HttpRequest& request,
                                               std::chrono::milliseconds limit);

}  // namespace understudy::grpc
