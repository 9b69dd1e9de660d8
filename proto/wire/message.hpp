#pragma once

#include "proto/wire/content_type.hpp"
#include "proto/wire/status.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace google::protobuf {
class Message;
}

namespace understudy::wire {

/// Reads a message from a body. No bytes are the empty message, with either codec: a gateway hands on an empty body as
/// none at all. Fields that the message does not know are ignored, as Connect's servers and clients do in both codecs.
/// Errors: `invalid_argument`, with the message's type and the reason.
Status decode(std::string_view body, Codec codec, google::protobuf::Message& message);

/// Writes a message as a body. Binary output is deterministic; JSON omits fields at their defaults, as Connect does.
/// Errors: `internal` where a message lacks fields that proto2 requires, which are named, or has no JSON form (a
/// Timestamp out of its range); `body` is then unspecified.
Status encode(const google::protobuf::Message& message, Codec codec, std::string& body);

/// How many bytes `encode` writes with the binary codec.
std::size_t binary_size(const google::protobuf::Message& message);

}  // namespace understudy::wire
