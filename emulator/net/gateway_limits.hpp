#pragma once

#include "emulator/app/profile.hpp"
#include "emulator/net/http_server.hpp"

namespace understudy::net {

/// What the listener before all APIs reads. AWS reads headers up to 10 KiB of values and bodies up to 10 MB. The
/// listener reads more, so that a request over the limit gets the gateway's own answer.
inline constexpr ServerLimits kGatewayLimits{
    .header_bytes = 256 * 1024, .body_bytes = 10 * 1024 * 1024, .versions = Versions::http1_and_http2};

/// The same under a profile. SAM CLI reads bodies of any size; here they end where a client could fill the memory with
/// one. What is AWS's under every profile refuses them once they are read.
constexpr ServerLimits gateway_limits(app::Profile profile) {
    ServerLimits limits = kGatewayLimits;
    constexpr std::size_t kMostOfSam = 1024 * 1024 * 1024;
    if (profile == app::Profile::sam) limits.body_bytes = kMostOfSam;
    return limits;
}

}  // namespace understudy::net
