#pragma once

#include "emulator/source/problem.hpp"
#include "proto/wire/call.hpp"
#include "proto/wire/call_reading.hpp"

#include <chrono>
#include <cstddef>
#include <string>

namespace understudy::grpc {

/// The largest message, and what gRPC puts before it.
inline constexpr std::size_t kMostReplyBytes = wire::kMostMessageBytes + 5;

/// One request over HTTP/2, by prior knowledge, on a connection of its own, and its reply with trailers. A stream that
/// is reset becomes the status that gRPC's clients make of it, as trailers. `authority`: `127.0.0.1:41234`, or a name
/// with a port. A body of more than `most` bytes is `resource_exhausted`. Errors: nobody there, no HTTP/2, or no reply
/// within `limit`, connecting included; looking up a name is not.
source::Result<wire::HttpReply> exchange_http2(const std::string& authority, const wire::HttpRequest& request,
                                               std::chrono::milliseconds limit, std::size_t most = kMostReplyBytes);

}  // namespace understudy::grpc
