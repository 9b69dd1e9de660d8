#pragma once

#include "emulator/source/problem.hpp"
#include "tools/match/value.hpp"

#include <google/protobuf/message.h>

#include <string_view>

namespace understudy::match {

/// A text of JSON that was read as a message.
struct MessageJson {
    Value value;  ///< The message; further what the schema does not know: fields, names of an enum's values, Anys.
    bool whole = true;  ///< Whether the schema knows all of it.
    bool named = true;  ///< Whether it knows the names of all values of enums.
};

/// Reads a message from protobuf's JSON mapping into `message`, in every spelling that the mapping allows and in no
/// other, as its parsers in Go do: JSON by RFC 8259, each field once under one of its names, no null in lists and maps.
/// What the schema does not know is left out of `message`, and so is what is packed in a google.protobuf.Any of an
/// unknown type, which is JSON in `value`.
/// Errors: malformed, where it is no JSON or no such message, or lacks fields that proto2 requires.
/// Source: protobuf.dev/programming-guides/json, and google.golang.org/protobuf/encoding/protojson
/// Tested by: MessageJsonValue.*, JsonMapping.*, InJson/RandomMessages.*
source::Result<MessageJson> read_message_json(std::string_view json, google::protobuf::Message& message);

}  // namespace understudy::match
