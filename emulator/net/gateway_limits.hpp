#pragma once

#include "emulator/net/http_server.hpp"

namespace understudy::net {

/// What the listener before all APIs reads. AWS reads headers up to 10 KiB of values and bodies up to 10 MB. The
/// listener reads more, so that a request over the limit gets the gateway's own answer.
inline constexpr ServerLimits kGatewayLimits{
    .header_bytes = 256 * 1024, .body_bytes = 10 * 1024 * 1024, .versions = Versions::http1_and_http2};

}  // namespace understudy::net
