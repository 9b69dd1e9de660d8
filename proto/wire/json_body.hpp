#pragma once

#include <google/protobuf/struct.pb.h>

#include <string>
#include <string_view>

namespace understudy::wire {

/// A JSON string. What follows bytes that are not UTF-8 is dropped.
std::string to_json_string(const std::string& text);
/// A body as a JSON object; the empty one where it is none.
google::protobuf::Struct parse_json_object(std::string_view body);
/// The text of a key; nullptr where there is none. Refers into `object`.
const std::string* find_string(const google::protobuf::Struct& object, const char* key);

}  // namespace understudy::wire
