#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::wire {

/// A `Connect-Timeout-Ms`: whole milliseconds, at most ten digits (connectrpc.com/docs/protocol, "Unary-Request").
/// Longer timeouts are written as the longest.
std::string to_connect_timeout(std::chrono::milliseconds timeout);
/// Errors: nullopt for anything else.
std::optional<std::chrono::milliseconds> parse_connect_timeout(std::string_view text);

/// A `grpc-timeout`: at most eight digits and a unit out of H, M, S, m, u and n
/// (github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md, "Timeout"). Written in the finest unit of m, S, M that
/// fits.
std::string to_grpc_timeout(std::chrono::milliseconds timeout);
/// Fractions of a millisecond are rounded up, and longer timeouts than Connect's longest are that. Errors: nullopt for
/// anything else.
std::optional<std::chrono::milliseconds> parse_grpc_timeout(std::string_view text);

}  // namespace understudy::wire
