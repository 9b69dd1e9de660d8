#pragma once

#include "emulator/source/document.hpp"
#include "emulator/source/problem.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::convert {

/// How a message is written in protobuf's JSON mapping.
enum class JsonForm : std::uint8_t {
    object,      ///< A mapping of its fields: every message but the well-known ones below.
    timestamp,   ///< RFC 3339 text.
    duration,    ///< Seconds with the suffix `s`.
    field_mask,  ///< Paths in lowerCamelCase, joined by commas.
    wrapper,     ///< The wrapped scalar.
    structure,   ///< google.protobuf.Struct: any mapping.
    value,       ///< google.protobuf.Value: anything.
    list,        ///< google.protobuf.ListValue: any sequence.
    any,         ///< A mapping with the member `@type`.
};
JsonForm json_form(const google::protobuf::Descriptor& type);

/// The field of a well-known type by the number that its .proto file fixes; it must have one.
const google::protobuf::FieldDescriptor& field_of(const google::protobuf::Message& message, int number);

/// These fill a google.protobuf message of that form, generated or dynamic. Errors: invalid, at the node.
source::Result<void> set_timestamp(source::Node node, google::protobuf::Message& timestamp);
source::Result<void> set_duration(source::Node node, google::protobuf::Message& duration);
source::Result<void> set_field_mask(source::Node node, google::protobuf::Message& field_mask);

/// The paths of a field mask, in snake_case, from `fooBar,baz.quux`; nullopt where it is none.
std::optional<std::vector<std::string>> parse_field_mask(std::string_view text);

/// A scalar as google.protobuf.Value has it: null, a boolean, a number or a string.
source::Result<void> set_scalar_value(source::Node node, google::protobuf::Message& value);

/// What a key means in a map or Struct: itself, and `$x` for `$$x`. Errors: invalid for `$x`, a matcher.
source::Result<std::string> to_map_key_text(source::Node key);

}  // namespace understudy::convert
