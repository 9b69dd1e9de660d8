#pragma once

#include "proto/wire/call.hpp"

#include <cstddef>
#include <string>
#include <variant>

namespace understudy::grpc {

/// A call of gRPC on its way: what was called, and the same as a call of Connect.
struct Bridged {
    wire::Call call;
    wire::HttpRequest request;
};

/// Turns a request of gRPC into one of Connect, whose errors say more than gRPC-Web's where a front door damages what
/// is binary. Metadata passes on but for what is HTTP/2's and gRPC's own; the timeout becomes Connect's, unreduced.
/// Errors: the reply that ends the call at once: 415 for another content type, else gRPC's own, for what
/// `wire::read_call` refuses.
std::variant<Bridged, wire::HttpReply> to_connect(const wire::HttpRequest& request, std::size_t most);

/// Turns what came back into gRPC's reply: details and `Trailer-` lines become trailers. What a gateway answers itself
/// gets the code that follows from its HTTP status.
wire::HttpReply to_grpc(const Bridged& bridged, wire::HttpReply reply);

/// The reply for a call that got none.
wire::HttpReply to_grpc(const Bridged& bridged, wire::Status status);

}  // namespace understudy::grpc
