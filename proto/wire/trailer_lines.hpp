#pragma once

#include "proto/wire/metadata.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace understudy::wire {

/// The payload of gRPC-Web's last envelope: `name: value` and CR LF for each line, names in lower case, nothing behind
/// them (github.com/grpc/grpc/blob/master/doc/PROTOCOL-WEB.md).
std::string to_trailer_lines(const Metadata& trailers);
/// The same read, names in any case; blanks around values do not count, and lines without a colon are skipped.
Metadata read_trailer_lines(std::string_view payload);

/// What unary replies of Connect put before the names of trailers (connectrpc.com/docs/protocol, "Unary-Response").
inline constexpr std::string_view kTrailerPrefix = "Trailer-";
/// The trailer's name, where a header line is a trailer of Connect.
std::optional<std::string_view> find_trailer_name(std::string_view name);

}  // namespace understudy::wire
