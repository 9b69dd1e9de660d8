#pragma once

#include "tools/match/value.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

namespace understudy::match {

/// A message as a value: its fields that are set, and those without presence that are not. Well-known types are what
/// they stand for: a wrapper its scalar, a Struct an object, an Any the message in it; or, where its type is not known,
/// the member `value`, `hex:0a01`.
Value to_value(const google::protobuf::Message& message);

/// A whole field, whether it is set or not; an element of a repeated one.
Value to_field_value(const google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field);
Value to_element_value(const google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field,
                       int index);

/// What a field is found by: its name, `[full.name]` for an extension.
std::string to_member_name(const google::protobuf::FieldDescriptor& field);
/// The name that it has in JSON as well; empty where that is the same.
std::string to_other_name(const google::protobuf::FieldDescriptor& field);

}  // namespace understudy::match
