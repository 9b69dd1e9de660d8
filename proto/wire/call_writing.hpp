#pragma once

#include "proto/wire/call.hpp"

#include <string_view>

namespace understudy::wire {

/// The path that Twirp puts before its methods.
inline constexpr std::string_view kTwirpPrefix = "/twirp";

/// The caller's side: the request of a call, with the header lines that the clients of its protocol send, and those of
/// its metadata behind them. One of the metadata replaces the protocol's line of that name. Only `plain`, Twirp and
/// gRPC-Web text name the type of their replies in Accept, which is what a REST API decides by.
HttpRequest to_http_request(const Call& call);

/// The handler's side: how a call is answered. Errors of gRPC-Web without header lines of their own go without a body,
/// as Trailers-Only. Protocols without trailers carry them in header lines that begin with `Trailer-`, as Connect does.
HttpReply to_http_reply(const Call& call, const Answer& answer);

}  // namespace understudy::wire
