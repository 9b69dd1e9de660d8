#pragma once

#include <google/protobuf/message.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

namespace understudy::convert {

/// Whether two messages of one type say the same: NaN equals NaN, unknown fields count.
bool equal_messages(const google::protobuf::Message& left, const google::protobuf::Message& right);

/// The seconds and nanoseconds of a google.protobuf.Timestamp or Duration, the nanoseconds in [0, 1e9): 1.5 s is 1.5 s
/// however it is split.
std::pair<std::int64_t, std::int64_t> to_instant(const google::protobuf::Message& message);

/// The type in a google.protobuf.Any: `logquery.v1.LogMessage`.
std::string to_type_name(const google::protobuf::Message& any);

/// The message in a google.protobuf.Any; null where its type is not known, or its bytes are no such message.
std::unique_ptr<google::protobuf::Message> unpack(const google::protobuf::Message& any);

}  // namespace understudy::convert
