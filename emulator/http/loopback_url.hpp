#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::http {

/// An address on this machine, in plain HTTP.
struct LoopbackUrl {
    std::string host;         ///< `127.0.0.1`, `localhost` or `::1`
    std::uint16_t port = 80;  ///< 0 is not a port.
    std::string target;       ///< Path and query, at least `/`.
};

/// Reads `http://127.0.0.1…`, `http://localhost…` and `http://[::1]…`. Errors: nullopt for everything else.
/// Tested by: LoopbackUrl.OnlyThisMachineIsAsked
std::optional<LoopbackUrl> parse_loopback_url(std::string_view text);

/// The host as URLs and the header Host have it: `[::1]:8080`, without a port where it is 80.
std::string authority_of(const LoopbackUrl& url);

}  // namespace understudy::http
