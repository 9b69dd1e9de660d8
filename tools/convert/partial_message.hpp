#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <string_view>
#include <vector>

namespace understudy::convert {

/// Reads a message from its bytes; fields that proto2 requires may be missing. False where they are none of its.
/// Tested by: PartialMessage.*
bool parse_partial_bytes(std::string_view bytes, google::protobuf::Message& message);

/// The paths of the fields that proto2 requires and that are not there: `items[1].id`.
std::vector<std::string> missing_fields(const google::protobuf::Message& message);

}  // namespace understudy::convert
