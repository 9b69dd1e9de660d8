#pragma once

#include "tools/convert/convert.hpp"

#include <google/protobuf/descriptor.h>

#include <string>
#include <string_view>
#include <vector>

namespace understudy::convert {

/// A type in a sentence: `logquery.v1.FindMessagesRequest`; or `a scenario` for the message `Scenario`.
std::string render_type(const google::protobuf::Descriptor& type, Wording wording);

/// What values a field takes: `a uint64`, `a list of logquery.v1.LogMessage`, `a map from string to int32`.
std::string render_field_type(const google::protobuf::FieldDescriptor& field, Wording wording);

/// What one of a field's values is, also where it is repeated.
std::string render_item_type(const google::protobuf::FieldDescriptor& field, Wording wording);

/// The names of an enum's values: `http, rest`. Of our own enums, the value for "none was given" is not one to write.
std::string render_values(const google::protobuf::EnumDescriptor& type, Wording wording);

/// `unknown field 'patern' in logquery.v1.FindMessagesRequest`; `unknown key 'fronst' in a scenario`.
std::string render_unknown_field(std::string_view key, const google::protobuf::Descriptor& type, Wording wording);

/// The field or extension that was meant: `did you mean 'pattern'?`, or empty.
std::string suggest_field(std::string_view key, const google::protobuf::Descriptor& type);

/// The names of a type's fields, for who wrote none of them.
std::string render_fields(const google::protobuf::Descriptor& type, Wording wording);

}  // namespace understudy::convert
