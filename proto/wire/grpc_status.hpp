#pragma once

#include "proto/wire/metadata.hpp"
#include "proto/wire/status.hpp"

#include <optional>

namespace understudy::wire {

/// How a call ended, as gRPC and gRPC-Web say it: `grpc-status`, the message percent-encoded in `grpc-message`, and
/// where there are details all of it as `google.rpc.Status` in `grpc-status-details-bin`, base64 without padding
/// (github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md, "Responses").
Metadata to_grpc_status(const Status& status);

/// The same read. A number that is none of gRPC's is `unknown`; details that cannot be read are none. nullopt where
/// there is no `grpc-status`.
std::optional<Status> find_grpc_status(const Metadata& trailers);

/// Whether a name is one of the three.
bool is_grpc_status_name(std::string_view name);

}  // namespace understudy::wire
