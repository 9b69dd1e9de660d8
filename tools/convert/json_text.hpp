#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace understudy::convert {

enum class Defaults : std::uint8_t { hidden, shown };

/// A message in protobuf's JSON mapping, on one line, under the names of the .proto file; as protobuf text where it has
/// no JSON form (a timestamp out of its range, an Any of an unknown type). Fields with presence that are not set are
/// hidden either way.
std::string to_json_text(const google::protobuf::Message& message, Defaults defaults);

/// A singular field's value, or one element of a repeated field or map, as JSON text. Bytes are `"hex:0a0b"`.
std::string to_field_text(const google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field);
std::string to_element_text(const google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field,
                            int index);

/// A JSON string.
std::string to_quoted_text(std::string_view text);
std::string to_hex(std::string_view bytes);

}  // namespace understudy::convert
