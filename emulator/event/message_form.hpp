#pragma once

#include <string_view>

namespace understudy::event {

/// Whether bytes are one JSON value.
bool is_json_text(std::string_view bytes);

/// Whether bytes have the form of a protobuf message, or under a type of gRPC, gRPC-Web or Connect's streams of
/// messages in envelopes that are not compressed; groups are not looked into and are none. `type`: the media type
/// alone.
///
/// Rule: [protobuf.dev/programming-guides/encoding; github.com/grpc/grpc doc/PROTOCOL-WEB.md]. Tested by:
/// MessageForm.IsToldFromTheBytes
bool is_message(std::string_view type, std::string_view bytes);

}  // namespace understudy::event
