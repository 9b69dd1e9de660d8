#pragma once

#include "emulator/source/document.hpp"
#include "emulator/source/problem.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <cstdint>

namespace understudy::convert {

/// Whether a value becomes the field's value or one more of a repeated field's.
enum class Slot : std::uint8_t { set, add };

/// Writes a scalar or enum field. Preconditions: the field is not of message type; `node` is no null.
/// Errors: those of scalar.hpp; the field is as before.
source::Result<void> write_scalar(source::Node node, google::protobuf::Message& message,
                                  const google::protobuf::FieldDescriptor& field, Slot slot);

/// One more item of a repeated field, zero or empty.
void add_default(google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field);

}  // namespace understudy::convert
