#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

namespace understudy::protojson {

/// The numbers of the group that holds one extension of a message set, and in it of the extension's number and its
/// message, in whichever order.
/// Source: protobuf's google/protobuf/wire_format_lite.h (kMessageSetItemNumber, kMessageSetTypeIdNumber,
/// kMessageSetMessageNumber)
constexpr int kItem = 1, kItemType = 2, kItemMessage = 3;

/// Whether messages of the type are message sets, which hold extensions alone.
inline bool is_message_set(const google::protobuf::Descriptor& type) {
    return type.options().message_set_wire_format();
}

}  // namespace understudy::protojson
