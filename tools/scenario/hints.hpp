#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <string_view>
#include <vector>

namespace understudy::scenario {

/// What probably happened to a body that should be a binary message and is none, in sentences that say what to do:
/// base64 text where a REST API's binary media types and the Accept header do not meet; bytes replaced by U+FFFD where
/// something took the body for text; a gRPC frame where the bare message was due. `prototype` is a message of the type
/// that was due; it is not changed.
std::vector<std::string> to_hints(std::string_view body, const google::protobuf::Message& prototype);

}  // namespace understudy::scenario
